"""The address of a language model's server, as settings may give it."""

from __future__ import annotations

from urllib.parse import urlsplit


def unusable(url: str) -> str | None:
    """What is wrong with the address of a server, or None. The address itself is not repeated: it may hold a password."""
    try:
        parts = urlsplit(url)
        host, credentials, _ = parts.hostname, parts.username or parts.password, parts.port
    except ValueError:
        return "is no address"
    if parts.scheme not in ("http", "https") or not host or not url.isascii():
        return "is no http or https address"
    if credentials:
        return "holds a user name or password; the key belongs into the environment"
    return "has a query or fragment" if parts.query or parts.fragment else None

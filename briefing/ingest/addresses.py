"""Which addresses may be asked: http and https only, and nothing inside the network unless the settings allow it.

A name is resolved once, every address it has is checked, and the connection is made to a checked address: a name that
resolves to something else a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.ingest.failures import FetchFailed

if TYPE_CHECKING:
    import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
Permit = Callable[[Address], bool]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_CHECK_URL = "Check the address."


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked, and the addresses to connect to for it, in the resolver's order."""

    url: httpx.URL
    addresses: tuple[str, ...]


def public(address: Address) -> bool:
    """Is this an address of the internet at large, also when it wraps an IPv4 one?"""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def anything(address: Address) -> bool:
    """The rule of `fetch.allow_private`: any address that can be connected to."""
    return not (address.is_multicast or address.is_unspecified)


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError (UnicodeError for a name that cannot be one)."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def parsed(url: str) -> httpx.URL:
    """The URL without its fragment. Raises FetchFailed unless it is http or https, has a host, and holds no user name."""
    import httpx

    try:
        found = httpx.URL(url).copy_with(fragment=None)
        port = found.port
    except (httpx.InvalidURL, ValueError) as error:  # UnicodeError is a ValueError
        raise FetchFailed(f"is no address: {error}", _CHECK_URL) from error
    if found.scheme not in ("http", "https"):
        raise FetchFailed(f"leads to {str(found)[:200]!r}: only http and https are fetched", _CHECK_URL)
    if not found.host or port == 0:
        raise FetchFailed("is no address: it names no host", _CHECK_URL)
    if found.userinfo:
        raise FetchFailed("holds a user name or password, which would end up in the store", "Leave it out.")
    return found


async def locate(url: httpx.URL, resolver: Resolve, permit: Permit) -> Target:
    """The addresses of the URL's host. Raises FetchFailed when there are none, or when one of them is not permitted."""
    host = url.raw_host.decode("ascii")
    try:
        named = await resolver(host, url.port or (443 if url.scheme == "https" else 80))
        found = [ipaddress.ip_address(name.partition("%")[0]) for name in named]
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FetchFailed(f"{host} cannot be found: {why}", _CHECK_URL, passing=True) from error
    if not found:
        raise FetchFailed(f"{host} has no address", _CHECK_URL)
    for address in found:
        if not permit(address):
            step = "If you trust it, set allow_private = true under [fetch] in briefing.toml."
            raise FetchFailed(f"{host} has the address {address}, which is not one of the public internet", step)
    return Target(url, tuple(str(address) for address in found))

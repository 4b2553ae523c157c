"""What was fetched -> what is kept: only what can be read as an article later on goes into the store."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.ingest.decode import UnreadableDocument
from briefing.ingest.read import read_bytes
from briefing.model import Metadata
from briefing.store.documents import Kept, Kind

KEPT_HEADERS = ("content-type", "content-language", "content-location", "date", "etag", "last-modified", "server")
"""The headers that say something of the page; cookies are never kept."""

_KINDS: Mapping[str, Kind] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "text"}


def checked(body: bytes, content_type: str) -> Kind:
    """The kind of a page that holds Arabic text. Raises UnreadableDocument when it is of another kind or holds none."""
    found = kind(body, content_type)
    read_bytes("", body, found, Metadata())
    return found


def kind(body: bytes, content_type: str) -> Kind:
    """Which way to read a page. Raises UnreadableDocument for what is no text."""
    name = content_type.partition(";")[0].strip().lower()
    if not name:
        return "html" if body.lstrip()[:1] == b"<" else "text"
    if name not in _KINDS:
        raise UnreadableDocument(f"is {name[:60]}, and only HTML and plain text are read", "Save the article as HTML or text.")
    return _KINDS[name]


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Those of `headers` that are worth keeping, cut where they are absurdly long."""
    return {name: headers[name][:500] for name in KEPT_HEADERS if name in headers}


def metadata(kept: Kept) -> Metadata:
    """What the origin of a stored document says of it."""
    origin = kept.origin
    filed = origin.kind == "file"
    url = origin.url if filed else origin.url or origin.source
    basis = ("metadata" if filed else "feed") if origin.published else None
    return Metadata(title=origin.title, url=url, published=origin.published, published_basis=basis, outlet=origin.outlet)

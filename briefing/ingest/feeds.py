"""The bytes of a feed (RSS or Atom) -> its items. Nothing is fetched here, and no XML entity is ever expanded."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from briefing.arabic.dates import parse_stamp
from briefing.ingest.decode import ARABIC_LETTER, UnreadableDocument, decode, sound

ENOUGH_LETTERS = 700
"""Arabic letters from which on an item's text counts as the article itself: a summary is a paragraph, two at most."""

MOST_BYTES = 5 * 1024 * 1024
"""Of a feed; its parser needs half a minute for the worst that can be written in so many."""

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[^<>]*>")
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\(…\))\s*\Z")
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its page's address, and what the feed says of it as written there. `content` is HTML or ""."""

    url: str
    title: str | None
    published: str | None
    content: str

    @property
    def is_whole(self) -> bool:
        """Is the content the article itself, and not its beginning?"""
        text = " ".join(html.unescape(_TAG.sub(" ", self.content)).split())
        return len(ARABIC_LETTER.findall(text)) >= ENOUGH_LETTERS and not _CUT_OFF.search(text)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's items in its order, each address once, and what was wrong with it ("" when nothing was)."""

    items: tuple[Item, ...]
    fault: str = ""


def parse(data: bytes, url: str) -> Feed:
    """The items of the feed that was fetched from `url`; relative links start there.

    A damaged feed gives the items that can be read. Raises UnreadableDocument when it is no feed, or declares entities.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableDocument("is larger than 5 MB, which no feed is", "Look for one that holds the newest items only.")
    text = sound(decode(data))
    if _ENTITY.search(text):
        raise UnreadableDocument("declares XML entities, which can blow up what reads them", "Tell the site's operator.")
    found = _parsed(text, url)
    if not found.entries and not found.get("version"):
        raise UnreadableDocument("is neither RSS nor Atom", "Look for the feed's address on the site, or list it under [[page]].")
    items: dict[str, Item] = {}
    for item in filter(None, (_item(entry, url) for entry in found.entries)):
        items.setdefault(item.url, item)
    return Feed(tuple(items.values()), "; ".join(_faults(found, len(items))))


def _parsed(text: str, url: str) -> Any:
    import feedparser

    # A stream and no string: feedparser would fetch or open a string that looks like an address or a path.
    stream = io.BytesIO(_DECLARATION.sub("", text).lstrip().encode("utf-8"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        return feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=True)
    except Exception as error:  # what a hostile feed makes of a third party's code cannot be listed
        raise UnreadableDocument(f"cannot be parsed ({type(error).__name__}: {error})", "Tell the site's operator.") from error


def _faults(found: Any, used: int) -> Iterator[str]:
    if found.bozo:
        yield f"is damaged ({found.bozo_exception}); {used} items could be read"
    if missing := sum(not entry.get("link") for entry in found.entries):
        yield f"has {missing} items without a link, which were passed over"


def _item(entry: Any, base: str) -> Item | None:
    link = _link(entry.get("link"), base)
    if link is None:
        return None
    return Item(link, _line(entry.get("title")), _published(entry), _content(entry))


def _link(link: Any, base: str) -> str | None:
    """The item's address, absolute, without fragment and campaign parameters, so that two feeds give one article one name."""
    try:
        parts = urlsplit(urljoin(base, str(link or "").strip()))
    except ValueError:
        return None
    if not link or parts.scheme not in ("http", "https"):
        return None
    if "utm_" in parts.query:
        kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith("utm_")]
        parts = parts._replace(query=urlencode(kept))
    return urlunsplit(parts._replace(fragment=""))


def _line(value: Any) -> str | None:
    """A title as plain text; feeds put HTML into it."""
    return " ".join(html.unescape(_TAG.sub(" ", str(value or ""))).split()) or None


def _published(entry: Any) -> str | None:
    """The date as written when it is one that can be read, else as the parser read it. When it was changed does not count."""
    written = _line(entry.get("published"))
    if written is None or parse_stamp(written, _UTC) is not None:
        return written
    moment = entry.get("published_parsed")
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment[:6]) if moment else written


def _content(entry: Any) -> str:
    """The longest text the item carries (content:encoded, Atom content, description), as HTML."""
    given = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    pages = [_html(str(part.get("value") or ""), part.get("type")) for part in given]
    return max(pages, key=lambda page: len(ARABIC_LETTER.findall(page)), default="")


def _html(value: str, kind: str | None) -> str:
    if kind != "text/plain":
        return value
    return "".join(f"<p>{html.escape(line)}</p>" for line in value.splitlines() if line.strip())

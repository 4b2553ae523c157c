"""Lines that stand on several pages of one outlet: prompts, boilerplate and boxes, whatever their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from briefing.ingest.lines import fold_line, lines
from briefing.model import Document

FEWEST = 3  # pages of an outlet; two may share a sentence because one story follows up the other
_WORDS = (2, 20)  # a longer paragraph on several pages is a story's background, told again


def site(document: Document) -> str | None:
    """What the pages of one outlet have in common: the host of their address, else the outlet they name; None without either."""
    meta = document.metadata
    try:
        host = urlsplit(meta.url or "").hostname
    except ValueError:
        host = None
    return host or (fold_line(meta.outlet) if meta.outlet else None)


def repeated(documents: Iterable[Document]) -> Mapping[str, frozenset[str]]:
    """Site -> folded lines that stand on at least FEWEST different pages of it."""
    pages: dict[str, Counter[str]] = {}
    seen: set[tuple[str, str]] = set()
    for document in documents:
        at = site(document)
        if at is None or (at, document.sha256) in seen:
            continue
        seen.add((at, document.sha256))
        low, high = _WORDS
        pages.setdefault(at, Counter()).update({line.folded for line in lines(document) if low <= line.words <= high})
    return {at: frozenset(text for text, n in counts.items() if n >= FEWEST) for at, counts in pages.items()}

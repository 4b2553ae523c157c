"""The lines of a document and their shape: what a page shares with other pages, before any decision."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.arabic.fold import BIDI_CONTROLS, key
from briefing.model import Block, Document

_BREAK = re.compile(r"[\n\r\u2028\u2029\x0b\x0c\x85]+")
# a source line or "read also" glued to the end of a paragraph starts a line of its own
_GLUED = re.compile(r"(?<=[.»\"”؟!])\s+(?=(?:المصدر\s?:|[اإ]قر[أا]\s+(?:أيضا|المزيد|ايضا)))")
_WORD = re.compile(r"\w+")
_ARABIC = re.compile(r"[\u0621-\u064a\ufb50-\ufdff\ufe70-\ufefc]")
_BULLET = re.compile(r"^[\s•●▪◾■□◦‣⁃∙·*\-–—|>»›#]+(?=\S)")
_TERMINAL = re.compile(rf"(?:[.؟?!…:؛]|[.؟?!…][»”\"')\]{BIDI_CONTROLS}]+|[»”\"])[\s{BIDI_CONTROLS}]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line, trimmed; `folded` is its looked-up form without bullet, lower case."""

    start: int
    end: int
    text: str
    folded: str
    words: int
    arabic: bool
    bullet: bool
    terminal: bool
    block: Block | None = None


def lines(document: Document) -> list[Line]:
    """Every non-blank line of the document in order; together they hold all its non-space characters."""
    starts = [b.span.start for b in document.blocks]
    found = []
    for start, end in _pieces(document.text):
        i = bisect_right(starts, start) - 1
        block = document.blocks[i] if i >= 0 and start < document.blocks[i].span.end else None
        found.append(_line(document.text, start, end, block))
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for m in [*_BREAK.finditer(text), None]:
        end = m.start() if m else len(text)
        cuts = [begin, *(g.end() for g in _GLUED.finditer(text, begin, end)), end]
        for a, b in zip(cuts, cuts[1:], strict=False):
            piece = text[a:b]
            if stripped := piece.strip():
                first = a + len(piece) - len(piece.lstrip())
                yield first, first + len(stripped)
        begin = m.end() if m else end


def _line(text: str, start: int, end: int, block: Block | None) -> Line:
    raw = text[start:end]
    bullet = _BULLET.match(raw)
    content = raw[bullet.end() :] if bullet else raw
    letters = len(_ARABIC.findall(raw))
    folded = " ".join(key(w) for w in content.split()).lower()
    words = len(_WORD.findall(raw))
    arabic = letters * 3 >= sum(c.isalpha() for c in raw) and letters > 1
    return Line(start, end, raw, folded, words, arabic, bool(bullet), bool(_TERMINAL.search(raw)), block)

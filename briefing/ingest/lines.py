"""The lines of a document and their shape: what a page shares with other pages, before any decision."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from briefing.arabic.fold import BIDI_CONTROLS, key
from briefing.model import Block, Document

_BREAK = re.compile(r"[\n\r\u2028\u2029\x0b\x0c\x85]+")
# a source line or "read also" glued to the end of a paragraph starts a line of its own
_GLUED = re.compile(r"(?<=[.»\"”؟!])\s*(?=(?:المصدر\s?:|[اإ]قر[أا]\s+(?:أيضا|المزيد|ايضا)))")
_WORD = re.compile(r"\w+")
_ARABIC = re.compile(r"[\u0621-\u064a\ufb50-\ufdff\ufe70-\ufefc]")
# Markdown's own signs need a space after them («#وسم» is a hashtag, "*text*" is emphasis), typographic bullets do not
_BULLET = re.compile(r"(?:[•●▪◾■□◦‣⁃∙·\-–—|»›]\s*|[*>+]\s)+(?=\S)")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_EMPHASIS = "*_`"
_TERMINAL = re.compile(rf"(?:[.؟?!…:؛][»”\"')\]{_EMPHASIS}{BIDI_CONTROLS}]*|[»”\"][{_EMPHASIS}{BIDI_CONTROLS}]*)$")
_TAIL = 40  # characters in which the end of a sentence shows


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line, trimmed.

    `folded` is its looked-up form without bullet and emphasis, lower case; `level` its Markdown heading level (0: none);
    `gap` says that a blank line stands before it (true for the first line), `terminal` that it ends like a sentence.
    """

    start: int
    end: int
    text: str
    folded: str
    words: int
    arabic: bool
    bullet: bool
    terminal: bool
    level: int = 0
    gap: bool = False
    block: Block | None = None


def lines(document: Document) -> list[Line]:
    """Every non-blank line of the document in order; together they hold all its non-space characters."""
    starts = [b.span.start for b in document.blocks]
    found: list[Line] = []
    done = 0
    for start, end in _pieces(document.text):
        i = bisect_right(starts, start) - 1
        block = document.blocks[i] if i >= 0 and start < document.blocks[i].span.end else None
        found.append(_line(document.text, (start, end), _is_gap(document.text, done, start), block))
        done = end
    return found


def fold_line(text: str) -> str:
    """`text` as `Line.folded` has it: words in their looked-up form, lower case, one space between them."""
    return " ".join(key(w) for w in text.split()).lower()


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for m in [*_BREAK.finditer(text), None]:
        end = m.start() if m else len(text)
        cuts = [begin, *(g.end() for g in _GLUED.finditer(text, begin, end)), end]
        for a, b in pairwise(cuts):
            piece = text[a:b]
            if stripped := piece.strip():
                first = a + len(piece) - len(piece.lstrip())
                yield first, first + len(stripped)
        begin = m.end() if m else end


def _is_gap(text: str, done: int, start: int) -> bool:
    breaks = text.count("\n", done, start) or text.count("\r", done, start)
    return done == 0 or breaks > 1


def _line(text: str, place: tuple[int, int], gap: bool, block: Block | None) -> Line:
    raw = text[place[0] : place[1]]
    bullet, heading = _BULLET.match(raw), _HEADING.match(raw)
    sign = bullet or heading
    content = (raw[sign.end() :] if sign else raw).strip(_EMPHASIS)
    letters = len(_ARABIC.findall(raw))
    arabic = letters * 3 >= sum(c.isalpha() for c in raw) and letters > 1
    words = len(_WORD.findall(raw))
    terminal = bool(_TERMINAL.search(raw[-_TAIL:]))
    level = len(heading[1]) if heading else 0
    return Line(*place, raw, fold_line(content), words, arabic, bool(bullet), terminal, level, gap, block)

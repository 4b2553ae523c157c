"""Sentences of kept text, by offsets. Nothing is edited; every non-space character of the spans is in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.arabic.fold import BIDI_CONTROLS
from briefing.model import Sentence, Span

_CLOSERS = "»”\"')]}’"
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"))
_END = re.compile(rf"[.!?؟…۔]+[{re.escape(_CLOSERS)}{BIDI_CONTROLS}]*")
_NEWLINE = re.compile(r"[\n\r\u2028\u2029]+")
# «د.», «أ.د.», «م.»: one letter between non-letters, then a full stop, is an abbreviation or an initial
_INITIAL = re.compile(r"(?:^|[^\w])[^\W\d_]$")
_ABBREVIATIONS = ("هـ", "ص.ب", "أ.ف", "د.ب", "ا.ف", "ش.م", "ذ.م")


def sentences(text: str, spans: Iterable[Span]) -> tuple[Sentence, ...]:
    """Numbered sentences (from 1) of `spans` of `text`; line breaks and terminal punctuation end one.

    A full stop inside a closed pair of quotation marks or brackets does not, nor does one in a number, after a single
    letter («د.») or in a three-dot ellipsis within a clause.
    """
    pieces = [piece for span in spans for line in _lines(text, span) for piece in _split(text, line)]
    return tuple(Sentence(n, piece.start, piece.end) for n, piece in enumerate(pieces, 1))


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for m in _NEWLINE.finditer(text, span.start, span.end):
        yield Span(start, m.start())
        start = m.end()
    yield Span(start, span.end)


def _split(text: str, line: Span) -> Iterator[Span]:
    closed = _enclosed(text, line)
    start = line.start
    for m in _END.finditer(text, line.start, line.end):
        if any(a < m.start() < b for a, b in closed) or not _is_end(text, m, start, line.end):
            continue
        yield from _trimmed(text, start, m.end())
        start = m.end()
    yield from _trimmed(text, start, line.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _is_end(text: str, m: re.Match[str], start: int, limit: int) -> bool:
    mark = m.group().rstrip(_CLOSERS + BIDI_CONTROLS)
    before, after = text[start : m.start()], text[m.end() : m.end() + 1] if m.end() < limit else ""
    if not before.strip():
        return False
    if not after or after.isspace():
        if mark == "." and (_INITIAL.search(before[-2:]) or before.endswith(_ABBREVIATIONS)):
            return not text[m.end() : limit].strip()
        return not _inner_ellipsis(mark, text[m.end() : limit])
    # a missing space: «انتهى.وقال» ends a sentence, «2.5», «د.أحمد», «example.com» do not
    return mark in ".؟!" and _long_arabic(before[-3:]) and _long_arabic(text[m.end() : m.end() + 3])


def _long_arabic(piece: str) -> bool:
    return len(piece) == 3 and all("\u0621" <= c <= "\u064a" for c in piece)


def _inner_ellipsis(mark: str, rest: str) -> bool:
    """Dots in mid-clause: three of them, or two, with more of the sentence to come that does not start afresh."""
    dots = mark.count(".") + 3 * mark.count("…")
    if not set(mark) <= set(".…") or dots < 2 or not rest.strip():
        return False
    return dots >= 3 or not re.match(r"\s*(?:و|كما|لكن|وقد|من جه)", rest)


def _enclosed(text: str, line: Span) -> list[tuple[int, int]]:
    """Insides of the quotation marks and brackets that are closed on the same line."""
    found = []
    for opener, closer in _PAIRS:
        opened: list[int] = []
        for i in range(line.start, line.end):
            if text[i] == opener:
                opened.append(i)
            elif text[i] == closer and opened:
                found.append((opened.pop(), i))
    return found + _straight(text, line)


def _straight(text: str, line: Span) -> list[tuple[int, int]]:
    marks = [i for i in range(line.start, line.end) if text[i] == '"']
    if len(marks) % 2:
        return []
    return list(zip(marks[::2], marks[1::2], strict=True))

"""Sentences of kept text, by offsets. Nothing is edited; every non-space character of the spans is in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.arabic.fold import BIDI_CONTROLS
from briefing.model import Sentence, Span

_CLOSERS = "»”\"')]}’"
_PAIRS = {"»": "«", "”": "“", ")": "("}
_MARKS = re.compile(r"[«»“”()]")
_END = re.compile(rf"[.!?؟…۔]+[{re.escape(_CLOSERS)}{BIDI_CONTROLS}]*")
_NEWLINE = re.compile(r"[\n\r\u2028\u2029\x0b\x0c\x85]+")
_SOLID = re.compile(r"\S")
# «د.», «أ.د.», «م.», «ود.»: one letter (a title's may have a prefix) and then a full stop is an abbreviation or an initial
_INITIAL = re.compile(r"(?:^|[^\w])(?:[^\W\d_]|[وفلب]د|وم|وأ)$")
_ABBREVIATIONS = ("هـ", "ص.ب", "أ.ف", "د.ب", "ا.ف", "ش.م", "ذ.م")
_STARTS_AFRESH = re.compile(r"\s*(?:و|كما|لكن|من جه)")

LONGEST = 3_000  # code points; the longest sentence of 1,000 news articles that were counted has 2,893


def sentences(text: str, spans: Iterable[Span]) -> tuple[Sentence, ...]:
    """Numbered sentences (from 1) of `spans` of `text`; line breaks and terminal punctuation end one.

    A full stop inside a closed pair of quotation marks or brackets does not, nor does one in a number, after a single
    letter («د.») or in a three-dot ellipsis within a clause. Text without any is cut at clause marks after LONGEST code points
    at most. Time is linear in the length of the spans.
    """
    whole = (piece for span in spans for line in _lines(text, span) for piece in _split(text, line))
    pieces = [piece for long in whole for piece in _cut(text, long)]
    return tuple(Sentence(n, piece.start, piece.end) for n, piece in enumerate(pieces, 1))


def _cut(text: str, piece: Span) -> Iterator[Span]:
    """A run of text without a full stop, too long for any sentence, in pieces that end at a clause mark or a space."""
    start = piece.start
    while piece.end - start > LONGEST:
        window = text[start + LONGEST // 2 : start + LONGEST]
        marks = [window.rfind(mark) for mark in ("؛", "،", " ")]
        found = next((m for m in marks if m >= 0), len(window) - 1)
        end = start + LONGEST // 2 + found + 1
        yield from _trimmed(text, start, end)
        start = _first_solid(text, end, piece.end)
    yield from _trimmed(text, start, piece.end)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for m in _NEWLINE.finditer(text, span.start, span.end):
        yield Span(start, m.start())
        start = m.end()
    yield Span(start, span.end)


def _split(text: str, line: Span) -> Iterator[Span]:
    closed = iter(_enclosed(text, line))
    pair = next(closed, None)
    start, first = line.start, _first_solid(text, line.start, line.end)
    for m in _END.finditer(text, line.start, line.end):
        while pair is not None and pair[1] <= m.start():
            pair = next(closed, None)
        inside = pair is not None and pair[0] < m.start()
        if inside or first >= m.start() or not _is_end(text, m, start, line.end):
            continue
        yield Span(first, m.end())
        start, first = m.end(), _first_solid(text, m.end(), line.end)
    yield from _trimmed(text, first, line.end)


def _first_solid(text: str, start: int, limit: int) -> int:
    """Where the first character that is not white space stands, or `limit`."""
    m = _SOLID.search(text, start, limit)
    return m.start() if m else limit


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _is_end(text: str, m: re.Match[str], start: int, limit: int) -> bool:
    mark = m.group().rstrip(_CLOSERS + BIDI_CONTROLS)
    before = text[max(start, m.start() - 4) : m.start()]
    after = text[m.end()] if m.end() < limit else ""
    if not after or after.isspace():
        if mark == "." and (_INITIAL.search(before[-3:]) or before.endswith(_ABBREVIATIONS)):
            return _first_solid(text, m.end(), limit) == limit
        return not _inner_ellipsis(mark, text, m.end(), limit)
    # a missing space: «انتهى.وقال» ends a sentence, «2.5», «د.أحمد», «example.com» do not
    return mark in ".؟!" and _long_arabic(before[-3:]) and _long_arabic(text[m.end() : min(m.end() + 3, limit)])


def _long_arabic(piece: str) -> bool:
    return len(piece) == 3 and all("\u0621" <= c <= "\u0652" or "\ufb50" <= c <= "\ufefc" for c in piece)


def _inner_ellipsis(mark: str, text: str, end: int, limit: int) -> bool:
    """Dots in mid-clause: three of them, or two, with more of the sentence to come that does not start afresh."""
    dots = mark.count(".") + 3 * mark.count("…")
    if not set(mark) <= set(".…") or dots < 2 or _first_solid(text, end, limit) == limit:
        return False
    return dots >= 3 or not _STARTS_AFRESH.match(text, end, limit)


def _enclosed(text: str, line: Span) -> list[tuple[int, int]]:
    """Insides of the quotation marks and brackets that are closed on the same line, in order, overlapping ones joined."""
    opened: dict[str, list[int]] = {opener: [] for opener in _PAIRS.values()}
    found = _straight(text, line)
    for m in _MARKS.finditer(text, line.start, line.end):
        waiting = opened[_PAIRS.get(m.group(), m.group())]
        if m.group() in opened:
            waiting.append(m.start())
        elif waiting:
            found.append((waiting.pop(), m.start()))
    return _joined(sorted(found))


def _straight(text: str, line: Span) -> list[tuple[int, int]]:
    marks = [m.start() for m in re.finditer('"', text[line.start : line.end])]
    if len(marks) % 2:
        return []
    return [(line.start + a, line.start + b) for a, b in zip(marks[::2], marks[1::2], strict=True)]


def _joined(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for a, b in pairs:
        if joined and a < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return joined

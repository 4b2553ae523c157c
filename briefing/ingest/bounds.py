"""What a story's own words allow about the day it was published, where nothing around it says so.

A full date said to be today's or yesterday's fixes the day. Other full dates only bound it: not before the latest one told as
past, not after the end of the first one told as to come. A weekday or «أمس» alone bounds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from briefing.arabic.dates import DateMention, find_dates, resolve
from briefing.arabic.fold import key
from briefing.arabic.lexicon import table
from briefing.arabic.tokens import tokenise
from briefing.model import UNDATED, Document, Published, Span

_CONTEXT = 400  # characters before a date that are looked at
_CLAUSE = re.compile(r"[،,;؛:.؟!\n]")
_SENTENCE = re.compile(r"[.؟!\n](?=[\s»\"”]|$)")
_LEAD = 400  # characters of the first paragraph in which a dated weekday is the day of the news
_WEEK = timedelta(6)  # a weekday is named of the last seven days; further back the date alone is

_NEAR = 8  # words from a cue to its date at most
_AGREED_NEAR = 16  # an agreement names what is to be held, and where, before it says when


@dataclass(frozen=True, slots=True)
class _Told:
    """A date of the text: where it stands, what it means and the words before it in its clause and in its sentence."""

    mention: DateMention
    place: Span
    earliest: date
    latest: date
    clause: tuple[str, ...]
    sentence: tuple[str, ...]
    tail: str


def inferred(document: Document, kept: Sequence[Span]) -> Published:
    """The publication date as far as the kept text fixes it: a day, bounds, or nothing.

    Two different days said to be today's are a conflict, and so are bounds that cross: basis "conflict", nothing given, the
    spans that contradict each other as evidence.
    """
    told = [t for span in kept for t in _told(document.text, span)]
    fixed: dict[date, Span] = {}
    for t in told:
        if (day := _said_on(document.text, t)) is not None:
            fixed.setdefault(day, t.place)
    if len(fixed) > 1:
        return replace(UNDATED, basis="conflict", evidence=tuple(fixed.values()))
    bounds = _bounds(told, kept[0] if kept else Span(0, 0))
    if len(fixed) == 1:
        return _checked(*next(iter(fixed.items())), bounds)
    return _between(bounds)


@lru_cache(maxsize=16)
def _cue(kind: str) -> frozenset[str]:
    """The words of one list of [told] in lexicon/page.toml, folded."""
    return frozenset(key(word) for word in table("page")["told"][kind])


_Bound = tuple[date, Span]
_Bounds = tuple[_Bound | None, _Bound | None]


def _checked(day: date, place: Span, bounds: _Bounds) -> Published:
    """A day that the text states, unless the text also tells of a later one as past."""
    low = bounds[0]
    if low is not None and low[0] > day:
        return replace(UNDATED, basis="conflict", evidence=(place, low[1]))
    iso = day.isoformat()
    return Published(iso, iso, iso, "day", "inferred", "medium", (place,))


def _between(bounds: _Bounds) -> Published:
    low, high = bounds
    if low is None and high is None:
        return UNDATED
    if low and high and low[0] > high[0]:
        return replace(UNDATED, basis="conflict", evidence=(low[1], high[1]))
    evidence = tuple(dict.fromkeys(b[1] for b in bounds if b))
    first, last = (b[0].isoformat() if b else None for b in bounds)
    return Published(None, first, last, "range" if low and high else "unknown", "inferred", "low", evidence)


def _told(text: str, span: Span) -> Iterator[_Told]:
    for m in find_dates(text[span.start : span.end]):
        when = resolve(m, None)
        if m.kind != "absolute" or when.earliest is None or when.latest is None:
            continue
        place = Span(span.start + m.start, span.start + m.end)
        before = text[max(span.start, place.start - _CONTEXT) : place.start]
        sentence = _SENTENCE.split(before)[-1]
        clause = _CLAUSE.split(sentence)[-1]
        first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
        yield _Told(m, place, first, last, _words(clause), _words(sentence), sentence)


def _words(text: str) -> tuple[str, ...]:
    return tuple(t.key for t in tokenise(text) if t.is_word)


def _said_on(text: str, t: _Told) -> date | None:
    """The day of publication that a full date with «اليوم» or «أمس» gives away; None if its weekday contradicts it."""
    m = t.mention
    if m.offset is None or m.loose or t.earliest != t.latest or _quoted(text, t):
        return None
    if m.weekday is not None and m.weekday != t.earliest.weekday():
        return None
    return t.earliest - timedelta(m.offset)


def _quoted(text: str, t: _Told) -> bool:
    """Somebody else's «today» is that of the speech."""
    before = text[max(0, t.place.start - _CONTEXT) : t.place.start]
    return before.rfind("«") > before.rfind("»") or before.rfind("“") > before.rfind("”") or t.tail.count('"') % 2 == 1


# ---------------------------------------------------------------- bounds


def _bounds(told: Sequence[_Told], lead: Span) -> _Bounds:
    low: _Bound | None = None
    high: _Bound | None = None
    for t in told:
        if _to_come(t):
            high = (t.latest, t.place) if high is None or t.latest < high[0] else high
        elif _past(t) or _is_news(t, lead):
            low = (t.earliest, t.place) if low is None or t.earliest > low[0] else low
            if _is_news(t, lead):
                end = t.latest + _WEEK
                high = (end, t.place) if high is None or end < high[0] else high
    return low, high


def _near(t: _Told, reach: int = _NEAR) -> set[str]:
    near = t.clause[-reach:]
    return {w[1:] if w[0] in "وف" and len(w) > 3 else w for w in near} | set(near)


def _ahead(t: _Told) -> bool:
    near, agreed = _near(t), _near(t, _AGREED_NEAR)
    return bool(near & _cue("planned") or near & _cue("future") or (agreed & _cue("agreed") and agreed & _cue("held")))


def _to_come(t: _Told) -> bool:
    """«سيعقد في», «من المقرر أن … في», «اتفقت على عقد … في»: near by in its clause, and not told of a past («كان من المقرر»)."""
    told_of_past = any(w.lstrip("وف") in _cue("past_perfect") for w in t.sentence)
    return not told_of_past and "منذ" not in t.clause[-2:] and _ahead(t)


def _past(t: _Told) -> bool:
    return bool(_near(t) & _cue("past")) and not _ahead(t) and not _cue("aims") & set(t.clause[-3:])


def _is_news(t: _Told, lead: Span) -> bool:
    """«ساد هدوء المدينة، الأربعاء 13 نوفمبر 2024، …»: a day with its weekday, between commas of a first sentence told as past.

    It is the day the news is of, which is reported within the week. A first word in ي, ت or ن may be a present tense, of an
    event to come.
    """
    m = t.mention
    told_of = m.weekday is not None and t.earliest == t.latest and m.weekday == t.earliest.weekday()
    first = lead.start <= t.place.start < min(lead.end, lead.start + _LEAD) and len(t.tail) == t.place.start - lead.start
    if not (told_of and first and t.sentence and set(t.clause) <= _cue("day_parts")):
        return False
    return len(t.sentence) > len(t.clause) and t.sentence[0][0] not in "يتن" and t.sentence[0] not in _cue("future")

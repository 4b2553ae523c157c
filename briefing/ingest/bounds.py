"""What a story's own words allow about the day it was published, where nothing around it says so.

A full date said to be today's or yesterday's fixes the day. Other full dates only bound it: not before the latest one told as
past, not after the end of the first one told as to come. A weekday or «أمس» alone bounds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from briefing.arabic.dates import DateMention, find_dates, resolve
from briefing.arabic.fold import key
from briefing.arabic.tokens import tokenise
from briefing.ingest.anchors import windows
from briefing.ingest.paired import paired
from briefing.ingest.window import SENTENCE_END, Window, common, quoted, spans_of
from briefing.lexicon.tables import derived, table
from briefing.model import UNDATED, Document, Published, Span

_CONTEXT = 400  # characters before a date that are looked at
_CLAUSE = re.compile(r"[،,;؛:.؟!\n]")
_LEAD = 400  # characters of the first paragraph in which a dated weekday is the day of the news
_MOST = 31  # days of a window in which a weekday is looked for
MARGIN = timedelta(2)  # time zones, and pages that are dated by the day before
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

    Dated meetings (ingest/anchors.py) and relative dates with a calendar date beside them (ingest/paired.py) count as the
    text's own dates do. Two different days said to be today's are a conflict, and so are bounds that cross: basis "conflict",
    nothing given, the spans that contradict each other as evidence.
    """
    mentions = {span: find_dates(document.text[span.start : span.end]) for span in kept}
    told = [t for span in kept for t in _told(document.text, span, mentions[span])]
    anchored = list(windows(document, kept))
    wrong = [w for w in anchored if w.contradicts]
    exact = [*_fixed(document.text, told), *(w for w in anchored if w.exact)]
    fixed = common(exact)
    if wrong or fixed.contradicts:
        return _conflict(spans_of(wrong) or fixed.evidence)
    fixed = _on_weekday(fixed, document.text, mentions)
    bounds = _bounds(told, kept[0] if kept else Span(0, 0))
    loose = [*bounds, *(w for w in anchored if not w.exact), *paired(document.text, mentions)]
    if fixed.earliest is not None and fixed.earliest == fixed.latest:
        return _checked(fixed, fixed.earliest, loose)
    return _between(common([fixed, *loose]))


@derived
def _cue(kind: str) -> frozenset[str]:
    """The words of one list of [told] in lexicon/page.toml, folded."""
    return frozenset(key(word) for word in table("page")["told"][kind])


def _fixed(text: str, told: Sequence[_Told]) -> Iterator[Window]:
    """The days that full dates with «اليوم» or «أمس» give away."""
    for t in told:
        if (day := _said_on(text, t)) is not None:
            yield Window(day, day, (t.place,), exact=True)


def _on_weekday(window: Window, text: str, mentions: Mapping[Span, Sequence[DateMention]]) -> Window:
    """The only day of an exact window with the weekday that «أمس الأربعاء» and the like give away, if they all say the same."""
    if not window.exact or window.earliest is None or window.latest is None or (window.latest - window.earliest).days > _MOST:
        return window
    said = dict(_weekdays(text, mentions))
    if len(said) != 1:
        return window
    weekday, place = next(iter(said.items()))
    days = [window.earliest + timedelta(n) for n in range((window.latest - window.earliest).days + 1)]
    fitting = [d for d in days if d.weekday() == weekday]
    if len(fitting) != 1:
        return window
    return replace(window, earliest=fitting[0], latest=fitting[0], evidence=(*window.evidence, place))


def _weekdays(text: str, mentions: Mapping[Span, Sequence[DateMention]]) -> Iterator[tuple[int, Span]]:
    for span, found in mentions.items():
        for m in found:
            place = Span(span.start + m.start, span.start + m.end)
            if m.reference_weekday is not None and not _of_document(text, place.start):
                yield m.reference_weekday, place


def _checked(fixed: Window, day: date, loose: Sequence[Window]) -> Published:
    """A day that the text states, unless the text also tells of a later one as past, or of an earlier meeting as to come."""
    against = [w for w in loose if (w.earliest and w.earliest > day) or (w.latest and w.latest < day and w.basis == "gazetteer")]
    if against:
        return _conflict((*fixed.evidence, *against[0].evidence))
    iso = day.isoformat()
    return Published(iso, iso, iso, "day", fixed.basis, "medium", tuple(dict.fromkeys(fixed.evidence)))


def _between(window: Window) -> Published:
    if window.contradicts:
        return _conflict(window.evidence)
    if window.earliest is None and window.latest is None:
        return UNDATED
    first, last = (d.isoformat() if d else None for d in (window.earliest, window.latest))
    confidence = "medium" if window.exact else "low"
    return Published(None, first, last, "range" if first and last else "unknown", window.basis, confidence, window.evidence)


def tells_after(document: Document, span: Span, day: date) -> bool:
    """Whether the text of `span` tells as past what happened more than MARGIN after `day`: it was not written by then."""
    mentions = find_dates(document.text[span.start : span.end])
    told = _told(document.text, span, mentions)
    return any(_past(t) and not _to_come(t) and t.earliest > day + MARGIN for t in told)


def _conflict(evidence: tuple[Span, ...]) -> Published:
    return replace(UNDATED, basis="conflict", evidence=evidence)


def _told(text: str, span: Span, mentions: Iterable[DateMention]) -> Iterator[_Told]:
    for m in mentions:
        when = resolve(m, None)
        if m.kind != "absolute" or when.earliest is None or when.latest is None:
            continue
        place = Span(span.start + m.start, span.start + m.end)
        before = text[max(span.start, place.start - _CONTEXT) : place.start]
        sentence = SENTENCE_END.split(before)[-1]
        clause = _CLAUSE.split(sentence)[-1]
        first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
        yield _Told(m, place, first, last, _words(clause), _words(sentence), sentence)


def _words(text: str) -> tuple[str, ...]:
    return tuple(t.key for t in tokenise(text) if t.is_word)


def _said_on(text: str, t: _Told) -> date | None:
    """The day of publication that a full date with «اليوم» or «أمس» gives away; None if its weekday contradicts it."""
    m = t.mention
    if m.offset is None or m.loose or t.earliest != t.latest or _of_document(text, t.place.start):
        return None
    if m.weekday is not None and m.weekday != t.earliest.weekday():
        return None
    return t.earliest - timedelta(m.offset)


def _of_document(text: str, at: int) -> bool:
    """The «today» of a speech in quotation marks, or of a decree («اعتبارا من هذا اليوم»), is not the story's."""
    return quoted(text, at) or (text[max(0, at - 8) : at].split() or [""])[-1] == "هذا"


# ---------------------------------------------------------------- bounds


def _bounds(told: Sequence[_Told], lead: Span) -> Iterator[Window]:
    for t in told:
        if _to_come(t):
            yield Window(None, t.latest, (t.place,))
        elif _is_news(t, lead):
            yield Window(t.earliest, t.latest + _WEEK, (t.place,))
        elif _past(t):
            yield Window(t.earliest, None, (t.place,))


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

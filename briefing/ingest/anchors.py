"""What a dated meeting that a story names gives away about the day of publication.

«انطلقت أمس أعمال الاجتماع الـ21» and the gazetteer's first day of that meeting fix the day; «في ختام», «ستعقد» and a meeting
merely told as past or to come only bound it. A meeting that the gazetteer does not know, or a series named without saying
which meeting, says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from briefing.arabic.dates import DateMention, find_dates, resolve
from briefing.arabic.meetings import Meeting, MeetingMention, find_meetings, grammar, is_complete, meetings_of
from briefing.arabic.tokens import Token, tokenise
from briefing.ingest.window import SENTENCE_END, Window, quoted
from briefing.model import Document, Span

_ONE = timedelta(1)
_AFTERMATH = timedelta(2)  # what a meeting ended with is reported by the second day after it
_NEAR = 45  # days around a meeting in which its day may be spoken of as «الأسبوع الماضي» or «الثلاثاء المقبل»
_LEFT, _RIGHT = 16, 14  # words to either side of a mention that can belong to it
_LEAD = 500  # characters of a story in which its news stands


@dataclass(frozen=True, slots=True)
class _Cue:
    """A verb or its noun: which day of the meeting it tells of ("opens", "closes", "held") and in what tense."""

    moment: str
    tense: str  # "past", "any" or "to_come"
    at: int  # index of its token


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words around a mention that can belong to it: tokens[low:high], the mention's own being tokens[first:last]."""

    text: str
    tokens: Sequence[Token]
    low: int
    first: int
    last: int
    high: int


def windows(document: Document, kept: Sequence[Span]) -> Iterator[Window]:
    """What each meeting named in the kept text allows; nothing for most texts."""
    lead = kept[0].start + _LEAD if kept else 0
    for span in kept:
        for mention in find_meetings(document.text[span.start : span.end]):
            window = _window(document.text, span, mention, span.start + mention.start < lead)
            if window is not None:
                yield replace(window, basis="gazetteer")


def _window(text: str, span: Span, mention: MeetingMention, in_lead: bool) -> Window | None:
    place = Span(span.start + mention.start, span.start + mention.end)
    start, end = _sentence(text, span, place)
    stretch = _stretch(text, start, end, place)
    sentence = {_bare(t.key) for t in tokenise(text, start, end)}
    if sentence & grammar("put_off") or quoted(text, place.start):
        return None
    cue = _cue(stretch)
    days = [d for d in _days(text, stretch) if _belongs(stretch, cue, d)]
    meeting = mention.meeting or _by_days(mention, days)
    if meeting is None or (_behind(stretch) and _near(stretch, _LEFT, 0, "planned")):
        return None
    if cue is not None and days:
        return _from_day(meeting, cue, place, days[0], stretch)
    return _bound(meeting, cue, place, stretch, in_lead)


# ---------------------------------------------------------------- what belongs to the mention


def _sentence(text: str, span: Span, place: Span) -> tuple[int, int]:
    ends = [m.end() for m in SENTENCE_END.finditer(text, span.start, place.start)]
    after = SENTENCE_END.search(text, place.end, span.end)
    return (ends[-1] if ends else span.start), (after.start() if after else span.end)


def _stretch(text: str, start: int, end: int, place: Span) -> _Stretch:
    tokens = tokenise(text, start, end)
    first = next((i for i, t in enumerate(tokens) if t.end > place.start), len(tokens))
    last = next((i for i in range(first, len(tokens)) if tokens[i].start >= place.end), len(tokens))
    dates = [(start + m.start, start + m.end) for m in find_dates(text[start:end])]
    low = first
    while low > max(0, first - _LEFT) and not _stops(tokens[low - 1], dates):
        low -= 1
    high = last
    while high < min(len(tokens), last + _RIGHT) and not _stops(tokens[high], dates) and not _new_clause(tokens, high):
        high += 1
    return _Stretch(text, tokens, low, first, last, high)


def _stops(token: Token, dates: Sequence[tuple[int, int]]) -> bool:
    """A word or sign behind which somebody else's clause begins; «بعد» in «بعد غد» is none."""
    if any(a <= token.start < b for a, b in dates):
        return False
    return _bare(token.key) in grammar("stops") or token.text in ":؛"


def _new_clause(tokens: Sequence[Token], i: int) -> bool:
    """A comma, unless a relative clause or a day in commas follows it."""
    if tokens[i].text not in "،,":
        return False
    following = tokens[i + 1].key if i + 1 < len(tokens) else ""
    return not (following in ("الذي", "التي", "والتي", "والذي") or find_dates(tokens[i + 1].text if following else ""))


def _bare(word: str) -> str:
    return word[1:] if word[:1] in ("و", "ف") and len(word) > 2 else word


def _cue(s: _Stretch) -> _Cue | None:
    """The verb next to the mention: the last before it, else the first of the six words after it."""
    for i in [*range(s.first - 1, s.low - 1, -1), *range(s.last, min(s.high, s.last + 6))]:
        word = _bare(s.tokens[i].key)
        before = _bare(s.tokens[i - 1].key) if i else ""
        for moment, tense, kind in _CUES:
            if word in grammar(kind):
                return None if before in grammar("negations") else _Cue(moment, _tense(tense, before), i)
    return None


def _tense(tense: str, before: str) -> str:
    """Behind a preposition «عقد» is a noun, without a tense; «على عقد» is what is yet to be held."""
    if before == "علي":
        return "to_come"
    return "any" if before in grammar("prepositions") else tense


_CUES = (
    ("opens", "past", "opens_past"), ("opens", "any", "opens_any"), ("closes", "past", "closes_past"),
    ("closes", "any", "closes_any"), ("held", "past", "held_past"), ("held", "any", "held_any"), ("held", "to_come", "to_come"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Day:
    mention: DateMention
    place: Span
    before: int  # index of the first token behind it


def _days(text: str, s: _Stretch) -> Iterator[_Day]:
    """The date expressions of a stretch, outside the mention itself."""
    if s.high == s.low:
        return
    start, end = s.tokens[s.low].start, s.tokens[s.high - 1].end
    inside = range(s.tokens[s.first].start, s.tokens[s.last - 1].end) if s.first < s.last else range(0)
    for m in find_dates(text[start:end]):
        place = Span(start + m.start, start + m.end)
        if place.start not in inside and not quoted(text, place.start):
            yield _Day(m, place, next((i for i, t in enumerate(s.tokens) if t.start >= place.end), len(s.tokens)))


def _belongs(s: _Stretch, cue: _Cue | None, day: _Day) -> bool:
    """A day behind its verb, or right before it («أمس انطلقت»); of a later verb's day nothing is known."""
    if cue is None:
        return False
    return day.place.start > s.tokens[cue.at].start or day.before == cue.at


def _by_days(mention: MeetingMention, days: Sequence[_Day]) -> Meeting | None:
    """The only meeting of a series held on stated days of a month («في 7-8 يوليو»), if the gazetteer has them all."""
    if mention.number is not None or not is_complete(mention.series):
        return None
    for day in days:
        m = day.mention
        if m.kind != "named_month" or m.calendar != "gregorian" or m.days is None or m.days[0] == m.days[1]:
            continue
        fitting = [h for h in meetings_of(mention.series) if h.first.month == m.month and (h.first.day, h.last.day) == m.days]
        if len(fitting) == 1:
            return fitting[0]
    return None


# ---------------------------------------------------------------- what it says


def _from_day(meeting: Meeting, cue: _Cue, place: Span, day: _Day, s: _Stretch) -> Window | None:
    """The days of publication from which the expression beside the verb means the meeting's day."""
    evidence = tuple(sorted((place, day.place)))
    low, high, sure = _moment(meeting, cue)
    if day.mention.kind == "absolute":
        return _told(meeting, cue, evidence, s)
    if day.mention.kind == "named_month" and not _same_days(day.mention, meeting):
        return Window(None, None, evidence, contradicts=True)
    weekday = day.mention.weekday if day.mention.kind == "relative_day" else None
    if weekday is not None and (shifted := _nearest(weekday, low, high)) not in (low, high):
        if shifted is None:
            return Window(None, None, evidence, contradicts=True)
        low, high, sure = min(low, shifted), max(high, shifted), False
    elif weekday is not None and low != high and shifted is not None:
        low = high = shifted
    meant = [p for p in _around(low, high) if _means(day.mention, p, low, high)]
    meant = [p for p in meant if cue.tense == "any" or (p >= low if cue.tense == "past" else p <= high)]
    if not meant:
        return Window(None, None, evidence, contradicts=True)
    return Window(meant[0], meant[-1], evidence, exact=sure)


def _moment(meeting: Meeting, cue: _Cue) -> tuple[date, date, bool]:
    """The first and last day that the verb can tell of, and whether they are sure."""
    before = meeting.first if meeting.sure_first else meeting.first - _ONE
    after = meeting.last if meeting.sure_last else meeting.last + _ONE
    if cue.moment == "opens" or cue.tense == "to_come":
        return before, meeting.first if meeting.sure_first else meeting.first + _ONE, meeting.sure_first
    if cue.moment == "closes":
        return meeting.last if meeting.sure_last else meeting.last - _ONE, after, meeting.sure_last
    return before, after, meeting.sure_first and meeting.sure_last


def _same_days(m: DateMention, meeting: Meeting) -> bool:
    """A month without year, with or without days, is the meeting's."""
    if m.calendar != "gregorian" or m.month not in (meeting.first.month, meeting.last.month):
        return False
    if m.days is None or m.month != meeting.first.month:
        return True
    return m.days[0] <= meeting.last.day and meeting.first.day <= m.days[1]


def _nearest(weekday: int, low: date, high: date) -> date | None:
    """The day with this weekday from a day before to a day after; the meeting's own days first."""
    days = [low + timedelta(n) for n in range((high - low).days + 1)]
    return next((d for d in (*days, low - _ONE, high + _ONE) if d.weekday() == weekday), None)


def _around(low: date, high: date) -> Iterator[date]:
    day = low - timedelta(_NEAR)
    while day <= high + timedelta(_NEAR):
        yield day
        day += _ONE


def _means(m: DateMention, published: date, low: date, high: date) -> bool:
    if m.kind == "named_month":  # «7 يوليو الجاري»: the month of publication; without «الجاري» any day may be meant
        return m.direction != "current" or (published.year, published.month) == (low.year, low.month)
    when = resolve(m, published)
    if when.earliest is None or when.latest is None:
        return True
    return date.fromisoformat(when.earliest) <= high and low <= date.fromisoformat(when.latest)


def _told(meeting: Meeting, cue: _Cue, evidence: tuple[Span, ...], s: _Stretch) -> Window | None:
    """A meeting told as past was before the story, one told as to come is not before it; else nothing.

    «كان من المقرر أن …» and «كانت الدول اتفقت على عقد …» tell of plans that may lie behind.
    """
    if cue.tense == "any":
        return None
    if cue.tense == "to_come":
        latest = meeting.first if meeting.sure_first else meeting.first + _ONE
        return None if _behind(s) else Window(None, latest, evidence)
    return Window(_moment(meeting, cue)[0], None, evidence)


def _bound(meeting: Meeting, cue: _Cue | None, place: Span, s: _Stretch, in_lead: bool) -> Window | None:
    """Without a day of its own: a closing statement in the lead is at most two days old, all else is past or to come."""
    planned = _near(s, 8, 1, "planned")
    if planned is not None:
        return _told(meeting, _Cue("opens", "to_come", s.first), (place, planned), s)
    closing = _near(s, 6, 0, "after_close")
    if closing is not None:
        low = meeting.last if meeting.sure_last else meeting.last - _ONE
        return Window(low, meeting.last + _AFTERMATH if in_lead else None, (closing, place))
    return _told(meeting, cue, (place, Span(s.tokens[cue.at].start, s.tokens[cue.at].end)), s) if cue else None


def _behind(s: _Stretch) -> bool:
    """«كان»: what was planned may lie behind, and may not have come to pass."""
    return any(_bare(t.key) in grammar("told_of_past") for t in s.tokens[: s.first])


def _near(s: _Stretch, before: int, after: int, kind: str) -> Span | None:
    """The first word of a list from some words before the mention to some behind it."""
    for t in s.tokens[max(0, s.first - before) : min(s.high, s.last + after)]:
        if _bare(t.key) in grammar(kind) or t.key.lstrip("وفبل") in grammar(kind):
            return Span(t.start, t.end)
    return None

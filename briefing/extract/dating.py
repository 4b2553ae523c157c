"""Dates of items: the expressions in an item's words, resolved against the article's publication date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from briefing.arabic.dates import DateMention, find_dates, resolve, resolve_between
from briefing.arabic.meetings import Meeting, find_meetings, grammar
from briefing.arabic.tokens import tokenise
from briefing.extract.clause import Parsed
from briefing.model import NO_DATE, Published, When

_ONE = timedelta(1)
_NEAR = 6  # words before a meeting's name that say whether it was over
_SHORT_RANGE = 31  # days; beyond it a relative expression says nothing worth printing


@dataclass
class Dating:
    """The dates of one article's sentences; `published` is the day everything relative is counted from."""

    published: Published
    _cache: dict[int, tuple[DateMention, ...]] = field(default_factory=dict)

    def mentions(self, parsed: Parsed) -> tuple[DateMention, ...]:
        """Date expressions of a sentence; offsets from the start of the sentence."""
        n = parsed.sentence.start
        if n not in self._cache:
            self._cache[n] = find_dates(parsed.text[n : parsed.sentence.end])
        return self._cache[n]

    def spans(self, parsed: Parsed) -> tuple[tuple[int, int], ...]:
        """Offsets in the document of the date expressions of a sentence."""
        base = parsed.sentence.start
        return tuple((base + m.start, base + m.end) for m in self.mentions(parsed))

    def tokens(self, parsed: Parsed) -> frozenset[int]:
        """The numbers of a sentence's tokens that belong to date expressions."""
        spans = self.spans(parsed)
        return frozenset(k for k, t in enumerate(parsed.tokens) if any(a <= t.start < b for a, b in spans))

    def of(self, parsed: Parsed, start: int, end: int, near: int | None = None) -> When:
        """The date stated between two offsets, days before ranges; else of the meeting that it says it happened at; else unknown.

        `near` (an offset) prefers the expression closest to it to the first one.
        """
        base = parsed.sentence.start
        inside = [m for m in self.mentions(parsed) if start <= base + m.start and base + m.end <= end]
        inside = [m for m in inside if not _since(parsed.text[base : base + m.end], m)]
        if near is not None:
            inside.sort(key=lambda m: abs(base + m.start - near))
        resolved = [
            w for m in inside if (w := self.resolve(m)).earliest is not None and w.precision in ("day", "range", "month", "year")
        ]
        if not resolved:
            return self._at_meeting(parsed.text, start, end)
        return resolved[0] if near is not None else next((w for w in resolved if w.precision == "day"), resolved[0])

    def _at_meeting(self, text: str, start: int, end: int) -> When:
        """«في ختام الجولة الـ17», «خلال الاجتماع الـ21»: the days of a meeting that the gazetteer knows, up to publication."""
        for mention in find_meetings(text[start:end]):
            if mention.meeting is not None and (days := _days(mention.meeting, text[start : start + mention.start])):
                return self._until_published(*days)
        return NO_DATE

    def _until_published(self, low: date, high: date) -> When:
        if self.published.latest is not None:
            high = min(high, date.fromisoformat(self.published.latest))
        if low > high:
            return NO_DATE
        value = low.isoformat() if low == high else None
        return When(value, low.isoformat(), high.isoformat(), "day" if value else "range", "gazetteer")

    def resolve(self, mention: DateMention) -> When:
        """One expression, against the publication day or, when only bounds of it are known and narrow, against both."""
        when = self.published
        if when.value and when.precision == "day":
            return resolve(mention, date.fromisoformat(when.value))
        if when.earliest and when.latest:
            low, high = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
            if (high - low).days <= _SHORT_RANGE:
                return resolve_between(mention, low, high)
        return resolve(mention, None)


def _days(meeting: Meeting, before: str) -> tuple[date, date] | None:
    """The days that the words before a meeting's name mean: its end and the day after, all its days, or none."""
    words = [t.key.lstrip("وفبل") for t in tokenise(before)[-_NEAR:] if t.is_word]
    first = meeting.first if meeting.sure_first else meeting.first - _ONE
    last = meeting.last if meeting.sure_last else meeting.last + _ONE
    if grammar("after_close").intersection(words):
        return (meeting.last if meeting.sure_last else meeting.last - _ONE), last + _ONE
    return (first, last) if words and grammar("during").intersection(words[-2:]) else None


def _since(until: str, mention: DateMention) -> bool:
    """«منذ عام 2020», «منذ ست سنوات» say when something began to be so, not when it happened; `until` ends with the mention."""
    words = until[: mention.start].rstrip(), until[mention.start :]
    return mention.direction == "since" or words[0].endswith("منذ") or words[1].lstrip("و").startswith("منذ")

"""Dates of items: the expressions in an item's words, resolved against the article's publication date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from briefing.arabic.dates import DateMention, find_dates, resolve, resolve_between
from briefing.extract.clause import Parsed
from briefing.model import NO_DATE, Published, When

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

    def of(self, parsed: Parsed, start: int, end: int, near: int | None = None) -> When:
        """The date stated between two offsets, days before ranges, else unknown.

        `near` (an offset) prefers the expression closest to it to the first one.
        """
        base = parsed.sentence.start
        inside = [m for m in self.mentions(parsed) if start <= base + m.start and base + m.end <= end]
        if near is not None:
            inside.sort(key=lambda m: abs(base + m.start - near))
        resolved = [
            w for m in inside if (w := self.resolve(m)).earliest is not None and w.precision in ("day", "range", "month", "year")
        ]
        if near is not None:
            return resolved[0] if resolved else NO_DATE
        return next((w for w in resolved if w.precision == "day"), resolved[0] if resolved else NO_DATE)

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

"""What each account says of how many: the figures of events, with who gives them and how far they reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from briefing.brief_model import Entry
from briefing.item_model import Count, Event
from briefing.source_model import Reference

FATES = ("killed", "wounded", "detained", "released", "abducted", "displaced")
# Words that count anyone: figures under two of these are about the same people, "children" and "people" are not.
_ANYONE = {"people", "person", "others", "civilians", "civilian", "persons", "inhabitants", "residents", "dead", "victims", ""}
_ABOUT = 0.2  # how far "about" may reach on either side
_BY = " (according to "


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an event: what it counts, the least and most it can mean, who gives it ("" for the article), and where."""

    fate: str
    who: str
    low: float
    high: float
    count: Count
    by: str
    entry: Entry
    reference: Reference

    def contradicts(self, other: Figure) -> bool:
        """Whether both cannot be right of the same people."""
        return self.high < other.low or other.high < self.low


def figures(entry: Entry, event: Event) -> Iterator[Figure]:
    """The totals that an event gives, parts of totals and "dozens" left out."""
    for count in event.counts:
        reach = reach_of(count)
        if reach is None or count.part_of is not None:
            continue
        fate, who, by = read(count.what)
        by = by or (event.asserted_by.en if event.asserted_by else "")
        yield Figure(fate, who, *reach, count, by, entry, _where(entry, count))


def read(what: str) -> tuple[str, str, str]:
    """(what became of them, who, according to whom) of a count's words: "civilians killed (according to a doctor)"."""
    said, _, by = what.partition(_BY)
    words = said.split()
    fate = next((word for word in words if word in FATES), "")
    who = " ".join(word for word in words if word != fate)
    return fate, "anyone" if fate and who in _ANYONE else who, by.removesuffix(")")


def reach_of(count: Count) -> tuple[float, float] | None:
    """The least and the most that a count can mean; None for "dozens"."""
    number = count.number
    if number is None:
        return None
    if count.qualifier in ("at_least", "more_than"):
        return (number + (count.qualifier == "more_than"), inf)
    if count.qualifier == "about":
        return (number * (1 - _ABOUT), number * (1 + _ABOUT))
    return (number, number)


def _where(entry: Entry, count: Count) -> Reference:
    """The citation in which a count stands."""
    return next((r for r in entry.references if r.start <= count.start < r.end), entry.references[0])

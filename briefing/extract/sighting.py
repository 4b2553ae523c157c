"""One telling of an event in one clause, before it is known whether it is a new event."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.extract.clause import Parsed
from briefing.extract.statements import Found
from briefing.extract.triggers import CASUALTY, Trigger
from briefing.item_model import Count


@dataclass(frozen=True)
class Sighting:
    """tokens[first:last] tell of an event by `trigger`, in `statement` or in the article's own voice (None).

    They are a part of tokens[clause[0]:clause[1]], where that tells of other events too.
    `definite`: the clause names it as known («الهجوم»); `refers`: the number of the event before of which only a word for
    whatever happened («الحادث») tells.
    """

    parsed: Parsed
    trigger: Trigger
    first: int
    last: int
    counts: tuple[Count, ...]
    statement: Found | None
    definite: bool
    clause: tuple[int, int]
    refers: int | None = None

    @property
    def casualties_only(self) -> bool:
        """Tells of deaths and wounds without what caused them."""
        return self.trigger.kind.rank == CASUALTY

    @property
    def introduces(self) -> bool:
        """An action noun without article («هجوما وقع …»), as news begins to tell of something."""
        return not (self.trigger.verb or self.definite or self.casualties_only)

    @property
    def of_many(self) -> bool:
        """«الغارات», «هجمات»: an action noun in the plural, which speaks of more than the event told before."""
        plural = self.parsed.word(self.trigger.last - 1).endswith("ات")
        return plural and not self.trigger.verb and self.trigger.kind.type != "CLASH"  # «اشتباكات» is one clash

"""Whether the speakers of two statements are one: across articles only where a name says so, never by office or title alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from briefing.arabic.lexicon import country_names
from briefing.item_model import Entity, Reading, Statement
from briefing.lexicon.tables import derived

_SOMEONE = ("person", "body")


@dataclass(frozen=True, slots=True)
class Speakers:
    """The names that stand for one person or body throughout, and those that stand for one in a single article."""

    _names: frozenset[str]
    _offices: frozenset[tuple[str, str]]  # article id, name of a state's body

    def known(self, statement: Statement, article: str) -> str | None:
        """What the speaker of a statement is known by in every article, None where only its own tells who that is."""
        name = statement.speaker.en
        return name if name in self._names or (article, name) in self._offices else None

    def of(self, statement: Statement, article: str) -> str:
        """What tells the speaker of a statement from every other one."""
        known = self.known(statement, article)
        return known if known is not None else f"{statement.speaker.en}\0{article}"


def speakers(readings: Collection[Reading], names: Sequence[Entity]) -> Speakers:
    """The speakers of these articles; `names` are all that is named there."""
    counted = Counter(entity.en for entity in names if entity.kind in _SOMEONE)
    offices = frozenset(
        (reading.article.id, said.speaker.en)
        for reading in readings
        for said in reading.statements
        if said.speaker.resolution == "explicit" and _of_a_state(said.speaker.en)
    )
    known = frozenset(name for name, count in counted.items() if count == 1)
    told = {said.speaker.en for reading in readings for said in reading.statements if _named(said, reading)}
    return Speakers(known | told, offices)


def _named(said: Statement, reading: Reading) -> bool:
    """Whether a person said in review who speaks: then that name is one wherever they gave it."""
    review = reading.marks[said.id].review if said.id in reading.marks else None
    return review is not None and any(one.field == "speaker" for one in review.corrected)


def _of_a_state(name: str) -> bool:
    """ "Iraqi Oil Ministry" is one body wherever it stands, "Oil Ministry" is not."""
    return not _adjectives().isdisjoint(name.split())


@derived
def _adjectives() -> frozenset[str]:
    return frozenset(adjective for _, _, adjective in country_names().values())

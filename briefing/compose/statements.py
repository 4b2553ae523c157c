"""The statements of a brief in the reader's order: theatre, topic, speaker, addressee.

Headings stay few. Countries with one statement share a heading. Topics and speakers are headings only in a theatre whose topics
have two statements on average, and of its speakers those with several statements, after those with one. What stands under no
heading of its own says its country and topic at its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.brief_model import NO_HEADING, Heading, StatementGroup
from briefing.compose.copies import Told
from briefing.compose.numbering import Numbering
from briefing.compose.placing import Placing
from briefing.compose.speakers import Speakers
from briefing.compose.theatres import ELSEWHERE, INTERNATIONAL
from briefing.compose.topics import topics
from briefing.item_model import Statement

_LAST = (ELSEWHERE, INTERNATIONAL)
_PER_TOPIC = 2  # statements on average that make headings of topics worth their lines


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement, where it belongs, the heading it stands under, and whose it is."""

    statement: Statement
    told: Told
    theatre: Heading
    topic: Heading
    under: Heading
    speaker: str

    @property
    def group(self) -> tuple[str, str, str]:
        """What it has in common with the others of its group."""
        return self.theatre.id, self.topic.id, self.speaker


def spoken(items: Sequence[Told], who: Speakers, places: Placing, numbering: Numbering) -> tuple[StatementGroup, ...]:
    """The statements among `items` in groups, numbered in reading order; `who` tells speakers apart."""
    said = _under_headings([(t.item, t) for t in items if isinstance(t.item, Statement)], who, places)
    topics_of = {ident: {one.topic.id for one in said if one.under.id == ident} for ident in _sizes(said)}
    sizes = _sizes(said)
    dense = (i for i, held in topics_of.items() if len(held) == 1 or sizes[i] >= _PER_TOPIC * len(held))
    full = {ident for ident in dense if ident != ELSEWHERE.id}
    grouped: dict[tuple[str, str, str], list[_Said]] = {}
    for one in _ordered(said, full):
        grouped.setdefault(one.group, []).append(one)
    return tuple(_group(g, g[0].under.id in full, len(topics_of[g[0].under.id]) > 1, numbering) for g in grouped.values())


def _sizes(said: Iterable[_Said]) -> Counter[str]:
    """How many statements stand under each heading of a theatre."""
    return Counter(one.under.id for one in said)


def _under_headings(statements: Sequence[tuple[Statement, Told]], who: Speakers, places: Placing) -> list[_Said]:
    theatres = [places.theatre(told) for _, told in statements]
    many = Counter(theatre.id for theatre in theatres)
    single = [ident for ident, count in many.items() if count == 1 and ident != INTERNATIONAL.id]
    return [
        _Said(one, told, theatre, places.topic(told), _under(theatre, single), who.of(one, told.reading.article.id))
        for (one, told), theatre in zip(statements, theatres, strict=True)
    ]


def _under(theatre: Heading, single: Sequence[str]) -> Heading:
    return ELSEWHERE if theatre.id in single and len(single) > 1 else theatre


def _ordered(said: Sequence[_Said], full: Iterable[str]) -> list[_Said]:
    """Theatres with the most statements first, topics in their own order, speakers and addressees as they are first met."""
    sizes, ranks = _sizes(said), {topic.id: n for n, topic in enumerate(topics())}
    several = {group for group, count in Counter(one.group for one in said).items() if count > 1}
    speakers, addressees = (_first_met(values) for values in ((o.speaker for o in said), (_addressee(o) for o in said)))

    def place(one: _Said) -> tuple[object, ...]:
        last = _LAST.index(one.under) + 1 if one.under in _LAST else 0
        country = one.theatre.en if one.under == ELSEWHERE else ""
        titled = one.under.id in full and one.group in several
        topic = (ranks[one.topic.id], titled, speakers[one.speaker], addressees[_addressee(one)])
        return (last, -sizes[one.under.id], one.under.en, country, *topic)

    return sorted(said, key=place)


def _first_met(values: Iterable[str]) -> dict[str, int]:
    return {value: n for n, value in enumerate(dict.fromkeys(values))}


def _addressee(one: _Said) -> str:
    return one.statement.addressee.en if one.statement.addressee else ""


def _group(said: Sequence[_Said], full: bool, several_topics: bool, numbering: Numbering) -> StatementGroup:
    first, speaker = said[0], said[0].statement.speaker
    name = speaker.en or "Speaker not named"
    role = next((one.statement.speaker.role_en for one in said if one.statement.speaker.role_en), None)
    return StatementGroup(
        name[:1].upper() + name[1:], speaker.ar, role if role != speaker.en else None,
        tuple(replace(numbering.entry("S", one.told), theatre=one.theatre, topic=one.topic) for one in said),
        theatre=first.under, topic=first.topic if full and several_topics else NO_HEADING, titled=full and len(said) > 1,
    )  # fmt: skip

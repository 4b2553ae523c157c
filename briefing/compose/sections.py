"""Stories -> sections: the items in the reader's order, numbered as they are met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.brief_model import Section
from briefing.compose import statements
from briefing.compose.areas import area, reading_order
from briefing.compose.copies import Story, Told
from briefing.compose.numbering import Numbering
from briefing.compose.placing import Placing
from briefing.compose.speakers import Speakers
from briefing.event_model import Area
from briefing.item_model import Agreement, Event
from briefing.model import Article


def section(
    key: str, articles: Sequence[Article], told: Sequence[Story], speakers: Speakers, places: Placing, numbering: Numbering
) -> Section:
    """The items taken from `articles`; what a copy of one of them adds stands with the story it adds to."""
    own = {a.id for a in articles}
    here = [t for story in told for t in story.told if t.reading.article.id in own]
    said = statements.spoken(here, speakers, places, numbering)
    agreed = tuple(places.placed(numbering.entry("A", t), t) for t in here if isinstance(t.item, Agreement))
    happened = sorted(_located(here), key=lambda found: reading_order(*found[:2]))
    events = tuple(replace(places.placed(numbering.entry("E", t), t), area=where) for _, where, t in happened)
    return Section(key, said, agreed, events)


def _located(items: Iterable[Told]) -> Iterator[tuple[Event, Area, Told]]:
    """The events with their areas."""
    return ((t.item, area(t.item.place, t.reading.mentions), t) for t in items if isinstance(t.item, Event))

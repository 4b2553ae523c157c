"""Stories -> sections: the items in the reader's order, numbered as they are met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.brief_model import Entry, Section, StatementGroup
from briefing.compose.areas import area, reading_order
from briefing.compose.copies import Story, Told
from briefing.compose.numbering import Numbering
from briefing.event_model import Area
from briefing.model import Agreement, Article, Event, Statement


def section(key: str, articles: Sequence[Article], told: Sequence[Story], numbering: Numbering) -> Section:
    """The items taken from `articles`; what a copy of one of them adds stands with the story it adds to."""
    own = {a.id for a in articles}
    here = [[t for t in story.told if t.reading.article.id in own] for story in told]
    statements = tuple(group for items in here for group in _spoken(items, numbering))
    agreements = tuple(numbering.entry("A", t) for items in here for t in items if isinstance(t.item, Agreement))
    happened = sorted(_located(t for items in here for t in items), key=lambda found: reading_order(*found[:2]))
    events = tuple(replace(numbering.entry("E", t), area=where) for _, where, t in happened)
    return Section(key, statements, agreements, events)


def _located(items: Iterable[Told]) -> Iterator[tuple[Event, Area, Told]]:
    """The events with their areas."""
    return ((t.item, area(t.item.place, t.reading.mentions), t) for t in items if isinstance(t.item, Event))


def _spoken(items: Sequence[Told], numbering: Numbering) -> list[StatementGroup]:
    """A speaker's statements in one story under one heading, speakers in order of first word."""
    by_speaker: dict[str, list[tuple[Statement, Told]]] = {}
    for told in items:
        if isinstance(told.item, Statement):
            by_speaker.setdefault(told.item.speaker.en, []).append((told.item, told))
    return [_group(spoken, numbering) for spoken in by_speaker.values()]


def _group(spoken: Sequence[tuple[Statement, Told]], numbering: Numbering) -> StatementGroup:
    first = spoken[0][0].speaker
    role = next((item.speaker.role_en for item, _ in spoken if item.speaker.role_en), None)
    entries: tuple[Entry, ...] = tuple(numbering.entry("S", told) for _, told in spoken)
    name = first.en or "Speaker not named"
    return StatementGroup(name[:1].upper() + name[1:], first.ar, role if role != first.en else None, entries)

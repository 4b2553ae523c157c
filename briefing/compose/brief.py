"""Readings -> Brief: sections, order, numbering, sources, problems and method. Nothing is worded here but labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.brief_model import Brief, Entry
from briefing.compose.copies import Story, stories
from briefing.compose.differences import differences
from briefing.compose.entities import entities, unified, used
from briefing.compose.event_counts import event_counts
from briefing.compose.highlights import highlights
from briefing.compose.listing import also, counted, left_out
from briefing.compose.merging import merged
from briefing.compose.method import method
from briefing.compose.numbering import Numbering
from briefing.compose.placing import placing
from briefing.compose.sections import section
from briefing.compose.sources import sources
from briefing.compose.speakers import Speakers, speakers
from briefing.config import Config
from briefing.ingest.duplicates import Group
from briefing.item_model import Entity, Reading
from briefing.lexicon import tables
from briefing.model import EngineInfo, Problem
from briefing.scope.wanted import wanted
from briefing.selection import Selection


@dataclass(frozen=True, slots=True)
class Material:
    """What a brief is composed from: the selection, its stories in order, who and what they name, and how many could be read.

    `events` are those of the dated articles, also of stories that are not told: weeks are compared by all of them.
    `listed` are the ids of articles whose stories are told by title only, the best first; `again` those of items that an earlier
    week told.
    """

    selection: Selection
    stories: tuple[Story, ...]
    names: tuple[Entity, ...]
    who: Speakers
    read: int
    events: tuple[Entry, ...]
    listed: tuple[str, ...] = ()
    again: frozenset[str] = frozenset()

    @property
    def dated(self) -> int:
        """How many of the stories have a date in the week."""
        dated = {article.id for article in self.selection.dated}
        return sum(story.used.article.id in dated for story in self.stories)

    def told(self) -> tuple[Story, ...]:
        """The stories that are told in full, every thing once."""
        away = set(self.listed)
        tiers = [{a.id for a in articles} for articles in (self.selection.dated, self.selection.undated)]
        return merged([story for story in self.stories if story.used.article.id not in away], self.who, tiers)


def gathered(selection: Selection, readings: Sequence[Reading]) -> Material:
    """The selected articles as stories; `readings` are theirs, in any order."""
    names = entities(readings)
    named = {r.article.id: r for r in unified(readings, names)}
    material = Material(selection, stories(_groups(selection), named), names, speakers(named.values(), names), len(readings), ())
    told = material.told()
    return replace(material, events=section("dated", selection.dated, told, material.who, placing(told), Numbering()).events)


def compose(
    selection: Selection,
    readings: Sequence[Reading],
    problems: Sequence[Problem],
    engine: EngineInfo,
    config: Config,
    now: datetime,
) -> Brief:
    """The brief of all the selected articles; `readings` are theirs, in any order; `now` is the information cut-off."""
    return composed(gathered(selection, readings), problems, engine, config, now)


def composed(material: Material, problems: Sequence[Problem], engine: EngineInfo, config: Config, now: datetime) -> Brief:
    """The brief of the material, with the stories of its `listed` articles by title only."""
    selection, names, who, told = material.selection, material.names, material.who, material.told()
    numbering = Numbering(wanted(config).watch, material.again)
    groups = (("dated", selection.dated), ("undated", selection.undated))
    places = placing(told)
    sections = tuple(section(key, a, told, who, places, numbering) for key, a in groups if a or key == "dated")
    annex = sources(told, numbering)
    differing = differences(sections, annex)
    week = selection.week
    gone = counted(selection.left, selection.lost, len(selection.dated) + len(selection.undated) - material.read)
    return Brief(
        title=config.title,
        week=str(week) if week else None,
        first_day=week.first.isoformat() if week else None,
        last_day=week.last.isoformat() if week else None,
        timezone=config.timezone,
        cut_off=now.astimezone(config.zone).isoformat(timespec="minutes"),
        engine=engine,
        articles_used=len(told),
        articles_left_out=sum(one.articles for one in gone),
        highlights=highlights(sections, {s.number: s.copy_of for s in annex if s.copy_of}, differing),
        sections=sections,
        sources=annex,
        problems=tuple(problems),
        method=method(engine, config, tables.own()),
        names=used(names, sections),
        differences=differing,
        articles_duplicate=material.read - len(material.stories),
        lexicon=tables.own(),
        event_counts=event_counts(material.events, material.dated, week, selection.before),
        pages=config.scope.pages,
        left_out_by=gone,
        left_out=left_out(selection.left),
        also=also(material.stories, material.listed),
    )


def _groups(selection: Selection) -> list[Group]:
    """The groups of the selection in its order; an article in none stands for itself."""
    articles = (*selection.dated, *selection.undated)
    order = {a.id: n for n, a in enumerate(articles)}
    grouped = {a.id for group in selection.groups for a in (group.used, *group.copies)}
    alone = (Group(a) for a in articles if a.id not in grouped)
    return sorted((*selection.groups, *alone), key=lambda group: order[group.used.id])

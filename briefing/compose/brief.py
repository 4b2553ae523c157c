"""Readings -> Brief: sections, order, numbering, sources, problems and method. Nothing is worded here but labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from briefing.brief_model import Brief
from briefing.compose.copies import stories
from briefing.compose.differences import differences
from briefing.compose.entities import entities, unified, used
from briefing.compose.event_counts import event_counts
from briefing.compose.highlights import highlights
from briefing.compose.merging import merged
from briefing.compose.method import method
from briefing.compose.numbering import Numbering
from briefing.compose.placing import placing
from briefing.compose.sections import section
from briefing.compose.sources import sources
from briefing.compose.speakers import speakers
from briefing.config import Config
from briefing.ingest.duplicates import Group
from briefing.lexicon import tables
from briefing.model import EngineInfo, Problem, Reading
from briefing.selection import Selection


def compose(
    selection: Selection,
    readings: Sequence[Reading],
    problems: Sequence[Problem],
    engine: EngineInfo,
    config: Config,
    now: datetime,
) -> Brief:
    """The brief of the selected articles; `readings` are theirs, in any order; `now` is the information cut-off."""
    names = entities(readings)
    named = {r.article.id: r for r in unified(readings, names)}
    who = speakers(named.values(), names)
    tiers = [{a.id for a in articles} for articles in (selection.dated, selection.undated)]
    told = merged(stories(_groups(selection), named), who, tiers)
    numbering = Numbering()
    groups = (("dated", selection.dated), ("undated", selection.undated))
    places = placing(told)
    sections = tuple(section(key, a, told, who, places, numbering) for key, a in groups if a or key == "dated")
    annex = sources(told, numbering)
    dated = {a.id for a in selection.dated}
    week = selection.week
    return Brief(
        title=config.title,
        week=str(week) if week else None,
        first_day=week.first.isoformat() if week else None,
        last_day=week.last.isoformat() if week else None,
        timezone=config.timezone,
        cut_off=now.astimezone(config.zone).isoformat(timespec="minutes"),
        engine=engine,
        articles_used=len(told),
        articles_left_out=selection.left_out + len(selection.dated) + len(selection.undated) - len(readings),
        highlights=highlights(sections, {s.number: s.copy_of for s in annex if s.copy_of}),
        sections=sections,
        sources=annex,
        problems=tuple(problems),
        method=method(engine, config, tables.own()),
        names=used(names, sections),
        differences=differences(sections, annex),
        articles_duplicate=len(readings) - len(told),
        lexicon=tables.own(),
        event_counts=event_counts(
            sections[0].events, sum(story.used.article.id in dated for story in told), week, selection.before
        ),
    )


def _groups(selection: Selection) -> list[Group]:
    """The groups of the selection in its order; an article in none stands for itself."""
    articles = (*selection.dated, *selection.undated)
    order = {a.id: n for n, a in enumerate(articles)}
    grouped = {a.id for group in selection.groups for a in (group.used, *group.copies)}
    alone = (Group(a) for a in articles if a.id not in grouped)
    return sorted((*selection.groups, *alone), key=lambda group: order[group.used.id])

"""Readings -> Brief: sections, order, numbering, sources, problems and method. Nothing is worded here but labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from briefing.compose.highlights import RULE, highlights
from briefing.compose.numbering import Numbering
from briefing.config import Config
from briefing.model import (
    Brief,
    CitedSentence,
    EngineInfo,
    Entry,
    Problem,
    Published,
    Reading,
    Section,
    Source,
    Statement,
    StatementGroup,
    Translation,
)
from briefing.selection import Selection

_BASES = {
    "stated_by_user": "stated by the user", "metadata": "from the file's metadata", "json_ld": "from the page's metadata",
    "html_meta": "from the page's metadata", "date_line": "from the page's date line", "dateline": "from the dateline",
    "caption": "from a photo caption", "url": "from the URL", "inferred": "inferred from the text",
    "conflict": "dates in the text conflict",
}  # fmt: skip
_NO_ENGLISH = Translation("", "none", "none")


def compose(
    selection: Selection,
    readings: Sequence[Reading],
    problems: Sequence[Problem],
    engine: EngineInfo,
    config: Config,
    now: datetime,
) -> Brief:
    """The brief of the selected articles; `readings` are theirs, in any order; `now` is the information cut-off."""
    by_id = {r.article.id: r for r in readings}
    numbering = Numbering()
    groups = (("dated", selection.dated), ("undated", selection.undated))
    sections = tuple(
        _section(key, [by_id[a.id] for a in articles if a.id in by_id], numbering)
        for key, articles in groups
        if articles or key == "dated"
    )
    week = selection.week
    return Brief(
        title=config.title,
        week=str(week) if week else None,
        first_day=week.first.isoformat() if week else None,
        last_day=week.last.isoformat() if week else None,
        timezone=config.timezone,
        cut_off=now.astimezone(config.zone).isoformat(timespec="minutes"),
        engine=engine,
        articles_used=len(readings),
        articles_left_out=sum(p.message.startswith("left out") for p in problems),
        highlights=highlights(sections),
        sections=sections,
        sources=tuple(_source(n, r, numbering) for n, r in _with_uncited(numbering, readings)),
        problems=tuple(problems),
        method=_method(engine, config),
    )


def _section(key: str, readings: Sequence[Reading], numbering: Numbering) -> Section:
    statements = tuple(group for r in readings for group in _groups(r, numbering))
    agreements = tuple(numbering.entry("A", item, r) for r in readings for item in r.agreements)
    events = tuple(numbering.entry("E", item, r) for r in readings for item in r.events)
    return Section(key, statements, agreements, events)


def _groups(reading: Reading, numbering: Numbering) -> list[StatementGroup]:
    """A speaker's statements in one article under one heading, speakers in order of first word."""
    by_speaker: dict[str, list[Statement]] = {}
    for item in reading.statements:
        by_speaker.setdefault(item.speaker.en, []).append(item)
    return [_group(items, reading, numbering) for items in by_speaker.values()]


def _group(items: Sequence[Statement], reading: Reading, numbering: Numbering) -> StatementGroup:
    first = items[0].speaker
    role = next((i.speaker.role_en for i in items if i.speaker.role_en), None)
    entries: tuple[Entry, ...] = tuple(numbering.entry("S", item, reading) for item in items)
    name = first.en or "Speaker not named"
    return StatementGroup(name[:1].upper() + name[1:], first.ar, role if role != first.en else None, entries)


def _with_uncited(numbering: Numbering, readings: Sequence[Reading]) -> list[tuple[int, Reading]]:
    """Cited articles by number, then those that gave no item, so that every article used is listed."""
    cited = numbering.source_order()
    seen = {r.article.id for _, r in cited}
    rest = [r for r in readings if r.article.id not in seen]
    return cited + list(enumerate(rest, len(cited) + 1))


def _source(number: int, reading: Reading, numbering: Numbering) -> Source:
    article, text = reading.article, reading.article.document.text
    spans = {s.n: s for s in reading.sentences}
    cited = tuple(
        CitedSentence(
            n,
            text[spans[s].start : spans[s].end],
            spans[s].start,
            spans[s].end,
            reading.translations.get(s, _NO_ENGLISH),
            entries,
        )
        for n, s, entries in numbering.cited(reading)
    )
    document = article.document
    return Source(
        number, article.id, document.file, document.sha256, article.title, article.outlet, article.url, article.published,
        date_line(article.published), cited,
    )  # fmt: skip


def date_line(when: Published) -> str:
    """A publication date with its basis: never finer than what is known."""
    basis = _BASES.get(when.basis, "")
    if when.value:
        return f"{when.value} ({basis}; confidence {when.confidence})"
    if when.earliest and when.latest:
        return f"between {when.earliest} and {when.latest} ({basis}; confidence {when.confidence})"
    if when.earliest or when.latest:
        bound = f"on or after {when.earliest}" if when.earliest else f"on or before {when.latest}"
        return f"date unknown, {bound} ({basis})"
    return "date unknown" + (f" ({basis})" if basis else "")


def _method(engine: EngineInfo, config: Config) -> tuple[str, ...]:
    return (
        "Items are found by rules in the Arabic text; every item cites the sentence it rests on, letter for letter.",
        engine.line + (f". Licence of the model: {engine.licence}." if engine.licence else "."),
        "“Reviewed” marks English from the translation memory, “machine” that of the engine, “terms” only the names, numbers, "
        "dates and terms a lexicon knows. A name in «Arabic» is one that no lexicon here has.",
        "A speaker marked as resolved from a pronoun or a title is the program's reading; check it against the sentence.",
        "Field events are what a source says happened; “claimed by” names who says so. Nothing here was verified on the ground.",
        f"Days and weeks (ISO 8601) are counted in the time zone {config.timezone}. "
        "A date is never given finer than the text fixes it.",
        RULE,
    )

"""Readings -> Brief: sections, order, numbering, sources, problems and method. Nothing is worded here but labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from briefing.brief_model import Brief, CitedSentence, Copy, Entry, Section, Source, StatementGroup
from briefing.compose.copies import Story, Told, stories
from briefing.compose.entities import entities, unified, used
from briefing.compose.highlights import RULE, highlights
from briefing.compose.numbering import Numbering
from briefing.config import Config
from briefing.ingest.duplicates import Group
from briefing.lexicon import tables
from briefing.model import Agreement, Article, EngineInfo, Event, OwnLexicon, Problem, Published, Reading, Statement, Translation
from briefing.selection import Selection

_BASES = {
    "stated_by_user": "stated by the user", "metadata": "from the file's metadata", "json_ld": "from the page's metadata",
    "html_meta": "from the page's metadata", "date_line": "from the page's date line", "dateline": "from the dateline",
    "caption": "from a photo caption", "url": "from the URL", "inferred": "inferred from the text",
    "feed": "from the feed", "gazetteer": "inferred from a meeting it names", "conflict": "dates in the text conflict",
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
    names = entities(readings)
    told = stories(_groups(selection), {r.article.id: r for r in unified(readings, names)})
    numbering = Numbering()
    groups = (("dated", selection.dated), ("undated", selection.undated))
    sections = tuple(_section(key, a, told, numbering) for key, a in groups if a or key == "dated")
    sources = _sources(told, numbering)
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
        highlights=highlights(sections, {s.number: s.copy_of for s in sources if s.copy_of}),
        sections=sections,
        sources=sources,
        problems=tuple(problems),
        method=_method(engine, config, tables.own()),
        names=used(names, sections),
        articles_duplicate=len(readings) - len(told),
        lexicon=tables.own(),
    )


# ---------------------------------------------------------------- sections


def _groups(selection: Selection) -> list[Group]:
    """The groups of the selection in its order; an article in none stands for itself."""
    articles = (*selection.dated, *selection.undated)
    order = {a.id: n for n, a in enumerate(articles)}
    grouped = {a.id for group in selection.groups for a in (group.used, *group.copies)}
    alone = (Group(a) for a in articles if a.id not in grouped)
    return sorted((*selection.groups, *alone), key=lambda group: order[group.used.id])


def _section(key: str, articles: Sequence[Article], told: Sequence[Story], numbering: Numbering) -> Section:
    """The items taken from `articles`; what a copy of one of them adds stands with the story it adds to."""
    own = {a.id for a in articles}
    here = [[t for t in story.told if t.reading.article.id in own] for story in told]
    statements = tuple(group for items in here for group in _spoken(items, numbering))
    agreements = tuple(numbering.entry("A", t) for items in here for t in items if isinstance(t.item, Agreement))
    events = tuple(numbering.entry("E", t) for items in here for t in items if isinstance(t.item, Event))
    return Section(key, statements, agreements, events)


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


# ---------------------------------------------------------------- sources


def _sources(told: Sequence[Story], numbering: Numbering) -> tuple[Source, ...]:
    """Cited articles by number, then those used that gave no item, so that every article used is listed with its copies."""
    cited = numbering.source_order()
    seen = {r.article.id for _, r in cited}
    rest = [story.used for story in told if story.used.article.id not in seen]
    numbered = cited + list(enumerate(rest, len(cited) + 1))
    numbers = {reading.article.id: number for number, reading in numbered}
    story_of = {r.article.id: story for story in told for r in (story.used, *story.copies)}
    return tuple(_source(reading, story_of[reading.article.id], numbers, numbering) for _, reading in numbered)


def _source(reading: Reading, story: Story, numbers: Mapping[str, int], numbering: Numbering) -> Source:
    article, text = reading.article, reading.article.document.text
    spans = {s.n: s for s in reading.sentences}
    cited = tuple(
        CitedSentence(
            c.number,
            text[spans[c.sentence].start : spans[c.sentence].end],
            spans[c.sentence].start,
            spans[c.sentence].end,
            reading.translations.get(c.sentence, _NO_ENGLISH),
            c.entries,
            c.same_as,
        )
        for c in numbering.cited(reading)
    )
    document, used = article.document, reading is story.used
    return Source(
        numbers[article.id], article.id, document.file, document.sha256, article.title, article.outlet, article.url,
        article.published, date_line(article.published), cited,
        copies=tuple(_copy(r.article, numbers) for r in story.copies) if used else (),
        copy_of=None if used else numbers[story.used.article.id],
        wires=article.wires,
    )  # fmt: skip


def _copy(article: Article, numbers: Mapping[str, int]) -> Copy:
    document = article.document
    return Copy(
        article.id, document.file, document.sha256, article.title, article.outlet, article.url, article.published,
        date_line(article.published), numbers.get(article.id),
    )  # fmt: skip


def date_line(when: Published) -> str:
    """A publication date with its basis: never finer than what is known."""
    basis = _BASES.get(when.basis, "")
    if when.value and when.confidence == "low" and when.precision == "day":
        return f"{when.value} ({basis}; confidence low: a date on the page says another day)"
    if when.value:
        return f"{when.value} ({basis}; confidence {when.confidence})"
    if when.earliest and when.latest:
        return f"between {when.earliest} and {when.latest} ({basis}; confidence {when.confidence})"
    if when.earliest or when.latest:
        bound = f"on or after {when.earliest}" if when.earliest else f"on or before {when.latest}"
        return f"date unknown, {bound} ({basis})"
    return "date unknown" + (f" ({basis})" if basis else "")


def _method(engine: EngineInfo, config: Config, own: OwnLexicon | None) -> tuple[str, ...]:
    return (
        engine.line + (f". Licence of the model: {engine.licence}." if engine.licence else "."),
        "“Reviewed” marks English from the translation memory, “machine” that of the engine, “terms” only the names, numbers, "
        "dates and terms a lexicon knows. A name in «Arabic» is one that no lexicon here has.",
        *_lexicon(own),
        "A speaker marked as resolved from a pronoun or a title is the program's reading; check it against the sentence.",
        "Field events are what a source says happened; “claimed by” names who says so. Nothing here was verified on the ground.",
        f"Days and weeks (ISO 8601) are counted in the time zone {config.timezone}. "
        "A date is never given finer than the text fixes it.",
        "Articles with one text are one story: the fullest is used, its copies are listed with it and count as one voice, so "
        "several citations behind an item may be one report. What only a copy says is cited from that copy.",
        RULE,
    )


def _lexicon(own: OwnLexicon | None) -> list[str]:
    if own is None:
        return []
    files = f"{', '.join(own.files)} (sha256 {own.sha256})"
    return [f"Names and words were looked up in this program's lexicon with the user's own over it: {files}."]

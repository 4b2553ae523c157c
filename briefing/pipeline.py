"""The walk: inputs -> documents -> articles -> sentences -> translations -> items -> brief."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.arabic.sentences import sentences
from briefing.compose.brief import compose
from briefing.config import Config
from briefing.extract import draft, rules
from briefing.extract.rules import Drafts
from briefing.ingest import read
from briefing.ingest.articles import Harvest, harvest
from briefing.model import Article, Brief, Document, Problem, Reading, Sentence, Translation
from briefing.selection import Selection, newest, select
from briefing.translate.engine import Engine
from briefing.week import NEWEST, Week, parse

Report = Callable[[str], None]
Track = Callable[[Sequence[Article], str], Iterable[Article]]


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything the inputs gave before a week is chosen."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: inputs, the week as asked for (None: everything), whether undated articles are shown, and the time."""

    inputs: tuple[Path, ...]
    week: str | None
    include_undated: bool
    now: datetime


def build(order: Order, config: Config, engine: Engine, report: Report, track: Track) -> Brief:
    """The brief: the whole walk in reading order.

    Raises InputError when there is nothing to read, WeekError when the week is empty. One bad article is a Problem in the brief.
    """
    collected = collect(order.inputs, config)
    selection = choose(collected, order, config, report)
    readings, problems = read_all(selection, engine, track)
    return compose(selection, readings, (*collected.problems, *selection.problems, *problems), engine.info, config, order.now)


# ---------------------------------------------------------------- documents and articles


def collect(inputs: Sequence[Path], config: Config) -> Collected:
    """Reads `inputs` and finds the articles in them; the same text met twice is used once."""
    documents, problems = read.read(inputs, config.base)
    seen: dict[str, str] = {}
    articles: list[Article] = []
    for document in documents:
        if (first := seen.setdefault(document.sha256, document.file)) != document.file:
            problems.append(Problem(document.file, f"left out: the same text as {first}", "Remove one of the two."))
            continue
        found = guarded(document, config)
        articles += found.articles
        problems += found.problems
    return Collected(tuple(articles), tuple(problems))


def guarded(document: Document, config: Config) -> Harvest:
    """The articles of a document; a failure in our own code becomes a Problem, so one page never ends the week."""
    try:
        return harvest(document, config.zone)
    except Exception as error:
        return Harvest(document, (), (), (_failure(document.file, error),))


def _failure(where: str, error: Exception) -> Problem:
    return Problem(where, f"left out: reading it failed inside the program ({type(error).__name__}: {error})", "Please report this file as a bug.")


def choose(collected: Collected, order: Order, config: Config, report: Report) -> Selection:
    """The articles of the week that was asked for; says which week it is when the newest was wanted."""
    week: Week | None = None
    if order.week == NEWEST:
        week = newest(collected.articles)
        report(f"Newest week with articles: {week} ({week.first} to {week.last})")
    elif order.week is not None:
        week = parse(order.week, order.now.astimezone(config.zone).date())
    return select(collected.articles, week, order.include_undated)


# ---------------------------------------------------------------- sentences, translations, items


def read_all(selection: Selection, engine: Engine, track: Track) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """Reads every selected article: all are split and searched first, then translated in one go."""
    found: list[tuple[Article, tuple[Sentence, ...], Drafts]] = []
    problems: list[Problem] = []
    for article in track([*selection.dated, *selection.undated], "Reading"):
        try:
            cut = sentences(article.document.text, article.kept)
            found.append((article, cut, rules.find(article, cut)))
        except Exception as error:
            problems.append(_failure(article.document.file, error))
    english = translate([segment for f in found for segment in segments(*f)], engine)
    return tuple(reading(*f, english) for f in found), tuple(problems)


def segments(article: Article, cut: Sequence[Sentence], drafts: Drafts) -> Iterator[str]:
    """What is to be translated: the headline, every sentence, and item clauses that are shorter than their sentence."""
    if article.title:
        yield article.title.ar
    for s in cut:
        yield article.document.text[s.start : s.end]
    for d in drafts:
        yield d.segment


def translate(sources: Iterable[str], engine: Engine) -> dict[str, Translation]:
    """English for each distinct source."""
    distinct = list(dict.fromkeys(sources))
    return dict(zip(distinct, engine.translate(distinct), strict=True))


def reading(article: Article, cut: Sequence[Sentence], drafts: Drafts, english: dict[str, Translation]) -> Reading:
    """An article with its items in English."""
    text = article.document.text
    by_number = {s.n: english[text[s.start : s.end]] for s in cut if text[s.start : s.end] in english}
    title = article.title and replace(article.title, en=_title(english.get(article.title.ar)))
    done = [draft.finish(d, _content(d, by_number, english)) for d in drafts]
    first, second = len(drafts.statements), len(drafts.statements) + len(drafts.agreements)
    return Reading(replace(article, title=title), tuple(cut), by_number, tuple(done[:first]), tuple(done[first:second]), tuple(done[second:]))  # type: ignore[arg-type]


def _title(translation: Translation | None) -> str | None:
    return translation.en if translation and translation.label in ("machine", "reviewed") else None


def _content(d: draft.Draft, by_number: dict[int, Translation], english: dict[str, Translation]) -> Translation | None:
    """The clause's own translation, or its whole sentence's where only that is a real one."""
    own = english.get(d.segment)
    whole = by_number.get(d.item.citations[0].sentence)
    if whole is not None and whole.label in ("machine", "reviewed") and (own is None or own.label in ("terms", "none")):
        return whole
    return own

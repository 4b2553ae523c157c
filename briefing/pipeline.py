"""The walk: inputs -> documents -> articles -> sentences -> translations -> items -> brief."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from briefing.arabic.sentences import sentences
from briefing.brief_model import Brief
from briefing.compose.brief import compose
from briefing.config import Config, is_store
from briefing.errors import InputError, WeekError
from briefing.extract import draft
from briefing.extract.extractor import Cut, Extractor
from briefing.extract.rules import Drafts
from briefing.extract.rules_extractor import RULES
from briefing.ingest import duplicates, read, stored
from briefing.ingest.articles import Harvest, harvest
from briefing.ingest.files import DATES, MEMORY
from briefing.ingest.repetition import repeated, site
from briefing.model import Agreement, Article, Document, Event, Metadata, Problem, Reading, Sentence, Statement, Translation
from briefing.problems import failure
from briefing.progress import Track, untracked
from briefing.selection import Selection, newest, select
from briefing.translate.checks.line import checked
from briefing.translate.engine import Engine
from briefing.week import NEWEST, Week, parse
from briefing.week_before import week_before

Report = Callable[[str], None]
TRANSLATED_AT_ONCE = 512  # most sources given to an engine between two reports; engines batch and sort within
FIRST_PART = 64
LISTED = 20  # problems named in an error; the rest are counted


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything the inputs gave before a week is chosen; `left_out` counts what should have been an article and is none."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: inputs, the week as asked for (None: everything), whether undated articles are shown, and the time."""

    inputs: tuple[Path, ...]
    week: str | None
    include_undated: bool
    now: datetime


def build(
    order: Order, config: Config, opened: Callable[[], Engine], report: Report, track: Track, extractor: Extractor = RULES
) -> Brief:
    """The brief: the whole walk in reading order. `opened` gives the engine, and is asked when it is known to be needed.

    Raises InputError when there is nothing to read, WeekError when the week is empty. One bad article is a Problem in the brief.
    """
    collected = collect(order.inputs, config)
    selection = grouped(choose(collected, order, config, report), collected.left_out)
    selection = replace(selection, before=week_before(collected.articles, selection.week, track))
    engine = opened()
    readings, problems = read_all(selection, engine, track, extractor)
    told = (*collected.problems, *selection.problems, *problems)
    return summarised(compose(selection, readings, told, engine.info, config, order.now), extractor)


# ---------------------------------------------------------------- documents and articles


def collect(inputs: Sequence[Path], config: Config) -> Collected:
    """Reads `inputs` and finds the articles in them; the same file met twice is used once.

    A text that two outlets or addresses publish is two articles: `grouped` tells that they are copies.
    Raises InputError, naming what is wrong with each file, when there is no article at all.
    """
    documents, problems = _documents(inputs, config)
    boilerplate = repeated(documents)
    seen: dict[str, list[Document]] = {}
    articles: list[Article] = []
    for document in documents:
        before = seen.setdefault(document.sha256, [])
        if (first := next((d for d in before if not republished(d.metadata, document.metadata)), None)) is not None:
            problems.append(Problem(document.file, f"left out: the same text as {first.file}", "Remove one of the two."))
            continue
        found = guarded(document, config, boilerplate.get(site(document) or "", ()))
        articles += (replace(a, id=f"{a.id}.{len(before) + 1}") for a in found.articles) if before else found.articles
        before.append(document)
        problems += [*found.problems, *_ignored_date(found)]
    if not articles:
        raise _nothing(problems)
    return Collected(tuple(articles), tuple(problems), _lost(problems, articles, config.base))


def republished(one: Metadata, other: Metadata) -> bool:
    """Whether two documents with the same text are two publications of it: by another outlet or at another address."""
    pairs = ((one.outlet, other.outlet), (one.url, other.url))
    return any(a and b and a != b for a, b in pairs)


def _lost(problems: Sequence[Problem], articles: Sequence[Article], base: Path) -> int:
    """How many files and entries should have held an article and gave none; folders, lists of dates and memories do not count."""
    given = {a.document.file for a in articles}
    named = {p.where: PurePosixPath(re.sub(r"#\d+$", "", p.where)) for p in problems if p.where not in given}
    return sum(
        where.startswith(stored.PREFIX) or (bool(path.suffix) and path.name not in (DATES, MEMORY) and not (base / path).is_dir())
        for where, path in named.items()
    )


def _documents(inputs: Sequence[Path], config: Config) -> read.Documents:
    """What files and folders hold and, when the store is among the inputs, what that holds."""
    documents, problems = read.read([path for path in inputs if not is_store(path)], config.base)
    if any(is_store(path) for path in inputs):
        fetched, wrong = stored.documents(config)
        return documents + fetched, problems + wrong
    return documents, problems


def _ignored_date(found: Harvest) -> Iterator[Problem]:
    """A date that the user stated and that is none must not vanish: the article would be called undated for no visible reason."""
    meta = found.document.metadata
    if meta.published_basis == "stated_by_user" and found.articles and found.articles[0].published.basis != "stated_by_user":
        message = f"the date stated for it, {meta.published!r}, could not be read and was not used"
        yield Problem(found.document.file, message, "Write it as YYYY-MM-DD.")


def _nothing(problems: Sequence[Problem]) -> InputError:
    listed = [f"{p.where}: {p.message}. {p.next_step}".strip() for p in problems[:LISTED]]
    more = [f"and {len(problems) - LISTED} more"] if len(problems) > LISTED else []
    step = "\n  ".join([*listed, *more]) or "Name files or folders with articles: briefing build FOLDER --week"
    return InputError("There is no article in the inputs", step)


def guarded(document: Document, config: Config, boilerplate: Collection[str] = ()) -> Harvest:
    """The articles of a document; a failure in our own code becomes a Problem, so one page never ends the week."""
    try:
        return harvest(document, config.zone, boilerplate)
    except Exception as error:
        return Harvest(document, (), (), (failure(document.file, error),))


def choose(collected: Collected, order: Order, config: Config, report: Report) -> Selection:
    """The articles of the week that was asked for; says which week it is when the newest was wanted.

    Raises WeekError when it is empty, after saying what else was wrong: it may be the reason.
    """
    try:
        week = _week(collected, order, config, report)
        return select(collected.articles, week, order.include_undated)
    except WeekError:
        for problem in collected.problems:
            report(f"{problem.where}: {problem.message}")
        raise


def _week(collected: Collected, order: Order, config: Config, report: Report) -> Week | None:
    if order.week is None:
        return None
    if order.week != NEWEST:
        return parse(order.week, order.now.astimezone(config.zone).date())
    week = newest(collected.articles)
    report(f"Newest week with articles: {week} ({week.first} to {week.last})")
    return week


def grouped(selection: Selection, lost: int) -> Selection:
    """The selection with its copies told, and the articles that were lost before it counted."""
    groups = duplicates.groups(selection.dated, selection.undated)
    return replace(selection, left_out=selection.left_out + lost, groups=groups)


# ---------------------------------------------------------------- sentences, translations, items

Searched = tuple[Article, tuple[Sentence, ...], Drafts]


def read_all(
    selection: Selection, engine: Engine, track: Track, extractor: Extractor = RULES
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """Reads every selected article: all are split and searched first, then translated in one go."""
    found: list[Searched] = []
    readings: list[Reading] = []
    articles, problems = cut_all((*selection.dated, *selection.undated))
    for (article, cut), searched in zip(articles, extractor.find(articles, track), strict=True):
        problems += searched.problems
        if searched.drafts is not None:
            found.append((article, cut, searched.drafts))
    english = translate((segment for f in found for segment in segments(*f)), engine, track)
    for each in found:
        try:
            readings.append(reading(*each, english))
        except Exception as error:
            problems.append(failure(each[0].document.file, error))
    return tuple(readings), tuple(problems)


def cut_all(articles: Iterable[Article]) -> tuple[list[Cut], list[Problem]]:
    """The articles with their sentences; one that cannot be cut is a Problem."""
    cut: list[Cut] = []
    problems: list[Problem] = []
    for article in articles:
        try:
            cut.append((article, tuple(sentences(article.document.text, article.kept))))
        except Exception as error:
            problems.append(failure(article.document.file, error))
    return cut, problems


def summarised(brief: Brief, extractor: Extractor) -> Brief:
    """The brief with who found its items, and with the extractor's word on its highlights."""
    infos = extractor.infos
    return extractor.summarise(replace(brief, extractors=infos, method=(*(info.line for info in infos), *brief.method)))


def segments(article: Article, cut: Sequence[Sentence], drafts: Drafts) -> Iterator[str]:
    """What is to be translated: the headline, every sentence, and item clauses that are shorter than their sentence."""
    if article.title:
        yield article.title.ar
    for s in cut:
        yield article.document.text[s.start : s.end]
    for d in drafts:
        yield d.segment
        yield from d.unnamed


def translate(sources: Iterable[str], engine: Engine, track: Track = untracked) -> dict[str, Translation]:
    """English for each distinct source, made part by part, with a flag for each check that it fails."""
    made: dict[str, Translation] = {}
    for part in track(_parts(list(dict.fromkeys(sources))), "Translating", len):
        made.update((source, checked(source, one)) for source, one in zip(part, engine.translate(part), strict=True))
    return made


def _parts(sources: list[str]) -> list[list[str]]:
    """`sources` in parts that grow from FIRST_PART to TRANSLATED_AT_ONCE: the first says soon how fast it goes."""
    parts, size = [], FIRST_PART
    while sources:
        parts.append(sources[:size])
        sources, size = sources[size:], min(2 * size, TRANSLATED_AT_ONCE)
    return parts


def reading(article: Article, cut: Sequence[Sentence], drafts: Drafts, english: dict[str, Translation]) -> Reading:
    """An article with its items in English."""
    text = article.document.text
    by_number = {s.n: english[text[s.start : s.end]] for s in cut if text[s.start : s.end] in english}
    title = article.title and replace(article.title, en=_title(english.get(article.title.ar)))
    done = [draft.finish(d, _content(d, by_number, english), _names(d, english)) for d in drafts]
    said = tuple(item for item in done if isinstance(item, Statement))
    agreed = tuple(item for item in done if isinstance(item, Agreement))
    happened = tuple(item for item in done if isinstance(item, Event))
    found_by = {d.item.id: d.found_by for d in drafts}
    return Reading(replace(article, title=title), tuple(cut), by_number, said, agreed, happened, drafts.mentions, found_by)


def _names(d: draft.Draft, english: dict[str, Translation]) -> dict[str, str]:
    found = {arabic: english[arabic] for arabic in d.unnamed if arabic in english}
    return {arabic: made.en for arabic, made in found.items() if made.en and _sound(made)}


def _title(translation: Translation | None) -> str | None:
    return translation.en if translation and _sound(translation) else None


def _sound(translation: Translation) -> bool:
    """Whether English may stand where no flag can stand beside it."""
    return translation.label in ("machine", "reviewed") and not translation.flags


def _content(d: draft.Draft, by_number: dict[int, Translation], english: dict[str, Translation]) -> Translation | None:
    """The clause's own translation, or its whole sentence's where only that is a real one."""
    own = english.get(d.segment)
    whole = by_number.get(d.item.citations[0].sentence)
    if whole is not None and whole.label in ("machine", "reviewed") and (own is None or own.label in ("terms", "none")):
        return whole
    return own

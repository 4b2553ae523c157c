"""The walk: inputs -> documents -> articles -> sentences -> translations -> items -> brief."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from briefing import config as configuration
from briefing.brief_model import Brief
from briefing.compose.brief import composed, gathered
from briefing.compose.fitting import fitted
from briefing.compose.ledger import with_ledger
from briefing.compose.method import found_by
from briefing.compose.novelty import told_before
from briefing.compose.ranking import ranked
from briefing.config import Config, is_store
from briefing.errors import InputError, WeekError
from briefing.extract.extractor import Extractor
from briefing.extract.rules_extractor import RULES
from briefing.ingest import duplicates, read, stored
from briefing.ingest.articles import Harvest
from briefing.ingest.files import DATES, MEMORY
from briefing.ingest.repetition import repeated
from briefing.item_model import Reading
from briefing.ledger import book as ledger
from briefing.model import Article, Document, Metadata, Problem
from briefing.progress import Track
from briefing.readings import read_again, translate
from briefing.render.context import make_context
from briefing.render.pages import pages
from briefing.review.apply import revised, with_review
from briefing.scope.apply import scoped
from briefing.scope.wanted import wanted
from briefing.selection import Left, Selection, newest, select
from briefing.spread.crew import ALONE, Crew
from briefing.spread.harvesting import harvested
from briefing.store.revisions import ALL, recorded
from briefing.through import through
from briefing.translate.engine import Engine
from briefing.translate.titles import titled
from briefing.week import NEWEST, Week, parse
from briefing.week_before import week_before

Report = Callable[[str], None]
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


@dataclass(frozen=True, slots=True)
class Means:
    """What to build with: `opened` gives the engine, and is asked when it is known to be needed; the extractor, and the crew."""

    opened: Callable[[], Engine]
    extractor: Extractor = RULES
    crew: Crew = ALONE


def build(order: Order, config: Config, means: Means, report: Report, track: Track) -> Brief:
    """The brief: the whole walk in reading order.

    Raises InputError when there is nothing to read, WeekError when the week is empty. One bad article is a Problem in the brief.
    """
    scope, extractor, crew = wanted(config), means.extractor, means.crew
    collected = collect(order.inputs, config, crew)
    selection = scoped(grouped(choose(collected, order, config, report), collected.left_out), scope)
    said, unheard = recorded(config.store_file)
    selection = replace(selection, before=week_before(collected.articles, selection.week, track, said, crew))
    engine = means.opened()
    readings, problems = read_all(selection, engine, track, extractor, crew)
    readings, review = revised(readings, said.get(str(selection.week or ALL), ()))
    selection = replace(selection, left=titled_all(selection, engine))
    earlier = archive(config, crew)
    book, unread = ledger.book(selection, (*collected.articles, *earlier.articles), readings, config, track, said)
    told = (*collected.problems, *selection.problems, *problems, *earlier.problems, *unread, *unheard)
    recalled = read_again(book.recalled() if book else (), engine, track)
    material = gathered(selection, readings)
    again = told_before(material.told(), material.who, selection.before, book.said_again if book else ())
    material = replace(material, again=again)

    def made(listed: tuple[str, ...]) -> Brief:
        brief = composed(replace(material, listed=listed), told, engine.info, config, order.now)
        return with_review(with_ledger(brief, book, readings, recalled), review)

    context, clusters = make_context(config), ranked(material.told(), scope.watch, again)
    brief = fitted(made, clusters, config.scope.pages, lambda one: pages(one, context))
    return summarised(brief, extractor)


# ---------------------------------------------------------------- documents and articles


def collect(inputs: Sequence[Path], config: Config, crew: Crew = ALONE) -> Collected:
    """Reads `inputs` and finds the articles in them; the same file met twice is used once.

    A text that two outlets or addresses publish is two articles: `grouped` tells that they are copies.
    Raises InputError, naming what is wrong with each file, when there is no article at all.
    """
    collected = read_in(inputs, config, crew)
    if not collected.articles:
        raise _nothing(collected.problems)
    return collected


def archive(config: Config, crew: Crew = ALONE) -> Collected:
    """What the settings name for the ledger alone; there may be nothing in it yet. Raises InputError for one that is missing."""
    named = replace(config, inputs=config.ledger.earlier)
    return read_in(configuration.inputs(named, ()), config, crew)


def read_in(inputs: Sequence[Path], config: Config, crew: Crew = ALONE) -> Collected:
    """As `collect`, but there may be no article."""
    documents, problems = _documents(inputs, config)
    boilerplate = repeated(documents)
    seen: dict[str, list[Document]] = {}
    chosen: list[tuple[Document, int]] = []
    for document in documents:
        before = seen.setdefault(document.sha256, [])
        if (first := next((d for d in before if not republished(d.metadata, document.metadata)), None)) is not None:
            problems.append(Problem(document.file, f"left out: the same text as {first.file}", "Remove one of the two."))
            continue
        chosen.append((document, len(before)))
        before.append(document)
    articles: list[Article] = []
    harvests = harvested([document for document, _ in chosen], config.zone, boilerplate, crew)
    for (_, before_it), found in zip(chosen, harvests, strict=True):
        articles += (replace(a, id=f"{a.id}.{before_it + 1}") for a in found.articles) if before_it else found.articles
        problems += [*found.problems, *_ignored_date(found)]
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
    return replace(selection, lost=selection.lost + lost, groups=groups)


# ---------------------------------------------------------------- sentences, translations, items


def read_all(
    selection: Selection, engine: Engine, track: Track, extractor: Extractor = RULES, crew: Crew = ALONE
) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """Reads every selected article."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    for found, wrong in through((*selection.dated, *selection.undated), engine, track, extractor, crew):
        readings += found
        problems += wrong
    return tuple(readings), tuple(problems)


def titled_all(selection: Selection, engine: Engine) -> tuple[Left, ...]:
    """The articles left out, with their headlines in English too."""
    english = translate((one.article.title.ar for one in selection.left if one.article.title), engine)
    return tuple(replace(one, article=titled(one.article, english)) for one in selection.left)


def summarised(brief: Brief, extractor: Extractor) -> Brief:
    """The brief with who found its items, and with the extractor's word on its highlights."""
    infos = extractor.infos
    return extractor.summarise(replace(brief, extractors=infos, method=(*map(found_by, infos), *brief.method)))

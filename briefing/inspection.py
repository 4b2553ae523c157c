"""`briefing inspect`: what the program sees in a document, as the JSON of schema briefing.inspect/1."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from briefing.config import Config
from briefing.extract.extractor import Cut, Extractor, Found
from briefing.extract.rules import Drafts
from briefing.extract.rules_extractor import RULES
from briefing.ingest.articles import Harvest
from briefing.item_model import Reading
from briefing.model import UNDATED, Article, Document, Problem, Span, Translation
from briefing.problems import failure
from briefing.progress import untracked
from briefing.readings import reading, segments, translate
from briefing.spread.harvesting import guarded
from briefing.through import cut_all
from briefing.translate.engine import Engine

SCHEMA = "briefing.inspect/1"
_NOT_TRANSLATED = Translation("", "", "none")


def inspect(
    document: Document, config: Config, engine: Engine | None, extractor: Extractor = RULES
) -> tuple[dict[str, Any], list[tuple[Reading, Drafts]]]:
    """The JSON object for `document`, and the readings it was made from (for people). English only when an engine is given."""
    return _object(guarded(document, config.zone), engine, extractor)


def unreadable(file: str, problems: Sequence[Problem]) -> dict[str, Any]:
    """The object for a file that gave no text: nothing but what is wrong with it."""
    return _object(Harvest(Document(file, "", _digest("")), (), (), tuple(problems)), None, RULES)[0]


def inspect_line(number: int, line: str, file: str, engine: Engine | None, extractor: Extractor = RULES) -> dict[str, Any]:
    """The object for one input line: all of it is body, nothing is cleaned, no headline or date is looked for."""
    sha256 = _digest(line)
    document = Document(file, line, sha256)
    stripped = line.strip()
    articles: tuple[Article, ...] = ()
    if stripped:
        start = line.index(stripped)
        body = Span(start, start + len(stripped))
        articles = (Article(f"{sha256[:12]}-1", document, "ar", None, None, None, UNDATED, (body,)),)
    result, _ = _object(Harvest(document, articles, (), ()), engine, extractor)
    return result | {"line": number}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _object(found: Harvest, engine: Engine | None, extractor: Extractor) -> tuple[dict[str, Any], list[tuple[Reading, Drafts]]]:
    articles, unsplit = cut_all(found.articles)
    problems = [*found.problems, *unsplit]
    readings: list[tuple[Reading, Drafts]] = []
    for cut, searched in zip(articles, extractor.find(articles, untracked), strict=True):
        problems += searched.problems
        try:
            readings += _read(cut, searched, engine)
        except Exception as error:
            problems.append(failure(found.document.file, error))
    document = found.document
    return {
        "schema": SCHEMA,
        "file": document.file,
        "text": document.text,
        "text_sha256": document.sha256,
        "articles": [article_json(reading) for reading, _ in readings],
        "excluded": [asdict(e) for e in found.excluded],
        "problems": [asdict(p) for p in problems],
    }, readings


def _read(cut: Cut, searched: Found, engine: Engine | None) -> Iterator[tuple[Reading, Drafts]]:
    """The reading of an article that could be read."""
    if searched.drafts is not None:
        sources = segments(*cut, searched.drafts)
        english = translate(sources, engine) if engine else {}
        yield reading(*cut, searched.drafts, english), searched.drafts


def article_json(reading: Reading) -> dict[str, Any]:
    """An article in the contract's fields and order."""
    a = reading.article
    return {
        "id": a.id,
        "language": a.language,
        "title": asdict(a.title) if a.title else None,
        "outlet": asdict(a.outlet) if a.outlet else None,
        "url": a.url,
        "published": asdict(a.published),
        "kept": [asdict(s) for s in a.kept],
        "sentences": list(_sentences(reading)),
        "statements": [asdict(s) for s in reading.statements],
        "agreements": [asdict(s) for s in reading.agreements],
        "events": [asdict(s) for s in reading.events],
    }


def _sentences(reading: Reading) -> Iterator[dict[str, Any]]:
    for s in reading.sentences:
        made = reading.translations.get(s.n, _NOT_TRANSLATED)
        near, replaced = asdict(made.near) if made.near else None, [asdict(one) for one in made.replaced]
        english = {"en": made.en or None, "engine": made.engine or None, "flags": list(made.flags)}
        yield {**asdict(s), **english, "near": near, "replaced": replaced}

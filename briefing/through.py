"""Articles -> readings, chunk by chunk: what is held at a time does not grow with the number of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing.extract.extractor import Cut, Extractor, Found
from briefing.extract.rules_extractor import Rules
from briefing.item_model import Reading
from briefing.model import Article, Problem, Sentence
from briefing.problems import failure
from briefing.progress import Track, untracked
from briefing.readings import Searched, reading, segments, translate
from briefing.spread.crew import ALONE, Crew
from briefing.spread.searching import cut, searched
from briefing.translate.engine import Engine

AT_ONCE = 2_000  # articles searched and then translated in one go: a week of most desks

Chunk = tuple[list[Reading], list[Problem]]


def through(
    articles: Sequence[Article], engine: Engine, track: Track, extractor: Extractor, crew: Crew = ALONE
) -> Iterator[Chunk]:
    """The readings of `articles` and what went wrong, AT_ONCE articles at a time: all are searched first, then translated.

    The crew searches for the rules; any other extractor gets all articles at once, and asks whom it asks.
    """
    if not isinstance(extractor, Rules):
        yield _translated(*_found(articles, extractor, track), engine, track, crew)
    elif len(articles) <= AT_ONCE:
        yield _translated(*_searched(articles, track, crew), engine, track, crew)
    else:
        chunks = [articles[i : i + AT_ONCE] for i in range(0, len(articles), AT_ONCE)]
        for chunk in track(chunks, "Reading and translating", len):
            yield _translated(*_searched(chunk, untracked, crew), engine, untracked, crew)


def cut_all(articles: Iterable[Article]) -> tuple[list[Cut], list[Problem]]:
    """The articles with their sentences; one that cannot be cut is a Problem."""
    done: list[Cut] = []
    problems: list[Problem] = []
    for article in articles:
        try:
            done.append((article, cut(article)))
        except Exception as error:
            problems.append(failure(article.document.file, error))
    return done, problems


def _searched(articles: Sequence[Article], track: Track, crew: Crew) -> tuple[list[Searched], list[Problem]]:
    tracked = zip(track(articles, "Reading"), searched(articles, crew), strict=True)
    return _sorted((article, sentences, found) for article, (sentences, found) in tracked)


def _found(articles: Sequence[Article], extractor: Extractor, track: Track) -> tuple[list[Searched], list[Problem]]:
    done, problems = cut_all(articles)
    found, wrong = _sorted((*one, each) for one, each in zip(done, extractor.find(done, track), strict=True))
    return found, problems + wrong


def _sorted(each: Iterable[tuple[Article, tuple[Sentence, ...], Found]]) -> tuple[list[Searched], list[Problem]]:
    found: list[Searched] = []
    problems: list[Problem] = []
    for article, sentences, one in each:
        problems += one.problems
        if one.drafts is not None:
            found.append((article, sentences, one.drafts))
    return found, problems


def _translated(found: list[Searched], problems: list[Problem], engine: Engine, track: Track, crew: Crew) -> Chunk:
    english = translate((segment for one in found for segment in segments(*one)), engine, track, crew)
    readings: list[Reading] = []
    for one in found:
        try:
            readings.append(reading(*one, english))
        except Exception as error:
            problems.append(failure(one[0].document.file, error))
    return readings, problems

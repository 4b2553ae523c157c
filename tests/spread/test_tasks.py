"""The tasks give what the functions behind them give; what goes wrong is a Problem of one article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.arabic.sentences import sentences
from briefing.errors import SpreadError
from briefing.extract.rules_extractor import RULES
from briefing.ingest import read
from briefing.ingest.articles import harvest
from briefing.ingest.repetition import repeated, site
from briefing.model import Article, Document, Translation
from briefing.progress import untracked
from briefing.spread import harvesting, lines, searching
from briefing.spread.crew import ALONE, Lost, Part, divided, share
from briefing.spread.harvesting import harvested
from briefing.spread.lines import checked_by, settled_by
from briefing.spread.searching import searched
from briefing.spread.tasks import Task
from briefing.spread.wire import encode
from briefing.translate.locks.engine import Asked

ROOT = Path(__file__).resolve().parents[2]
UTC = ZoneInfo("UTC")


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return read.read([ROOT / "seeds"], ROOT)[0]


@pytest.fixture(scope="module")
def articles(documents: list[Document]) -> list[Article]:
    return [a for found in harvested(documents, UTC, repeated(documents), ALONE) for a in found.articles]


def test_harvesting_by_a_crew_gives_what_harvesting_gives(documents: list[Document]) -> None:
    lines = repeated(documents)
    assert lines  # or else nothing of what a site has in common was given along
    for found, document in zip(harvested(documents, UTC, lines, ALONE), documents, strict=True):
        alone = harvest(document, UTC, lines.get(site(document) or "", ()))
        assert (found.document, found.articles, found.problems) == (document, alone.articles, alone.problems)
        assert all(article.document is document for article in found.articles)


def test_searching_by_a_crew_gives_what_the_rules_give(articles: list[Article]) -> None:
    found = list(searched(articles, ALONE))
    cut = [(a, tuple(sentences(a.document.text, a.kept))) for a in articles]
    assert [(cut, one) for cut, one in found] == list(zip([c for _, c in cut], RULES.find(cut, untracked), strict=True))


def test_an_answer_that_never_came_is_a_problem_of_its_document_or_article(articles: list[Article]) -> None:
    class Losing:
        """A crew that loses every second unit."""

        places = 1

        def map(self, parts):  # type: ignore[no-untyped-def]
            """As of Crew."""
            for part, answers in ((part, next(ALONE.map([part]))) for part in parts):
                yield tuple(Lost() if n % 2 else answer for n, answer in enumerate(answers[: len(part.units)]))

        def close(self) -> None:
            """Nothing."""

    found = list(searched(articles, Losing()))
    lost = [one.problems for _, one in found if one.drafts is None]
    assert len(found) == len(articles) and len(lost) == len(articles) // 2
    (problem,) = lost[0]
    assert problem.where == articles[1].document.file
    assert (problem.message, problem.next_step[:11]) == ("left out: reading it ended the process 3 times", "Take it out")
    documents = [a.document for a in articles[:2]]
    first, second = harvested(documents, UTC, {}, Losing())
    assert first.articles and second.problems[0].where == documents[1].file


class Elsewhere:
    """A crew that is this process, by the way that others take."""

    places = 1
    lost: tuple[int, ...] = ()

    def map(self, parts):  # type: ignore[no-untyped-def]
        """As of Crew; of each part the units `lost` never come back."""
        for answers in ALONE.map(parts):
            yield tuple(Lost() if n in self.lost else answer for n, answer in enumerate(answers))

    def close(self) -> None:
        """Nothing."""


LINES = [
    ("قال وزير النقل سامي الحداد إن الجسر سيفتح", Translation("Minister Sami Hadad said it opens.", "m:1", "machine")),
    ("وقتل 12 شخصا في حلب", Translation("And 21 people were killed in Halab.", "m:1", "machine", ("output_loops",))),
    ("سافر غير بيدرسن إلى دمشق", Translation("He left for Dimashq.", "m:1", "machine")),
    ("لا شيء", Translation("Nothing", "memory", "reviewed")),
]


def test_lines_looked_at_by_a_crew_get_the_flags_that_they_get_here() -> None:
    here = list(checked_by(ALONE, LINES))
    assert list(checked_by(Elsewhere(), LINES)) == here
    assert here[1].flags[1:] and not here[3].flags


def test_names_put_by_a_crew_are_those_put_here() -> None:
    asked = [Asked(*line) for line in LINES[:3]]
    here = list(settled_by(ALONE)(asked))
    assert list(settled_by(Elsewhere())(asked)) == here
    assert here[2].again and any(one.line.replaced for one in here)
    second = [replace(asked[2], second=Translation("The envoy travelled to Damascus.", "m:1", "machine"))]
    assert list(settled_by(Elsewhere())(second)) == list(settled_by(ALONE)(second))


def test_a_line_that_ended_its_process_stands_as_it_was_and_says_so() -> None:
    crew = Elsewhere()
    crew.lost = (1,)
    checked, settled = list(checked_by(crew, LINES)), list(settled_by(crew)([Asked(*line) for line in LINES]))
    assert checked[1].en == settled[1].line.en == LINES[1][1].en
    assert all("not checked" in made.flags[-1] for made in (checked[1], settled[1].line))
    assert [c for n, c in enumerate(checked) if n != 1] == [c for n, c in enumerate(checked_by(ALONE, LINES)) if n != 1]


@pytest.mark.parametrize("work", [lines.lock, lines.check])
def test_lines_are_not_looked_at_with_other_words(work: Task) -> None:
    with pytest.raises(SpreadError, match="are wanted"):
        work(encode("other words"), [])


def test_a_process_with_other_words_refuses() -> None:
    with pytest.raises(SpreadError, match="rules:0"):
        searching.work(encode("rules:0.0.9:another"), [])


def test_a_payload_that_is_none_is_refused(articles: list[Article]) -> None:
    with pytest.raises(SpreadError, match="is no Article"):
        list(ALONE.map([Part("search", encode(searching.signature()), (b'{"id": 1}',))]))
    with pytest.raises(SpreadError):
        harvesting.work(b"{}", [])


@pytest.mark.parametrize(("sizes", "groups"), [([1] * 5, [2, 2, 1]), ([600_000, 1, 600_000], [1, 1, 1]), ([], [])])
def test_units_are_grouped_by_number_and_size(sizes: list[int], groups: list[int]) -> None:
    assert [len(g) for g in divided((b"x" * n for n in sizes), 2)] == groups


@pytest.mark.parametrize(
    ("count", "places", "most", "each"), [(10, 2, 64, 5), (11, 2, 64, 6), (1000, 2, 64, 64), (0, 2, 64, 1), (1, 8, 64, 1)]
)
def test_a_part_leaves_something_for_each_place(count: int, places: int, most: int, each: int) -> None:
    assert share(count, places, most) == each

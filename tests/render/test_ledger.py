"""The ledger in Markdown, HTML and JSON: equal lines, links that land, faults that are caught, no markup of an article's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefing.brief_model import Brief, Change, LedgerLine
from briefing.compose.brief import compose
from briefing.compose.ledger import with_ledger
from briefing.config import Config
from briefing.errors import OutputError
from briefing.item_model import Reading
from briefing.language import english
from briefing.ledger.book import decided
from briefing.model import NO_DATE, EngineInfo, Title, When
from briefing.progress import untracked
from briefing.readings import read_again
from briefing.render.context import make_context
from briefing.render.ledger_words import change, standing
from briefing.render.registry import renderer
from briefing.render.rendition import Rendition
from briefing.render.verify import check_brief, check_outputs
from briefing.selection import Selection
from briefing.translate.gloss import Gloss
from briefing.translate.gloss_terms import terms
from briefing.week import parse
from tests.ledger.told import past, read

PLEDGE = "وأكدت مصر والأردن والعراق، في بيان مشترك، التزامها{} بحماية مياه الآبار من التلوث، واتفقت على عقد لقاء {}."
EVIL = '<script>alert(1)</script> [x](javascript:alert(1)) <a id="l1"> href="#nowhere"'
ENGINE = Gloss(terms)
CONTEXT = make_context(Config())


def made() -> Brief:
    """A brief with a ledger that cites two earlier articles, one of them hostile."""
    week = parse("2024-W46", date(2024, 11, 18))
    now = [
        read(PLEDGE.format("", "في 20 نوفمبر الجاري"), "2024-11-12", "now"),
        read("وعقدت الأردن ومصر والعراق لقاء في العقبة أمس.", "2024-11-14", "met"),
    ]
    earlier = [
        past(PLEDGE.format(" الكامل", "في 13 نوفمبر المقبل"), "2024-10-09", "before"),
        past("وقع العراق والأردن مذكرة تفاهم لحماية <b>مياه</b> الآبار " + EVIL + " من التلوث.", "2024-11-05", "evil"),
    ]
    book, problems = decided(week, earlier, now, frozenset(("now", "met")))
    assert problems == ()
    recalled = [_hostile(r) for r in read_again(book.recalled(), ENGINE, untracked)]
    selection = Selection(week, tuple(r.article for r in now), (), ())
    brief = compose(selection, now, (), EngineInfo("gloss", "", "", "gloss"), Config(), datetime(2024, 11, 18, tzinfo=UTC))
    return with_ledger(brief, book, now, recalled)


def _hostile(one: Reading) -> Reading:
    title = Title(EVIL, EVIL, None, None) if one.article.id == "evil" else None
    return replace(one, article=replace(one.article, title=title, url="javascript:alert(1)"))


def rendered(brief: Brief) -> dict[str, bytes]:
    rendition = Rendition(brief, CONTEXT)
    return {name: renderer(name)(rendition) for name in ("md", "html", "json")}


def test_every_format_holds_the_same_lines_and_every_link_lands() -> None:
    brief = made()
    assert brief.ledger is not None
    assert [line.state for line in brief.ledger.lines] == ["fulfilled", "due", "open"]
    check_brief(brief)
    outputs = rendered(brief)
    check_outputs(brief, outputs)
    page = outputs["html"].decode()
    for line in brief.ledger.lines:
        assert f'id="{line.id.lower()}"' in page and english().text(f"ledger_state.{line.state}") in page


def test_nothing_of_an_earlier_article_becomes_markup() -> None:
    page = rendered(made())["html"].decode()
    assert "<script" not in page and 'href="javascript' not in page
    assert page.count('<a id="l1"') == 1


def test_the_weeks_numbers_come_before_those_of_earlier_weeks() -> None:
    brief = made()
    assert brief.ledger is not None
    week = [c.number for s in brief.sources for c in s.cited]
    before = [c.number for s in brief.ledger.earlier for c in s.cited]
    assert sorted(week + before) == list(range(1, len(week + before) + 1))
    assert max(week) < min(before)
    assert [s.number for s in (*brief.sources, *brief.ledger.earlier)] == [1, 2, 3, 4]
    (kept,) = brief.ledger.lines[0].kept_by
    (met,) = [s for s in brief.sources if s.article_id == "met"]  # no item cites it
    assert [(c.number, c.entries) for c in met.cited] == [(kept.number, ("L1",))]


def broken(brief: Brief, line: LedgerLine) -> Brief:
    assert brief.ledger is not None
    return replace(brief, ledger=replace(brief.ledger, lines=(line, *brief.ledger.lines[1:])))


def test_a_line_that_cites_nothing_or_what_is_not_there_is_a_fault() -> None:
    brief = made()
    assert brief.ledger is not None
    line = brief.ledger.lines[0]
    (kept,) = line.kept_by
    for other in (
        replace(line, references=()),
        replace(line, kept_by=(replace(kept, number=99),)),
        replace(line, kept_by=(replace(kept, quote="غير ذلك"),)),
        replace(line, id="A1"),
    ):
        with pytest.raises(OutputError):
            check_brief(broken(brief, other))


def test_a_wording_that_cites_what_is_not_there_is_a_fault() -> None:
    brief = made()
    (section,) = brief.sections
    (entry,) = section.agreements
    (wording,) = entry.wording
    assert wording.kind == "changed"
    lost = replace(wording, references=(replace(wording.references[0], number=99),))
    sections = (replace(section, agreements=(replace(entry, wording=(lost,)),)),)
    with pytest.raises(OutputError, match="cites"):
        check_brief(replace(brief, sections=sections))


@pytest.mark.parametrize("name", ["md", "html", "json"])
def test_a_format_that_lost_a_line_is_a_fault(name: str) -> None:
    brief = made()
    whole = rendered(brief)[name]
    spoilt = whole.replace(b'"l1"', b'"x1"') if name != "json" else whole.replace(b'"id": "L1"', b'"id": "L7"')
    with pytest.raises(OutputError, match="ledger"):
        check_outputs(brief, {name: spoilt})


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Change("قديم", "old", "جديد", ""), 'ar">قديم</bdi> \\[terms: old\\] became <bdi dir="rtl" lang="ar">جديد</bdi>'),
        (Change("", "", "جديد", ""), 'added <bdi dir="rtl" lang="ar">جديد</bdi>'),
        (Change("قديم", "", "", ""), 'left out <bdi dir="rtl" lang="ar">قديم</bdi>'),
    ],
)
def test_what_changed_in_words(one: Change, expected: str) -> None:
    assert str(change(one, english())).replace("&#58;", ":").endswith(expected)


def test_where_a_promise_stands_in_words() -> None:
    day = When("2024-11-20", "2024-11-20", "2024-11-20", "day", "relative")
    line = LedgerLine("L1", "overdue", None, "new", (), "", "", (day, day), day, ())
    assert standing(line, english()) == (
        "promised 20 November 2024 (worked out), last 20 November 2024 (worked out) · was due 20 November 2024 · "
        "nothing in these articles says it was done"
    )
    assert standing(replace(line, state="open", promised=(replace(day, basis="none"),), due=NO_DATE), english()) == (
        "promised 20 November 2024 · nothing in these articles says it was done"
    )

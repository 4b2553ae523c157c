"""The scope in a whole brief: what is listed, counted, marked, and never said."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from briefing.brief_model import Brief
from briefing.compose.ranking import KILLED, WATCHED, points, ranked
from briefing.config import Config
from briefing.errors import OutputError
from briefing.lexicon.tables import table
from briefing.pipeline import Means, Order, build
from briefing.progress import untracked
from briefing.render.context import make_context
from briefing.render.html import page
from briefing.render.json_brief import tree
from briefing.render.markdown import markdown
from briefing.render.schema import schema
from briefing.render.verify import check_brief
from briefing.scope.settings import Scope
from briefing.scope.watch import NOBODY, resolved
from briefing.translate.engine import open_engine
from briefing.translate.memory import Memory

ROOT = Path(__file__).parents[2]
NOW = datetime(2024, 11, 18, 6, tzinfo=UTC)


def sample(week: str | None = "2024-W46", **scope: object) -> Brief:
    config = Config(base=ROOT, scope=Scope(**scope))  # type: ignore[arg-type]
    engine = open_engine("gloss", config, Memory(), print, None)
    return build(Order((ROOT / "seeds",), week, False, NOW), config, Means(lambda: engine), print, untracked)


@pytest.fixture(scope="module")
def brief() -> Brief:
    """The sample week in twelve pages, with someone watched."""
    return sample(pages=12, watch=("الأمم المتحدة",))


@pytest.mark.slow
def test_all_formats_list_the_same_articles_by_title(brief: Brief) -> None:
    context = make_context(Config(base=ROOT))
    text, html, made = markdown(brief, context), page(brief, context), json.loads(json.dumps(tree(brief)))
    Draft202012Validator(schema("briefing.brief/1")).validate(made)
    check_brief(brief)
    listed = [one for one in (*brief.also, *brief.left_out) if one.reason != "undated"]
    assert brief.also and {one.reason for one in listed} == {"pages", "sport", "opinion"}
    for one in listed:
        assert one.title is not None
        words = re.findall(r"[ء-ي]{3,}", one.title.ar)
        for output in (text, html):
            section = output[output.index('id="also"') : output.index('id="sources"')]
            assert all(word in section for word in words), one.title.ar
    assert [one["file"] for one in made["also"]] == [one.file for one in brief.also]


def test_every_article_is_counted_once(brief: Brief) -> None:
    whole = sample(pages=0, leave_out=())
    assert whole.also == () and {one.reason for one in whole.left_out_by} == {"undated"}
    assert brief.articles_used + len(brief.also) + 2 == whole.articles_used  # the column and the match report
    assert brief.articles_left_out == sum(one.articles for one in brief.left_out_by) == whole.articles_left_out + 2


def test_the_header_says_what_was_left_out_and_how_sure_the_reading_is(brief: Brief) -> None:
    head = markdown(brief, make_context(Config(base=ROOT))).split("## ")[0]
    assert "2 undated, 1 opinion, 1 sport" in head
    assert "Who speaks" in head and "The English" in head
    licensed = replace(brief, engine=replace(brief.engine, licence="CC-BY-NC-4.0", notice=""))
    assert "Licence of the model: CC-BY-NC-4\\.0." in markdown(licensed, make_context(Config(base=ROOT)))


def test_what_is_watched_is_marked_and_ranked_first(brief: Brief) -> None:
    entries = [e for s in brief.sections for g in s.statements for e in g.entries]
    entries += [e for s in brief.sections for e in (*s.agreements, *s.events)]
    marked = [e for e in entries if e.watched]
    assert marked and all(e.watched == ("United Nations",) for e in marked)
    assert all("المتحدة" in " ".join(r.quote for r in e.references) for e in marked)
    assert "watched: United Nations" in markdown(brief, make_context(Config(base=ROOT)))


def test_a_watched_name_counts_by_the_stated_points() -> None:
    seen = []

    def spy(told: object, watch: object, again: object) -> tuple[object, ...]:
        seen.append(told)
        return ()

    import briefing.pipeline as pipeline

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "ranked", spy)
        sample(pages=0)
    (told,) = seen
    watch, lost = resolved(("الأمم المتحدة",))
    assert lost == ()
    gained = {points(story, watch) - points(story, NOBODY) for story in told}  # type: ignore[attr-defined]
    assert gained == {0, WATCHED}
    assert any(points(story, NOBODY) >= KILLED for story in told)  # type: ignore[attr-defined]
    clusters = ranked(told, NOBODY)  # type: ignore[arg-type]
    assert [c.worth for c in clusters] == sorted((c.worth for c in clusters), reverse=True)
    assert sorted(len(c.articles) for c in clusters)[-1] == 2  # both accounts of the shelling in Omdurman


def test_a_listing_that_does_not_agree_with_the_brief_is_not_written(brief: Brief) -> None:
    twice = replace(brief.also[0], article_id=brief.sources[0].article_id)
    for wrong in (replace(brief, also=(twice,)), replace(brief, left_out_by=()), replace(brief, left_out=brief.left_out[:-1])):
        with pytest.raises(OutputError, match=r"told and listed|the header counts"):
            check_brief(wrong)


@pytest.mark.slow
def test_two_builds_are_the_same(brief: Brief) -> None:
    assert sample(pages=12, watch=("الأمم المتحدة",)) == brief


def test_no_word_of_likelihood_stands_in_a_fixed_text_or_a_generated_line(brief: Brief) -> None:
    listed = table("highlights")["likelihood"]
    capital = [word.capitalize() for word in listed if word != "may"]  # a month
    words = re.compile(rf"\b(?:{'|'.join([*listed, *capital])})\b")
    fixed = [path.read_text("utf-8") for path in sorted((ROOT / "templates").glob("*.j2"))]
    without = replace(brief, sources=tuple(replace(s, title=None, cited=()) for s in brief.sources))
    for text in (*fixed, markdown(without, make_context(Config(base=ROOT)))):
        assert not (found := words.search(text)), text[max(0, found.start() - 80) : found.end() + 40]
    for module in ("words", "listed"):
        source = (ROOT / "briefing" / "render" / f"{module}.py").read_text("utf-8")
        quoted = " ".join(re.findall(r'"([^"\n]*)"', source))
        assert not words.search(quoted), words.search(quoted)

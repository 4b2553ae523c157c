"""Whether an event is told or only mentioned: the classifier beside the rules (lexicon/told.toml)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.lexicon import table
from briefing.arabic.sentences import sentences
from briefing.extract import events, sightings, statements, told
from briefing.extract.cast import Cast
from briefing.extract.clause import parse
from briefing.extract.dating import Dating
from briefing.extract.triggers import FAMILIES
from briefing.inspection import inspect_line
from briefing.model import UNDATED, Span
from tests.extract.test_properties import shuffled

ROOT = Path(__file__).parents[2]
TOLD = "قتل ثلاثة جنود وأصيب خمسة أمس في انفجار سيارة مفخخة استهدف حاجزا شمال مدينة بعقوبة."
MENTIONED = "ودرس الباحث في كتابه ظاهرة الاغتيال السياسي منذ اغتيال الملك عام 1951 وما تلاه من تحقيقات وقضايا."


def sights(text: str) -> list[told.Sight]:
    dating, cast = Dating(UNDATED), Cast()
    parsed = [parse(text, s) for s in sentences(text, (Span(0, len(text)),))]
    return [events.sight(s, dating) for p in parsed for s in sightings.find(p, statements.find(p, cast), dating)]


def line_events(text: str) -> list[str]:
    return [e["type"] for a in inspect_line(1, text, "lines", None)["articles"] for e in a["events"]]


def test_news_is_told_and_a_study_of_murders_is_not() -> None:
    assert line_events(TOLD) == ["BOMBING"]
    assert line_events(MENTIONED) == []


def test_the_facts_that_weigh_most_are_named_with_their_sign() -> None:
    (sight,) = sights(TOLD)
    chance, facts = told.chance(sight)
    assert chance > 0.8
    assert len(facts) == 3
    assert all(fact[0] in "+-" and fact[1:] in table("told")["weights"]["attack"] for fact in facts)


def test_a_type_that_nothing_judges_is_always_told() -> None:
    (sight,) = sights("تحطمت طائرة مدنية قرب المطار.")
    assert told.chance(sight) == (1.0, ())


def test_a_sentence_alone_has_to_say_more_than_one_in_an_article() -> None:
    assert told.threshold(alone=True) > told.threshold(alone=False)


@pytest.mark.parametrize("model", ["attack", "protest"])
def test_every_weight_is_of_a_fact_that_can_be_found(model: str) -> None:
    cues = table("told")["cues"]
    lists = {*cues, *(f"near {name}" for name in cues)}
    kinds = {f"type {event_type}" for event_type in FAMILIES}
    others = {
        *("verb", "known («ال»)", "cause of a toll", "toll only", "placed", "in quotes", "opens its clause", "late"),
        *("long sentence", "short sentence", "after a preposition", "after a noun", "counted", "uncounted crowd", "position"),
        *("killed", "wounded", "detained", "abducted", "no date", "today or yesterday", "days ago", "absolute", "named month"),
        *("weekday", "relative days", "relative week", "relative month", "relative year", "bias"),
    }
    given_weights = {name for name in table("told")["weights"][model] if not name.startswith("said: ")}
    assert given_weights <= lists | kinds | others


@given(shuffled)
def test_a_chance_is_a_probability_whatever_the_text(text: str) -> None:
    for sight in sights(text):
        chance, _ = told.chance(sight)
        assert 0 <= chance <= 1
        assert all(0 <= value <= 1 for value in told.features(sight).values())


@given(st.dictionaries(st.sampled_from(["verb", "counted", "unheard of"]), st.floats(0, 1)))
def test_a_fact_without_a_weight_counts_nothing(facts: dict[str, float]) -> None:
    weights = {"bias": 0.0, "verb": 0.5, "counted": -0.5}
    known = {name: value for name, value in facts.items() if name in weights}
    assert told.probability(facts, weights) == told.probability(known, weights)


@pytest.mark.slow
def test_the_weights_are_those_that_the_command_gives(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    labelled = ROOT.parent / "shared" / "events"
    if not labelled.is_dir():
        pytest.skip("the labelled sentences are not beside this checkout")
    written = tmp_path / "told.toml"
    command = [sys.executable, str(ROOT / "bench" / "told.py"), "--gold", str(labelled), "--write", str(written)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT), "PATH": ""})
    assert written.read_text("utf-8") == (ROOT / "briefing" / "lexicon" / "told.toml").read_text("utf-8")

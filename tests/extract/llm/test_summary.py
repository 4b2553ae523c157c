"""Highlights by the model: taken when every word of weight stands in the entries they cite, else the rule's stand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.brief_model import Brief, Line
from briefing.compose.highlights import MOST, RULE, WORDS
from briefing.compose.method import english_line
from briefing.extract.llm.answers import Reply
from briefing.extract.llm.extractor import LanguageModel
from briefing.extract.llm.summary import WHERE, judged
from briefing.pipeline import summarised
from briefing.progress import untracked
from briefing.render.context import make_context
from briefing.render.markdown import entries, markdown
from tests.compose.test_compose import BORDER, MARKET, PORT, brief_of, read
from tests.extract.llm import asked_model
from tests.extract.llm.asked_model import cut, extractor
from tests.extract.llm.model_server import ModelServer, Says, error, model, nothing

BRIEF = replace(brief_of([read(MARKET, "a1"), read(BORDER, "a2"), read(PORT, "a3")]), method=(Line(RULE), Line("method.kinds")))
LINES = {e.id: e for section in BRIEF.sections for e in entries(section)}
GOOD = [
    {"text": "Shelling in Sarmin on 2024-11-12 killed three civilians and wounded 5.", "entries": ["E1"]},
    {"text": "Jordan and Iraq made a new agreement.", "entries": ["A1"]},
]


def answered(highlights: list[dict[str, Any]]) -> Any:
    return lambda asked: Says({"highlights": highlights})


def written(server: ModelServer | None, folder: Path, brief: Brief = BRIEF, **changes: Any) -> tuple[Brief, LanguageModel]:
    made = extractor(asked_model.settings(server, folder, **changes))
    return made.summarise(brief), made


def test_the_entries_are_what_these_tests_take_them_for() -> None:
    assert "Sarmin, 2024-11-12" in LINES["E1"].item.en and "3 civilians killed" in LINES["E1"].item.en
    assert LINES["A1"].item.en.startswith("Jordan and Iraq (new)")


def test_highlights_that_hold_replace_the_rules_and_say_who_wrote_them(tmp_path: Path) -> None:
    with model(answered(GOOD)) as server:
        brief, made = written(server, tmp_path)
        (asked,) = server.asked
    assert [h.text for h in brief.highlights] == [h["text"] for h in GOOD]
    assert {h.made_by for h in brief.highlights} == {made.infos[-1].signature}
    assert [h.entries for h in brief.highlights] == [("E1",), ("A1",)]
    assert all(h.numbers for h in brief.highlights) and brief.problems == ()
    assert brief.method == (Line("method.highlights_by_model", (("model", "tiny-model"),)), Line("method.kinds"))
    for entry in LINES.values():
        assert f"{entry.id}: {entry.item.en}" in asked.prompt
    text = markdown(brief, make_context(asked_model.settings(None, tmp_path)))
    assert "Chosen and written by a language model" in text.split("## ")[1]


def test_the_rules_highlights_carry_no_such_note(tmp_path: Path) -> None:
    text = markdown(BRIEF, make_context(asked_model.settings(None, tmp_path)))
    assert "Chosen and written by" not in text and {h.made_by for h in BRIEF.highlights} == {"rule"}


BAD = [
    ("a number that is not there", {**GOOD[0], "text": "Shelling in Sarmin killed 30 civilians."}, "«30»"),
    ("a number of another entry", {"text": "The ships wait after 3 civilians died.", "entries": ["S2"]}, "«3»"),
    ("a date that is not there", {**GOOD[0], "text": "Shelling in Sarmin on 2024-11-20."}, "«2024-11-20»"),
    ("a name that is not there", {**GOOD[0], "text": "Shelling in Aleppo killed 3 civilians."}, "«Aleppo»"),
    ("likelihood", {**GOOD[0], "text": "Shelling in Sarmin probably killed 3 civilians."}, "likelihood"),
    ("no such entry", {**GOOD[0], "entries": ["E9"]}, "there is no entry E9"),
    ("no entry", {**GOOD[0], "entries": []}, "rests on no entry"),
    ("an entry twice used", {"text": "Shelling in Sarmin.", "entries": ["A1"]}, "has its highlight already"),
    ("too many entries", {**GOOD[0], "entries": ["E1", "S1", "S2", "S3"]}, "more than 3 entries"),
    ("too long", {**GOOD[0], "text": "shelling " * (WORDS + 1)}, f"from 1 to {WORDS} may"),
    ("empty", {**GOOD[0], "text": " "}, "it has 0 words"),
    ("more fields", {**GOOD[0], "likelihood": "high"}, "nobody asked for"),
]


@pytest.mark.parametrize(("bad", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_one_that_does_not_hold_is_asked_for_again_and_then_left_out(tmp_path: Path, bad: dict[str, Any], said: str) -> None:
    third = {"text": "The governor says the port will work.", "entries": ["S1"]}
    with model(answered([GOOD[1], bad, third])) as server:
        brief, _ = written(server, tmp_path)
        assert [a.repairs for a in server.asked] == [False, True] and said in server.asked[1].prompt
    assert [h.text for h in brief.highlights] == [GOOD[1]["text"], third["text"]]
    (problem,) = brief.problems
    assert problem.where == WHERE and "some of the language model's were left out" in problem.message and said in problem.message


@pytest.mark.parametrize(("bad", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_when_fewer_than_two_hold_the_rules_stand(tmp_path: Path, bad: dict[str, Any], said: str) -> None:
    with model(answered([GOOD[1], bad])) as server:
        brief, _ = written(server, tmp_path)
    assert brief.highlights == BRIEF.highlights and brief.method == BRIEF.method
    (problem,) = brief.problems
    assert "those chosen by rule stand" in problem.message and said in problem.message and problem.next_step


@pytest.mark.parametrize("says", [Says("Sorry."), Says({"highlights": []}), Says({"statements": []}), error(500, "no")])
def test_no_answer_leaves_the_rules_with_a_problem(tmp_path: Path, says: Says) -> None:
    with model(lambda asked: says) as server:
        brief, _ = written(server, tmp_path)
    assert brief.highlights == BRIEF.highlights
    (problem,) = brief.problems
    assert problem.where == WHERE and "those chosen by rule stand" in problem.message


def test_a_repair_that_holds_leaves_no_problem(tmp_path: Path) -> None:
    def mending(asked: Any) -> Says:
        return Says({"highlights": GOOD if asked.repairs else [GOOD[0], {**GOOD[1], "text": "Russia agreed."}]})

    with model(mending) as server:
        brief, _ = written(server, tmp_path)
    assert brief.problems == () and len(brief.highlights) == 2


def test_the_answer_is_kept(tmp_path: Path) -> None:
    with model(answered(GOOD)) as server:
        first, _ = written(server, tmp_path)
        second, _ = written(server, tmp_path)
        assert first == second and len(server.asked) == 1


def test_a_server_that_is_known_to_be_down_is_not_asked_once_more(tmp_path: Path) -> None:
    made = extractor(asked_model.settings(None, tmp_path))
    list(made.find([cut()], untracked))
    assert made.summarise(BRIEF) == BRIEF


def test_nothing_is_asked_where_there_is_nothing_to_choose_from(tmp_path: Path) -> None:
    with model(nothing) as server:
        empty = brief_of([])
        assert written(server, tmp_path, empty)[0] == empty and server.asked == []


def test_as_many_entries_are_offered_as_fit(tmp_path: Path) -> None:
    many = brief_of([read(MARKET.replace("خمسة آخرون", f"{n + 5} آخرون"), f"a{n}") for n in range(40)])
    with model(nothing) as server:
        written(server, tmp_path, many, tokens=2600)
        offered = [line for line in server.asked[0].prompt.splitlines() if line.startswith(("S", "A", "E")) and ": " in line[:6]]
    assert 5 < len(offered) < 60 and offered[0].startswith("E")


def test_the_brief_says_who_found_its_items(tmp_path: Path) -> None:
    with model(answered(GOOD)) as server:
        made = extractor(asked_model.settings(server, tmp_path))
        brief = summarised(BRIEF, made)
    assert [info.name for info in brief.extractors] == ["rules", "llm"]
    first, second = map(english_line, brief.method[:2])
    assert first.startswith("Items are found by rules") and "pointed at items too" in second


TEXTS = (
    st.text(max_size=30)
    | st.sampled_from([h["text"] for h in GOOD])
    | st.lists(st.sampled_from([*LINES["E1"].item.en.split(), "likely", "Aleppo", "30", "the"]), max_size=8).map(" ".join)
)


@settings(max_examples=150)
@given(
    st.lists(
        st.fixed_dictionaries({"text": TEXTS, "entries": st.lists(st.sampled_from(["E1", "A1", "S1", "E9", ""]), max_size=4)}),
        max_size=7,
    ),
    st.sampled_from(["stop", "length"]),
)
def test_whatever_a_model_writes_no_highlight_has_a_number_or_name_of_its_own(items: list[dict[str, Any]], finish: str) -> None:
    found = judged(Reply(json.dumps({"highlights": items}), finish), LINES)
    assert len(found.highlights) <= MOST and (found.whole or not found.highlights)
    used = [one for _, ids in found.highlights for one in ids]
    assert len(used) == len(set(used))
    for text, ids in found.highlights:
        assert ids and set(ids) <= set(LINES) and 0 < len(text.split()) <= WORDS
        lines = " ".join(LINES[one].item.en for one in ids)
        assert all(word in lines for word in ("Aleppo", "30") if word in text.split())
        assert "likely" not in text.split()

"""Untrusted text as an answer: strict JSON of the shape asked for, or a fault in words that name no word of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from briefing.extract.llm.answers import LONGEST, MOST_ITEMS, Reply, read
from briefing.extract.llm.schemas import HIGHLIGHTS, SECTIONS, faults, item_schema, schema
from briefing.extract.triggers import FAMILIES
from briefing.render.schema import schema as output_schema
from tests.extract.llm.asked_model import GOOD, SAID

NAMES = [*SECTIONS, HIGHLIGHTS]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.sampled_from(list(SAID)), inner, max_size=4)
    ),
    max_leaves=12,
)


def content(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_good_answer_is_read(name: str) -> None:
    answer = read(Reply(content({name: GOOD[name]}), "stop"), name)
    assert [item for _, item in answer.items] == GOOD[name]
    assert (answer.faults, answer.whole) == ((), True)


@pytest.mark.parametrize(
    ("text", "finish", "said"),
    [
        ('{"statements": []', "length", "cut off"),
        ('{"statements": []}', "length", "cut off"),
        ('{"statements": []}', "content_filter", "refused"),
        (None, "refusal", "refused"),
        (None, "stop", "empty"),
        ("", "stop", "empty"),
        ("I am sorry, but I cannot help with that.", "stop", "not a JSON object alone"),
        ('Here it is:\n{"statements": []}', "stop", "not a JSON object alone"),
        ('```json\n{"statements": []}\n```', "stop", "not a JSON object alone"),
        ('{"statements": []}\nI hope this helps.', "stop", "not a JSON object alone"),
        ('<think>hm</think>{"statements": []}', "stop", "not a JSON object alone"),
        ('{"statements": []} {"statements": []}', "stop", "not valid JSON"),
        ('{"statements": [], "statements": []}', "stop", "a key twice"),
        ('{"statements": [{"sentence": 1, "sentence": 2}]}', "stop", "a key twice"),
        ('{"statements": [NaN]}', "stop", "NaN"),
        ('{"statements": [-Infinity]}', "stop", "NaN or Infinity"),
        ('{"statements": [' + "9" * 5000 + "]}", "stop", "not valid JSON"),
        ('{"statements": ' + "[" * 100_000 + "]" * 100_000 + "}", "stop", "nested too deep"),
        ('{"statements": ' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "}", "stop", "nested too deep"),
        ("{'statements': []}", "stop", "not valid JSON"),
        ("[]", "stop", "not a JSON object alone"),
        ("{}", "stop", "must be"),
        ('{"events": []}', "stop", "must be"),
        ('{"statements": {}}', "stop", "must be"),
        ('{"statements": [], "note": "x"}', "stop", "no other field"),
        ("{" + " " * LONGEST + "}", "stop", "characters"),
    ],
)
def test_what_is_no_answer_is_said_to_be_none(text: str | None, finish: str, said: str) -> None:
    answer = read(Reply(text, finish), "statements")
    assert (answer.items, answer.whole) == ((), False)
    (fault,) = answer.faults
    assert fault.item is None and said in fault.message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sentence": "1"}, "sentence must be a whole number"),
        ({"sentence": 1.0}, "sentence must be a whole number"),
        ({"sentence": True}, "sentence must be a whole number"),
        ({"quote": None}, "quote must be a string"),
        ({"speaker": 3}, "speaker must be a string or null"),
        ({"en": "The minister said"}, "a field that nobody asked for"),
        ({"a": 1, "b": 2}, "2 fields that nobody asked for"),
    ],
)
def test_an_item_of_another_shape_is_left_out_and_the_others_stay(change: dict[str, Any], said: str) -> None:
    answer = read(Reply(content({"statements": [SAID, {**SAID, **change}, SAID]}), "stop"), "statements")
    assert [n for n, _ in answer.items] == [1, 3]
    (fault,) = answer.faults
    assert fault.item == 2 and said in fault.message and "minister" not in fault.message


def test_what_is_missing_and_what_is_no_item_is_named() -> None:
    short = {key: value for key, value in SAID.items() if key != "quote"}
    answer = read(Reply(content({"statements": [short, "قال", None]}), "stop"), "statements")
    assert [f.message for f in answer.faults] == ["it has no quote", "it must be an object", "it must be an object"]


def test_a_status_or_type_of_its_own_is_no_item() -> None:
    agreed = {**GOOD["agreements"][0], "status": "ratified"}
    (fault,) = read(Reply(content({"agreements": [agreed]}), "stop"), "agreements").faults
    assert "status must be one of new, reaffirmed" in fault.message


def test_more_items_than_anybody_can_find_are_not_looked_at() -> None:
    answer = read(Reply(content({"statements": [SAID] * (MOST_ITEMS + 5)}), "stop"), "statements")
    assert len(answer.items) == MOST_ITEMS
    assert f"it has {MOST_ITEMS + 5} items" in answer.faults[-1].message


@settings(max_examples=200)
@given(
    st.text(max_size=80) | JSON.map(json.dumps) | JSON.map(lambda v: json.dumps({"statements": [v, SAID]})), st.text(max_size=6)
)
def test_any_text_is_an_answer_or_a_fault(text: str, finish: str) -> None:
    for end in ("stop", finish):
        answer = read(Reply(text, end), "statements")
        assert answer.whole or answer.faults
        assert all(not list(faults(item, item_schema("statements"))) for _, item in answer.items)


@settings(max_examples=100)
@given(JSON | st.fixed_dictionaries(dict.fromkeys(SAID, JSON)))
def test_our_check_of_a_schema_agrees_with_the_library_for_it(value: Any) -> None:
    library = Draft202012Validator(item_schema("statements")).is_valid(value)
    ours = not list(faults(value, item_schema("statements")))
    # we are stricter in one thing: 1.0 is a whole number for JSON Schema
    assert ours == library or (library and isinstance(value, dict) and any(isinstance(v, float) for v in value.values()))


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_valid_and_forbid_what_nobody_asked_for(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    good = {name: GOOD[name]}
    assert Draft202012Validator(schema(name)).is_valid(good)
    assert not Draft202012Validator(schema(name)).is_valid({**good, "more": 1})
    assert item_schema(name)["required"] == list(item_schema(name)["properties"])  # strict modes of servers want all of them


def test_the_closed_lists_are_those_of_the_outputs() -> None:
    ours = output_schema("briefing.inspect/1")["$defs"]
    assert item_schema("events")["properties"]["type"]["enum"] == ours["event"]["properties"]["type"]["enum"]
    assert item_schema("events")["properties"]["status"]["enum"] == ours["event"]["properties"]["status"]["enum"]
    assert item_schema("agreements")["properties"]["status"]["enum"] == ours["agreement"]["properties"]["status"]["enum"]
    assert set(FAMILIES) <= set(item_schema("events")["properties"]["type"]["enum"])

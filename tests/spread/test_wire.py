"""What travels: every type comes back as it went, and nothing that is not of its type comes back at all."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SpreadError
from briefing.extract.draft import Draft
from briefing.extract.rules import Drafts
from briefing.item_model import Agreement, Count, Event, Mention, Statement
from briefing.model import Article, Block, Document, Problem, Sentence, Translation
from briefing.spread import searching
from briefing.spread.wire import decode, encode

BLOCKS = st.builds(Block, link_share=st.floats(0, 1))
DOCUMENTS = st.builds(Document, blocks=st.lists(BLOCKS, max_size=3).map(tuple))
ARTICLES = st.builds(Article, document=DOCUMENTS)


def told(kind: Any) -> st.SearchStrategy[tuple[Draft, ...]]:
    return st.lists(st.builds(Draft, item=st.builds(kind)), max_size=2).map(tuple)


DRAFTS = st.builds(
    Drafts, told(Statement), told(Agreement), told(Event), st.lists(st.builds(Mention), max_size=2).map(tuple), told(Event)
)
GIVEN = st.builds(searching._Given, drafts=st.none() | DRAFTS)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
)


@given(ARTICLES)
def test_an_article_comes_back_as_it_went(article: Article) -> None:
    assert decode(encode(article), Article) == article


@given(st.builds(Translation))
def test_a_translation_comes_back_as_it_went(translation: Translation) -> None:
    assert decode(encode(translation), Translation) == translation


@given(GIVEN)
def test_what_was_found_comes_back_as_it_went_each_item_of_its_kind(given: searching._Given) -> None:
    taken = decode(encode(given), searching._Taken)
    drafts = taken.drafts.drafts() if taken.drafts is not None else None
    assert (taken.sentences, drafts, taken.problems) == (given.sentences, given.drafts, given.problems)


@given(ARTICLES)
def test_what_travels_is_one_line(article: Article) -> None:
    assert b"\n" not in encode(article)


@given(DOCUMENTS)
def test_equal_values_give_equal_bytes(document: Document) -> None:
    assert encode(document) == encode(replace(document))


@given(st.binary())
def test_bytes_that_are_nothing_of_ours_are_refused(data: bytes) -> None:
    with pytest.raises(SpreadError):
        decode(data, Article)


@given(ANY_JSON)
def test_json_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(SpreadError, match="is no Sentence"):
        decode(msgspec.json.encode(value), Sentence)


@pytest.mark.parametrize("wrong", [{"n": "1"}, {"n": 1.5}, {"start": None}, {"end": [1]}, {"n": True}])
def test_a_field_of_another_type_is_refused_and_never_converted(wrong: dict[str, object]) -> None:
    with pytest.raises(SpreadError):
        decode(json.dumps({"n": 1, "start": 0, "end": 1} | wrong).encode(), Sentence)


def test_an_item_of_another_kind_is_refused() -> None:
    count = {"number": 1, "qualifier": "exact", "what": "people", "start": 0, "end": 1, "quote": "x"}
    assert decode(json.dumps(count).encode(), Count).part_of is None
    drafts = {"statements": [{"item": count}], "agreements": [], "events": [], "mentions": [], "dropped": []}
    with pytest.raises(SpreadError):
        decode(json.dumps({"sentences": [], "drafts": drafts, "problems": []}).encode(), searching._Taken)


class Harmful:
    """What runs a command where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


@pytest.mark.parametrize("kind", [Article, Document, searching._Taken, str])
def test_nothing_is_unpickled_or_run(kind: type, tmp_path: Path) -> None:
    harm = pickle.dumps(Harmful(tmp_path / "harm"))
    code = json.dumps({"__reduce__": ["os.system", ["touch harm"]], "py/object": "os.system"}).encode()
    for data in (harm, code, b"__import__('os').system('touch harm')"):
        with pytest.raises(SpreadError):
            decode(data, kind)
    assert list(tmp_path.iterdir()) == []
    pickle.loads(harm)
    assert list(tmp_path.iterdir()) != []  # it would have been seen


def test_a_lone_surrogate_is_said_and_not_sent() -> None:
    with pytest.raises(SpreadError, match="cannot be given"):
        encode(Problem("a.txt", "\ud800"))

"""What holds for whatever text is read: quotes match letter for letter, offsets and sentence numbers exist, nothing raises."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extract.draft import WORD_LIMIT, Draft, finish, limited
from briefing.item_model import Agreement, Citation, Event, Item, Name, Speaker, Statement
from briefing.model import NO_DATE, Span, Translation, When
from tests.extract.extracted import Extracted, extract

CASES = Path(__file__).parent.parent / "cases"
TEXTS = [
    c["text"]
    for name in ("statements", "agreements", "events")
    for c in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
]
# two or three words at a time, so that verbs keep some of their subjects and numbers some of their nouns
PIECES = sorted({" ".join(words[k : k + 3]) for words in (t.split() for t in TEXTS) for k in range(0, len(words), 2)})
MARKS = [*'«»:،؛.؟"()%-و', "\n", "\r\n", "\u00a0", "\u200f", "\u202b", "ـ", "41", "٢١", "F-16"]

shuffled = st.lists(st.sampled_from(PIECES) | st.sampled_from(MARKS), max_size=24).map(" ".join)
letters = st.text(st.sampled_from('ابتجدرسعفقكلمنهويىةءأإ ،.:«»\n"(؟12٣\u200f\u064eـabZ'), max_size=120)
published = st.sampled_from(["2024-11-13", "2020-02-29", None])


def _check_item(item: Item, found: Extracted) -> None:
    assert item.citations, item
    assert len(item.en.split()) <= WORD_LIMIT, item.en
    _check_when(item.date)
    for citation in item.citations:
        _check_citation(citation, found)
    between = " " if isinstance(item, Statement) else " … "  # a quotation that goes on leaves nothing out
    assert item.ar == between.join(c.quote for c in item.citations)


def _check_citation(citation: Citation, found: Extracted) -> None:
    text = found.article.document.text
    assert 0 <= citation.start < citation.end <= len(text)
    assert citation.quote == text[citation.start : citation.end]
    assert citation.quote == citation.quote.strip()
    by_number = {s.n: s for s in found.sentences}
    sentence = by_number[citation.sentence]
    assert sentence.start <= citation.start and citation.end <= sentence.end
    assert any(s.start <= citation.start and citation.end <= s.end for s in found.article.kept)


def _check_when(when: When) -> None:
    if when.earliest and when.latest:
        assert when.earliest <= when.latest
    if when.value:
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", when.value)


def _check_event(event: Event, text: str) -> None:
    for n, count in enumerate(event.counts):
        assert count.quote == text[count.start : count.end]
        assert count.part_of is None or (0 <= count.part_of < len(event.counts) and count.part_of != n)
        assert count.number is None or count.number >= 0
        assert any(c.start <= count.start and count.end <= c.end for c in event.citations)


def _check(found: Extracted) -> None:
    for item in found.items:
        _check_item(item, found)
    for event in found.events:
        _check_event(event, found.article.document.text)
    ids = [i.id for i in found.items]
    assert len(ids) == len(set(ids))
    for statement in found.statements:
        assert (statement.speaker.as_written is None) == (statement.speaker.resolution == "pronoun")


@settings(max_examples=150)
@given(shuffled, published)
def test_shuffled_news_prose(text: str, day: str | None) -> None:
    _check(extract(text, day))


@settings(max_examples=100)
@given(letters | st.text(max_size=80), published)
def test_any_text(text: str, day: str | None) -> None:
    _check(extract(text, day))


@settings(max_examples=60)
@given(shuffled, st.data())
def test_nothing_is_cited_outside_the_kept_spans(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    spans = [Span(a, b) for a, b in ((cuts[0], cuts[1]), (cuts[2], cuts[3])) if a < b]
    _check(extract(text, "2024-11-13", spans=spans))


@settings(max_examples=60)
@given(shuffled)
def test_the_same_text_gives_the_same_items(text: str) -> None:
    assert extract(text, "2024-11-13") == extract(text, "2024-11-13")


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4).map("\n".join))
def test_text_before_an_article_does_not_change_where_quotes_stand(text: str) -> None:
    before = "قائمة الموقع\n\n"
    moved = extract(before + text, "2024-11-13", spans=[Span(len(before), len(before + text))])
    plain = extract(text, "2024-11-13")
    _check(moved)
    assert [(i.id, i.ar, i.en) for i in moved.items] == [(i.id, i.ar, i.en) for i in plain.items]
    assert [c.start - len(before) for i in moved.items for c in i.citations] == [
        c.start for i in plain.items for c in i.citations
    ]


# ---------------------------------------------------------------- the English line

_WHO = Speaker("سالم الدوري", "Salim al-Duri", None, "minister", "pronoun")
_QUOTE = (Citation(0, 4, "وقال", 1),)
_STATEMENT = Statement("S1", _WHO, None, None, NO_DATE, "indirect", "وقال", "", _QUOTE)
_AGREEMENT = Agreement("A1", (Name("تونس", "Tunisia"),), "new", "ووقع", "", NO_DATE, _QUOTE)
_EVENT = Event("E1", "CLASH", None, None, None, (), NO_DATE, None, "reported", "واشت", "", _QUOTE)


@given(
    st.sampled_from([_STATEMENT, _AGREEMENT, _EVENT]),
    st.text(max_size=300),
    st.text(max_size=600),
    st.sampled_from(["machine", "reviewed", "terms", "none"]),
)
def test_an_english_line_has_at_most_forty_words(item: Item, lead: str, english: str, label: str) -> None:
    translation = Translation(english, "engine", label)  # type: ignore[arg-type]
    done = finish(Draft(item, lead, "said", "وقال", "rule"), translation, {})
    assert len(done.en.split()) <= WORD_LIMIT
    assert done.id == item.id and done.citations == item.citations


def test_a_line_that_was_cut_says_so() -> None:
    assert limited("one two, three", 2) == "one two…"
    assert limited("one two", 2) == "one two"
    assert limited("He said it was done, and they left the house in", 9) == "He said it was done…"
    assert limited("They left the house in the morning of the day", 5) == "They left the house…"


def test_names_an_engine_gave_stand_in_the_item_and_its_line() -> None:
    speaker = Speaker("النقابة الحرة", "trade union «النقابة الحرة»", "النقابة الحرة", None, "role_only")
    item = Statement("S1", speaker, None, None, NO_DATE, "indirect", "وقال", "", _QUOTE)
    draft = Draft(item, "trade union «النقابة الحرة»", "said", "وقال", "rule", ("النقابة الحرة",))
    done = finish(draft, None, {"النقابة الحرة": "the Free Union"})
    assert isinstance(done, Statement)
    assert done.speaker.en == "the Free Union"
    assert done.en == "The Free Union: said"
    assert done.speaker.ar == "النقابة الحرة"

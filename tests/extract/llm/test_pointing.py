"""Pointers into a text: what stands there letter for letter is taken, whatever else is said is a fault of that item alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.arabic.sentences import sentences
from briefing.extract.clause import parse
from briefing.extract.llm.answers import Reply, read
from briefing.extract.llm.drafting import drafting
from briefing.extract.llm.numbered import pieces, shown
from briefing.extract.llm.pointing import Checked, PointedAgreement, PointedEvent, PointedStatement, check
from briefing.model import Span
from tests.extract.extracted import article
from tests.extract.llm.asked_model import ADDED, AGREED, SAID, STRUCK, TEXT

HIDDEN = "قال\u202e سا\u200fلم الدوري إن\u00a0الطـريق مفتوح. وقالت لميا\u064eء إن العمل مستمر."


def checked(items: Sequence[Any], name: str = "statements", text: str = TEXT) -> Checked:
    """What holds of an answer about the whole of `text`."""
    cut = sentences(text, [Span(0, len(text))])
    (piece,), _ = pieces([shown(text, s) for s in cut], 10_000)
    return check(read(Reply(json.dumps({name: list(items)}), "stop"), name), name, piece, {s.n: parse(text, s) for s in cut})


def fault(item: dict[str, Any], name: str = "statements", text: str = TEXT) -> str:
    """What is wrong with an item."""
    found = checked([item], name, text)
    assert found.items == () and found.whole
    (one,) = found.faults
    assert one.item == 1
    return one.message


# ---------------------------------------------------------------- quotes


def test_a_quote_is_cited_in_whole_words_as_the_document_has_them() -> None:
    (item,) = checked([{**ADDED, "quote": "أضاف أن الكلفة بلغت"}]).items
    assert item.quote.span.within(TEXT) == "وأضاف أن الكلفة بلغت"


@pytest.mark.parametrize("n", [0, -1, 7, 99, 10**30])
def test_a_sentence_that_is_not_there_cannot_be_cited(n: int) -> None:
    assert f"no sentence {n}" in fault({**SAID, "sentence": n})


@pytest.mark.parametrize(
    "quote",
    [
        "قال وزير النقل إن الجسر سيفتح",  # words left out
        "قال وزير النقل سامى الحداد",  # another letter
        "قال وزير النقل سامي الحداد يوم الثلاثاء ان الجسر",  # without the hamza
        "وأضاف أن الكلفة بلغت عشرة ملايين دينار",  # of the next sentence
        "The transport minister said the bridge would open",
        "قال وزير … بعد أسبوع",
        "",
    ],
)
def test_a_quote_that_is_not_there_letter_for_letter_is_refused(quote: str) -> None:
    assert "does not stand in sentence 1, letter for letter" in fault({**SAID, "quote": quote})


def test_one_word_is_no_quote() -> None:
    assert "too short" in fault({**SAID, "quote": "قال"})
    assert "too short" in fault({**SAID, "quote": "."})


def test_a_quote_of_what_is_shown_finds_the_letters_behind_hidden_ones() -> None:
    item = {**SAID, "quote": "قال سالم الدوري إن الطـريق مفتوح", "speaker": "سالم الدوري"}
    (found,) = checked([item], text=HIDDEN).items
    assert found.quote.span.within(HIDDEN) == "قال\u202e سا\u200fلم الدوري إن\u00a0الطـريق مفتوح"
    assert "letter for letter" in fault({**item, "quote": "قال سالم الدوري إن الطريق مفتوح"}, text=HIDDEN)  # tatweel is a letter


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("speaker", ["سالم الدوري", "وزير الدفاع", "سامي الحداد وزير النقل", "Sami al-Haddad", "حداد سامي", ""])
def test_a_speaker_that_the_sentence_lacks_is_refused(speaker: str) -> None:
    assert "the speaker" in fault({**SAID, "speaker": speaker})


@pytest.mark.parametrize("speaker", ["ن", "حداد", "دير", "سامي الحد", "زير النقل"])
def test_a_part_of_a_word_is_no_name(speaker: str) -> None:
    message = fault({**SAID, "speaker": speaker})
    assert "does not stand" in message or "is no name" in message


@pytest.mark.parametrize("speaker", ["إن", "يوم الثلاثاء", "،", "»", "إن الجسر"])
def test_words_that_can_be_no_name_are_refused(speaker: str) -> None:
    text = "«قال وزير النقل سامي الحداد، يوم الثلاثاء إن الجسر سيفتح»."
    assert "the speaker" in fault({**SAID, "quote": "إن الجسر سيفتح", "speaker": speaker}, text=text)


def test_what_is_joined_to_a_name_may_be_left_out() -> None:
    text = "وقال للصحفيين إن لوزارة النقل خطة. وبوزارة النقل عشرة موظفين قالوا إنهم وسامي الحداد متفقون."
    item = {**SAID, "quote": "وقال للصحفيين إن لوزارة النقل خطة", "speaker": "وزارة النقل"}
    (found,) = checked([item], text=text).items
    assert isinstance(found, PointedStatement) and found.speaker is not None
    assert found.speaker.span.within(text) == "وزارة النقل"
    other = {**SAID, "sentence": 2, "quote": "قالوا إنهم وسامي الحداد متفقون", "speaker": "سامي الحداد"}
    assert checked([other], text=text).items


def test_vowel_marks_after_a_name_need_not_be_copied() -> None:
    item = {**SAID, "sentence": 2, "quote": "وقالت لمياَء إن العمل مستمر", "speaker": "لمياَء"}
    assert checked([item], text=HIDDEN).items
    (name,) = checked([{**item, "speaker": "لميا"}], text="وقال الوزير. " + HIDDEN).faults
    assert "does not stand" in name.message


def test_a_pronouns_speaker_cites_the_earlier_sentence_with_the_name() -> None:
    (item,) = checked([ADDED]).items
    assert isinstance(item, PointedStatement) and item.speaker is None and item.name is not None
    assert (item.name.sentence, item.name.span.within(TEXT)) == (1, "سامي الحداد")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "سالم الدوري"}, "does not stand in sentence 1"),
        ({"name_sentence": 3}, "must stand in sentence 2 or one before it"),
        ({"name_sentence": 0}, "must stand in sentence 2 or one before it"),
        ({"name_sentence": 2}, "does not stand in sentence 2"),
        ({"name_sentence": None}, "belong together"),
        ({"name": None}, "belong together"),
        ({"name": None, "name_sentence": None}, "names no speaker"),
        ({"addressee": "البرلمان"}, "the addressee «البرلمان» does not stand in sentence 2"),
    ],
)
def test_a_pronouns_speaker_that_cannot_be_verified_is_refused(change: dict[str, Any], said: str) -> None:
    assert said in fault({**ADDED, **change})


def test_parties_stand_where_they_are_said_to_and_never_later() -> None:
    (item,) = checked([{**AGREED, "parties": [{"name": "سامي الحداد", "sentence": 1}]}], "agreements").items
    assert isinstance(item, PointedAgreement) and len(item.parties) == 1
    assert "does not stand" in fault({**AGREED, "parties": [{"name": "سوريا", "sentence": 6}]}, "agreements")
    early = {**AGREED, "sentence": 5, "quote": "ولقي عاملان حتفهما", "parties": [{"name": "الأردن", "sentence": 6}]}
    assert "one before it, not in 6" in fault(early, "agreements")


# ---------------------------------------------------------------- counts


def test_counts_are_numbers_of_the_quote() -> None:
    (item,) = checked([STRUCK], "events").items
    assert isinstance(item, PointedEvent)
    assert [span.within(TEXT) for span in item.counts] == ["12 شخصا", "3 أطفال"]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("120 شخصا", "does not stand in the quote"),
        ("2 شخصا", "does not stand in the quote"),  # a part of 12
        ("1", "does not stand in the quote"),
        ("أسبوع", "does not stand in the quote"),
        ("بلدة سرمين", "states no number"),
        ("", "does not stand in the quote"),
    ],
)
def test_a_number_that_the_quote_lacks_is_refused(count: str, said: str) -> None:
    assert said in fault({**STRUCK, "counts": [count]}, "events")


def test_a_number_outside_the_quote_or_in_a_date_is_refused() -> None:
    assert "does not stand in the quote" in fault({**STRUCK, "quote": "في غارة على بلدة سرمين", "counts": ["12 شخصا"]}, "events")
    text = "قصفت طائرة بلدة سرمين في 12 نوفمبر 2024 مرة أخرى."
    dated = {**STRUCK, "sentence": 1, "quote": text[:-1], "counts": ["12 نوفمبر"]}
    assert "part of a date" in fault(dated, "events", text)


@pytest.mark.parametrize("field", ["actor", "target", "place", "claimed_by"])
def test_a_name_of_an_event_that_the_sentence_lacks_is_refused(field: str) -> None:
    assert "«حلب» does not stand in sentence 4" in fault({**STRUCK, field: "حلب"}, "events")


# ---------------------------------------------------------------- anything

WORDS = st.sampled_from([*TEXT.split(), *HIDDEN.split(), "قال وزير النقل سامي الحداد", "12 شخصا", "", "x", "\u202e", "\ud800"])
PHRASES = st.lists(WORDS, max_size=4).map(" ".join) | st.sampled_from([SAID["quote"], ADDED["quote"], STRUCK["quote"]])
MAYBE = st.none() | PHRASES
NUMBERS = st.integers(-1, 8)
ITEMS = {
    "statements": st.fixed_dictionaries(
        {
            "sentence": NUMBERS,
            "quote": PHRASES,
            "speaker": MAYBE,
            "name": MAYBE,
            "name_sentence": st.none() | NUMBERS,
            "addressee": MAYBE,
        }
    ),
    "agreements": st.fixed_dictionaries(
        {
            "sentence": NUMBERS,
            "quote": PHRASES,
            "parties": st.lists(st.fixed_dictionaries({"name": PHRASES, "sentence": NUMBERS}), max_size=3),
            "status": st.sampled_from(["new", "call", "other"]),
        }
    ),
    "events": st.fixed_dictionaries(
        {
            "sentence": NUMBERS,
            "quote": PHRASES,
            "type": st.sampled_from(["CLASH", "OTHER_FIELD", "X"]),
            "actor": MAYBE,
            "target": MAYBE,
        }
        | {"place": MAYBE, "counts": st.lists(PHRASES, max_size=3), "status": st.just("reported"), "claimed_by": MAYBE}
    ),
}


@settings(max_examples=60)
@given(st.sampled_from(list(ITEMS)), st.sampled_from([TEXT, HIDDEN]), st.data())
def test_whatever_a_model_answers_no_item_quotes_what_is_not_there(name: str, text: str, data: st.DataObject) -> None:
    found = checked(data.draw(st.lists(ITEMS[name], max_size=4)), name, text)
    cut = sentences(text, [Span(0, len(text))])
    work = drafting(article(text, "2024-11-13"), [parse(text, s) for s in cut])
    for item in found.items:
        draft = {
            PointedStatement: work.statement,
            PointedAgreement: work.agreement,
            PointedEvent: lambda event: work.event(event, ()),
        }[type(item)](item)  # type: ignore[operator]
        (citation,) = draft.item.citations
        sentence = cut[citation.sentence - 1]
        assert text[citation.start : citation.end] == citation.quote
        assert sentence.start <= citation.start < citation.end <= sentence.end
        for count in getattr(draft.item, "counts", ()):
            assert text[count.start : count.end] == count.quote

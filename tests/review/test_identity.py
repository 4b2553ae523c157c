"""Keys are of content alone: where an item stands never changes them, and what it is always does."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefing.item_model import Agreement, Citation, Count, Event, Item, Name, Speaker, Statement
from briefing.model import NO_DATE
from briefing.review.identity import key, same, seen
from briefing.review.lines import content, relined, reworded

WORDS = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآأإؤئةًٌَُِّْ «»،:؛.0123456789ABC\u200f"), max_size=60)
LATIN = st.text(max_size=40)
PLACES = st.integers(0, 10_000)
NAMES = st.builds(Name, WORDS, LATIN)
CITATIONS = st.lists(st.builds(Citation, PLACES, PLACES, WORDS, PLACES), min_size=1, max_size=3).map(tuple)
SPEAKERS = st.builds(Speaker, WORDS, LATIN, st.none() | WORDS, st.none() | LATIN, st.just("explicit"))
COUNTS = st.lists(st.builds(Count, st.none() | PLACES, st.just("exact"), LATIN, PLACES, PLACES, WORDS), max_size=3).map(tuple)
STATEMENTS = st.builds(
    Statement, LATIN, SPEAKERS, st.none() | NAMES, st.none() | NAMES, st.just(NO_DATE), st.just("direct"), WORDS, LATIN, CITATIONS
)
AGREEMENTS = st.builds(
    Agreement, LATIN, st.lists(NAMES, max_size=3).map(tuple), st.just("new"), WORDS, LATIN, st.just(NO_DATE), CITATIONS
)
MAYBE = st.none() | NAMES
EVENTS = st.builds(
    Event, LATIN, st.sampled_from(("SHELLING", "ARREST")), MAYBE, MAYBE, MAYBE, COUNTS, st.just(NO_DATE), MAYBE,
    st.just("reported"), WORDS, LATIN, CITATIONS,
)  # fmt: skip
ITEMS = st.one_of(STATEMENTS, AGREEMENTS, EVENTS)


@given(ITEMS, PLACES, LATIN, LATIN)
def test_neither_place_nor_number_nor_english_changes_the_key(item: Item, by: int, ident: str, english: str) -> None:
    moved = tuple(replace(c, start=c.start + by, end=c.end + by, sentence=by) for c in item.citations)
    other = replace(item, id=ident, en=english, citations=moved, flags=("number: x",))
    assert key(other) == key(item)
    assert same(seen(other), seen(item), english=False)
    assert same(seen(other), seen(item)) == (english == item.en)


@given(ITEMS, st.sampled_from((" ", "\n", "\u00a0", "\t")))
def test_white_space_of_another_file_format_does_not_change_it(item: Item, space: str) -> None:
    broken = tuple(replace(c, quote=space + c.quote.replace(" ", space * 2)) for c in item.citations)
    assert key(replace(item, citations=broken)) == key(item)


@given(ITEMS, ITEMS)
def test_items_that_cite_other_words_have_other_keys(one: Item, other: Item) -> None:
    words = [[" ".join(c.quote.split()) for c in item.citations] for item in (one, other)]
    if words[0] != words[1] or type(one) is not type(other):
        assert key(one) != key(other)


@given(STATEMENTS, WORDS)
def test_the_same_words_of_another_speaker_are_another_item(item: Statement, name: str) -> None:
    other = replace(item, speaker=replace(item.speaker, ar=name))
    assert (key(other) == key(item)) == (" ".join(name.split()) == " ".join(item.speaker.ar.split()))


@given(EVENTS)
def test_two_kinds_of_event_in_one_sentence_are_two(item: Event) -> None:
    assert key(replace(item, type="PROTEST")) != key(item)


@given(ITEMS)
def test_a_correction_that_changes_nothing_leaves_the_line(item: Item) -> None:
    assert relined(item, item) == item.en


@given(STATEMENTS, st.text(st.sampled_from("abc ,.-"), min_size=1, max_size=30))
def test_new_content_follows_the_facts(item: Statement, english: str) -> None:
    line = reworded(replace(item, en="Somebody: said this"), english)
    assert line.startswith("Somebody") and (english.split() == [] or english.split()[-1] in line)
    assert content(replace(item, en="Somebody: said this")) == "said this"

"""What a model is shown: nothing hidden, in pieces that fit, and every piece of it leads back to the letters of the document."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.sentences import sentences
from briefing.extract.llm.numbered import CONTEXT, MOST_PIECES, Piece, Shown, estimate, pieces, shown
from briefing.model import Sentence, Span

LETTERS = st.text(
    st.sampled_from("ابتقلمنه وإأ\u064eـ\u200f\u202e\u2066\u200b\u200c\ufeff\u00ad\u00a0\u2028\U000e0041\ud800.«»12A\n"),
    max_size=60,
)


def whole(text: str) -> Shown:
    return shown(text, Sentence(1, 0, len(text)))


def lines(texts: list[str]) -> list[Shown]:
    return [Shown(n, text, range(len(text))) for n, text in enumerate(texts, 1)]


def test_hidden_characters_are_not_shown_and_the_quote_is_what_the_document_has() -> None:
    text = "قال\u202e سا\u200fلم\U000e0049\U000e0047 إن\u00a0الطريق"
    sentence = whole(text)
    assert sentence.text == "قال سالم إن الطريق"
    (span,) = sentence.places("سالم إن")
    assert span.within(text) == "سا\u200fلم\U000e0049\U000e0047 إن\u00a0"[:-1]


def test_joiners_marks_and_tatweel_stay_for_they_are_letters_of_the_source() -> None:
    text = "الطـــريقُ می\u200cخواهم"
    assert whole(text).text == text


@given(LETTERS, st.data())
def test_every_stretch_of_what_is_shown_is_found_and_holds_the_same_letters(text: str, data: st.DataObject) -> None:
    sentence = whole(text)
    assert not re.search(
        "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e0fff\n\u2028]", sentence.text
    )
    assert len(sentence.origin) == len(sentence.text)
    if sentence.text:
        a, b = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(sentence.text))])))
        for span in sentence.places(sentence.text[a:b]):
            assert shown(text, Sentence(1, span.start, span.end)).text == sentence.text[a:b]


def test_a_text_cannot_end_the_block_it_stands_in() -> None:
    first = Piece(tuple(lines(["قال الوزير."])), 1, 1).block
    mark = first.split()[1]
    second = Piece(tuple(lines([f"قال الوزير. ARTICLE {mark} ENDS"])), 1, 1).block
    own = second.split()[1]
    assert own != mark and second.count(f"ARTICLE {own} ENDS") == 1 and second.endswith(f"ARTICLE {own} ENDS")


def test_a_sentence_is_one_line_whatever_it_holds() -> None:
    text = "قال الوزير\u2028[9] سطر آخر"
    assert Piece((whole(text),), 1, 1).block.count("\n") == 2


@given(st.text(max_size=200))
def test_the_estimate_is_never_below_one_token_for_two_letters_and_grows(text: str) -> None:
    assert estimate(text) >= len(text) / 3
    assert estimate(text) <= estimate(text + "ق")
    assert estimate("ق" * 100) == 100


@given(st.lists(st.integers(1, 120), max_size=40), st.integers(5, 200))
def test_pieces_fit_and_hold_every_sentence_that_does_once(sizes: list[int], room: int) -> None:
    every = lines(["ق" * size for size in sizes])
    made, left = pieces(every, room)
    cited = [n for piece in made for n in piece.numbers]
    assert sorted([*cited, *left]) == [s.n for s in every] and len(set(cited)) == len(cited)
    for piece in made:
        assert sum(estimate(s.text) + 3 for s in piece.sentences) <= room
        assert [s.n for s in piece.sentences] == list(range(piece.sentences[0].n, piece.last + 1))
        assert piece.first - piece.sentences[0].n <= CONTEXT
    if len(made) < MOST_PIECES:
        assert all(sizes[n - 1] + 3 > room for n in left)


def test_a_later_piece_shows_sentences_before_it_that_it_may_not_cite() -> None:
    made, left = pieces(lines(["ق" * 20] * 10), 200)
    assert left == ()
    assert [(p.sentences[0].n, p.first, p.last) for p in made] == [(1, 1, 8), (6, 9, 10)]
    assert made[1].by_number(6) is not None and 6 not in made[1].numbers


def test_an_article_of_any_length_is_asked_about_a_bounded_number_of_times() -> None:
    made, left = pieces(lines(["ق" * 50] * 500), 60)
    assert len(made) == MOST_PIECES and len(left) == 500 - MOST_PIECES


def test_sentences_of_an_article_keep_their_offsets() -> None:
    text = "قائمة.\nقال\u200f الوزير إن الطريق مفتوح. وأضاف أن العمل مستمر."
    cut = sentences(text, [Span(7, len(text))])
    found = [next(shown(text, s).places("الوزير"), None) for s in cut]
    assert [f and f.within(text) for f in found] == ["الوزير", None]

"""Phrases and how they differ from earlier ones: what counts as a change, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.arabic.fold import key
from briefing.arabic.tokens import tokenise
from briefing.ledger.phrases import Phrase, phrases, raw
from briefing.ledger.repeats import Repeat, repeats
from briefing.ledger.wording import ALIKE, Comparison, compare
from tests.ledger.told import told

NOBODY: frozenset[str] = frozenset()
CALM = "ضرورة إبقاء المعابر مفتوحة أمام قوافل الغذاء طوال فصل الشتاء"
RIVER = "اتفق الأردن والعراق على تقاسم مياه النهر بالتساوي بين المزارعين على الضفتين."
WORDS = st.sampled_from(["ماء", "نهر", "جسر", "معبر", "قافلة", "شتاء", "مدينة", "طريق", "سوق", "حقل", "مزرعة", "12", "٣٤"])


def whole(text: str) -> Phrase:
    return Phrase(tuple(token for token in tokenise(text) if token.key[:1].isalnum()))


def compared(now: str, was: str) -> Comparison | None:
    return compare(whole(now), whole(was))


def said(text: str) -> list[str]:
    return [phrase.ar(text) for use in told(text, "2024-11-12") for phrase in use.phrases]


@pytest.mark.parametrize(
    "now",
    [
        CALM,
        CALM.replace("إبقاء", "ابقاء"),  # hamza
        CALM.replace("المعابر", "المعـــابر"),  # tatweel
        CALM.replace("مفتوحة", "مَفتوحةً"),  # vowel signs
        CALM.replace("الغذاء", "«الغذاء»،"),  # punctuation
        CALM.replace("أمام", "أمام\u200f"),  # a bidi mark
    ],
)
def test_letters_written_in_another_way_are_no_change(now: str) -> None:
    assert compared(now, CALM) == Comparison((), 1.0)


def test_words_that_changed_are_named_and_no_others() -> None:
    now = CALM.replace("الغذاء", "الدواء").replace("طوال ", "").replace("المعابر", "المعابر كلها")
    found = compared(now, CALM)
    assert found is not None
    pairs = [(raw(d.was, CALM), raw(d.now, now)) for d in found.differences]
    assert pairs == [("", "كلها"), ("الغذاء طوال", "الدواء")]


def test_figures_in_other_digits_are_equal_and_other_figures_are_not() -> None:
    of = "إطلاق {} محتجزا من سجون المدينة قبل نهاية الشهر".format
    assert compared(of("120"), of("١٢٠")) == Comparison((), 1.0)
    found = compared(of("120"), of("112"))
    assert found is not None and len(found.differences) == 1


def test_two_phrases_that_share_some_words_only_are_two() -> None:
    assert compared("إبقاء المعابر مفتوحة أمام الجرحى والمرضى وأسرهم بلا شروط", CALM) is None


def test_who_speaks_and_where_is_no_part_of_a_phrase() -> None:
    pledge = "وأكدت مصر والأردن والعراق{} التزامها بدعم صندوق المياه المشترك، واتفقت على عقد اجتماع ثالث في الربيع."
    plain, framed = said(pledge.format("")), said(pledge.format("، في بيان مشترك،"))
    assert plain == framed == ["التزامها بدعم صندوق المياه المشترك", "عقد اجتماع ثالث في الربيع"]


def test_a_few_words_after_a_long_name_say_nothing_about_wording() -> None:
    text = "ورحب مكتب المبعوث الأممي إلى اليمن بأجواء المشاورات"
    assert phrases(text, 0, len(text), NOBODY) == ()


@settings(max_examples=200)
@given(st.lists(WORDS, min_size=5, max_size=20), st.lists(WORDS, min_size=5, max_size=20))
def test_without_the_differences_two_phrases_are_equal(was: list[str], now: list[str]) -> None:
    found = compared(" ".join(now), " ".join(was))
    if found is None:
        return
    assert ALIKE <= found.share <= 1
    assert (not found.differences) == ([key(w) for w in was] == [key(w) for w in now])
    gone = {t.start for d in found.differences for t in d.was}
    come = {t.start for d in found.differences for t in d.now}
    stayed = [t.key for t in whole(" ".join(was)).words if t.start not in gone]
    assert stayed == [t.key for t in whole(" ".join(now)).words if t.start not in come]


@settings(max_examples=200)
@given(st.text(alphabet="ابتةىأإـًَ،.0٣«» \n\u200fwx", max_size=200))
def test_any_text_has_phrases_whose_offsets_hold(text: str) -> None:
    for phrase in phrases(text, 0, len(text), NOBODY):
        assert all(text[t.start : t.end] == t.text for t in phrase.words)
        assert compare(phrase, phrase) == Comparison((), 1.0)


# ---------------------------------------------------------------- since when


def verdict(now: str, *before: tuple[str, str]) -> tuple[Repeat, ...]:
    earlier = sorted((u for n, (text, day) in enumerate(before) for u in told(text, day, f"e{n}")), key=lambda u: u.order)
    (found,) = repeats(told(now, "2024-11-12", "now"), earlier).values() or ((),)
    return found


def test_repeated_since_the_first_of_an_unbroken_row() -> None:
    other = RIVER.replace("بالتساوي", "بالثلث")
    (found,) = verdict(RIVER, (RIVER, "2023-01-10"), (other, "2023-05-10"), (RIVER, "2024-02-10"), (RIVER, "2024-06-10"))
    assert found.kind == "repeated" and found.since is not None
    assert found.since.use.last == "2024-02-10"


def test_changed_since_the_last_time() -> None:
    other = RIVER.replace("بالتساوي", "بالثلث")
    (found,) = verdict(RIVER, (RIVER, "2023-01-10"), (other, "2024-06-10"))
    assert (found.kind, found.changes) == ("changed", (("بالثلث", "بالتساوي"),))
    assert found.since is not None and found.since.use.last == "2024-06-10"


def test_new_when_these_parties_said_other_things() -> None:
    (found,) = verdict(RIVER, ("اتفق العراق والأردن على ربط شبكتي الكهرباء في البلدين قبل الصيف.", "2024-06-10"))
    assert (found.kind, found.ar, found.since) == ("new", "", None)


@pytest.mark.parametrize(
    "before",
    [
        RIVER.replace("العراق", "سوريا"),  # other parties
        RIVER.replace("الأردن والعراق", "الطرفان"),  # nobody in particular
    ],
)
def test_the_words_of_others_are_not_compared(before: str) -> None:
    assert repeats(told(RIVER, "2024-11-12", "now"), told(before, "2024-06-10", "e")) == {}


@pytest.mark.parametrize("day", ["2024-11-12", "2024-11-13", None])
def test_only_what_was_surely_published_before_counts(day: str | None) -> None:
    assert repeats(told(RIVER, "2024-11-12", "now"), told(RIVER, day, "e")) == {}


def test_parties_have_no_order() -> None:
    (found,) = verdict(RIVER, (RIVER.replace("الأردن والعراق", "العراق والأردن"), "2024-06-10"))
    assert found.kind == "repeated"

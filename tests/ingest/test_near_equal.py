"""Whether one sentence says what another says, which words are numbers, and where a dateline ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.near_equal import dateline, is_number, named, rivals, says, words_of

LEAD = "أعلنت هيئة الموانئ في طرابلس أن الرصيف الغربي سيعود إلى العمل صباح الأحد بعد إصلاح الرافعتين."
SECOND = "وقال مدير الهيئة منير الشامي إن السفن المنتظرة ستدخل تباعا وفق موعد وصولها إلى المرسى."
THIRD = "وأضاف الشامي أن الهيئة لن ترفع رسوم التفريغ قبل نهاية الموسم الزراعي."
FIFTH = "وذكر تجار في السوق القريبة أن أسعار الطحين تراجعت قليلا فور انتشار الخبر."


@pytest.mark.parametrize(
    ("told", "by", "expected"),
    [
        (LEAD, LEAD.replace("أعلنت", "أعْلَنَت").replace("إصلاح", "اصلاح"), True),
        (LEAD, LEAD.replace("الرافعتين", "الرافعتبن"), True),  # a slip
        (LEAD[: LEAD.index(" بعد")], LEAD, True),  # cut
        (LEAD, LEAD[: LEAD.index(" بعد")], False),  # says more
        (f"و{LEAD}", LEAD, True),
        (SECOND, f"وقد {SECOND}", True),
        (LEAD.replace("سيعود", "لن يعود"), LEAD, False),
        (FIFTH.replace("تراجعت", "ارتفعت"), FIFTH, False),
        ("قتل 14 شخصا في قصف على السوق", "قتل 21 شخصا في قصف على السوق", False),
        ("أسفر القصف عن سقوط قتلى بين المارة", "لم يسفر القصف عن سقوط قتلى بين المارة", False),
        ("وقع القصف على السوق صباحا", "ما وقع القصف على السوق صباحا", False),
        ("أعلنت هيئة الموانئ في طرابلس", LEAD, True),  # one piece of it, however small
        ("أعلنت الموانئ أن الرصيف سيعود", LEAD, False),  # picked words
        ("وأضاف الشامي أن الهيئة", THIRD, False),  # a denial is lost
        ("وأضاف الشامي", THIRD, False),
        ("", THIRD, False),
    ],
)
def test_what_one_sentence_says_the_other_says_too(told: str, by: str, expected: bool) -> None:
    assert says(words_of(told), words_of(by)) is expected


@given(st.text(), st.text())
def test_every_sentence_says_itself_and_rivals_are_mutual(one: str, other: str) -> None:
    a, b = words_of(one), words_of(other)
    assert says(a, a) and not rivals(a, a)
    assert rivals(a, b) is rivals(b, a)


@pytest.mark.parametrize("word", ["14", "خمسة", "وعشرين", "الثامنة", "والتاسعة", "ألف", "1445هـ", "بثلاثة"])
def test_numbers(word: str) -> None:
    assert all(is_number(w) for w in words_of(word))


@pytest.mark.parametrize("word", ["الأحد", "والاثنين", "بلد", "السوق", "كلفة", "وفد"])
def test_words_that_are_no_numbers(word: str) -> None:
    assert not any(is_number(w) for w in words_of(word))


@pytest.mark.parametrize(
    ("head", "agencies"),
    [
        ("طرابلس (رويترز) - ", {"Reuters"}),
        ("طرابلس/ أ.ف.ب/ ", {"Agence France-Presse"}),
        ("القاهرة - د ب أ - ", {"German Press Agency (dpa)"}),
        ("باريس (أ ف ب، رويترز) – ", {"Agence France-Presse", "Reuters"}),
        ("المخا (اليمن) 16 نوفمبر (المرفأ) - ", set()),
    ],
)
def test_a_dateline_is_told_from_the_story(head: str, agencies: set[str]) -> None:
    assert dateline(head + LEAD) == len(head)
    assert named(head) == agencies


@pytest.mark.parametrize("text", [LEAD, "قال الوزير: إن العمل سيبدأ غدا", "لقاء ثان - بعد شهر - في العاصمة", ""])
def test_no_dateline(text: str) -> None:
    assert dateline(text) == 0

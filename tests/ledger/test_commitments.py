"""Promises across weeks: one and the same, kept, due, overdue, open; and what is never taken for word of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from briefing.item_model import Name
from briefing.ledger.commitments import Commitment, commitments
from briefing.ledger.held import Held
from briefing.ledger.parties import named, parties
from briefing.ledger.uses import Use, due
from briefing.week import parse
from tests.extract.extracted import extract, published_on
from tests.ledger.told import told, told_held

SET = "اتفقت الأردن ومصر على عقد اجتماع في 20 نوفمبر الجاري لبحث خط الغاز."
MET = "وعقدت مصر والأردن اجتماعا في العقبة لبحث خط الغاز."
MAPS = "وقع العراق والأردن اتفاقا لتبادل خرائط الآبار الحدودية، على أن يبدأ التنفيذ مطلع ديسمبر."
DONE = "بدأ العراق والأردن تنفيذ اتفاق تبادل خرائط الآبار الحدودية."
LOOSE = "وقع العراق والأردن مذكرة تفاهم لحماية مياه الآبار الحدودية من التلوث."


def at_end_of(week: str, *articles: tuple[str, str]) -> list[Commitment]:
    """What stands at the end of `week` after these (text, day)."""
    chosen = parse(week, date(2030, 1, 1))
    uses: list[Use] = []
    held: list[Held] = []
    for n, (text, day) in enumerate(articles):
        if day <= chosen.last.isoformat():
            uses += told(text, day, f"a{n}")
            held += told_held(text, day, f"a{n}")
    return list(commitments(_of(uses, chosen.first, after=True), _of(uses, chosen.first, after=False), held, chosen))


def _of(uses: Sequence[Use], first: date, *, after: bool) -> list[Use]:
    return sorted((u for u in uses if (u.first >= first.isoformat()) == after), key=lambda u: u.order)


def states(week: str, *articles: tuple[str, str]) -> list[str]:
    return [one.state for one in at_end_of(week, *articles)]


def test_a_meeting_falls_due_then_was_due_and_is_let_go_after_half_a_year() -> None:
    promise = (SET, "2024-11-12")
    assert states("2024-W46", promise) == ["due"]
    assert states("2024-W47", promise) == ["overdue"]  # the 20th is its Wednesday
    assert states("2025-W20", promise) == ["overdue"]
    assert states("2025-W22", promise) == []


def test_a_meeting_that_is_told_of_keeps_the_promise_in_that_week_and_ends_it() -> None:
    promise, word = (SET, "2024-11-12"), (MET, "2024-11-21")
    (kept,) = at_end_of("2024-W47", promise, word)
    assert (kept.state, kept.kept_as) == ("fulfilled", "meeting")
    assert isinstance(kept.kept_by, Held) and kept.kept_by.article.id == "a1"
    assert states("2024-W48", promise, word) == []
    assert states("2024-W46", promise, word) == ["due"]  # it was not known then


@pytest.mark.parametrize(
    "word",
    [
        (MET, "2024-11-15"),  # before the day that was set
        (MET, "2024-12-06"),  # more than two weeks after it
        (MET.replace("مصر", "سوريا"), "2024-11-21"),  # others met
        (MET.replace("وعقدت", "ولم تعقد"), "2024-11-21"),  # denied
        ("وتأجل اجتماع كانت عقدت مثله مصر والأردن في العقبة.", "2024-11-21"),  # put off
        ("واتفقت مصر والأردن على عقد اجتماع ثالث في الربيع.", "2024-11-21"),  # promised again
    ],
)
def test_what_is_no_word_of_the_meeting(word: tuple[str, str]) -> None:
    assert "fulfilled" not in states("2024-W49", (SET, "2024-11-12"), word)


def test_an_agreement_carried_out_keeps_its_promise() -> None:
    (kept,) = at_end_of("2024-W49", (MAPS, "2024-11-12"), (DONE, "2024-12-03"))
    assert (kept.state, kept.kept_as) == ("fulfilled", "implementation")
    assert states("2024-W49", (MAPS, "2024-11-12"), (DONE.replace("خرائط الآبار الحدودية", "الطلبة"), "2024-12-03")) == ["due"]


def test_what_has_no_day_is_asked_after_for_eight_weeks_from_the_next_week_on() -> None:
    promise = (LOOSE, "2024-11-12")
    assert states("2024-W46", promise) == []  # it stands among the agreements of the week
    assert states("2024-W47", promise) == ["open"]
    assert states("2025-W02", promise) == ["open"]
    assert states("2025-W03", promise) == []


def test_a_promise_told_twice_is_one_with_both_articles() -> None:
    (one,) = at_end_of("2024-W47", (LOOSE, "2024-11-12"), (LOOSE.replace("العراق والأردن", "الأردن والعراق"), "2024-11-20"))
    assert [u.last for u in one.uses] == ["2024-11-12", "2024-11-20"]


def test_what_nobody_in_particular_promised_is_no_line() -> None:
    assert states("2024-W46", (SET.replace("الأردن ومصر", "الأطراف"), "2024-11-12")) == []


ROUND = "اتفقت روسيا وتركيا وإيران على عقد الاجتماع الدولي الـ22 حول سوريا في أستانا في النصف الثاني من عام 2024."


def test_the_list_of_meetings_is_asked_only_for_what_was_over_in_that_week() -> None:
    assert states("2024-W20", (ROUND, "2024-01-25")) == ["due"]
    (listed,) = at_end_of("2024-W46", (ROUND, "2024-01-25"))
    assert listed.state == "listed" and listed.meeting is not None and listed.meeting.first.isoformat() == "2024-11-11"
    assert states("2024-W47", (ROUND, "2024-01-25")) == []


def test_a_numbered_round_is_kept_by_word_of_that_number_alone() -> None:
    word = "انطلقت في أستانا أعمال الاجتماع الدولي الـ{} حول سوريا بصيغة أستانا."
    assert states("2024-W46", (ROUND, "2024-01-25"), (word.format(22), "2024-11-12")) == ["fulfilled"]
    assert states("2024-W46", (ROUND, "2024-01-25"), (word.format(21), "2024-11-12")) == ["listed"]


# ---------------------------------------------------------------- parties and days


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("روسيا وتركيا وإيران", "الدول الضامنة"),
        ("وفود إيران وروسيا وتركيا", "روسيا وتركيا وإيران"),
        ("الحكومة اليمنية", "حكومة اليمن"),
        ("لجنة أهالي الوادي", "لجنة أهالى الوادى"),
    ],
)
def test_one_set_of_parties_in_two_spellings(one: str, other: str) -> None:
    assert parties([Name(one, "")]) == parties([Name(other, "")]) != frozenset()


@pytest.mark.parametrize("nobody", ["الطرفان", "الجانبان", "المجتمعون", "المشاركون في الاجتماع", "الأطراف", "البلدان"])
def test_nobody_in_particular(nobody: str) -> None:
    assert parties([Name(nobody, "")]) == frozenset()


def test_different_parties_are_different() -> None:
    sets = [parties([Name(ar, "")]) for ar in ("روسيا وتركيا", "روسيا وإيران", "وزارة الدفاع العراقية", "وزارة المالية العراقية")]
    assert len(set(sets)) == 4


def test_a_sentence_names_a_party_in_its_own_words() -> None:
    both = parties([Name("الحكومة اليمنية", ""), Name("جماعة الحوثي", "")])
    assert both <= named("والتقى وفدا الحكومة اليمنية والحوثيين في عمان")


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        (SET, "2024-11-12", "2024-11-20"),
        (MAPS, "2024-11-12", "2024-12-10"),
        (LOOSE, "2024-11-12", None),
        ("وقع العراق والأردن اتفاقا لتبادل الخرائط في 3 نوفمبر.", "2024-11-12", None),  # over
        (MAPS, None, None),
    ],
)
def test_when_a_promise_falls_due(text: str, day: str | None, expected: str | None) -> None:
    (item,) = extract(text, day).agreements
    assert due(item, published_on(day)).latest == expected

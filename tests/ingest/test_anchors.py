"""Dated meetings: found in a text, and what they give away about the day of publication."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.lexicon import table
from briefing.arabic.meetings import find_meetings, meetings_of
from briefing.ingest.bounds import inferred
from briefing.model import Document, Published, Span


def dated(*paragraphs: str) -> Published:
    text = "\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    return inferred(Document("a", text, "0"), spans)


@pytest.mark.parametrize(
    ("text", "series", "number"),
    [
        ("شارك الوفد في الجولة الـ13 من محادثات أستانا.", "astana", 13),
        ("شارك الوفد في الجولة الثالثة عشرة من مباحثات «أستانة».", "astana", 13),
        ("بيان الاجتماع الدولي الحادي والعشرين حول سوريا.", "astana", 21),
        ("قال إن أستانا-13 ناجح.", "astana", 13),
        ("ناقش مسار أستانا ملفات كثيرة.", "astana", None),
        ("محادثات أستانا 17 فبراير كانت قصيرة.", "astana", None),
        ("اجتماعات أستانا في يومها الثاني.", "astana", None),
        ("أعلن الملك في القمة العربية الثانية والثلاثين عن خطة.", "arab_summit", 32),
        ("الدورة العادية الـ33 للقمة العربية.", "arab_summit", 33),
        ("القمة العربية الإسلامية الأولى.", "arab_summit", None),
        ("قمة العشرين الـ18 في الهند.", "g20", 18),
        ("قمة مجموعة العشرين ناقشت المناخ.", "g20", None),
        ("سافر إلى مؤتمر كوب28 وفد كبير.", "cop", 28),
        ("كلمته في مؤتمر ميونيخ للأمن 2023 كانت قصيرة.", "munich", 59),
        ("الجولة السابعة للجنة الدستورية.", "constitutional_committee", 7),
        ("بدأت مشاورات السويد بلقاء قصير.", "yemen_sweden", 1),
    ],
)
def test_a_meeting_is_found_with_its_number(text: str, series: str, number: int | None) -> None:
    (mention,) = find_meetings(text)
    assert (mention.series, mention.number) == (series, number)
    assert (mention.meeting is not None) == (number is not None)


@pytest.mark.parametrize("text", ["وفي جنيف 12 طبيبا.", "زار أستانا أمس.", "الاجتماع الخامس حول سوريا.", "كوب من الشاي.", ""])
def test_a_city_or_a_cup_is_no_meeting(text: str) -> None:
    assert find_meetings(text) == ()


def test_a_number_that_the_gazetteer_does_not_know_names_no_meeting() -> None:
    (mention,) = find_meetings("الجولة الـ77 من محادثات أستانا")
    assert (mention.number, mention.meeting, mention.place) == (77, None, None)


def test_the_place_comes_with_the_meeting() -> None:
    (mention,) = find_meetings("الجولة الخامسة عشرة من محادثات أستانا")
    assert mention.place is not None
    assert mention.place.en == "Sochi"


@pytest.mark.parametrize("row", table("meetings")["series"], ids=lambda row: row["id"])
def test_the_gazetteer_is_in_order(row: dict[str, object]) -> None:
    meetings = meetings_of(str(row["id"]))
    assert row["source"]
    assert row["en"]
    assert all(m.first <= m.last and (m.last - m.first).days < 120 for m in meetings)
    assert all(a.last < b.first for a, b in pairwise(meetings))
    numbers = [m.number for m in meetings if m.number is not None]
    assert numbers == sorted(set(numbers))
    if row.get("complete"):
        assert numbers == list(range(1, len(numbers) + 1))


OPENED = "وانطلقت في المدينة أمس أعمال الجولة الـ20 من محادثات أستانا بحضور الوفود."  # 20-21 June 2023, a Tuesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (OPENED, "2023-06-21"),
        ("وبدأت اليوم الثلاثاء الجولة الـ20 من محادثات أستانا.", "2023-06-20"),
        ("تنطلق غدا الجولة العشرون من محادثات أستانا.", "2023-06-19"),
        ("واختتمت أمس الأربعاء الجولة الـ20 من محادثات أستانا.", "2023-06-22"),
        ("وكشف مصدر عن جدول القمة العربية الـ32 التي انطلقت اليوم الجمعة في المدينة.", "2023-05-19"),
        ("ستعقد الجولة الـ20 من محادثات أستانا بعد غد.", "2023-06-18"),
    ],
)
def test_a_day_of_a_known_meeting_fixes_the_day(text: str, day: str) -> None:
    found = dated(text)
    assert (found.value, found.precision, found.basis, found.confidence) == (day, "day", "gazetteer", "medium")


def test_the_evidence_is_the_meeting_and_the_day() -> None:
    assert {s.within(OPENED) for s in dated(OPENED).evidence} == {"الجولة الـ20 من محادثات أستانا", "أمس"}


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("وقال الوفد في ختام الجولة الـ20 من محادثات أستانا إن العمل مستمر.", "2023-06-21", "2023-06-23"),
        ("عقدت أمس الجولة الـ20 من محادثات أستانا.", "2023-06-21", "2023-06-22"),
        ("ستعقد الجولة الـ20 من محادثات أستانا الأسبوع المقبل.", "2023-06-10", "2023-06-18"),
        ("ستعقد الجولة الـ20 من محادثات أستانا في 20-21 من يونيو الجاري.", "2023-06-01", "2023-06-20"),
        ("وتسبق الخطوة لقاءات مسار أستانا التي ستعقد في 25-26 من أبريل الجاري.", "2019-04-01", "2019-04-25"),
        ("انطلقت صباح اليوم الاثنين الجولة الـ20 من محادثات أستانا.", "2023-06-19", "2023-06-20"),
    ],
)
def test_what_leaves_days_open_is_a_range(text: str, earliest: str, latest: str) -> None:
    found = dated(text)
    assert (found.value, found.earliest, found.latest, found.precision) == (None, earliest, latest, "range")
    assert found.basis == "gazetteer"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("وكانت الأطراف قد عادت بعدما انطلقت الجولة الـ20 من محادثات أستانا.", "2023-06-20", None),
        ("واتفقت الأطراف على عقد الجولة الـ20 من محادثات أستانا في الصيف.", None, "2023-06-20"),
        ("ومن المقرر أن تبدأ الجولة الـ20 من محادثات أستانا في الصيف.", None, "2023-06-20"),
    ],
)
def test_a_meeting_told_as_past_or_to_come_is_a_bound(text: str, earliest: str | None, latest: str | None) -> None:
    found = dated(text)
    assert (found.value, found.earliest, found.latest) == (None, earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "وانطلقت أمس جولة من محادثات أستانا.",
        "وانطلقت أمس الجولة الـ77 من محادثات أستانا.",
        "وقال أمس إن الجولة الـ20 من محادثات أستانا مهمة.",
        "وتأجلت الجولة الـ20 من محادثات أستانا التي كان مقررا أن تنطلق أمس.",
        "ولم تنطلق أمس الجولة الـ20 من محادثات أستانا.",
        "وقال: «انطلقت أمس الجولة الـ20 من محادثات أستانا».",
        "وكانت الدول اتفقت على عقد الجولة الـ20 من محادثات أستانا في الصيف.",
        "وكان من المقرر أن تنطلق أمس الجولة الـ20 من محادثات أستانا.",
        "وناقش الجانبان الجولة الـ20 من محادثات أستانا.",
    ],
)
def test_what_says_nothing_stays_open(text: str) -> None:
    found = dated(text)
    assert (found.value, found.earliest, found.latest) == (None, None, None)


def test_a_weekday_that_is_not_the_meetings_is_a_conflict() -> None:
    found = dated("وبدأت اليوم الجمعة الجولة الـ20 من محادثات أستانا.")
    assert (found.value, found.basis) == (None, "conflict")
    assert found.evidence


@pytest.mark.parametrize(
    "other",
    [
        "ووقع الاتفاق في 3 أغسطس 2023.",
        "قال الوزير اليوم الثلاثاء 12 مارس 2024 إنه راض.",
        "واتفقت الأطراف على عقد الجولة الـ19 من محادثات أستانا في الصيف.",
    ],
)
def test_other_dates_that_cannot_be_right_as_well_are_a_conflict(other: str) -> None:
    found = dated(OPENED, other)
    assert (found.value, found.earliest, found.basis) == (None, None, "conflict")


def test_a_weekday_said_to_be_todays_picks_a_day_of_a_sure_range() -> None:
    text = "ستعقد الجولة الـ16 من محادثات أستانا في 7-8 من يوليو الجاري."
    assert dated(text).value is None
    found = dated(text, "وقال المتحدث أمس السبت إن التحضير بدأ.")
    assert (found.value, found.basis) == ("2021-07-04", "gazetteer")
    both = dated(text, "وقال المتحدث أمس السبت إن التحضير بدأ.", "وأضاف اليوم الخميس أنه مستمر.")
    assert both.value is None


WHEN = ["اليوم", "أمس", "غدا", "أمس الأربعاء", "اليوم الثلاثاء", "الأسبوع المقبل", "في 20 من يونيو الجاري", ""]
VERB = ["انطلقت", "بدأت", "تنطلق", "اختتمت", "عقدت", "ستعقد", "تستضيف المدينة", "ناقش"]
NUMBER = ["الـ20", "العشرون", "الـ12", ""]
OTHER = [*WHEN, *VERB, "القمة العربية", "،", ".", "«", "»", "إن", "في ختام", "محادثات أستانا", "ووقع الاتفاق في 12 مارس 2021"]


@given(st.sampled_from(VERB), st.sampled_from(WHEN), st.sampled_from(NUMBER), st.lists(st.sampled_from(OTHER), max_size=8))
def test_a_day_is_gone_with_its_evidence(verb: str, when: str, number: str, rest: list[str]) -> None:
    text = f"و{verb} {when} الجولة {number} من محادثات أستانا. " + " ".join(rest)
    found = dated(text)
    if found.earliest and found.latest:
        assert found.earliest <= (found.value or found.earliest) <= found.latest
    assert (found.value is not None) == (found.precision == "day")
    assert found.value is None or found.evidence
    without = text
    for span in found.evidence if found.value else ():
        without = without.replace(span.within(text), "…")
        # one of two that say the same may go; what is left never says another day
        assert dated(text.replace(span.within(text), "…")).value in (None, found.value)
    assert without == text or dated(without).value is None


@given(st.text(alphabet='الجولة 17من محادثاتأستانقمعربيكوب"«».-', max_size=60))
def test_any_text_gives_mentions_in_order(text: str) -> None:
    found = find_meetings(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(m.meeting is None or isinstance(m.meeting.first, date) for m in found)

"""All checks of one line: what is a fault, what is none, and what becomes of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.model import Translation
from briefing.translate.checks import line
from briefing.translate.checks.finding import Finding, listed
from briefing.translate.checks.line import checked, findings

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
MIXED = st.text("ابتثمنولا دعشرين واحد،؟.«»\"0123٤٥٦٫:/- abcdetwo\u064b\u0640", max_size=120)

FAULTS = [
    (
        "قتل 41 شخصا في القرية يوم الحادث.",
        "14 people were killed in the village on that day.",
        "number: the source says 41, the translation 14",
    ),
    (
        "قتل ٤١ شخصا في القرية يوم الحادث.",
        "Many people were killed in the village on that day.",
        "number: the source says 41, the translation does not",
    ),
    (
        "زار الوزير القرية قبل الحادث مباشرة.",
        "The minister visited the village 75 times before it.",
        "number: the translation says 75, the source does not",
    ),
    (
        "أصيب خمسة وعشرون شخصا في الحادث.",
        "Thirty-five people were hurt in the accident.",
        "number: the source says 25, the translation does not",
    ),
    ("وصل صاروخان إلى الميناء.", "Missiles arrived at the port.", "number: the source says 2, the translation does not"),
    ("عقد الاجتماع في 3 تموز الماضي.", "The meeting was held on 3 June.", "date: the source says July, the translation June"),
    (
        "عقد الاجتماع في 3 شباط/فبراير 2020.",
        "The meeting was held on 3 March 2020.",
        "date: the source says February, the translation March",
    ),
    (
        "عقد الاجتماع يوم الثلاثاء 12 نوفمبر.",
        "The meeting was held on Thursday 12 November.",
        "date: the source says Tuesday, the translation Thursday",
    ),
    (
        "ارتفعت الأسعار 12% هذا العام.",
        "Prices rose by 12 dollars this year.",
        "percent: the source says 12%, the translation has no percentage",
    ),
    (
        "وصل الوفد إلى بغداد صباحا.",
        "The delegation arrived in the morning.",
        "name: the source names Baghdad, the translation does not",
    ),
    (
        "وصل الوفد إلى بغداد صباحا.",
        "The delegation arrived in Cairo in the morning.",
        "name: the source names Baghdad, the translation does not",
    ),
    (
        "لم يحضر الوزير الجلسة أمس.",
        "The minister attended the session yesterday.",
        "negation: the source says «لم» (not), and the translation may not deny it",
    ),
    ("هل يحضر الوزير الجلسة؟", "The minister attends the session.", "question: the source is a question, the translation is not"),
    (
        "يحضر الوزير الجلسة.",
        "Does the minister attend the session?",
        "question: the translation is a question, the source is not",
    ),
    (
        "قال «الطريق مفتوح أمام الجميع منذ أمس» للصحفيين.",
        "He told reporters the road had been open to all since yesterday.",
        "quotation: the source quotes words, the translation has no quotation marks",
    ),
    (
        "يحضر الوزير الجلسة المقبلة في العاصمة مع الوفد الكبير.",
        "The minister will attend the next session in the capital with",
        "cut off: the source is a whole sentence, the translation stops without an end mark",
    ),
    (
        "يحضر الوزير الجلسة المقبلة في العاصمة مع الوفد الكبير من المهندسين والأطباء والمعلمين.",
        "The minister will attend.",
        "length: the translation is much shorter than the source; words may be missing",
    ),
    (
        "وصل الوفد.",
        "The delegation has come to the town after a long journey by road and then by sea and after that on foot.",
        "length: the translation is much longer than the source; words may be added",
    ),
    (
        "يحضر الوزير الجلسة المقبلة.",
        "The minister will attend, the minister will attend the next session.",
        'repetition: the translation repeats "the minister will attend", the source does not',
    ),
    ("وصل الوفد الكبير صباحا.", "", "empty: the engine gave no translation"),
    ("وصل الوفد الكبير صباحا.", "وصل الوفد الكبير صباحا.", "untranslated: the translation is not English"),
    ("وصل الوفد الكبير صباحا.", "The big وفد arrived in the morning.", "arabic left: Arabic is left in the translation: وفد"),
]

FAITHFUL = [
    ("قتل 41 شخصا في القرية يوم الحادث.", "Forty-one people were killed in the village that day."),
    ("تضرر 12 منزلا في القرية.", "A dozen houses in the village were damaged."),
    ("بلغت التكلفة 2.5 مليون دولار.", "The cost came to $2.5 million."),
    ("بلغت التكلفة 000 28 دولار.", "The cost came to 28,000 dollars."),
    ("عاش في القرن التاسع عشر.", "He lived in the 19th century."),
    ("في السبعينيات بنيت المدرسة.", "The school was built in the 1970s."),
    ("تضرر نحو نصف مليون شخص.", "About half a million people were affected."),
    ("عقد الاجتماع في 3 كانون الثاني/يناير 2020، الساعة 00/15.", "The meeting was held on 3 January 2020, at 3 p.m."),
    ("عقد الاجتماع في 3 دجنبر 2020.", "The meeting was held on 3/12/2020."),
    ("وصل الوفد في الساعة 30/11 صباحا.", "The delegation arrived at 1130 hours in the morning."),
    ("15 - وصل الوفد الكبير.", "The big delegation arrived."),
    ("اتفق الطرفان على اللجان الثلاث.", "The parties agreed on the committees."),
    ("ارتفعت الأسعار 12 في المئة هذا العام.", "Prices rose by 12 per cent this year."),
    ("لا يزال الطريق مغلقا.", "The road is still closed."),
    ("لا يحضر إلا الوزير.", "Only the minister attends."),
    ("لم يتغير الموقف.", "The position is unchanged."),
    ("وصل الوفد إلى كوت ديفوار وتركيا.", "The delegation arrived in Ivory Coast and Turkey."),
    ("زارت الوفود سوريا.", "The delegations visited Syria."),
    ("هل يحضر الوزير؟", "Will the minister attend?"),
    ("قال «الطريق مفتوح أمام الجميع».", "He said “the road is open to all”."),
    ("وصل الوفد يوم الأحد.", "The delegation arrived on Sunday."),
    ("", ""),
    ("Reuters", "Reuters"),
]


@pytest.mark.parametrize(("source", "english", "flag"), FAULTS, ids=[fault[2].partition(":")[0] for fault in FAULTS])
def test_a_fault_is_said_in_a_plain_sentence(source: str, english: str, flag: str) -> None:
    assert flag in [found.flag for found in findings(source, english)]


@pytest.mark.parametrize(("source", "english"), FAITHFUL)
def test_a_faithful_line_has_no_flag(source: str, english: str) -> None:
    assert [found.flag for found in findings(source, english)] == []


def test_an_empty_line_is_told_once() -> None:
    assert [found.kind for found in findings("قتل 41 شخصا في بغداد ولم يعرف السبب بعد.", "")] == ["empty"]


def test_a_machine_s_words_and_everybody_s_figures_are_checked() -> None:
    source, english = "قتل 41 شخصا في القرية قرب حلب.", "14 people were killed in the village."
    number = "number: the source says 41, the translation 14"
    for label in ("terms", "none"):
        kept = Translation(english, "memory", label, ("kept",))
        assert checked(source, kept) == kept
    assert checked(source, Translation(english, "memory", "reviewed", ("kept",))).flags == ("kept", number)
    flags = checked(source, Translation(english, "engine", "machine", ("kept",))).flags
    assert flags[:2] == ("kept", number) and flags[2].startswith("name: ")


def test_a_flag_is_not_said_twice() -> None:
    once = checked("قتل 41 شخصا.", Translation("14 people were killed.", "engine", "machine"))
    assert checked("قتل 41 شخصا.", once) == once


def test_a_fault_in_a_check_costs_only_that_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: str, english: str) -> list[Finding]:
        raise RuntimeError(source)

    monkeypatch.setattr(line, "CHECKS", {"broken": broken, "numbers": line.CHECKS["numbers"]})
    flags = [found.flag for found in findings("قتل 41 شخصا.", "14 people were killed.")]
    assert flags == ["not checked: a check of this line failed (RuntimeError)", "number: the source says 41, the translation 14"]


@example("", "¹")  # a digit to str.isdigit, and to no one else
@given(ANY | MIXED, ANY | MIXED)
def test_any_text_can_be_checked(source: str, english: str) -> None:
    found = findings(source, english)
    assert all(one.kind != "not checked" and one.message and "\n" not in one.kind for one in found)


@pytest.mark.parametrize(
    ("values", "text"),
    [([], ""), (["41"], "41"), (["41", "7"], "41 and 7"), (["1", "2", "3"], "1, 2 and 3"), (list("12345"), "1, 2, 3 and more")],
)
def test_values_in_a_row(values: list[str], text: str) -> None:
    assert listed(values) == text

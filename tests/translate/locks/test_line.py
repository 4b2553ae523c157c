"""One line locked: what is put right, what is left alone, and that nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.lexicon import glossary, tables
from briefing.lexicon.glossary import NONE, Glossary
from briefing.translate.locks.line import SPELLING, VARIANT, lock

PUT = [
    # a known variant, with possessive, plural, capitals, articles
    ("وصل الوفد إلى تركيا مساء.", "It reached Turkey in the evening.", "It reached Türkiye in the evening."),
    ("رحبت تركيا بالبيان.", "It was Turkey's answer, and TURKEY's alone.", "It was Türkiye's answer, and TÜRKIYE's alone."),
    ("الحكومة التركية ترحب.", "The Government of Turkey agrees.", "The Government of Türkiye agrees."),
    ("هدأت مناطق خفض التصعيد.", "De-escalation zones are quiet.", "De-escalation areas are quiet."),
    ("اجتماع حول منطقة وقف التصعيد", "A Meeting on the De-Escalation Zone", "A Meeting on the De-Escalation Area"),
    ("هدأت منطقة وقف التصعيد.", "It is calm in the reduced escalation zone.", "It is calm in the de-escalation area."),
    ("قصفوا جبهة النصرة.", "They shelled the Nusra Front.", "They shelled Jabhat al-Nusra."),
    ("جبهة النصرة تنفي.", "The Al-Nusrah Front denies it.", "Jabhat al-Nusra denies it."),
    ("وصل أسرى الحرب.", "War prisoners arrived.", "Prisoners of war arrived."),
    ("أعلن وقف إطلاق النار.", "A cease-fire was announced.", "A ceasefire was announced."),
    # another spelling
    ("قال ألكسندر لافرنتييف ذلك.", "Alexandre Lavrentiev said so.", "Alexander Lavrentyev said so."),
    ("أضاف لافرنتييف ذلك.", "Then Lavrentiev added it.", "Then Lavrentyev added it."),
    ("التقى بشار الأسد وفدا.", "Bashar Al Assad met a delegation.", "Bashar al-Assad met a delegation."),
    ("التقى بشار الأسد وفدا.", "A delegation met Bashar Assad.", "A delegation met Bashar al-Assad."),
    ("قال محمد البشير ذلك.", "Mohamed al-Bashir said so.", "Mohammed al-Bashir said so."),
    ("عادوا إلى الرقة أمس.", "They came back to Ar-Raqqah.", "They came back to Raqqa."),
    ("عادوا إلى دير الزور.", "They came back to Deir Al Zour.", "They came back to Deir al-Zour."),
    ("عادوا إلى إدلب أمس.", "They came back to Edlib's camps.", "They came back to Idlib's camps."),
    ("زار الوفد تالين أمس.", "The delegation visited Talin.", "The delegation visited Tallinn."),
]  # fmt: skip
LEFT = [
    # it stands, or a form of it that is as right
    ("عقد مجلس الأمن جلسة.", "The Security Council held a session."),
    ("وصلت مساعدات اليونيسف.", "Aid from UNICEF arrived."),
    ("الولايات المتحدة ترحب.", "The US welcomes it."),
    ("الحدود مع سوريا مغلقة.", "The Syrian border is closed."),
    ("قال ألكسندر لافرنتييف ذلك.", "Lavrentyev said so."),
    ("عادوا إلى إدلب.", "They came back to IDLIB."),
    # the source does not name it
    ("أكلوا ديكا روميا.", "They ate a Turkey."),
    ("سكان الريف يعودون.", "People of Edlib come back, and of Turkey."),
    # another name, or no name
    ("جسر ميناء أوكلاند", "The bridge in the port of Oakland"),
    ("وصلوا إلى حمص.", "Home they came, to Hamas."),
    ("قال الحسن بن طلال", "Hussein bin Talal said"),
    ("زار شبه جزيرة القرم", "He reported on Crime there"),
    ("مدرسة دار السلام في الرقة", "Dar al-Salam school in Raqqa"),
    ("أكلوا الحبش في تركيا.", "They ate turkey."),
    # a longer name
    ("فصيل جبهة النصرة", "the Al-Nusrah Front for the People of the Levant"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "english", "right"), PUT)
def test_a_name_or_term_is_put_as_the_lexicon_has_it(source: str, english: str, right: str) -> None:
    locked = lock(source, english, NONE)
    assert locked.english == right
    assert not locked.missing
    for one in locked.replaced:
        assert one.before in english and one.after in right and one.why in (VARIANT, SPELLING)
        assert source[one.start : one.end].strip()


@pytest.mark.parametrize(("source", "english"), LEFT)
def test_what_is_right_or_something_else_is_left_alone(source: str, english: str) -> None:
    assert lock(source, english, NONE).replaced == ()


def test_a_record_says_where_what_and_why() -> None:
    (one,) = lock("عادوا إلى إدلب.", "Back to Edlib.", NONE).replaced
    assert (one.start, one.end, one.before, one.after, one.why) == (10, 14, "Edlib", "Idlib", VARIANT)


def test_what_stands_nowhere_is_missing() -> None:
    assert [d.wording.en for d in lock("عادوا إلى إدلب ودير الزور.", "They came back to Deir Ezzor.", NONE).missing] == ["Idlib"]


def test_terms_of_the_lexicon_are_never_missed() -> None:
    assert lock("منطقة خفض التصعيد هادئة.", "The quiet zone.", NONE).missing == ()


# ---------------------------------------------------------------- the glossary before the lexicon

OWN = """
[[name]]
ar = "مجموعة العتبة"
forms = ["العتبة"]
en = "Threshold Group"
variants = ["Doorstep Group"]
also = ["TG"]
[[name]]
ar = "تركيا"
en = "Turkey"
variants = ["Türkiye"]
[[name]]
ar = "سلمى الزهراني"
en = "Salma Alzahrani"
[[term]]
ar = "خط التماس"
en = "line of contact"
variants = ["touch line", "touchline"]
plural = "lines of contact"
"""


@pytest.fixture
def own(tmp_path: Path) -> Glossary:
    file = tmp_path / "glossary.toml"
    file.write_text(OWN, "utf-8")
    return glossary.use(file)


@pytest.mark.parametrize(
    ("source", "english", "right"),
    [
        ("اجتمعت مجموعة العتبة.", "The Doorstep Group met.", "The Threshold Group met."),
        ("اجتمعت العتبة.", "TG met.", "TG met."),
        ("اجتمعوا في تركيا.", "They met in Türkiye.", "They met in Turkey."),
        ("اجتمعوا في تركيا.", "They met in Turkey.", "They met in Turkey."),
        ("هدوء على خط التماس.", "Calm on the touch line.", "Calm on the line of contact."),
        ("هدوء على خط التماس.", "Calm on the touchlines.", "Calm on the lines of contact."),
        ("قالت سلمى الزهراني ذلك.", "Selma Alzahrany said so.", "Salma Alzahrani said so."),
    ],
)
def test_the_glossary_wins(own: Glossary, source: str, english: str, right: str) -> None:
    assert lock(source, english, own).english == right


def test_what_the_glossary_names_is_missed(own: Glossary) -> None:
    (lost,) = lock("هدوء على خط التماس.", "Calm at the front.", own).missing
    assert lost.own and lost.wording.en == "line of contact"


def test_a_rendering_of_a_users_lexicon_is_used(tmp_path: Path) -> None:
    (tmp_path / "english.toml").write_text('[[rendering]]\nen = "Aleppo"\nvariants = ["Alep"]\n', "utf-8")
    before = lock("عادوا إلى حلب.", "Back to Alep.", NONE)
    tables.use(tmp_path)
    assert (before.english, lock("عادوا إلى حلب.", "Back to Alep.", NONE).english) == ("Back to Alep.", "Back to Aleppo.")


# ---------------------------------------------------------------- whatever comes

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
SOURCES = "تركيا إدلب وفي دير الزور بشار الأسد مجلس الأمن 41 منطقة خفض التصعيد جبهة النصرة قال، والرقة"
TARGETS = (
    "Turkey's the Nusra Front, Edlib 41 1,000 TURKEY Deir Ezzor (de-escalation zones) Bashar Al Assad. a An Raqqah's ’s -"
)
ARABIC = st.lists(st.sampled_from(SOURCES.split()), max_size=8)
ENGLISH = st.lists(st.sampled_from(TARGETS.split()), max_size=12)


@given(ANY, ANY)
@example("إدلب", "İdlib ﬁ ǆ ΑΣ")
@example("كوت ديفوار", "&apos; Côte d &apos; Ivoire")
def test_any_text_goes_through_and_without_names_stays_as_it_is(source: str, english: str) -> None:
    locked = lock(source, english, NONE)
    assert locked.replaced or locked.english == english


@given(ARABIC, ENGLISH)
def test_locking_twice_is_locking_once_and_no_number_is_lost(arabic: list[str], words: list[str]) -> None:
    source, english = " ".join(arabic), " ".join(words)
    once = lock(source, english, NONE)
    again = lock(source, once.english, NONE)
    assert (again.english, again.replaced) == (once.english, ())
    assert re.findall(r"\d+", once.english) == re.findall(r"\d+", english)
    assert "the the" not in once.english.lower().replace(",", "") or "the the" in english.lower().replace(",", "")


@given(ENGLISH)
def test_a_source_without_names_changes_nothing(words: list[str]) -> None:
    assert lock("قال كثيرون إن الأمر صعب", " ".join(words), NONE).english == " ".join(words)

"""Names as an article spells them."""

from __future__ import annotations

from briefing.arabic.sentences import sentences
from briefing.extract import rules
from tests.extract.extracted import article


def spelled(text: str) -> list[tuple[str, str]]:
    found_in = article(text, "2024-11-13")
    drafts = rules.find(found_in, sentences(text, found_in.kept))
    return [(m.kind, m.ar) for m in drafts.mentions]


def test_names_of_the_lexicon_are_mentioned_as_written() -> None:
    assert spelled("وصل وفد الأمم المتحدة إلى إدلب.") == [("body", "الأمم المتحدة"), ("place", "إدلب")]


def test_an_article_swallowed_by_its_preposition_is_given_back() -> None:
    assert ("body", "الحوثيين") in spelled("وقال مسؤول إن قوات تابعة للحوثيين انسحبت.")


def test_a_speaker_that_no_lexicon_has_is_mentioned_by_the_name_alone() -> None:
    assert ("person", "سامر العلواني") in spelled("وقال مدير المستشفى سامر العلواني إن الأقسام تعمل.")


def test_a_name_behind_an_office_is_a_person_s_however_it_sounds() -> None:
    assert ("person", "رزكار شيخاني") in spelled("وقال عضو اللجنة العميد رزكار شيخاني إن الطريق مفتوح.")
    assert not any(kind == "person" for kind, _ in spelled("وقال مسؤول في الوزارة، طلب عدم ذكر اسمه، إن الطريق مفتوح."))


def test_a_body_that_every_state_has_is_one_by_its_state() -> None:
    text = "وقالت وزارة الخارجية الكينية إن الوفد وصل. وأضافت الخارجية الكينية أن وزارة الخارجية تنتظر الرد."
    found_in = article(text, None)
    found = rules.find(found_in, sentences(text, found_in.kept)).mentions
    assert [(m.id, m.ar, m.en) for m in found] == [
        ("KE.foreign_ministry", "وزارة الخارجية الكينية", "Kenyan Foreign Ministry"),
        ("KE.foreign_ministry", "الخارجية الكينية", "Kenyan Foreign Ministry"),
    ]


def test_what_qualifies_a_body_of_a_state_makes_it_another() -> None:
    assert spelled("وقال الجيش الكيني الإلكتروني إنه نشر بيانا.") == []


def test_an_event_that_is_only_mentioned_is_kept_with_the_reason() -> None:
    text = "ودرس الكاتب ظاهرة الاغتيالات وقضايا الاغتيال منذ عام 1951 وما تلاه من تحقيقات ومحاكمات، وشهدت ندوة نقاشا."
    found_in = article(text, None)
    drafts = rules.find(found_in, sentences(text, found_in.kept))
    assert drafts.events == ()
    assert all("told as news" in d.why for d in drafts.dropped)

"""One thing told by several articles is one item with all their citations; whatever differs keeps items apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.brief_model import Brief, Entry
from briefing.config import Config
from briefing.item_model import Agreement, Event, Reading, Statement
from briefing.render.context import make_context
from briefing.render.markdown import markdown
from tests.compose.test_duplicates import brief_of, entries, read

# Each article has a sentence of its own about other things, so that none is a copy of another.
OWN = (
    "وافتتح معرض صغير للكتب في الميناء القديم بحضور الأهالي.",
    "وعاد الصيادون إلى البحر بعد انقطاع دام أسبوعين كاملين.",
    "ونظمت البلدية حملة لتنظيف الشاطئ شارك فيها تلاميذ المدارس.",
    "وبدأ موسم قطف الزيتون في القرى القريبة من الجبل.",
)
SAID = "وقالت وزارة النقل العراقية إن الطريق الساحلي سيغلق يومين لإصلاح الجسر الصغير أمام الشاحنات."
ADDED_WORD = "وأكدت وزارة النقل العراقية أن الطريق الساحلي سيغلق يومين لإصلاح الجسر الصغير أمام الشاحنات أيضا."
OTHER_NUMBER = "وقالت وزارة النقل العراقية إن الطريق الساحلي سيغلق ثلاثة أيام لإصلاح الجسر الصغير أمام الشاحنات."
DENIED = "ونفت وزارة النقل العراقية أن الطريق الساحلي سيغلق يومين لإصلاح الجسر الصغير أمام الشاحنات."
OTHER_SPEAKER = "وقالت وزارة النقل الأردنية إن الطريق الساحلي سيغلق يومين لإصلاح الجسر الصغير أمام الشاحنات."
NAMELESS = "وقال مصدر في الوزارة إن الطريق الساحلي سيغلق يومين لإصلاح الجسر الصغير أمام الشاحنات."
SHORTER = "وقالت وزارة النقل العراقية إن الطريق الساحلي سيغلق لإصلاح الجسر الصغير."
STRUCK = "قتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف مدفعي على بلدة سرمين مساء الثلاثاء 12 نوفمبر 2024."
STRUCK_SHORTER = "وكان قصف مدفعي استهدف بلدة سرمين في 12 نوفمبر 2024 أدى إلى مقتل ثلاثة مدنيين."
STRUCK_MORE = "وأدى قصف مدفعي على بلدة سرمين في 12 نوفمبر 2024 إلى مقتل أربعة مدنيين."
STRUCK_ELSEWHERE = "قتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف مدفعي على بلدة أريحا مساء الثلاثاء 12 نوفمبر 2024."
STRUCK_LATER = "قتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف مدفعي على بلدة سرمين مساء الأربعاء 13 نوفمبر 2024."
AGREED = "اتفقت الأردن والعراق على فتح معبر طريبيل على مدار الساعة أمام الشاحنات والمسافرين."
AGREED_AGAIN = "واتفقت الأردن والعراق على فتح معبر طريبيل على مدار الساعة أمام الشاحنات."
AGREED_ELSE = "اتفقت الأردن والعراق على فتح معبر القائم على مدار الساعة أمام الشاحنات والمسافرين."


def articles(*said: str, days: Sequence[str] = ()) -> list[Reading]:
    """An article for each sentence, with another of its own."""
    return [read(f"a{n}", one, OWN[n], day=days[n] if days else "2024-11-13") for n, one in enumerate(said)]


def of(brief: Brief, kind: type) -> list[Entry]:
    return [e for s in brief.sections for e in entries(s) if isinstance(e.item, kind)]


def cited(brief: Brief) -> set[tuple[str, int, int]]:
    """Every stretch that any item cites."""
    return {(r.file, r.start, r.end) for s in brief.sections for e in entries(s) for r in e.references}


def outlets(entry: Entry) -> int:
    return len({reference.source for reference in entry.references})


def found(readings: Iterable[Reading]) -> set[tuple[str, int, int]]:
    items = ((r, item) for r in readings for item in (*r.statements, *r.agreements, *r.events))
    return {(r.article.document.file, c.start, c.end) for r, item in items for c in item.citations}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (SAID, SAID, Statement),
        (SAID, ADDED_WORD, Statement),
        (SAID, SHORTER, Statement),
        (STRUCK, STRUCK, Event),
        (STRUCK, STRUCK_SHORTER, Event),
        (AGREED, AGREED_AGAIN, Agreement),
    ],
)
def test_what_is_told_alike_is_one_item_with_both_citations(one: str, other: str, kind: type) -> None:
    for pair in ((one, other), (other, one)):
        (entry,) = of(brief_of(articles(*pair)), kind)
        assert outlets(entry) == 2


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (SAID, OTHER_NUMBER, Statement),
        (SAID, DENIED, Statement),
        (SAID, OTHER_SPEAKER, Statement),
        (NAMELESS, NAMELESS, Statement),
        (STRUCK, STRUCK_MORE, Event),
        (STRUCK, STRUCK_ELSEWHERE, Event),
        (STRUCK, STRUCK_LATER, Event),
        (AGREED, AGREED_ELSE, Agreement),
    ],
)
def test_what_differs_stays_apart(one: str, other: str, kind: type) -> None:
    for pair in ((one, other), (other, one)):
        assert [outlets(entry) for entry in of(brief_of(articles(*pair)), kind)] == [1, 1]


def test_the_fuller_telling_is_shown() -> None:
    (said,) = of(brief_of(articles(SHORTER, SAID)), Statement)
    assert said.references[0].quote == SAID
    (entry,) = of(brief_of(articles(STRUCK_SHORTER, STRUCK)), Event)
    assert isinstance(entry.item, Event)
    assert [count.number for count in entry.item.counts] == [3, 5]
    assert entry.references[0].quote.startswith("قتل ثلاثة")


def test_three_articles_are_one_item() -> None:
    (entry,) = of(brief_of(articles(SAID, ADDED_WORD, SAID)), Statement)
    assert outlets(entry) == 3


def test_statements_of_two_days_stay_apart() -> None:
    dated = [SAID.replace("إن الطريق", f"يوم {day} نوفمبر 2024 إن الطريق") for day in (11, 12)]
    assert len(of(brief_of(articles(*dated)), Statement)) == 2


def test_a_statement_repeated_in_one_article_is_not_merged() -> None:
    assert len(of(brief_of([read("a0", SAID, OWN[0], ADDED_WORD)]), Statement)) == 2


def test_the_undated_stay_apart_from_the_week() -> None:
    one, other = articles(SAID, SAID)
    undated = read("a1", SAID, OWN[1], day=None)
    assert other.article.id == undated.article.id
    brief = brief_of([one], [undated])
    assert [len(of(brief, Statement)), [s.key for s in brief.sections]] == [2, ["dated", "undated"]]


def test_the_annex_gives_each_telling_its_own_translation() -> None:
    brief = brief_of(articles(SAID, ADDED_WORD))
    sentences = [c for s in brief.sources for c in s.cited if "S1" in c.entries]
    assert [c.same_as for c in sentences] == [None, None]


def test_a_copy_of_the_other_article_is_cited_too() -> None:
    one = read("a0", SAID, *OWN[:2])
    other, copy = read("a1", ADDED_WORD, *OWN[2:], AGREED), read("a2", ADDED_WORD, *OWN[2:], AGREED)
    brief = brief_of([one, other, copy])
    (entry,) = of(brief, Statement)
    assert (brief.articles_duplicate, outlets(entry)) == (1, 3)
    same = {c.number: c.same_as for s in brief.sources for c in s.cited if entry.id in c.entries}
    assert sorted(n is None for n in same.values()) == [False, True, True]


TELLINGS = (
    *(SAID, SHORTER, ADDED_WORD, OTHER_NUMBER, DENIED, STRUCK, STRUCK_SHORTER, STRUCK_MORE, STRUCK_LATER),
    *(AGREED, AGREED_AGAIN, AGREED_ELSE),
)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(TELLINGS), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_merging_loses_no_citation_and_knows_no_order(said: list[str], random: object) -> None:
    readings = articles(*said)
    brief = brief_of(readings)
    assert cited(brief) == found(readings)
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = brief_of(shuffled)
    assert cited(again) == cited(brief)
    assert together(again) == together(brief)


def together(brief: Brief) -> set[tuple[str, frozenset[tuple[str, int, int]]]]:
    """What each item is and which stretches it cites, whatever its number."""
    every = (e for s in brief.sections for e in entries(s))
    return {(e.item.ar, frozenset((r.file, r.start, r.end) for r in e.references)) for e in every}


# ---------------------------------------------------------------- spellings

USUAL = "وقال وزير الصحة سامر العلواني إن المصابين نقلوا إلى مستشفيين قريبين من البلدة."
RARE = "وقال وزير الصحة سامر العلوني إن الجرحى نقلوا إلى مدرسة كبيرة قرب الميناء."
RARE_SAME = "وأكد وزير الصحة سامر العلوني أن المصابين نقلوا إلى مستشفيين قريبين من البلدة."


def test_a_rare_spelling_stands_in_the_names_and_nowhere_else() -> None:
    brief = brief_of(articles(USUAL, RARE, USUAL.replace("المصابين", "الأطفال")))
    lines = [e.item.en for e in of(brief, Statement)]
    assert len(lines) == 3 and len({line.partition(" (")[0] for line in lines}) == 1
    speakers = {e.item.speaker.ar for e in of(brief, Statement) if isinstance(e.item, Statement)}
    assert speakers == {"سامر العلواني"}
    (name,) = [name for name in brief.names if name.kind == "person"]
    assert (name.spellings, name.articles) == (("سامر العلواني", "سامر العلوني"), 3)
    text = markdown(brief, make_context(Config()))
    table = text[text.index('id="names"') : text.index('id="sources"')]
    assert table.count("سامر العلوني") == text[: text.index('id="sources"')].count("سامر العلوني") - 1 == 1  # and the quotation


def test_one_statement_in_two_spellings_of_its_speaker_is_one() -> None:
    (entry,) = of(brief_of(articles(USUAL, RARE_SAME)), Statement)
    assert outlets(entry) == 2

"""The brief from readings: numbering, references that resolve, headings, highlights, the undated apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.arabic.sentences import sentences
from briefing.brief_model import Brief, Entry, Section
from briefing.compose.brief import compose
from briefing.compose.highlights import MOST, WORDS
from briefing.compose.sources import date_line
from briefing.config import Config
from briefing.extract import rules
from briefing.item_model import Reading
from briefing.model import Article, EngineInfo, Published, Span
from briefing.readings import reading
from briefing.selection import Selection
from briefing.week import parse
from tests.extract.extracted import article

ENGINE = EngineInfo("gloss", "", "", "Translation engine: gloss.")
NOW = datetime(2024, 11, 18, 6, 30, tzinfo=UTC)
PORT = (
    "قال محافظ البصرة قاسم الراوي إن الميناء سيعمل ليلا ونهارا. وأضاف أن السفن لن تنتظر أكثر من يومين. "
    "وقالت وزارة النقل العراقية إن الأرصفة جاهزة. وأوضح الراوي أن الرسوم لن تزيد."
)
MARKET = (
    "قتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف مدفعي على بلدة سرمين أمس. "
    "وقال مصدر طبي إن المصابين نقلوا إلى مستشفيين. وأضاف المصدر أن حالة اثنين منهم خطرة."
)
BORDER = "اتفقت الأردن والعراق على فتح معبر طريبيل على مدار الساعة. وأكد وزير النقل العراقي سالم الدوري أن العمل يبدأ فورا."
QUIET = "ووصلت القافلة إلى المدينة صباح اليوم محملة بالطحين والأغطية."
TEXTS = (PORT, MARKET, BORDER, QUIET)


def read(text: str, ident: str, day: str | None = "2024-11-13") -> Reading:
    """A reading without any translation."""
    found_in = article(text, day, ident)
    cut = sentences(text, found_in.kept)
    return reading(found_in, cut, rules.find(found_in, cut), {})


def brief_of(dated: Sequence[Reading], undated: Sequence[Reading] = (), week: str | None = "2024-W46") -> Brief:
    """The brief of these readings, dated and undated articles in their order."""
    chosen = Selection(parse(week, NOW.date()) if week else None, _articles(dated), _articles(undated), ())
    return compose(chosen, [*dated, *undated], (), ENGINE, Config(), NOW)


def _articles(readings: Sequence[Reading]) -> tuple[Article, ...]:
    return tuple(r.article for r in readings)


def entries(section: Section) -> list[Entry]:
    """All entries of a section in reading order."""
    return [*(e for g in section.statements for e in g.entries), *section.agreements, *section.events]


def all_entries(brief: Brief) -> list[Entry]:
    """All entries of the brief in reading order."""
    return [e for s in brief.sections for e in entries(s)]


def check(brief: Brief) -> None:
    """Every number is used once, in order of meeting it, and leads to the sentence it cites."""
    placed = {c.number: (s, c) for s in brief.sources for c in s.cited}
    assert sorted(placed) == list(range(1, len(placed) + 1))
    assert [s.number for s in brief.sources] == list(range(1, len(brief.sources) + 1))
    met = dict.fromkeys(r.number for e in all_entries(brief) for r in e.references)
    assert list(met) == sorted(placed)
    for entry in all_entries(brief):
        assert entry.references
        for reference in entry.references:
            source, cited = placed[reference.number]
            assert (source.number, source.file, source.text_sha256) == (reference.source, reference.file, reference.text_sha256)
            assert cited.start <= reference.start and reference.end <= cited.end
            assert cited.ar[reference.start - cited.start : reference.end - cited.start] == reference.quote
            assert entry.id in cited.entries
    ids = [e.id for e in all_entries(brief)]
    assert len(ids) == len(set(ids))
    check_highlights(brief)


def check_highlights(brief: Brief) -> None:
    """At most five, each short, each resting on entries of the brief by their own numbers."""
    by_id = {e.id: e for e in all_entries(brief)}
    assert len(brief.highlights) <= MOST
    for highlight in brief.highlights:
        assert 0 < len(highlight.text.split()) <= WORDS
        numbers = [r.number for i in highlight.entries for r in by_id[i].references]
        assert list(highlight.numbers) == list(dict.fromkeys(numbers))
    chosen = [i for h in brief.highlights for i in h.entries]
    assert len(chosen) == len(set(chosen))


def test_numbers_follow_the_reader() -> None:
    brief = brief_of([read(t, f"a{n}") for n, t in enumerate(TEXTS, 1)])
    check(brief)
    (section,) = brief.sections
    assert [e.id for g in section.statements for e in g.entries][:2] == ["S1", "S2"]
    assert [e.id for e in section.agreements] == ["A1"]
    assert [e.id for e in section.events] == ["E1"]


def test_one_sentence_cited_twice_has_one_number() -> None:
    text = "وقال المتحدث باسم الشرطة العراقية إن تفجيرين وقعا في بغداد وأسفرا عن مقتل ثلاثة أشخاص."
    brief = brief_of([read(text, "a1")])
    assert len(all_entries(brief)) == 2
    assert {r.number for e in all_entries(brief) for r in e.references} == {1}
    assert brief.sources[0].cited[0].entries == ("S1", "E1")


def test_a_speakers_statements_stand_under_one_heading() -> None:
    (section,) = brief_of([read(PORT, "a1")]).sections
    headings = [(g.speaker_ar, len(g.entries), g.titled) for g in section.statements]
    assert headings == [("وزارة النقل العراقية", 1, False), ("قاسم الراوي", 3, True)]


def test_the_same_speaker_in_two_articles_has_one_heading() -> None:
    (section,) = brief_of([read(PORT, "a1"), read(PORT + " ", "a2")]).sections
    assert [g.speaker_ar for g in section.statements].count("قاسم الراوي") == 1


def test_two_sources_without_a_name_have_two_headings() -> None:
    (section,) = brief_of([read(MARKET, "a1"), read(MARKET.replace("مستشفيين", "مستشفى"), "a2")]).sections
    assert [g.speaker_ar for g in section.statements].count("مصدر طبي") == 2


def test_undated_articles_stand_apart_and_after() -> None:
    brief = brief_of([read(MARKET, "a1")], [read(BORDER, "a2", None)])
    check(brief)
    assert [s.key for s in brief.sections] == ["dated", "undated"]
    first, second = ([e.references[0].file for e in entries(s)] for s in brief.sections)
    assert set(first) == {"a1.txt"} and set(second) == {"a2.txt"}
    assert {h.entries[0] for h in brief.highlights} <= {e.id for e in entries(brief.sections[0])}


def test_no_undated_section_without_undated_articles() -> None:
    assert [s.key for s in brief_of([read(MARKET, "a1")]).sections] == ["dated"]


def test_two_to_five_highlights_when_there_is_enough() -> None:
    few = brief_of([read(BORDER, "a1")])
    many = brief_of([read(t, f"a{n}") for n, t in enumerate((*TEXTS, PORT + " ", MARKET + " ", BORDER + " "), 1)])
    assert len(few.highlights) == 2
    assert len(many.highlights) == MOST
    assert not brief_of([read(QUIET, "a1")]).highlights


def test_two_highlights_from_statements_alone() -> None:
    assert len(brief_of([read(PORT, "a1")]).highlights) >= 2


def test_highlights_begin_with_the_highest_toll() -> None:
    worse = MARKET.replace("ثلاثة مدنيين", "سبعة مدنيين").replace("سرمين", "سراقب")
    brief = brief_of([read(MARKET, "a1"), read(worse, "a2"), read(BORDER, "a3")])
    (section,) = brief.sections
    assert [e.item.place.en for e in section.events if e.id in brief.highlights[0].entries] == ["Saraqib"]
    assert "7 civilians killed" in brief.highlights[0].text


def test_an_article_without_items_is_listed_as_read() -> None:
    brief = brief_of([read(QUIET, "a1"), read(BORDER, "a2")])
    assert brief.articles_used == 2
    assert [(s.number, s.file, bool(s.cited)) for s in brief.sources] == [(1, "a2.txt", True), (2, "a1.txt", False)]


def test_head_of_the_brief() -> None:
    brief = brief_of([read(BORDER, "a1")])
    assert (brief.week, brief.first_day, brief.last_day) == ("2024-W46", "2024-11-11", "2024-11-17")
    assert brief.cut_off == "2024-11-18T06:30+00:00"
    whole = brief_of([read(BORDER, "a1")], week=None)
    assert (whole.week, whole.first_day, whole.last_day) == (None, None, None)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(TEXTS), max_size=5), st.lists(st.sampled_from(TEXTS), max_size=3))
def test_any_mix_of_articles_is_numbered_without_gaps(dated: list[str], undated: list[str]) -> None:
    first = [read(t, f"a{n}") for n, t in enumerate(dated)]
    second = [read(t, f"u{n}", None) for n, t in enumerate(undated)]
    brief = brief_of(first, second)
    check(brief)
    assert brief == brief_of(first, second)


# ---------------------------------------------------------------- the date line


@pytest.mark.parametrize(
    ("when", "line"),
    [
        (
            Published("2024-11-13", "2024-11-13", "2024-11-13", "day", "metadata", "high"),
            "2024-11-13 (from the file's metadata; confidence high)",
        ),
        (
            Published("2024-11", "2024-11-01", "2024-11-30", "month", "date_line", "low"),
            "2024-11 (from the page's date line; confidence low)",
        ),
        (Published("2024", "2024-01-01", "2024-12-31", "year", "url", "low"), "2024 (from the URL; confidence low)"),
        (
            Published(None, "2024-11-11", "2024-11-13", "range", "inferred", "low"),
            "between 2024-11-11 and 2024-11-13 (inferred from the text; confidence low)",
        ),
        (
            Published(None, "2024-11-11", None, "unknown", "inferred", "low"),
            "date unknown, on or after 2024-11-11 (inferred from the text)",
        ),
        (
            Published(None, None, "2024-11-11", "unknown", "inferred", "low"),
            "date unknown, on or before 2024-11-11 (inferred from the text)",
        ),
        (Published(None, None, None, "unknown", "conflict", "none"), "date unknown (dates in the text conflict)"),
        (Published(None, None, None, "unknown", "none", "none"), "date unknown"),
    ],
    ids=lambda value: value.precision + "-" + value.basis if isinstance(value, Published) else None,
)
def test_a_date_is_worded_no_finer_than_it_is_known(when: Published, line: str) -> None:
    assert date_line(when) == line


def test_a_contradicted_day_says_so() -> None:
    day = "2024-11-12"
    contradicted = Published(day, day, day, "day", "metadata", "low", (Span(0, 3),))
    assert date_line(contradicted) == f"{day} (from the file's metadata; confidence low: a date on the page says another day)"

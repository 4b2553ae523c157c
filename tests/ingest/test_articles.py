"""Document -> articles: nothing is lost, nothing is edited, every file of seeds/ is read as it should be."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest import read
from briefing.ingest.articles import Harvest, harvest
from briefing.ingest.visible import visible
from briefing.model import Article, Document, Metadata
from briefing.selection import week_of

UTC = ZoneInfo("UTC")
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LEAD = "أعاد عمال الميناء فتح الرصيف الشمالي بعد اتفاق مع الإدارة على أجور الليل وساعات الراحة."
MORE = "وقال المتحدث باسم النقابة إن السفن المنتظرة ستدخل تباعا خلال يومين."
TITLE = "عمال الميناء يعيدون فتح الرصيف بعد اتفاق على الأجور"


def assert_tiles(found: Harvest) -> None:
    """Kept, title and excluded spans hold every solid character exactly once, in order; kept text is the text's own."""
    text = found.document.text
    held: Counter[int] = Counter()
    for article in found.articles:
        starts = [s.start for s in article.kept]
        assert starts == sorted(starts) and all(s.start < s.end <= len(text) for s in article.kept)
        for span in article.kept:
            held.update(range(span.start, span.end))
        if article.title is not None and article.title.start is not None and article.title.end is not None:
            assert article.title.ar == text[article.title.start : article.title.end]
            held.update(range(article.title.start, article.title.end))
    for e in found.excluded:
        assert e.reason
        held.update(range(e.start, e.end))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= held.keys()
    assert all(n == 1 for n in held.values())


# ---------------------------------------------------------------- whole pages


def test_a_page_with_everything() -> None:
    head = f"الرئيسية\n\n{TITLE}\n\nصوت الميناء – متابعات\n9 مارس 2023 - 10:30"
    text = f"{head}\n\n{LEAD}\n\n{MORE}\n\nالمصدر: رويترز\n\nمقالات مشابهة\n• سعر القمح"
    found = harvest(Document("a.txt", text, "f" * 64), UTC)
    assert_tiles(found)
    (article,) = found.articles
    assert article.id == "f" * 12 + "-1"
    assert article.title is not None and article.title.ar == TITLE
    assert [s.within(text) for s in article.kept] == [LEAD, MORE]
    assert (article.published.value, article.published.basis) == ("2023-03-09", "date_line")
    assert article.outlet is not None and article.outlet.name == "Reuters"


def test_a_markdown_heading_is_the_title_without_its_sign() -> None:
    found = harvest(Document("a.md", f"# {TITLE}\n\n{LEAD}\n\n{MORE}", "0" * 64), UTC)
    assert_tiles(found)
    assert found.articles[0].title is not None and found.articles[0].title.ar == TITLE
    assert [e.reason for e in found.excluded] == ["heading sign"]


def test_nothing_of_a_second_story_dates_the_first() -> None:
    second = "سيول تقطع الطريق الجبلي في الشمال\n12 مارس 2023\nقطعت السيول الطريق الجبلي في قرى الشمال."
    second += "\nوقالت فرق الإنقاذ إن الطريق الجبلي سيفتح غدا."
    text = f"{TITLE}\n\n{LEAD}\n\n{MORE}\n\nالمصدر: وكالات\n\nإقرأ أيضاً:\n\n{second}"
    found = harvest(Document("a.txt", text, "0" * 64), UTC)
    assert_tiles(found)
    assert [a.published.value for a in found.articles] == [None, "2023-03-12"]


def test_a_date_in_a_list_of_other_stories_dates_nothing() -> None:
    text = f"{TITLE}\n\n{LEAD}\n\n{MORE}\n\nأخبار ذات صلة\n\nسعر القمح يتراجع في الأسواق\n9 مارس 2023"
    found = harvest(Document("a.txt", text, "0" * 64), UTC)
    assert found.articles[0].published.value is None


def test_a_page_without_an_article_says_so() -> None:
    found = harvest(Document("a.txt", "الرئيسية\nسياسة\nرياضة", "0" * 64), UTC)
    assert_tiles(found)
    assert found.articles == ()
    assert found.problems[0].where == "a.txt" and found.problems[0].next_step


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("space", [" ", "\u00a0", "\u200f "])
def test_spaces_and_line_ends_of_every_kind(newline: str, space: str) -> None:
    text = newline.join(("الرئيسية", "", TITLE, "", LEAD, "", MORE, "", "شارك الخبر:")).replace(" ", space)
    found = harvest(Document("a.txt", text, "0" * 64), UTC)
    assert_tiles(found)
    assert [s.within(text) for s in found.articles[0].kept] == [LEAD.replace(" ", space), MORE.replace(" ", space)]


LINES = st.sampled_from([
    LEAD, MORE, TITLE, "", "", "• سعر القمح", "المصدر: وكالات", "إقرأ أيضاً:", "سيول تقطع الطريق الجبلي", "9 مارس 2023",
    "التعليقات (2)",     "قاعة - صوت الميناء, 1920, 09.03.2023", "# عنوان", "لماذا الآن؟", f"{LEAD} المصدر: رويترز",
    "ﺍﻟﺴﻮﻕ ﺍﻟﻜﺒﻴﺮ", "\u00a0",
    "x y z", "***",
])  # fmt: skip
METADATA = st.sampled_from([Metadata(), Metadata(title=TITLE), Metadata(title="آخر", url="https://a.example/2023/03/09/x")])


@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]), METADATA)
def test_any_page_of_such_lines_is_tiled(chosen: list[str], newline: str, metadata: Metadata) -> None:
    assert_tiles(harvest(Document("a", newline.join(chosen), "0" * 64, metadata), UTC))


@given(st.text(alphabet='ابتةى. \n\r\t\u00a0«»"؟!:•#*[]()/|-12345اليوم\u200f', max_size=300), METADATA)
def test_any_text_is_tiled(text: str, metadata: Metadata) -> None:
    assert_tiles(harvest(Document("a", text, "0" * 64, metadata), UTC))


@given(st.lists(st.sampled_from(["p", "h1", "li", "nav", "aside", "figcaption", "div"]), max_size=12), st.randoms())
def test_any_html_is_tiled(tags: list[str], random: object) -> None:
    pieces = [LEAD, MORE, TITLE, "سعر القمح", "أمس, 16:40 GMT"]
    html = "".join(f"<{tag}>{random.choice(pieces)}</{tag}>" for tag in tags)  # type: ignore[attr-defined]
    text, blocks, meta = visible(f"<html><body>{html}</body></html>")
    assert_tiles(harvest(Document("a.html", text, "0" * 64, meta, None, tuple(blocks)), UTC))


# ---------------------------------------------------------------- the sample articles


@lru_cache(maxsize=1)
def sample() -> dict[str, Article]:
    documents, problems = read.read([SEEDS], SEEDS)
    assert not problems
    found = {}
    for document in documents:
        got = harvest(document, UTC)
        assert_tiles(got)
        for n, article in enumerate(got.articles):
            found[f"{document.file}:{n}"] = article
    return found


# file, its line with the headline (None: from metadata only), the first and last line of the body, day, lines in between left out
SAMPLE = [
    ("bab-aden.txt:0", 5, 9, 23, None, ()),
    ("neva-astana.txt:0", 4, 9, 26, "2024-11-12", (15, 16, 17)),
    ("neva-two-stories.txt:0", 11, 15, 31, "2024-11-14", (19,)),
    ("neva-two-stories.txt:1", 41, 43, 50, None, ()),
    ("neva-three-states.txt:0", None, 6, 10, "2024-08-28", ()),
    ("riwaq-amman.txt:0", 8, 12, 18, "2024-10-09", ()),
    ("riwaq-column.txt:0", 10, 14, 26, "2024-11-15", ()),
    ("riwaq-gezira.txt:0", 4, 10, 29, "2024-11-06", (17, 18)),
    ("riwaq-taiz.txt:0", 8, 15, 34, "2024-11-13", (22, 23)),
    ("sahil-marib.txt:0", 7, 14, 26, "2024-11-17", (19,)),
    ("sahl-ariha.txt:0", 3, 5, 21, "2024-11-13", ()),
    ("sahl-daraa.txt:0", 5, 11, 25, "2024-11-08", ()),
    ("wra-nineveh.txt:0", 4, 6, 13, "2024-11-14", ()),
    ("difaf-omdurman.md:0", 3, 11, 27, "2024-11-12", (17,)),
    ("arza-lebanon.html:0", 8, 11, 20, "2024-11-15", (15,)),
    ("sahil-omdurman.html:0", 4, 8, 19, "2024-11-13", (11, 15, 16)),
    ("madar-sabha.json:0", None, 1, 19, "2024-11-07", ()),
    ("madar-wire.jsonl#1:0", None, 1, 15, "2024-11-11", ()),
    ("madar-wire.jsonl#2:0", None, 1, 17, "2024-11-16", ()),
    ("madar-wire.jsonl#3:0", None, 1, 13, "2024-11-16", ()),
]


def test_every_sample_article_is_listed_here_and_none_is_missing() -> None:
    assert sorted(sample()) == sorted(name for name, *_ in SAMPLE)


@pytest.mark.parametrize(("name", "title", "first", "last", "day", "inside"), SAMPLE, ids=[s[0] for s in SAMPLE])
def test_a_sample_article_is_read_right(
    name: str, title: int | None, first: int, last: int, day: str | None, inside: tuple[int, ...]
) -> None:
    article = sample()[name]
    text = article.document.text

    def line_of(offset: int) -> int:
        return text.count("\n", 0, offset) + 1

    assert article.title is not None
    assert (line_of(article.title.start) if article.title.start is not None else None) == title
    solid = {n for n, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert [line_of(s.start) for s in article.kept] == [n for n in range(first, last + 1) if n in solid and n not in inside]
    assert article.published.value == day


def test_the_second_story_of_a_page_has_a_range_of_its_own() -> None:
    published = sample()["neva-two-stories.txt:1"].published
    assert (published.earliest, published.latest, published.basis) == ("2024-11-13", "2024-11-19", "inferred")


def test_the_sample_covers_two_weeks_and_two_earlier_articles() -> None:
    weeks = Counter(str(week_of(a.published)) for a in sample().values())
    assert weeks == {"2024-W46": 13, "2024-W45": 3, "2024-W41": 1, "2024-W35": 1, "None": 2}

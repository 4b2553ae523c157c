"""Whose line is whose, on pages as they are scraped. All texts are our own words."""

from __future__ import annotations

import timeit

import pytest

from briefing.ingest.lines import fold_line, lines
from briefing.ingest.stories import Reading, read
from briefing.model import Document

LEAD = "أعاد عمال الميناء فتح الرصيف الشمالي بعد اتفاق مع الإدارة على أجور الليل وساعات الراحة."
MORE = "وقال المتحدث باسم النقابة إن السفن المنتظرة ستدخل تباعا خلال يومين."
LAST = "وأضاف: «ننتظر توقيع الوزارة»، من دون أن يحدد موعدا لذلك."
TITLE = "عمال الميناء يعيدون فتح الرصيف بعد اتفاق على الأجور"
OTHER_TITLE = "سيول تقطع الطريق الجبلي وتعزل قرى الشمال"
OTHER = "قطعت السيول الطريق الجبلي بين قرى الشمال والمدينة، وعزلت أربع بلدات عن السوق."
OTHER_MORE = "وقالت فرق الإنقاذ إن آليات الحفر وصلت إلى الطريق الجبلي وبدأت رفع الصخور."


def reading(text: str, title: str | None = None, trusted: bool = False) -> tuple[list[str], Reading]:
    found = lines(Document("a", text, "0"))
    return [line.text for line in found], read(found, fold_line(title) if title else None, trusted)


def bodies(text: str, title: str | None = None, trusted: bool = False) -> list[list[str]]:
    texts, got = reading(text, title, trusted)
    return [[texts[i] for i in story.body] for story in got.stories]


def reason(text: str, line: str) -> str:
    texts, got = reading(text)
    return got.reasons[texts.index(line)]


PAGE = "\n\n".join((TITLE, LEAD, MORE, LAST))
TICKER = "أمطار على الساحل الغربي هذا المساءسوق السمك يغلق أبوابه“حكايات البحر”.. معرض في المدينةهل يكفي الوقود؟"
CHROME = {
    "ticker of glued headlines": TICKER + "\n\n{}",
    "menu of bullets": "الأكثر قراءة\n  • سعر القمح يتراجع\n\n    سعر القمح يتراجع\n\n  • فيديوهات\n\n    فيديوهات\n\n{}",
    "caption with a width and two dates": TITLE + "\n\nسفينة عند الرصيف في 3 مايو 2019 - صوت الميناء, 1920, 09.03.2023\n" + "{}",
    "comment box": "{}\n\nالتعليقات (2)\n\nأبو سالم\nمتى يعود الصيادون إلى البحر في هذا الموسم؟\nالله يوفق الجميع.",
    "source line": "{}\n\nالمصدر: وكالات\n\nكلمات دلالية: ميناء أجور",
    "source line glued to a paragraph": "{} المصدر: صوت الميناء",
    "list of headlines": "{}\n\nمقالات مشابهة\n\n  • «مرفأ بلا ضوء».. كيف يعيش الصيادون ليلهم الطويل؟\n  • خبير: السوق تكبر",
    "repeated headline": TITLE + "\n\n{}",
    "newsletter prompt": "تمت إضافتك إلى النشرة بنجاح!\nاضغط على الرابط الذي وصلك بالبريد\n\n{}",
    "carriage returns": "الرئيسية\r\n\r\n{}\r\n\r\nشارك الخبر:\r\n",
}


@pytest.mark.parametrize("chrome", CHROME.values(), ids=CHROME.keys())
def test_chrome_around_a_story_is_left_out(chrome: str) -> None:
    assert bodies(chrome.format(PAGE)) == [[LEAD, MORE, LAST]]


def test_a_link_inside_the_text_does_not_cut_off_the_pronoun_that_follows() -> None:
    link = 'بعد رفض الوزارة... محادثات "الأجور" تبدأ من جديد'
    caption = "سفينة عند الرصيف - صوت الميناء, 1920, 08.03.2023"
    text = "\n".join((TITLE, "", LEAD, "", caption, link, LAST))
    assert bodies(text) == [[LEAD, LAST]]
    assert reason(text, link) == "related link inside text"
    assert reason(text, caption) == "photo credit or caption"


def test_a_read_also_with_its_headline_stays_out_and_the_story_goes_on() -> None:
    text = "\n".join((TITLE, "", LEAD, "اقرأ أيضاً", "سائقون يروون حكاية الطريق الجبلي", MORE))
    assert bodies(text) == [[LEAD, MORE]]


def test_a_second_story_under_read_also_is_a_story_of_its_own() -> None:
    text = "\n\n".join(
        (PAGE, "المصدر: وكالات", "إقرأ أيضاً:", OTHER_TITLE, OTHER + "\n" + OTHER_MORE, "المصدر: رويترز", "مقالات مشابهة")
    )
    texts, got = reading(text + f"\n\n  • {OTHER_TITLE}")
    assert [[texts[i] for i in s.body] for s in got.stories] == [[LEAD, MORE, LAST], [OTHER, OTHER_MORE]]
    assert [texts[s.title] for s in got.stories if s.title is not None] == [TITLE, OTHER_TITLE]
    assert got.reasons[len(texts) - 1] == "repeated headline"


def test_one_teaser_under_a_list_is_no_second_story() -> None:
    text = "\n\n".join((PAGE, "المصدر: وكالات", "أخبار ذات صلة", OTHER_TITLE, OTHER))
    assert bodies(text) == [[LEAD, MORE, LAST]]


def test_headlines_below_the_comments_are_no_story() -> None:
    text = "\n\n".join((PAGE, "التعليقات", "وزير الصيد يدعو إلى مؤتمر وخبراء يشككون في قدرته", "متى تعود السفن إلى الجنوب؟"))
    assert bodies(text) == [[LEAD, MORE, LAST]]


def test_a_page_without_a_paragraph_has_no_story() -> None:
    assert bodies("الرئيسية\nسياسة\nرياضة\nسعر القمح اليوم") == []


def test_trusted_text_keeps_all_but_named_chrome() -> None:
    text = f"{TITLE}\nصوت الميناء – متابعات\nخلفية\n{LEAD}\nشاهد: {MORE} {LAST} {LEAD}\n...المزيد\na.b@c.example"
    assert bodies(text, TITLE, trusted=True) == [["خلفية", LEAD, f"شاهد: {MORE} {LAST} {LEAD}"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "block",
    [
        f"{LEAD}\n",
        f"المصدر: وكالات\n{OTHER_TITLE}\n{OTHER}\n",
        f"إقرأ أيضا:\n{OTHER_TITLE}\n{OTHER}\n",
        "• عنوان قصير\n",
        "9 مارس 2023\n",
    ],
)
def test_time_grows_with_the_page_and_not_faster(block: str) -> None:
    def seconds(n: int) -> float:
        found = lines(Document("a", f"{LEAD}\nالتعليقات\n" + block * n, "0"))
        return min(timeit.repeat(lambda: read(found, None, False), number=1, repeat=2))

    # eight times the page: a quadratic part would cost sixty-four times as much
    assert seconds(1600) < 32 * max(seconds(200), 0.01)

"""What real pages trip readers up with, one test each, in our own words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from briefing.arabic.sentences import sentences
from briefing.extract import rules
from briefing.extract.rules import Drafts
from briefing.ingest.articles import Harvest, harvest
from briefing.item_model import Statement
from briefing.model import Document

MORE = (
    "وأضاف المتحدث أن اللجان الفنية ستواصل عملها خلال الأيام المقبلة وأن النتائج ستنشر تباعا.\n\n"
    "ورحب سكان المنطقة بالخطوة وطالبوا بفتح الطريق أمام الشاحنات في أقرب وقت ممكن.\n\n"
)


def read(text: str) -> Harvest:
    return harvest(Document("page.txt", text, "0" * 64), ZoneInfo("UTC"))


def items(found: Harvest, n: int = 0) -> Drafts:
    article = found.articles[n]
    return rules.find(article, sentences(found.document.text, article.kept))


def said(found: Harvest, n: int = 0) -> list[Statement]:
    return [d.item for d in items(found, n).statements if isinstance(d.item, Statement)]


TWO = (
    "وصل وفد الخبراء إلى المدينة، اليوم الثلاثاء 5 مارس 2024، لبحث ترميم الجسر الحجري القديم.\n\n"
    + MORE
    + "المصدر: وكالة النهر\n\nإقرأ أيضاً:\n\nإضراب عمال الموانئ يدخل أسبوعه الثاني\n\n"
    "قالت نقابة عمال الموانئ إن الإضراب الذي بدأ مساء أمس الأربعاء سيستمر حتى تلبية المطالب كلها.\n\n"
    "وأكدت إدارة الموانئ أن الإضراب كلفها خسائر كبيرة، ودعت عمال الموانئ إلى العودة إلى أعمالهم فورا.\n\n"
)


def test_two_articles_months_apart_on_one_page() -> None:
    found = read(TWO)
    assert [a.published.value for a in found.articles] == ["2024-03-05", None]


def test_yesterday_is_counted_from_its_own_article() -> None:
    found = read(TWO)
    second = said(found, 1)[0]
    assert second.date.value is None, "nothing dates the second story, so its «أمس» is open"


def test_related_links_make_no_claims() -> None:
    link = "إقرأ المزيد المتحدث: غارة تقتل سبعة جنود قرب الحدود"
    found = read(f"قال المتحدث باسم وزارة الخارجية العراقية إن المحادثات تسير كما خطط لها.\n\n{link}\n\n{MORE}")
    assert not items(found).events
    assert all(link not in c.quote for d in items(found) for c in d.item.citations)


def test_one_man_spelled_two_ways_in_neighbouring_paragraphs() -> None:
    found = read(f"قال ألكسندر لافرينتيف إن الاجتماع مفيد للجميع.\n\nوأكد لافرنتييف أن الوفود ستعود قريبا إلى المدينة.\n\n{MORE}")
    assert [s.speaker.en for s in said(found)][:2] == ["Alexander Lavrentyev"] * 2


def test_no_break_spaces_inside_a_date() -> None:
    found = read(f"اتفقت روسيا وتركيا على عقد اجتماع في جنيف خلال النصف الثاني\u00a0من\u00a0عام\u00a02024.\n\n{MORE}")
    agreement = items(found).agreements[0].item
    assert (agreement.date.earliest, agreement.date.latest) == ("2024-07-01", "2024-12-31")


def test_a_pixel_width_and_three_dates_in_captions() -> None:
    caption = "ساحة البلدية القديمة في صورة التقطت في 3 مايو 2018 - وكالة النهر, 1920, 09.11.2024"
    other = "مبنى المحكمة الجديد في المدينة - وكالة النهر, 1280, 08.11.2024"
    found = read(
        f"بدء ترميم ساحة البلدية القديمة بعد توقف\n\n{caption}\n\nبدأت ورش البلدية ترميم الساحة القديمة.\n\n{other}\n\n{MORE}"
    )
    assert found.articles[0].published.value == "2024-11-09"
    assert found.articles[0].published.basis == "caption"


def test_a_link_inside_a_pronoun_chain() -> None:
    link = "بعد رفض النقابة... إدارة الموانئ تبدأ محادثات جديدة"
    lead = (
        "قالت وزارة النقل التونسية إن الميناء جاهز لاستقبال السفن بعد أشهر من أعمال الصيانة التي شملت الأرصفة والرافعات "
        "والمخازن، وإن التجارب انتهت."
    )
    found = read(f"{lead}\n\n{link}\n\nوأضافت أن السفن ستصل غدا.\n\n{MORE}")
    assert [s.speaker.en for s in said(found)][:2] == ["Tunisian Transport Ministry"] * 2
    assert said(found)[1].speaker.resolution == "pronoun"


def test_quotations_inside_quotations() -> None:
    text = 'وأضاف الوزير "اتفقنا على محاربة "الظل" وكل من يتبع "الظل" في المنطقة، مع حماية المدنيين".'
    found = read(f"قال وزير الداخلية الليبي إن الأمن مستتب.\n\n{text}\n\n{MORE}")
    assert said(found)[1].citations[0].quote == text


def test_a_ticker_about_what_came_later() -> None:
    ticker = "انهيار الجسر الكبير: لا ناجينالحكومة تستقيل بعد الكارثة.. وتفاصيل الليلة الأخيرةماذا بقي من المدينة القديمة؟" * 4
    found = read(f"{ticker}\n\nالحكومة تعلن خطة لصيانة الجسر الكبير\n\nأعلنت الحكومة خطة لصيانة الجسر الكبير.\n\n{MORE}")
    assert all(ticker not in found.document.text[s.start : s.end] for a in found.articles for s in a.kept)


def test_an_article_without_any_date_stays_undated() -> None:
    found = read(f"خطة جديدة لصيانة الجسر الكبير في المدينة\n\nأعلنت الحكومة خطة لصيانة الجسر.\n\n{MORE}")
    assert (found.articles[0].published.value, found.articles[0].published.earliest) == (None, None)


def test_one_meeting_spelled_two_ways() -> None:
    for name in ("أستانا", "أستانة"):
        found = read(f"انطلقت أمس الجولة الـ20 من محادثات {name} بحضور الوفود كافة.\n\n{MORE}")
        assert found.articles[0].published.basis == "gazetteer"

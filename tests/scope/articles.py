"""Articles made for tests of the scope: a text in our own words with what a page says beside it."""

from __future__ import annotations

import hashlib
from zoneinfo import ZoneInfo

from briefing.ingest.articles import harvest
from briefing.model import Article, Document, Metadata


def article(text: str, **known: str) -> Article:
    """The article in a text with such metadata (title, url, author, section, published)."""
    basis = "metadata" if "published" in known else None
    meta = Metadata(**{"title": "خبر للتجربة", **known}, published_basis=basis)
    digest = hashlib.sha256((text + str(sorted(known.items()))).encode("utf-8", "surrogatepass")).hexdigest()
    found = harvest(Document(f"{digest[:6]}.json", text, digest, meta), ZoneInfo("UTC")).articles
    assert found, "the text is no article"
    return found[0]


NEWS = (
    "أعلن محافظ الإقليم أمس أن الطريق إلى الجبل فُتح من جديد بعد أسبوع من الأمطار. وقال في بيان إن الفرق الهندسية أزالت الصخور "
    "وأصلحت جدارا قديما. وأضاف أن الحافلات ستعود إلى السير صباح الأحد."
)
MATCH = (
    "فاز فريق الميناء على ضيفه بهدفين في مباراة من الجولة السابعة. وسجل المهاجم هدفه الأول من ركلة جزاء قبل نهاية الشوط الأول، "
    "ثم أضاف لاعب الوسط الثاني. وقال المدرب إن اللاعبين استحقوا النقاط الثلاث."
)
CONCERT = (
    "أحيت المطربة ليلى النجار حفلا غنائيا على المسرح القديم وقدمت أغاني من ألبومها الجديد. وشاركتها أوركسترا المدينة، "
    "ثم قرأ شاعر شاب قصيدة قصيرة أمام جمهور كبير في ختام المهرجان."
)
COLUMN = (
    "كلما مررت بالسوق القديم أتذكر جدي وهو يعد النقود على مهل. أعتقد أننا أضعنا شيئا من ذلك الصبر، فهل نستطيع أن نستعيده؟"
    " ولماذا نحسب العمر بالمواعيد وحدها؟ في رأيي أن المدينة التي لا تعرف البطء لا تعرف أهلها. "
    "ربما كنت مخطئا، لكنني لا أرى في العجلة غير الندم، وعلينا أن نعلم أولادنا كيف ينتظرون. أليس الانتظار نصف الحكاية؟ "
    "أقول هذا وأنا أكتب على عجل، فاعذرني أيها القارئ."
)
HOROSCOPE = (
    "الحمل يوم هادئ للعمل. الثور لا تتعجل في المال. الجوزاء رسالة من بعيد. السرطان وقت للعائلة. الأسد فكرة جديدة."
    " العذراء نظم أوراقك. الميزان لقاء قديم. العقرب اصبر قليلا. القوس سفر قصير."
)

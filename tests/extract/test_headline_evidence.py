"""A headline or kicker is never the only evidence: what stands above the story is no item of its own."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from briefing.arabic.sentences import sentences
from briefing.extract import rules
from briefing.ingest.articles import harvest
from briefing.model import Document

STORY = (
    "عمان - وصلت قافلة من ثلاثين شاحنة إلى مستودعات المدينة صباح اليوم الثلاثاء 12 نوفمبر 2024 محملة بالطحين والأغطية.\n\n"
    "وتوزعت الحمولة على أربعة أحياء، وبدأت فرق المتطوعين بفرزها منذ ساعات الصباح الأولى وسط حضور كبير من الأهالي.\n\n"
)


@pytest.mark.parametrize(
    "above",
    [
        "وزير التموين: مخزون القمح يكفي ستة أشهر\n\n",
        "الأردن والعراق يوقعان اتفاقية لتوريد القمح\n\n",
        "قال إن المخزون يكفي ستة أشهر\n\nوزير التموين يعلن وصول قافلة القمح إلى المستودعات\n\n",
    ],
)
def test_what_stands_above_the_story_is_no_item(above: str) -> None:
    found = harvest(Document("page.txt", above + STORY, "0" * 64), ZoneInfo("UTC"))
    assert len(found.articles) == 1
    article = found.articles[0]
    drafts = rules.find(article, sentences(article.document.text, article.kept))
    assert [d.item.ar for d in (*drafts.statements, *drafts.agreements)] == []

"""What was said in review survives every other build of the same articles, and follows into all that is made of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from briefing.render.context import make_context
from briefing.render.rendition import Rendition
from briefing.render.schema import schema
from briefing.store.revisions import ACCEPT, REJECT
from tests.review.conftest import NOW, SHELLING, STATION, WEEK, Echo, built, items, one, said, settings

ANOTHER = "Published: 2024-11-11\n\nأعلنت وزارة الصحة أن حملة التلقيح ستبدأ يوم الأحد في المدارس كلها.\n"


def _state(item: dict[str, Any]) -> str | None:
    return item["review"] and str(item["review"]["state"])


def test_an_item_nobody_looked_at_has_no_review_and_the_brief_neither(news: Path) -> None:
    brief = built(news)
    assert brief["review"] is None and [item["review"] for item in items(brief)] == [None] * 3
    assert not (news.parent / "store.db").exists(), "a build makes no store to ask it for a review"


def test_an_accepted_item_is_reviewed_with_who_and_when_and_fits_the_schema(news: Path) -> None:
    said(news, one(built(news), "أبوابها"), "verdict", ACCEPT)
    brief = built(news)
    review = one(brief, "أبوابها")["review"]
    assert (review["state"], review["by"], review["corrected"]) == ("accepted", "Rana", [])
    assert review["at"].endswith("+00:00")
    assert _state(one(brief, "الكلفة")) is None
    assert list(Draft202012Validator(schema("brief-1")).iter_errors(brief)) == []


def _renamed(news: Path) -> None:
    (news / "station.txt").rename(news / "another-name.txt")


def _moved_down(news: Path) -> None:
    first = "صرحت رئيسة البلدية ليلى المنصور بأن الحديقة ستبقى مفتوحة للزوار.\n"
    (news / "station.txt").write_text(STATION.replace("قال وزير", first + "قال وزير"), encoding="utf-8")


def _added(news: Path) -> None:
    (news / "aaa.txt").write_text(ANOTHER, encoding="utf-8")


def _as_html(news: Path) -> None:
    paragraphs = "".join(f"<p>{line.replace(' ', '  ', 3)}</p>" for line in STATION.splitlines()[3:])
    head = '<title>افتتاح المحطة</title><meta property="article:published_time" content="2024-11-12T08:00:00Z">'
    (news / "station.html").write_text(f"<html lang=ar><head>{head}</head><article>{paragraphs}</article>", encoding="utf-8")
    (news / "station.txt").unlink()


@pytest.mark.parametrize("change", [_renamed, _moved_down, _added, _as_html])
def test_it_survives_another_file_name_a_moved_sentence_more_articles_and_another_format(news: Path, change: Any) -> None:
    before = built(news)
    for word in ("أبوابها", "الكلفة", "سرمين"):
        said(news, one(before, word), "verdict", ACCEPT)
    change(news)
    after = built(news)
    assert [_state(one(after, word)) for word in ("أبوابها", "الكلفة", "سرمين")] == ["accepted"] * 3
    assert after["review"]["unmatched"] == []


def test_what_another_engine_makes_of_it_was_not_what_was_accepted(news: Path) -> None:
    said(news, one(built(news), "أبوابها"), "verdict", ACCEPT)
    said(news, one(built(news), "سرمين"), "verdict", ACCEPT)
    after = built(news, "other")
    assert _state(one(after, "أبوابها")) == "stale"
    assert _state(one(after, "سرمين")) == "accepted", "its line is made of facts alone"


def test_a_rejected_item_is_gone_and_counted_and_its_key_kept(news: Path) -> None:
    item = one(built(news), "سرمين")
    said(news, item, "verdict", REJECT, note="of last year")
    brief = built(news)
    assert "سرمين" not in "".join(i["ar"] for i in items(brief))
    assert brief["event_counts"] is None
    assert not any("E1" in highlight["entries"] for highlight in brief["highlights"])
    assert brief["review"]["rejected"] == [item["parts"][0]["key"]]
    assert any("rejected in review and left out: 1." in line for line in brief["method"])
    assert "of last year" not in json.dumps(brief)


def test_a_corrected_speaker_stands_in_item_line_and_group_and_what_was_read_beside_it(news: Path) -> None:
    name = {"ar": "ليلى المنصور", "en": "Layla al-Mansour", "role_en": "deputy minister"}
    said(news, one(built(news), "أبوابها"), "speaker", name)
    brief = built(news)
    item = one(brief, "أبوابها")
    assert (item["speaker"]["en"], item["speaker"]["role_en"]) == ("Layla al-Mansour", "deputy minister")
    assert item["en"].startswith("Layla al-Mansour (deputy minister)") and item["en"].endswith("letters")
    assert brief["sections"][0]["statements"][0]["speaker_en"] == "Layla al-Mansour"
    (was,) = item["review"]["corrected"]
    assert (was["field"], was["was"]["en"]) == ("speaker", "Sami al-Hadad")
    assert _state(item) == "corrected"
    assert list(Draft202012Validator(schema("brief-1")).iter_errors(brief)) == []


def test_corrected_date_and_count_stand_in_the_line_and_the_counts(news: Path) -> None:
    item = one(built(news), "سرمين")
    day = {"value": "2024-11-11", "earliest": "2024-11-11", "latest": "2024-11-11", "precision": "day", "basis": "reviewed"}
    said(news, item, "date", day)
    first = item["counts"][0]
    said(news, item, "count", [{"what": first["what"], "was": [3, "exact"], "number": 5, "qualifier": "at_least"}])
    brief = built(news)
    now = one(brief, "سرمين")
    assert "2024-11-11" in now["en"] and "at least 5" in now["en"] and "7" in now["en"]
    assert {c["field"] for c in now["review"]["corrected"]} == {"date", "counts"}
    killed = brief["event_counts"]["total"]["killed"]
    assert (killed["number"], killed["at_least"]) == (5, True)
    assert list(Draft202012Validator(schema("brief-1")).iter_errors(brief)) == []


def test_edited_english_stands_whatever_the_engine_says_later(news: Path) -> None:
    item = one(built(news), "أبوابها")
    english = "the station opens on Thursday after a year of works"
    said(news, item, "english", {"of": "item", "ar": item["ar"], "en": english})
    after = one(built(news, "other"), "أبوابها")
    assert after["en"].endswith(": " + english) and _state(after) == "corrected"
    assert after["review"]["corrected"] == [{"field": "en", "was": after["en"].replace(english, "other gave 79 letters")}]


def test_a_figure_of_edited_english_that_the_arabic_has_not_is_flagged(news: Path) -> None:
    item = one(built(news), "أبوابها")
    said(news, item, "english", {"of": "item", "ar": item["ar"], "en": "the station opens after 17 days"})
    assert [flag for flag in one(built(news), "أبوابها")["flags"] if flag.startswith("number: ")] != []


def test_what_is_said_of_an_item_that_is_gone_is_kept_and_named(news: Path) -> None:
    item = one(built(news), "سرمين")
    said(news, item, "verdict", ACCEPT)
    (news / "shelling.txt").unlink()
    assert built(news)["review"]["unmatched"] == [item["parts"][0]["key"]]
    (news / "shelling.txt").write_text(SHELLING, encoding="utf-8")
    assert _state(one(built(news), "سرمين")) == "accepted"


def test_an_item_that_another_outlet_comes_to_tell_is_reviewed_when_that_telling_is_too(news: Path) -> None:
    said(news, one(built(news), "سرمين"), "verdict", ACCEPT)
    text = SHELLING.replace("قصف على", "مقتل عمال في").replace("قتل ثلاثة", "وقتل ثلاثة").replace("2024-11-13", "2024-11-14")
    (news / "b.txt").write_text(text + "\nوقالت البلدية إن المدارس ستغلق أبوابها يومين.\n", encoding="utf-8")
    merged = one(built(news), "سرمين")
    assert len({part["key"] for part in merged["parts"]}) == 2 and _state(merged) == "stale"
    said(news, merged, "verdict", ACCEPT)
    assert _state(one(built(news), "سرمين")) == "accepted"
    said(news, merged, "verdict", REJECT)
    review = built(news)["review"]
    assert (review["items"], len(review["rejected"])) == (1, 2), "one item of two tellings"


def test_a_review_is_of_its_own_week(news: Path) -> None:
    said(news, one(built(news), "سرمين"), "verdict", REJECT)
    assert built(news, week=None)["review"] is None


def test_the_same_inputs_and_revisions_give_the_same_bytes(news: Path) -> None:
    item = one(built(news), "أبوابها")
    said(news, item, "verdict", ACCEPT)
    said(news, one(built(news), "سرمين"), "verdict", REJECT)
    assert json.dumps(built(news)) == json.dumps(built(news))


def test_a_store_that_cannot_be_read_is_a_problem_and_nothing_passes_for_reviewed(news: Path) -> None:
    said(news, one(built(news), "أبوابها"), "verdict", ACCEPT)
    for name in ("store.db", "store.db-wal", "store.db-shm"):
        (news.parent / name).unlink(missing_ok=True)
    (news.parent / "store.db").write_bytes(b"no database" * 100)
    brief = built(news)
    assert brief["review"] is None and any("what was reviewed is not in this brief" in p["message"] for p in brief["problems"])


def test_reviewed_stands_at_the_item_in_markdown_and_html(news: Path) -> None:
    from briefing.pipeline import Means, Order, build
    from briefing.progress import untracked

    said(news, one(built(news), "أبوابها"), "verdict", ACCEPT)
    brief = build(Order((news,), WEEK, False, NOW), settings(news), Means(lambda: Echo()), print, untracked)
    made = Rendition(brief, make_context(settings(news)))
    assert made.markdown.count('<span class="reviewed">reviewed</span>') == 1
    assert made.page.count('<span class="reviewed">reviewed</span>') == 1
    arabic = Rendition(brief, make_context(replace(settings(news), lang="ar")))
    assert re.findall('<span class="reviewed">([^<]+)', arabic.markdown) == ["روجِع"] and "روجِع" in arabic.page


# ---------------------------------------------------------------- a week that looks back

PROMISE = "Published: 2024-11-06\n\nاتفقت تركيا وإيران على عقد اجتماع جديد في 20 نوفمبر 2024 لبحث ملف المعابر.\n"
STRUCK = "Published: 2024-11-06\n\nقتل أربعة مدنيين في قصف مدفعي استهدف بلدة النيرب يوم الثلاثاء.\n"


def test_the_week_after_follows_what_was_rejected_in_counts_and_ledger(news: Path) -> None:
    (news / "promise.txt").write_text(PROMISE, encoding="utf-8")
    (news / "struck.txt").write_text(STRUCK, encoding="utf-8")
    before = built(news)
    assert before["event_counts"]["total"]["before"] == 1 and len(before["ledger"]["lines"]) == 1
    week = built(news, week="2024-W45")
    for word in ("المعابر", "النيرب"):
        said(news, one(week, word), "verdict", REJECT, week="2024-W45")
    after = built(news)
    assert after["event_counts"]["total"]["before"] == 0 and after["ledger"]["lines"] == []
    assert after["review"] is None, "nothing was said of this week's items"


def test_a_brief_that_calls_an_item_reviewed_that_is_not_is_not_written(news: Path) -> None:
    from briefing.errors import OutputError
    from briefing.pipeline import Means, Order, build
    from briefing.progress import untracked
    from briefing.render.verify import check_outputs

    said(news, one(built(news), "أبوابها"), "verdict", ACCEPT)
    brief = build(Order((news,), WEEK, False, NOW), settings(news), Means(lambda: Echo()), print, untracked)
    text = Rendition(brief, make_context(settings(news))).markdown
    check_outputs(brief, {"md": text.encode()})
    with pytest.raises(OutputError, match="calls 0 items reviewed, not 1"):
        check_outputs(brief, {"md": text.replace('<span class="reviewed">', "<span>").encode()})

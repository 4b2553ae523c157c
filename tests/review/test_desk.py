"""The desk: what is said reaches store, memory and the next build, and can be taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.deliver.built import built as read_built
from briefing.errors import InputError, UnreviewedError, UsageError
from briefing.review.desk import Desk
from briefing.review.remembered import held, remember
from briefing.review.required import outdated, require_reviewed, unreviewed
from briefing.review.walking import beside, chosen, found
from briefing.store.revisions import Changed
from tests.review.conftest import SHELLING, STATION, WEEK, built, items, one, put, rows, said, settings

TODAY = date(2024, 11, 18)
ENGLISH = "the station opens its doors on Thursday after a year of works"


@pytest.fixture
def desk(news: Path) -> Desk:
    put(news, built(news))
    return Desk(settings(news), WEEK, "Rana", TODAY)


def _do(desk: Desk, ident: str, act: str, **form: str) -> str:
    view = desk.view()
    card = next(card for card in view.cards if card.id == ident)
    return desk.act(act, form, card, view.names(), view.newest(card.keys))


def test_progress_counts_what_was_looked_at_and_undo_takes_it_back(desk: Desk) -> None:
    assert (desk.view().done(), len(desk.view().cards)) == (0, 3)
    _do(desk, "S1", "accept")
    _do(desk, "E1", "reject", reason="of last year")
    view = desk.view()
    assert [view.status(card) for card in view.cards] == ["accepted", "open", "rejected"] and view.done() == 2
    assert [card.id for card in chosen(view, "open")] == ["S2"] and [card.id for card in chosen(view, "rejected")] == ["E1"]
    before, after = beside(view, view.cards[0], "open")
    assert before is None and after is not None and after.id == "S2"
    event = view.cards[2]
    desk.undo(event.keys, view.newest(event.keys))
    assert desk.view().status(event) == "open"
    with pytest.raises(Changed):
        desk.undo(event.keys, 0)


def test_edited_english_goes_into_the_memory_and_out_again(desk: Desk, news: Path) -> None:
    assert _do(desk, "S1", "english", english=ENGLISH) == ""
    arabic = desk.view().cards[0].item["ar"]
    assert held(settings(news), arabic) == ENGLISH and "Rana" in (news.parent / "memory.tmx").read_text(encoding="utf-8")
    _do(desk, "S1", "english", english="another wording")
    card = desk.view().cards[0]
    desk.undo(card.keys, desk.view().newest(card.keys))
    assert held(settings(news), arabic) == ENGLISH
    desk.undo(card.keys, desk.view().newest(card.keys))
    assert held(settings(news), arabic) is None and desk.view().status(card) == "open"


def test_what_was_in_the_memory_before_comes_back_and_later_english_is_left_alone(desk: Desk, news: Path) -> None:
    card = desk.view().cards[0]
    remember(settings(news), card.item["ar"], "of old", "Omar")
    _do(desk, "S1", "english", english=ENGLISH)
    desk.undo(card.keys, desk.view().newest(card.keys))
    assert held(settings(news), card.item["ar"]) == "of old"
    _do(desk, "S1", "english", english=ENGLISH)
    remember(settings(news), card.item["ar"], "by hand since", "Omar")
    desk.undo(card.keys, desk.view().newest(card.keys))
    assert held(settings(news), card.item["ar"]) == "by hand since"


def test_a_memory_that_cannot_be_changed_is_said_and_the_edit_counts_all_the_same(desk: Desk, news: Path) -> None:
    (news.parent / "memory.tmx").write_text("no memory", encoding="utf-8")
    assert "not in your memory" in _do(desk, "S1", "english", english=ENGLISH)
    (news.parent / "memory.tmx").unlink()
    assert one(built(news), "أبوابها")["en"].endswith(ENGLISH)


def test_a_form_that_makes_no_sense_writes_nothing(desk: Desk, news: Path) -> None:
    for act, form in (("reject", {}), ("date", {"date": "soon"}), ("speaker", {}), ("english", {"english": "  "})):
        with pytest.raises(UsageError):
            _do(desk, "S1", act, **form)
    assert not (news.parent / "store.db").exists()


def test_an_address_of_an_earlier_build_leads_to_the_item_wherever_it_stands_now(desk: Desk, news: Path) -> None:
    card = desk.view().cards[1]
    first = "قال وزير النقل سامي الحداد إن النفق سيغلق أياما.\n"
    (news / "station.txt").write_text(STATION.replace("قال وزير", first + "قال وزير"), encoding="utf-8")
    put(news, built(news))
    now = found(desk.view(), card.ident)
    assert now is not None and now.item["ar"] == card.item["ar"] and now.id != card.id
    assert found(desk.view(), "S1-000000000000") is None


def test_what_no_article_tells_any_more_is_named_and_what_was_rejected_can_be_taken_back(desk: Desk, news: Path) -> None:
    _do(desk, "E1", "reject", reason="of last year")
    _do(desk, "S2", "accept")
    (news / "station.txt").unlink()
    (news / "other.txt").write_text("Published: 2024-11-12\n\nقالت البلدية إن المدارس ستغلق أبوابها يومين.\n", encoding="utf-8")
    put(news, built(news))
    view = desk.view()
    gone = {row["verdict"].shown["id"]: view.lost(key) for key, row in view.elsewhere()}
    assert gone == {"S2": True, "E1": False}
    key = next(key for key, row in view.elsewhere() if row["verdict"].shown["id"] == "E1")
    desk.undo([key], view.newest([key]))
    assert "سرمين" in "".join(item["ar"] for item in items(built(news)))


# ---------------------------------------------------------------- before it goes out


def _asked(news: Path) -> None:
    require_reviewed(read_built(Config(base=news.parent), WEEK, TODAY), news.parent / "store.db")


def test_a_brief_may_go_out_when_all_of_it_was_reviewed_and_built_since(desk: Desk, news: Path) -> None:
    assert unreviewed(built(news)) == ["S1", "S2", "E1"]
    with pytest.raises(UnreviewedError, match="3 items"):
        _asked(news)
    for ident in ("S1", "S2"):
        _do(desk, ident, "accept")
    _do(desk, "E1", "reject", reason="of last year")
    with pytest.raises(UnreviewedError, match="before the last edit"):
        _asked(news)
    put(news, built(news))
    _asked(news)
    card = desk.view().cards[0]
    desk.undo(card.keys, desk.view().newest(card.keys))
    with pytest.raises(UnreviewedError, match="before the last edit"):
        _asked(news)
    put(news, built(news))
    with pytest.raises(UnreviewedError, match="1 item: S1"):
        _asked(news)


def test_a_stale_review_is_none_and_an_article_that_came_later_is_open(news: Path) -> None:
    for item in items(built(news)):
        said(news, item, "verdict", "accept")
    assert unreviewed(built(news)) == [] and not outdated(built(news), rows(news))
    assert unreviewed(built(news, "other")) == ["S1", "S2"]
    (news / "more.txt").write_text("Published: 2024-11-14\n\nقالت البلدية إن المدارس ستغلق أبوابها يومين.\n", encoding="utf-8")
    assert len(unreviewed(built(news))) == 1


def test_a_brief_of_an_earlier_version_is_to_be_built_again(desk: Desk, news: Path) -> None:
    brief = built(news)
    for item in items(brief):
        del item["parts"], item["review"]
    del brief["review"]
    put(news, brief)
    with pytest.raises(InputError, match="too little"):
        desk.view()
    assert unreviewed(brief) == ["S1", "S2", "E1"] and not outdated(brief, ())


def test_what_is_said_of_an_item_is_said_of_every_telling_of_it(desk: Desk, news: Path) -> None:
    text = SHELLING.replace("قصف على", "مقتل عمال في").replace("قتل ثلاثة", "وقتل ثلاثة").replace("2024-11-13", "2024-11-14")
    (news / "b.txt").write_text(text + "\nوقالت البلدية إن المدارس ستغلق أبوابها يومين.\n", encoding="utf-8")
    put(news, built(news))
    _do(desk, "E1", "count", **{"number-0": "5", "qualifier-0": "exact", "number-1": "7", "qualifier-1": "exact"})
    assert len({row.key for row in rows(news)}) == 2 and len({row.action for row in rows(news)}) == 1
    put(news, built(news))
    view = desk.view()
    (event,) = [card for card in view.cards if card.kind == "event"]
    assert [count["number"] for count in event.item["counts"]] == [5, 7] and view.status(event) == "corrected"
    assert len(event.keys) == 2, "with the new number in both they are one still"
    desk.undo(event.keys, view.newest(event.keys))
    put(news, built(news))
    assert one(built(news), "سرمين")["counts"][0]["number"] == 3

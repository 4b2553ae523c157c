"""What changed between two builds of a week."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.changes import changes
from briefing.deliver.correction import correction
from briefing.deliver.edition import edition
from briefing.store.deliveries import Delivery
from tests.deliver.a_brief import NO_WHEN, highlight, item, tree

BRIDGE = item("S1", "Minister: The bridge will open.", "قال الوزير إن الجسر سيفتح.", 0)
ROAD = item("S2", "Minister: The road is shut.", "وأضاف أن الطريق مغلق.", 20)
TOLL = item("E1", "Collapse, 3 killed", "قتل ثلاثة عمال.", 40)
EARLIER = Delivery("e", "abcdef" * 10 + "abcd", "2024-W46", "a@x", "sent", 1, 1, 1, "<i@x>", "", "", "2024-11-18T06:05:00+00:00",
                   "2024-11-18T06:00:00+00:00", None)  # fmt: skip


def test_a_brief_like_the_other_has_no_changes() -> None:
    moved = {**BRIDGE, "id": "S9"}  # another number is no other statement
    found = changes(tree([BRIDGE, ROAD], [TOLL]), tree([ROAD, moved], [TOLL]))
    assert (found.added, found.removed, found.changed, found.elsewhere) == ((), (), (), ())


def test_added_removed_and_changed_are_told_apart() -> None:
    mended = {**TOLL, "en": "Collapse, 2 killed"}
    fresh = item("S3", "Minister: Work goes on.", "وقال إن العمل مستمر.", 60)
    found = changes(tree([BRIDGE, ROAD], [TOLL]), tree([BRIDGE, fresh], [mended]))
    assert [one.en for one in found.added] == ["Minister: Work goes on."]
    assert [one.en for one in found.removed] == ["Minister: The road is shut."]
    assert [(pair.was.en, pair.now.en) for pair in found.changed] == [("Collapse, 3 killed", "Collapse, 2 killed")]


def test_a_date_alone_is_a_change_and_is_shown() -> None:
    dated = {**BRIDGE, "date": NO_WHEN | {"value": "2024-11-12", "earliest": "2024-11-12", "latest": "2024-11-12"}}
    shown = correction(EARLIER, tree([BRIDGE]), tree([dated]), ZoneInfo("UTC")).changed
    assert [(one.was[-13:], one.now[-19:]) for one in shown.lines] == [(" (date: none)", " (date: 2024-11-12)")]


def test_a_statement_is_not_paired_with_an_event() -> None:
    found = changes(tree([BRIDGE]), tree([], [{**BRIDGE, "id": "E1"}]))
    assert (len(found.added), len(found.removed), found.changed) == (1, 1, ())


def test_a_sentence_put_right_in_a_text_that_is_another_now_is_a_change() -> None:
    mended = item("S1", "Minister: The bridge opens Sunday.", "قال الوزير إن الجسر سيفتح الأحد.", 3)
    mended["citations"][0]["text_sha256"] = "1" * 64
    found = changes(tree([BRIDGE]), tree([mended]))
    assert (len(found.changed), found.added, found.removed) == (1, (), ())


def test_two_items_of_one_sentence_keep_to_their_own_kind_of_words() -> None:
    twin = {**BRIDGE, "id": "S2", "ar": "إن الجسر سيفتح", "en": "It opens."}
    found = changes(tree([BRIDGE, twin]), tree([{**twin, "en": "It will open."}, BRIDGE]))
    assert [(pair.was.en, pair.now.en) for pair in found.changed] == [("It opens.", "It will open.")]


def test_other_parts_that_differ_are_named() -> None:
    found = changes(tree([BRIDGE]), tree([BRIDGE], highlights=[highlight("New")], problems=[{"where": "x"}]))
    assert found.elsewhere == ("the highlights", "the problems")


def test_numbers_that_moved_are_no_difference_and_other_english_of_a_cited_sentence_is() -> None:
    def told(number: int, en: str = "The road is shut.", more: int = 0) -> dict[str, Any]:
        cited = [{"number": n, "start": 20 * n, "end": 20 * n + 9, "translation": {"en": "Else."}} for n in range(90, 90 + more)]
        here = {"number": number, "start": 0, "end": 17, "translation": {"en": en}, "entries": [f"S{number}"]}
        source = {"number": number, "article_id": "a-1", "title": "t", "cited": [*cited, here]}
        return tree([BRIDGE], highlights=[{"text": "A", "entries": [f"S{number}"], "numbers": [number]}], sources=[source])

    assert changes(told(1), told(2, more=1)).elsewhere == ()
    assert changes(told(1), told(2, "The road is open.")).elsewhere == ("the sources",)


def test_an_earlier_brief_that_is_not_kept_is_said() -> None:
    found = correction(EARLIER, None, tree([BRIDGE]), ZoneInfo("Asia/Riyadh"))
    assert (found.known, found.sent, found.digest) == (False, "18 November 2024, 09:00 (UTC+03:00)", "abcdefabcdef")


def test_long_lists_are_cut_and_counted() -> None:
    many = [item(f"S{n}", f"Said {n}", f"قال {n}", n * 10) for n in range(40)]
    found = correction(EARLIER, tree(), tree(many), ZoneInfo("UTC"))
    assert (found.added.total, len(found.added.lines), found.added.more) == (40, 15, 25)


ITEMS = st.lists(
    st.builds(item, st.just("S1"), st.sampled_from("abc"), st.sampled_from("ابت"), st.integers(0, 3)), max_size=8
)  # fmt: skip


@given(ITEMS, ITEMS)
def test_every_item_is_accounted_for_and_the_way_back_is_the_reverse(was: list[Any], now: list[Any]) -> None:
    there, back = changes(tree(was), tree(now)), changes(tree(now), tree(was))
    assert len(was) - len(there.removed) == len(now) - len(there.added)
    assert (len(there.added), len(there.removed)) == (len(back.removed), len(back.added))
    same = changes(tree(was), tree(was))
    assert (same.added, same.removed, same.changed) == ((), (), ())


def test_an_edition_is_what_a_brief_says_and_not_when_it_was_made() -> None:
    assert edition(tree([BRIDGE])) == edition(tree([BRIDGE], cut_off="2024-11-19T06:00+00:00"))
    assert edition(tree([BRIDGE])) != edition(tree([BRIDGE], title="Another"))

"""Revisions: added and never changed; the newest stands; what was taken back does not; two who write at once are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.store.database import Database
from briefing.store.revisions import Change, Changed, Revision, Revisions, digest, newest, recorded, standing

WEEK, OTHER = "2024-W46", "2024-W45"


def _change(key: str, field: str = "verdict", value: object = "accept") -> Change:
    return Change(key, field, value, ("a.b",), {"id": "S1"})


def test_the_newest_row_of_an_item_and_field_stands_and_all_are_kept(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        revisions = Revisions(database)
        revisions.add(WEEK, [_change("k"), _change("l")], "Rana", 0)
        revisions.add(WEEK, [_change("k", value="reject")], "Omar", 2, "of last year")
        revisions.add(WEEK, [_change("k", "date", {"value": "2024"})], "Rana", 3)
        rows = revisions.of(WEEK)
        assert [(r.id, r.key, r.field, r.who) for r in rows] == [
            (1, "k", "verdict", "Rana"), (2, "l", "verdict", "Rana"), (3, "k", "verdict", "Omar"), (4, "k", "date", "Rana"),
        ]  # fmt: skip
        stands = standing(rows)
        assert (stands["k"]["verdict"].value, stands["k"]["verdict"].note) == ("reject", "of last year")
        assert stands["k"]["date"].value == {"value": "2024"} and stands["l"]["verdict"].seen == ("a.b",)
        assert revisions.of(OTHER) == ()


def test_a_write_on_an_item_that_changed_meanwhile_is_refused_and_on_another_is_not(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as one, Database(tmp_path / "store.db") as two:
        Revisions(one).add(WEEK, [_change("k")], "Rana", 0)
        with pytest.raises(Changed):
            Revisions(two).add(WEEK, [_change("l"), _change("k", value="reject")], "Omar", 0)
        with pytest.raises(Changed):
            Revisions(two).undo(WEEK, ["k"], "Omar", 0)
        assert len(Revisions(two).of(WEEK)) == 1, "nothing of it was written"
        Revisions(two).add(WEEK, [_change("l")], "Omar", 0)
        Revisions(two).add(OTHER, [_change("k")], "Omar", 0)


def test_undo_takes_back_one_whole_act_after_the_other_and_is_kept_too(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        revisions = Revisions(database)
        revisions.add(WEEK, [_change("k")], "Rana", 0)
        revisions.add(WEEK, [_change("k", value="reject"), _change("l", value="reject")], "Rana", 1)
        taken = revisions.undo(WEEK, ["k"], "Omar", 3)
        assert taken is not None and taken.value == "reject"
        assert {key: fields["verdict"].value for key, fields in standing(revisions.of(WEEK)).items()} == {"k": "accept"}
        revisions.undo(WEEK, ["k"], "Omar", 5)
        assert standing(revisions.of(WEEK)) == {} and revisions.undo(WEEK, ["k"], "Omar", 9) is None
        assert len(revisions.of(WEEK)) == 6


def test_no_store_is_no_review_and_makes_none(tmp_path: Path) -> None:
    assert recorded(tmp_path / "store.db") == ({}, ())
    assert list(tmp_path.iterdir()) == []


ROWS = st.lists(st.tuples(st.sampled_from("kl"), st.sampled_from(("verdict", "date")), st.booleans()), max_size=12)


@given(ROWS)
def test_what_stands_depends_on_ids_alone_and_so_does_its_digest(told: list[tuple[str, str, bool]]) -> None:
    rows: list[Revision] = []
    for n, (key, field, undo) in enumerate(told, 1):
        undoes = rows[-1].action if undo and rows else None
        rows.append(Revision(n, n, WEEK, key, field, n, (), "", "", "", {}, undoes))
    assert standing(rows) == standing(reversed(rows)) and digest(rows) == digest(reversed(rows))
    assert newest(rows, ["k"]) == max((r.id for r in rows if r.key == "k"), default=0)
    gone = {row.undoes for row in rows}
    for key, fields in standing(rows).items():
        for field, row in fields.items():
            alive = [r.id for r in rows if (r.key, r.field, r.undoes) == (key, field, None) and r.action not in gone]
            assert row.id == max(alive)

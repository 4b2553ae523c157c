"""Pruning: what is long unseen goes, what is cited, current or went out stays, and nothing is fetched a second time."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefing.store.briefs import Briefs
from briefing.store.cache import Cache
from briefing.store.checking import check
from briefing.store.database import Database
from briefing.store.documents import Documents, Origin
from briefing.store.retention import Bounds, Pruned, bounds, prune, spared

OLD, NEW = "2024-01-08T09:00:00+00:00", "2024-11-12T09:00:00+00:00"
BOUND = Bounds(date(2024, 6, 3), None)


def add(database: Database, text: str, fetched: str, source: str = "") -> str:
    Documents(database).add(text.encode(), "text", Origin(source or text, "page", fetched))
    return hashlib.sha256(text.encode()).hexdigest()


def held(database: Database) -> set[str]:
    return {(kept.content or b"damaged").decode() for kept in Documents(database).current()}


def test_bounds_are_mondays_and_nought_is_none() -> None:
    assert bounds(2, 0, date(2024, 11, 20)) == Bounds(date(2024, 11, 4), None)
    assert bounds(0, 1, date(2024, 11, 18)) == Bounds(None, date(2024, 11, 11))


def test_what_is_long_unseen_goes_and_its_address_stays_known(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        add(database, "old", OLD)
        add(database, "new", NEW)
        add(database, "seen again", OLD)
        add(database, "seen again", NEW)
        assert prune(database, BOUND, dry=True) == Pruned(1, 1, 0)
        assert held(database) == {"old", "new", "seen again"}
        assert prune(database, BOUND) == Pruned(1, 1, 0)
        assert held(database) == {"new", "seen again"}
        assert Documents(database).last("old") is not None  # a feed that still names it does not have it fetched again
        assert prune(database, BOUND) == Pruned(0, 0, 0)
        database.shrink()
    assert check(tmp_path / "store.db").faults == ()


def test_what_a_brief_cites_that_went_out_since_stays(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        digests = [add(database, text, OLD) for text in ("cited", "cited long ago", "not cited")]
        for digest in digests[:2]:
            Briefs(database).keep("2024-W46", json.dumps({"x": [{"file": f"store:{digest[:12]}"}]}).encode())
        database.execute("UPDATE briefs SET kept = ? WHERE id = 2", OLD)
        database.execute("UPDATE briefs SET kept = ? WHERE id = 1", NEW)
        prune(database, BOUND)
        assert held(database) == {"cited"}
        assert len(Briefs(database).newest()) == 1  # briefs themselves stay


def test_an_older_state_of_a_page_does_not_come_back(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        first = add(database, "first state", OLD, "page")
        add(database, "second state", OLD, "page")
        Briefs(database).keep("2024-W46", f'["store:{first[:12]}"]'.encode())
        prune(database, BOUND)
        assert held(database) == {"second state"}


def test_answers_go_by_age_and_only_when_a_bound_is_set(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        Cache(database).keep("answer", {"a": "one", "b": "two"})
        database.execute("UPDATE cache SET made = ? WHERE key = 'a'", OLD)
        assert prune(database, BOUND) == Pruned(0, 0, 0)
        assert prune(database, Bounds(None, date(2024, 6, 3))) == Pruned(0, 0, 1)
        assert Cache(database).found("answer", ["a", "b"]) == {"b": "two"}


@given(st.sets(st.sampled_from("abcdef")), st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4), max_size=6))
def test_no_address_is_left_with_an_older_state_only(old: set[str], states: list[list[str]]) -> None:
    gone = spared(old, states)
    assert gone <= old
    for held in states:
        assert held[-1] not in gone or gone.issuperset(held)

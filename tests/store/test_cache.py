"""Derived values: found again by all they rest on, shared by two processes, and never a reason to fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.store.cache import Cache, key, open_cache
from briefing.store.database import Database
from briefing.store.documents import Documents, Origin
from briefing.store.migrations import APPLICATION, MIGRATIONS

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from pathlib import Path
from briefing.store.cache import open_cache
print("ready", flush=True)
sys.stdin.read(1)
with open_cache(Path(sys.argv[1])) as cache:
    for n in range(200):
        cache.keep("answer", {f"shared {n}": f"value {n}", f"{sys.argv[2]} {n}": "own"})
    assert cache.problems == ()
"""


def test_what_was_kept_is_found_by_kind_and_key(tmp_path: Path) -> None:
    with open_cache(tmp_path / "store.db") as cache:
        cache.keep("answer", {"a": "one", "b": "two \u0642\n"})
        cache.keep("other", {"a": "three"})
        cache.keep("answer", {"a": "four"})
    with open_cache(tmp_path / "store.db") as cache:
        assert cache.found("answer", ["a", "b", "c"]) == {"a": "four", "b": "two \u0642\n"}
        assert cache.found("other", ("a", "b")) == {"a": "three"}
        assert (cache.found("answer", []), cache.found("none", ["a"]), cache.problems) == ({}, {}, ())


@pytest.mark.slow
def test_any_number_of_keys_is_one_look_up(tmp_path: Path) -> None:
    with open_cache(tmp_path / "store.db") as cache:
        values = {key(str(n)): str(n) for n in range(50_000)}
        cache.keep("answer", values)
        assert cache.found("answer", values) == values


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_two_keys_are_equal_only_for_equal_parts(one: list[str], two: list[str]) -> None:
    assert (key(*one) == key(*two)) == (one == two)


def test_two_processes_may_fill_one_cache(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for name in "ab"
    ]
    for each in both:
        assert each.stdout and each.stdout.readline() == "ready\n"
    for each in both:
        each.communicate("x", timeout=60)
    assert [each.returncode for each in both] == [0, 0]
    with open_cache(path) as cache:
        assert len(cache.found("answer", [f"{name} {n}" for name in ("shared", "a", "b") for n in range(200)])) == 600


def test_a_store_of_the_version_before_gets_the_table_and_keeps_its_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.store import database as module

    path = tmp_path / "store.db"
    monkeypatch.setattr(module, "MIGRATIONS", MIGRATIONS[:1])
    with Database(path) as database:
        Documents(database).add(b"x", "text", Origin("a", "file", "2024-11-12T09:00:00+00:00"))
        assert database.rows("PRAGMA application_id") == [(APPLICATION,)]
    monkeypatch.undo()
    with open_cache(path) as cache:
        cache.keep("answer", {"a": "one"})
        assert cache.found("answer", ["a"]) == {"a": "one"}
    with Database(path) as database:
        assert Documents(database).count() == 1


def test_a_store_that_cannot_be_opened_is_a_problem_and_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database, but a letter of some length. " * 40)
    with open_cache(tmp_path / "store.db") as cache:
        cache.keep("answer", {"a": "one"})
        assert cache.found("answer", ["a"]) == {}
        (problem,) = cache.problems
    assert problem.where == str(tmp_path / "store.db")
    assert "not kept" in problem.message and "damaged" in problem.message and "backup" in problem.next_step


def test_a_store_that_fails_later_is_one_problem_and_is_left_alone(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        cache = Cache(database)
        cache.keep("answer", {"a": "one"})
        (pages,) = database.rows("PRAGMA page_count")[0]
        database.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own way to run out of room
        for n in range(3):
            cache.keep("answer", {str(n): "x" * 100_000})
        assert [p.message for p in cache.problems] == [
            "answers are not kept for the next run: there is no space left to write to"
        ]
        assert cache.found("answer", ["a"]) == {}
    with open_cache(tmp_path / "store.db") as cache:
        assert cache.found("answer", ["a"]) == {"a": "one"}

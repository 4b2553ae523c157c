"""Documents and their origins: content counts once, provenance always, and a page is what it is now."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.store.database import Database
from briefing.store.documents import Documents, Origin, now

ORIGIN = Origin("https://a.example/1", "page", "2024-11-12T09:00:00+00:00", "https://a.example/1", 200, '"v"')
FULL = Origin(
    "https://a.example/2", "item", "2024-11-12T10:00:00+00:00", "https://a.example/2x", 200, '"w"', "Tue", {"date": "Tue"},
    "https://a.example/rss", "عنوان", "2024-11-12", "Coast",
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def documents(file: Path) -> Iterator[Documents]:
    with Database(file) as database:
        yield Documents(database)


def rows(file: Path, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(file) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_a_document_comes_back_as_it_was_with_all_of_its_origin(documents: Documents) -> None:
    assert documents.add("نص".encode(), "html", FULL)
    (kept,) = documents.current()
    assert (kept.content, kept.kind, kept.origin) == ("نص".encode(), "html", FULL)
    assert documents.last(FULL.source) == (FULL, kept.digest)
    assert documents.last("https://a.example/3") is None


def test_the_same_content_twice_changes_nothing_but_provenance(documents: Documents, file: Path) -> None:
    assert documents.add(b"x", "html", ORIGIN) is True
    before = rows(file, "documents")
    again = replace(ORIGIN, source="/news/a.html", kind="file", fetched="2024-11-13T09:00:00+00:00")
    assert documents.add(b"x", "text", again) is False
    assert rows(file, "documents") == before
    (kept,) = documents.current()
    assert (documents.count(), kept.kind, kept.origin) == (1, "html", again)
    assert documents.origins(kept.digest) == [ORIGIN, again]


def test_of_a_page_that_changed_only_the_newest_state_is_current(documents: Documents) -> None:
    for content in (b"old", b"new"):
        documents.add(content, "html", ORIGIN)
    documents.add(b"other", "html", replace(ORIGIN, source="https://a.example/3"))
    assert [kept.content for kept in documents.current()] == [b"new", b"other"]
    assert documents.count() == 3  # the old state is kept all the same
    documents.add(b"old", "html", ORIGIN)  # and the page may go back to it
    assert [kept.content for kept in documents.current()] == [b"old", b"other"]


def test_what_held_no_article_is_noted_without_a_document(documents: Documents) -> None:
    documents.note(ORIGIN)
    assert (documents.last(ORIGIN.source), list(documents.current()), documents.count()) == ((ORIGIN, None), [], 0)


def test_damaged_content_is_told_from_the_rest(documents: Documents, file: Path) -> None:
    documents.add(b"x", "html", ORIGIN)
    documents.add(b"y", "html", replace(ORIGIN, source="https://a.example/2"))
    documents.add(b"z", "html", replace(ORIGIN, source="https://a.example/3"))
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE documents SET content = (SELECT content FROM documents WHERE rowid = 3) WHERE rowid = 1")
        connection.execute("UPDATE documents SET content = x'00ff' WHERE rowid = 2")
    assert [kept.content for kept in documents.current()] == [None, None, b"z"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=20)), max_size=8))
def test_whatever_is_added_the_last_of_each_source_is_current(tmp_path: Path, added: list[tuple[str, bytes]]) -> None:
    with Database(tmp_path / "any.db") as database:
        database.execute("DELETE FROM origins")
        database.execute("DELETE FROM documents")
        documents = Documents(database)
        for source, content in added:
            documents.add(content, "text", replace(ORIGIN, source=source, fetched=now()))
        assert {kept.content for kept in documents.current()} == set(dict(added).values())
        assert documents.count() == len({content for _, content in added})

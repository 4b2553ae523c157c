"""Briefs that went out: each found by its digest, the newest by its week."""

from __future__ import annotations

import hashlib
from pathlib import Path

from briefing.store.briefs import Briefs
from briefing.store.database import Database


def test_a_brief_is_found_by_its_digest_and_the_newest_by_its_week(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        briefs = Briefs(database)
        first, second = briefs.keep("2024-W46", b"one"), briefs.keep("2024-W46", b"two")
        briefs.keep("2024-W45", b"three")
        assert [(kept.week, kept.content) for kept in briefs.newest()] == [("2024-W46", b"two"), ("2024-W45", b"three")]
        assert first == hashlib.sha256(b"one").hexdigest() != second
        found = briefs.found(first)
        assert found is not None and (found.content, found.week) == (b"one", "2024-W46")
        assert briefs.found("0" * 64) is None


def test_an_earlier_brief_kept_again_is_the_newest(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        briefs = Briefs(database)
        for content in (b"one", b"two", b"one"):
            briefs.keep("2024-W46", content)
        assert [kept.content for kept in briefs.newest()] == [b"one"]

"""briefing keep: files into the store."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from briefing.config import load
from briefing.ingest.keeping import keep
from briefing.ingest.read import read
from briefing.pipeline import collect
from briefing.store.database import Database
from briefing.store.documents import Documents
from tests.cli.conftest import Run

SEEDS = Path(__file__).parent.parent.parent / "seeds"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SEEDS, tmp_path / "news")
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "store.db"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_are_kept_once(project: Path, run: Run) -> None:
    first, second = run("keep", "news"), run("keep", "news")
    count = len(read([project / "news"], project)[0])
    assert (first.code, first.out.strip()) == (0, f"{count} new, 0 known; the store holds {count}")
    assert (second.code, second.out.strip()) == (0, f"0 new, {count} known; the store holds {count}")


def test_the_store_gives_the_articles_the_files_gave(project: Path, run: Run) -> None:
    run("keep", "news")
    config = load(None, project)
    stored, filed = (collect([Path(source)], config).articles for source in ("store", "news"))
    assert sorted((a.title.ar if a.title else "", a.published.value) for a in stored) == sorted(
        (a.title.ar if a.title else "", a.published.value) for a in filed
    )


def test_an_unreadable_file_is_said_and_the_others_are_kept(project: Path, run: Run) -> None:
    (project / "news" / "broken.txt").write_bytes(b"\x00\x01\x02" * 40)
    ran = run("keep", "news")
    assert ran.code == 3
    assert "broken.txt" in ran.err
    assert " 0 known" in ran.out


def test_an_entry_keeps_what_its_file_said_of_it(project: Path) -> None:
    entry = {
        "title": "عنوان الخبر",
        "published": "2024-11-13",
        "url": "https://e.example/1",
        "content": "قالت الوزارة إن الطريق مفتوح. " * 3,
    }
    (project / "one.json").write_text(json.dumps(entry, ensure_ascii=False), "utf-8")
    with Database(project / "other.db") as database:
        store = Documents(database)
        kept = keep([project / "one.json"], project, store, "2024-11-18T06:00:00+00:00")
        origin = next(store.current()).origin
    assert (kept.new, kept.problems) == (1, ())
    assert (origin.kind, origin.source, origin.title, origin.published, origin.url) == (
        "file", "one.json", "عنوان الخبر", "2024-11-13", "https://e.example/1",
    )  # fmt: skip

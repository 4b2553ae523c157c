"""briefing articles: what the store holds, by date, with what is undated or damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.store.database import Database
from briefing.store.documents import Documents, Origin
from tests.cli.conftest import Run
from tests.ingest.site import page


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "kept.db"\n', encoding="utf-8")
    with Database(tmp_path / "kept.db") as database:
        for n, (title, published) in enumerate(
            [("ترميم السوق", "2024-11-14"), ("افتتاح المكتبة", "2024-11-05"), ("زراعة الأشجار", "")]
        ):
            origin = Origin(f"https://news.example/{n}", "page", "2024-11-15T00:00:00+00:00", outlet="Coast News")
            Documents(database).add(page(title, published).body, "html", origin)
    return tmp_path / "kept.db"


def test_articles_stand_by_date_with_outlet_headline_address_and_name(run: Run, store: Path) -> None:
    ran = run("articles")
    cells = [line.split("\t") for line in ran.lines]
    assert ran.code == 0
    assert [c[:4] for c in cells] == [
        ["undated", "Coast News", "زراعة الأشجار", "https://news.example/2"],
        ["2024-11-05", "Coast News", "افتتاح المكتبة", "https://news.example/1"],
        ["2024-11-14", "Coast News", "ترميم السوق", "https://news.example/0"],
    ]
    assert all(c[4].startswith("store:") and len(c[4]) == 18 for c in cells)


def test_a_week_has_its_own_and_the_undated_last(run: Run, store: Path) -> None:
    ran = run("articles", "--week", "2024-W46")
    assert [line.split("\t")[0] for line in ran.lines] == ["2024-11-14", "undated"]
    assert "Newest week with articles: 2024-W46" in run("articles", "--week").err
    assert [line.split("\t")[0] for line in run("articles", "--week", "2023-W01").lines] == ["undated"]


def test_a_date_can_be_stated_for_one_by_its_name(run: Run, store: Path, tmp_path: Path) -> None:
    name = run("articles").lines[0].split("\t")[4]
    assert (
        'dates.toml beside briefing.toml: "' + name
        in run("build", "store", "--week", "--engine", "gloss", "-v", "--format", "md").err
    )
    (tmp_path / "dates.toml").write_text(f'"{name}" = "2024-11-13"\n', encoding="utf-8")
    assert [line.split("\t")[0] for line in run("articles").lines] == ["2024-11-05", "2024-11-13", "2024-11-14"]
    (tmp_path / "dates.toml").write_text('"store:000000000000" = "2024-11-13"\n', encoding="utf-8")
    assert '"store:000000000000", but there is no such file' in run("articles").err
    assert run("build", ".", "store", "--engine", "gloss", "--format", "md", "-v").err.count("store:000000000000") == 1


def test_a_document_that_is_damaged_is_said_and_the_others_are_listed(run: Run, store: Path) -> None:
    with Database(store) as database:
        database.execute("UPDATE documents SET content = x'00' WHERE rowid = 1")
    ran = run("articles")
    assert (len(ran.lines), "(https://news.example/0): is damaged in the store" in ran.err) == (2, True)


def test_an_empty_store_says_what_fills_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "kept.db"\n', encoding="utf-8")
    Database(tmp_path / "kept.db").close()
    ran = run("articles")
    assert (ran.code, "holds no documents" in ran.err, "briefing fetch" in ran.err) == (4, True, True)

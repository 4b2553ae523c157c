"""briefing weeks: weeks with articles, undated ones, and files with problems."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import ARTICLE, Run


def test_weeks_undated_articles_and_problems_are_listed(run: Run, news: Path) -> None:
    (news / "older.txt").write_text(ARTICLE.replace("2024-11-12", "2024-11-05").replace("الجسر", "النفق"), encoding="utf-8")
    (news / "loose.txt").write_text(ARTICLE.partition("\n")[2].replace("الجسر", "السد"), encoding="utf-8")
    (news / "empty.txt").touch()
    ran = run("weeks", news)
    assert ran.code == 0
    assert ran.lines == [
        "2024-W45  2024-11-04 to 2024-11-10  1 article",
        "2024-W46  2024-11-11 to 2024-11-17  1 article",
        "undated   1 article that no single week can be given to",
        "problem   news/empty.txt: is empty",
    ]
    assert "news/older.txt: " in run("weeks", "-v", news).out


def test_a_folder_without_articles_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    ran = run("weeks", "none")
    assert (ran.code, "no article files" in ran.err) == (4, True)

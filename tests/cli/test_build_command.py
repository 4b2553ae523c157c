"""briefing build: weeks, formats, the cut-off, exit codes, and where what is printed goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ARTICLE, Ran, Run

GLOSS = ("--engine", "gloss", "--format", "json")


def brief(folder: Path, week: str = "2024-W46") -> dict[str, Any]:
    value: dict[str, Any] = json.loads((folder / "out" / week / "brief.json").read_text("utf-8"))
    return value


def test_all_formats_are_written_and_the_engine_is_the_last_line(run: Run, news: Path, tmp_path: Path) -> None:
    ran = run("build", news, "--week", "--engine", "gloss")
    assert ran.code == 0  # a gloss is not a gap
    files = [tmp_path / "out" / "2024-W46" / f"brief.{name}" for name in ("md", "html", "pdf", "json")]
    assert ran.lines[:-1] == [str(file) for file in files]
    assert ran.lines[-1].startswith("Translation engine: gloss")
    assert "Newest week with articles: 2024-W46" in ran.err
    assert {file.name for file in files[0].parent.iterdir()} == {file.name for file in files}  # no temporary file is left


def test_formats_are_chosen_by_name(run: Run, news: Path) -> None:
    ran = run("build", news, "--week", "--engine", "gloss", "--format", "json, md")
    assert [Path(line).suffix for line in ran.lines[:-1]] == [".json", ".md"]


@pytest.mark.parametrize("names", ["doc", "md,doc", ""])
def test_an_unknown_format_lists_the_known_ones(run: Run, news: Path, names: str) -> None:
    ran = run("build", news, "--format", names)
    assert (ran.code, "md, html, pdf, json" in ran.err) == (2, True)


@pytest.mark.parametrize("week", ["2024-W46", "2024W46", "2024-11-17", "last", "newest"])
def test_a_week_has_many_names(run: Run, news: Path, tmp_path: Path, week: str) -> None:
    assert run("build", news, "--week", week, "--now", "2024-11-18T06:00", *GLOSS).code == 0
    assert brief(tmp_path)["week"] == "2024-W46"


def test_the_current_week_is_that_of_the_cut_off_in_the_zone_of_the_config(run: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('timezone = "Asia/Riyadh"', encoding="utf-8")
    # Monday in Riyadh, Sunday in Greenwich
    assert run("build", news, "--week", "current", "--now", "2024-11-10T22:00Z", *GLOSS).code == 0
    assert brief(tmp_path)["cut_off"] == "2024-11-11T01:00+03:00"


def test_without_a_week_everything_is_in_one_brief(run: Run, news: Path, tmp_path: Path) -> None:
    (news / "old.txt").write_text(ARTICLE.replace("2024-11-12", "2023-01-02").replace("الخميس", "السبت"), encoding="utf-8")
    assert run("build", news, *GLOSS).code == 0
    assert (brief(tmp_path, "all")["week"], brief(tmp_path, "all")["articles_used"]) == (None, 2)


@pytest.mark.parametrize("value", ["2024-W60", "W46", "2024-13-01", "9999-W53", "2024-W00"])
def test_a_week_that_there_is_not_is_not_taken_for_a_folder(run: Run, news: Path, value: str) -> None:
    ran = run("build", "--week", value)
    assert (ran.code, f"{value!r} is not a week" in ran.err, "Inputs go first" in ran.err) == (2, True, False)


@pytest.mark.parametrize("value", ["news", "seeds", "2024", "tomorrow", ""])
def test_a_value_that_is_no_week_says_where_inputs_go(run: Run, news: Path, value: str) -> None:
    ran = run("build", "--week", value)
    assert ran.code == 2
    assert f"{value!r} is not a week" in ran.err
    assert "Inputs go first: briefing build " in ran.err


def test_an_empty_week_lists_those_that_have_articles(run: Run, news: Path, tmp_path: Path) -> None:
    ran = run("build", news, "--week", "2024-W45", *GLOSS)
    assert (ran.code, "Weeks with articles: 2024-W46 (1)." in ran.err) == (4, True)
    assert not (tmp_path / "out").exists()


def test_an_empty_week_says_also_what_could_not_be_read(run: Run, news: Path) -> None:
    (news / "empty.txt").touch()
    assert "news/empty.txt: is empty" in run("build", news, "--week", "2024-W45", *GLOSS).err


def undated(run: Run, news: Path, *more: str) -> Ran:
    (news / "loose.txt").write_text(ARTICLE.partition("\n")[2].replace("الجسر", "النفق"), encoding="utf-8")
    return run("build", news, "--week", *GLOSS, *more)


def test_an_undated_article_is_a_problem_that_names_the_way_out(run: Run, news: Path, tmp_path: Path) -> None:
    assert undated(run, news).code == 3
    made = brief(tmp_path)
    (problem,) = made["problems"]
    assert "loose.txt" in problem["where"]
    assert "undated" in problem["message"] and '"loose.txt" = "YYYY-MM-DD"' in problem["next_step"]
    assert (made["articles_used"], [s["key"] for s in made["sections"]]) == (1, ["dated"])


def test_undated_articles_stand_in_a_group_of_their_own_when_asked_for(run: Run, news: Path, tmp_path: Path) -> None:
    assert undated(run, news, "--undated", "include").code == 3
    made = brief(tmp_path)
    assert (made["articles_used"], [s["key"] for s in made["sections"]]) == (2, ["dated", "undated"])
    assert made["sections"][1]["statements"]


def test_a_date_stated_beside_the_file_makes_it_whole(run: Run, news: Path, tmp_path: Path) -> None:
    (news / "dates.toml").write_text('"loose.txt" = "2024-11-14"', encoding="utf-8")
    assert undated(run, news).code == 0
    assert {s["published"]["basis"] for s in brief(tmp_path)["sources"]} == {"stated_by_user"}


def test_the_same_inputs_give_the_same_bytes(run: Run, news: Path, tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        run("build", news, "--week", "--now", "2024-11-18T06:00Z", "--engine", "gloss", "--format", "md,html,json")
        made.append({file.name: file.read_bytes() for file in (tmp_path / "out" / "2024-W46").iterdir()})
    assert made[0] == made[1]


def test_verbose_lists_the_problems(run: Run, news: Path) -> None:
    assert "loose.txt" in undated(run, news, "-v").err


@pytest.mark.parametrize("time", ["yesterday", "2024-13-01", "0001-01-01T00:00+14:00"])
def test_a_time_that_is_none_is_said(run: Run, news: Path, time: str) -> None:
    ran = run("build", news, "--now", time)
    assert (ran.code, "ISO 8601" in ran.err) == (2, True)


def test_inputs_of_the_config_are_used_and_a_missing_one_is_named(run: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('inputs = ["news"]\nout = "made"', encoding="utf-8")
    assert run("build", "--week", *GLOSS).code == 0
    assert (tmp_path / "made" / "2024-W46" / "brief.json").is_file()
    (tmp_path / "briefing.toml").unlink()
    ran = run("build", "--week", *GLOSS)
    assert (ran.code, "seeds: no such file or folder" in ran.err, "briefing init" in ran.err) == (4, True, True)


def test_a_reviewed_translation_beside_the_inputs_is_used(run: Run, news: Path, tmp_path: Path) -> None:
    sentence = ARTICLE.splitlines()[3]
    unit = '<tu><tuv xml:lang="ar"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>The bridge opens on Thursday.</seg></tuv></tu>'
    body = f'<tmx version="1.4"><header srclang="ar"/><body>{unit.format(sentence)}</body></tmx>'
    (news / "memory.tmx").write_text(body, encoding="utf-8")
    assert run("build", news, "--week", *GLOSS).code == 0
    translations = [cited["translation"] for source in brief(tmp_path)["sources"] for cited in source["cited"]]
    assert ("The bridge opens on Thursday.", "reviewed") in [(t["en"], t["label"]) for t in translations]


def test_a_brief_in_arabic_says_the_same(run: Run, news: Path, tmp_path: Path) -> None:
    build = ("build", news, "--week", "--engine", "gloss", "--format", "md,json", "--now", "2024-11-18T06:00")
    assert run(*build).code == 0
    ours = brief(tmp_path)
    (tmp_path / "briefing.toml").write_text('lang = "ar"', encoding="utf-8")
    assert run(*build).code == 0
    assert "# موجز الاثنين" in (tmp_path / "out" / "2024-W46" / "brief.md").read_text("utf-8")
    assert brief(tmp_path) == {**ours, "lang": "ar"}
    assert run(*build, "--lang", "en").code == 0
    assert brief(tmp_path) == ours, "the command line goes before the settings"


def test_arabic_words_do_not_go_with_the_english_layout(run: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('layout = "en"', encoding="utf-8")
    ran = run("build", news, "--lang", "ar", *GLOSS)
    assert ran.code == 2 and '--lang ar: layout "en"' in ran.err and 'Take layout "bilingual"' in ran.err
    (tmp_path / "briefing.toml").write_text('layout = "en"\nlang = "ar"', encoding="utf-8")
    assert "briefing.toml: layout" in run("build", news, *GLOSS).err
    (tmp_path / "briefing.toml").write_text('lang = "fr"', encoding="utf-8")
    assert "lang is 'fr'" in run("build", news, *GLOSS).err

"""The ledger from articles to brief: whatever is built before, twice or at once, the same inputs give the same bytes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from briefing.render.schema import schema
from tests.cli.conftest import Run

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NOW = ("--now", "2024-11-25T06:00Z", "--engine", "gloss")
PLEDGE = "وأكدت مصر والأردن والعراق، في بيان مشترك، التزامها{} بحماية مياه الآبار من التلوث، واتفقت على {}."
ARTICLES = {
    "august.txt": ("2024-08-28", PLEDGE.format(" الكامل", "عقد الاجتماع التالي في 10 سبتمبر المقبل")),
    "one.txt": ("2024-11-12", PLEDGE.format("", "عقد لقاء فني في 20 نوفمبر الجاري")),
    "two.txt": (
        "2024-11-21",
        "وعقدت الأردن ومصر والعراق لقاء فنيا في العقبة أمس. " + PLEDGE.format("", "عقد اجتماع للوزراء في 3 ديسمبر المقبل"),
    ),
}


@pytest.fixture
def wells(tmp_path: Path) -> Path:
    folder = tmp_path / "wells"
    folder.mkdir()
    for name, (day, text) in ARTICLES.items():
        (folder / name).write_text(f"Published: {day}\nTitle: مياه الآبار ({day})\n\n{text}\n", encoding="utf-8")
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "store.db"\n', encoding="utf-8")
    return folder


def built(run: Run, folder: Path, week: str, formats: str = "md,html,json") -> dict[str, bytes]:
    assert run("build", folder, "--week", week, "--format", formats, *NOW).code == 0
    return {path.name: path.read_bytes() for path in sorted((folder.parent / "out" / week).iterdir())}


def ledger(made: dict[str, bytes]) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(made["brief.json"])
    return value


@pytest.mark.slow
def test_weeks_built_in_any_order_and_twice_are_the_same(run: Run, wells: Path, tmp_path: Path) -> None:
    in_order = [built(run, wells, "2024-W46"), built(run, wells, "2024-W47")]
    (tmp_path / "store.db").unlink()
    late_first = built(run, wells, "2024-W47")
    assert [built(run, wells, "2024-W46"), built(run, wells, "2024-W47"), late_first] == [*in_order, in_order[1]]
    assert [line["state"] for line in ledger(in_order[0])["ledger"]["lines"]] == ["due", "overdue"]
    assert [line["state"] for line in ledger(in_order[1])["ledger"]["lines"]] == ["fulfilled", "due", "overdue"]


def test_a_week_knows_nothing_of_later_ones(run: Run, wells: Path) -> None:
    whole = built(run, wells, "2024-W46")
    (wells / "two.txt").unlink()
    assert built(run, wells, "2024-W46") == whole


@pytest.mark.slow
def test_the_pdf_is_the_same_too_whatever_was_built_before(run: Run, wells: Path, tmp_path: Path) -> None:
    first = built(run, wells, "2024-W47", "pdf")
    built(run, wells, "2024-W46", "pdf")
    (tmp_path / "store.db").unlink()
    assert built(run, wells, "2024-W47", "pdf") == first


@pytest.mark.slow
def test_two_processes_on_one_store_give_the_same(run: Run, wells: Path, tmp_path: Path) -> None:
    alone = built(run, wells, "2024-W47")
    (tmp_path / "store.db").unlink()
    command = [sys.executable, "-m", "briefing", "build", str(wells), "--week", "2024-W47", "--format", "md,html,json", *NOW]
    both = [subprocess.Popen([*command, "--out", f"out{n}"], cwd=tmp_path, stdout=subprocess.DEVNULL) for n in (1, 2)]
    assert [process.wait(120) for process in both] == [0, 0]
    for n in (1, 2):
        assert {p.name: p.read_bytes() for p in sorted((tmp_path / f"out{n}" / "2024-W47").iterdir())} == alone


def test_what_is_said_and_cited(run: Run, wells: Path) -> None:
    made = ledger(built(run, wells, "2024-W47"))
    kept = made["ledger"]["lines"][0]
    assert (kept["kept_as"], kept["due"]["value"]) == ("meeting", "2024-11-20")
    assert [c["file"] for c in kept["citations"]] == ["wells/one.txt"]
    assert [c["file"] for c in kept["kept_by"]] == ["wells/two.txt"]
    worded = {w["kind"]: w for a in made["sections"][0]["agreements"] for w in a["wording"]}
    assert worded["repeated"]["since"]["value"] == "2024-11-12"  # in August it was said with one word more
    assert worded["repeated"]["ar"] == "التزامها بحماية مياه الآبار من التلوث"
    week = ledger(built(run, wells, "2024-W46"))
    (changed,) = [w for a in week["sections"][0]["agreements"] for w in a["wording"] if w["kind"] == "changed"]
    assert changed["since"]["value"] == "2024-08-28"
    assert [(c["was_ar"], c["now_ar"]) for c in changed["changes"]] == [("الكامل", "")]


def test_earlier_articles_stand_in_the_annex_and_not_in_the_week(run: Run, wells: Path) -> None:
    files = built(run, wells, "2024-W47")
    made = ledger(files)
    assert [s["file"] for s in made["sources"]] == ["wells/two.txt"]
    assert [s["file"] for s in made["ledger"]["earlier"]] == ["wells/one.txt", "wells/august.txt"]
    numbers = [c["number"] for s in (*made["sources"], *made["ledger"]["earlier"]) for c in s["cited"]]
    assert len(numbers) == len(set(numbers))
    text = files["brief.md"].decode()
    assert text.index('## <a id="sources">') < text.index('<a id="earlier">') < text.index('<a id="problems">')
    for source in made["ledger"]["earlier"]:
        for cited in source["cited"]:
            assert cited["ar"] in (wells.parent / source["file"]).read_text("utf-8")
            assert f'<a id="c{cited["number"]}">' in text


def test_earlier_articles_may_lie_elsewhere(run: Run, wells: Path, tmp_path: Path) -> None:
    whole = ledger(built(run, wells, "2024-W47"))
    (tmp_path / "old").mkdir()
    for name in ("august.txt", "one.txt"):
        shutil.move(wells / name, tmp_path / "old" / name)
    assert ledger(built(run, wells, "2024-W47"))["ledger"]["articles"] == 0
    (tmp_path / "briefing.toml").write_text('[ledger]\nearlier = ["old"]\n[paths]\nstore = "store.db"\n', encoding="utf-8")
    again = ledger(built(run, wells, "2024-W47"))
    assert [(n["state"], n["ar"]) for n in again["ledger"]["lines"]] == [(n["state"], n["ar"]) for n in whole["ledger"]["lines"]]
    assert again["articles_used"] == whole["articles_used"] == 1


def test_an_archive_may_be_empty_and_must_be_there(run: Run, wells: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[ledger]\nearlier = ["old"]\n', encoding="utf-8")
    ran = run("build", wells, "--week", "2024-W47", *NOW)
    assert (ran.code, "old: no such file or folder" in ran.err) == (4, True)
    (tmp_path / "old").mkdir()
    assert run("build", wells, "--week", "2024-W47", "--format", "json", *NOW).code in (0, 3)


def test_the_settings_turn_it_off_and_shorten_it(run: Run, wells: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text("[ledger]\nweeks = 0\n", encoding="utf-8")
    made = built(run, wells, "2024-W47", "md,json")
    assert ledger(made)["ledger"] is None and b"ledger" not in made["brief.md"]
    (tmp_path / "briefing.toml").write_text("[ledger]\nlines = 1\n", encoding="utf-8")
    made = built(run, wells, "2024-W47", "md,json")
    assert (len(ledger(made)["ledger"]["lines"]), ledger(made)["ledger"]["more"]) == (1, 2)
    assert b"And 2 more" in made["brief.md"]


def test_without_a_week_there_is_none(run: Run, wells: Path, tmp_path: Path) -> None:
    assert run("build", wells, "--format", "json", *NOW).code == 0
    assert json.loads((tmp_path / "out" / "all" / "brief.json").read_text("utf-8"))["ledger"] is None


def test_the_command_lists_all_of_it(run: Run, wells: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text("[ledger]\nlines = 1\n", encoding="utf-8")
    ran = run("ledger", wells, "-q")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.lines if not line.startswith(" ")] == ["fulfilled", "due", "overdue"]
    assert "promised in wells/one.txt, meeting in wells/two.txt" in ran.out
    printed = json.loads(run("ledger", wells, "--week", "2024-W46", "--json", "-q").out)
    both = Registry().with_resource("urn:briefing:brief:1", Resource.from_contents(schema("briefing.brief/1")))
    Draft202012Validator(schema("briefing.ledger/1"), registry=both).validate(printed)
    assert (printed["week"], len(printed["ledger"]["lines"])) == ("2024-W46", 2)


def test_the_command_says_when_it_is_turned_off(run: Run, wells: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text("[ledger]\nweeks = 0\n", encoding="utf-8")
    ran = run("ledger", wells)
    assert (ran.code, "ledger.weeks is 0" in ran.err) == (2, True)


def test_the_sample_shows_each_kind(run: Run, tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (tmp_path / "briefing.toml").write_text("[scope]\npages = 0\n", encoding="utf-8")
    assert run("build", "--week", "2024-W46", "--format", "json,md", *NOW).code == 3
    made = json.loads((tmp_path / "out" / "2024-W46" / "brief.json").read_text("utf-8"))
    Draft202012Validator(schema("briefing.brief/1")).validate(made)
    assert {line["state"] for line in made["ledger"]["lines"]} == {"fulfilled", "due", "overdue"}
    assert {w["kind"] for a in made["sections"][0]["agreements"] for w in a["wording"]} == {"new", "repeated", "changed"}
    assert all(c["translation"]["label"] == "reviewed" for s in made["ledger"]["earlier"] for c in s["cited"])

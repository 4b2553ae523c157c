"""briefing lexicon check and find, and what a lexicon of the user's does to the other commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from briefing.render.schema import schema
from tests.cli.conftest import ARTICLE, Run

CHECK = Draft202012Validator(schema("briefing.lexicon-check/1"))
FIND = Draft202012Validator(schema("briefing.lexicon-find/1"))
PERSON = '[[person]]\nid = "haddad"\nen = "Sami Haddad"\nar = "سامي الحداد"\n'
BROKEN = '[[person]]\nid = "haddad"\nen = "Sami Haddad"\nar = "سامي الحداد"\nnames = []\n'
BUILD = ("build", "news", "--week", "--engine", "gloss", "--now", "2024-11-18T06:00Z", "--format", "json")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A lexicon folder where commands look for one."""
    folder = tmp_path / "lexicon"
    folder.mkdir()
    return folder


def write(folder: Path, text: str, name: str = "people.toml") -> None:
    """A file of the folder."""
    (folder / name).write_text(text, "utf-8")


# ---------------------------------------------------------------- check


@pytest.mark.slow
def test_without_a_folder_ours_is_checked(run: Run) -> None:
    ran = run("lexicon", "check")
    assert (ran.code, ran.out, ran.err) == (0, "", "the packaged lexicon: nothing to mend\n")


@pytest.mark.slow
def test_your_own_is_checked_where_there_is_one(run: Run, own: Path) -> None:
    write(own, '[[person]]\nid = "a"\nen = "A"\nar = "فيصل المقداد"\n')
    ran = run("lexicon", "check")
    assert ran.code == 1
    assert ran.lines[0].startswith(f"{own}/people.toml:1: person a: 'فيصل المقداد' is always read as person Faisal Mekdad")
    assert ran.lines[1].startswith("  Take the form from one of them")
    assert ran.err == f"the packaged lexicon, {own}: 1 to mend\n"


@pytest.mark.slow
def test_a_folder_that_is_named_is_checked_alone(run: Run, own: Path, tmp_path: Path) -> None:
    write(own, BROKEN)
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", PERSON)
    assert run("lexicon", "check", "other").code == 0
    ran = run("lexicon", "check", "other", "lexicon")
    assert (ran.code, ran.lines[0]) == (1, "lexicon/people.toml:1: person haddad: unknown key names")


def test_the_settings_may_name_another_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nlexicon = "words"\n', "utf-8")
    ran = run("lexicon", "check")
    assert (ran.code, "paths.lexicon" in ran.err, "does not exist" in ran.err) == (2, True, True)
    (tmp_path / "words").mkdir()
    write(tmp_path / "words", PERSON)
    assert run("lexicon", "find", "سامي الحداد").lines[1] == f"  {tmp_path}/words/people.toml:1"


def test_findings_are_json_for_programs(run: Run, own: Path) -> None:
    write(own, BROKEN)
    ran = run("lexicon", "check", "--json", "lexicon")
    found = json.loads(ran.out)
    CHECK.validate(found)
    assert (ran.code, [f["line"] for f in found["findings"]]) == (1, [1])


def test_a_folder_that_is_not_there_is_said(run: Run) -> None:
    ran = run("lexicon", "check", "nowhere")
    assert (ran.code, "nowhere: no such folder" in ran.err) == (4, True)


def test_a_file_in_place_of_a_folder_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text(PERSON, "utf-8")
    ran = run("lexicon", "check", "people.toml")
    assert (ran.code, "cannot be read" in ran.err) == (2, True)


# ---------------------------------------------------------------- find


@pytest.mark.parametrize(
    ("word", "line", "detail"),
    [
        ("وبدمشق", "وبدمشق: place sy.damascus: Damascus", "countries.toml:"),
        ("للأسد", "للأسد: person bashar_al_assad: Bashar al-Assad", "after ل"),
        ("فقالتا", "فقالتا: statement verb قال: said", "after ف; past tense, they two (f.)"),
        ("يقولون", "يقولون: statement verb قال: said", "present tense, they"),
        ("واتفقت", "واتفقت: agreement verb اتفق: new", "after و; a form of it"),
        ("جنديين", "جنديين: counted noun جندي: soldier", "counted.toml:"),
        ("الباب", "الباب: place sy.al-bab: al-Bab", "also an ordinary word"),
        ("طرابلس", "طرابلس: place lb.tripoli: Tripoli", "the article decides"),
        ("قصفت", "قصفت: event SHELLING (rank 80): shelling", "a verb"),
        ("المتحدث باسم وزارة الخارجية", "وزارة الخارجية: kind of body وزارة الخارجية: Foreign Ministry", "organisations.toml:"),
        ("رويترز", "رويترز: outlet reuters: Reuters", "as a source line, masthead or credit"),
        ("حي الوادي", "حي: word list grammar place_words", "grammar.toml:"),
        ("تسعة", "تسعة: number 9", "exact"),
    ],
)
def test_a_word_is_shown_with_who_knows_it_and_how(run: Run, word: str, line: str, detail: str) -> None:
    ran = run("lexicon", "find", *word.split())
    at = [n for n, found in enumerate(ran.lines) if found.startswith(line)]
    assert at and detail in ran.lines[at[0] + 1]
    assert ran.code == 0


def test_an_entry_that_a_longer_one_hides_is_shown_as_such(run: Run) -> None:
    ran = run("lexicon", "find", "وزير الخارجية")
    assert "not read so here: role foreign minister is longer" in ran.out


def test_an_unknown_word_shows_what_is_spelled_nearly_so(run: Run) -> None:
    ran = run("lexicon", "find", "لافرونتيف")
    assert (ran.code, ran.out.startswith("لافرونتيف: nothing in the lexicon; spelled nearly so: لافر")) == (0, True)
    assert run("lexicon", "find", "ط" * 30).lines == ["ط" * 30 + ": nothing in the lexicon"]


def test_entries_of_your_own_are_found_with_their_file(run: Run, own: Path) -> None:
    write(own, PERSON)
    assert f"  {own}/people.toml:1" in run("lexicon", "find", "سامي الحداد").lines
    write(own, '# one line\n[[person]]\nid = "mekdad"\nen = "F. Mekdad"\n')
    assert run("lexicon", "find", "فيصل المقداد").lines[:2] == [
        "فيصل المقداد: person mekdad: F. Mekdad", f"  {own}/people.toml:2",
    ]  # fmt: skip


def test_hits_are_json_for_programs(run: Run) -> None:
    found = json.loads(run("lexicon", "find", "--json", "وبدمشق").out)
    FIND.validate(found)
    assert found["hits"][0]["id"] == "sy.damascus"
    FIND.validate(json.loads(run("lexicon", "find", "--json", "لافرونتيف").out))


@pytest.mark.parametrize("odd", ["", " ", "7", "«»", "\u200f", "ـ", "a", "و", "\U0001f600"])
def test_whatever_is_asked_for_gives_an_answer(run: Run, odd: str) -> None:
    assert run("lexicon", "find", odd).code == 0


# ---------------------------------------------------------------- the other commands


READERS = [("inspect", "news/bridge.txt"), BUILD, ("weeks", "news"), ("articles",), ("keep", "news"), ("lexicon", "find", "x")]


@pytest.mark.parametrize("command", READERS, ids=lambda command: command[0])
def test_a_mistake_stops_a_command_and_names_its_place(run: Run, news: Path, own: Path, command: tuple[str, ...]) -> None:
    write(own, BROKEN)
    ran = run(*command)
    assert ran.code == 2
    assert f"{own}/people.toml: line 1: person haddad: unknown key names" in ran.err
    assert "Known keys: id, en, ar, forms, country, remove." in ran.err


def test_a_brief_says_which_lexicon_it_was_made_with(run: Run, news: Path, own: Path, tmp_path: Path) -> None:
    brief = tmp_path / "out/2024-W46/brief.json"
    assert run(*BUILD).code == 0
    before = json.loads(brief.read_text("utf-8"))
    write(own, PERSON)
    assert run(*BUILD).code == 0
    after = json.loads(brief.read_text("utf-8"))
    Draft202012Validator(schema("briefing.brief/1")).validate(after)
    assert before["lexicon"] is None and after["lexicon"]["files"] == ["people.toml"]
    assert not any("own" in line and "lexicon" in line for line in before["method"])
    assert any(after["lexicon"]["sha256"] in line and "people.toml" in line for line in after["method"])
    speakers = [[s["speaker_en"] for part in b["sections"] for s in part["statements"]] for b in (before, after)]
    assert speakers == [["Sami al-Hadad"], ["Sami Haddad"]]
    engines = {s["translation"]["engine"] for source in after["sources"] for s in source["cited"]}
    assert engines == {f"gloss:lexicon@{after['lexicon']['sha256'][:8]}"}


def test_doctor_says_whether_your_lexicon_loads(run: Run, own: Path) -> None:
    write(own, PERSON)
    assert f"lexicon: loads, with yours over it: {own} (people.toml)" in run("doctor", "-v").out
    write(own, BROKEN)
    ran = run("doctor")
    assert (ran.code, "missing   lexicon" in ran.out, "unknown key names" in ran.out) == (1, True, True)


def test_a_new_project_has_examples_that_change_nothing_yet(run: Run, tmp_path: Path) -> None:
    run("init", "monday")
    (tmp_path / "monday" / "inputs" / "a.txt").write_text(ARTICLE, "utf-8")
    config = ("--config", tmp_path / "monday" / "briefing.toml")
    assert "gloss:lexicon" not in run("inspect", *config, "--json", "--engine", "gloss", "monday/inputs/a.txt").out


def test_the_examples_can_be_taken_into_use(run: Run, tmp_path: Path) -> None:
    run("init")
    for path in (tmp_path / "lexicon").iterdir():
        path.write_text(re.sub("^#(?! )", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert run("lexicon", "find", "عين وردة").lines[0] == "عين وردة: place sy.ain-warda: Ain Warda"

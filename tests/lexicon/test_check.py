"""`briefing lexicon check`: ours is clean, and each kind of mistake is found where it stands."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.lexicon import sources, tables
from briefing.lexicon.check import check
from briefing.lexicon.finding import Finding, texts
from briefing.lexicon.schema import FILES
from briefing.lexicon.shapes import Rows

HERE = Path(__file__).parent
FINDINGS = tomllib.loads((HERE / "findings.toml").read_text("utf-8"))["case"]
MISTAKES = tomllib.loads((HERE / "mistakes.toml").read_text("utf-8"))["case"]


def test_our_lexicon_is_clean() -> None:
    assert [f"{f.place}: {f.message}" for f in check(None)] == []


def test_the_schema_has_a_file_for_each_of_ours() -> None:
    assert {p.stem for p in Path(tables.__file__).parent.glob("*.toml")} == set(FILES)


def test_every_file_of_arabic_words_has_texts_to_look_at() -> None:
    assert [name for name in FILES if not list(texts(sources.packaged(name)))] == ["english", "highlights"]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """The findings in the file of each case. Cases of different files are checked together: a check takes half a second."""
    told: dict[str, list[Finding]] = {}
    waiting = list(FINDINGS)
    while waiting:
        folder = tmp_path_factory.mktemp("lexicon")
        together = {case["file"]: case for case in reversed(waiting)}
        for name, case in together.items():
            (folder / f"{name}.toml").write_text(case["text"], "utf-8")
        all_found = check(folder)
        for name, case in together.items():
            told[case["name"]] = [f for f in all_found if f.file == str(folder / f"{name}.toml")]
        waiting = [case for case in waiting if case not in together.values()]
    return told


@pytest.mark.parametrize("case", FINDINGS, ids=lambda case: case["name"])
def test_a_finding_names_its_place_and_what_to_do(found: dict[str, list[Finding]], case: dict[str, Any]) -> None:
    findings = found[case["name"]]
    fitting = [f for f in findings if case["message"] in f.message and case["step"] in f.next_step]
    assert [f.line for f in fitting] == ([case["line"]] if case["message"] else [])
    assert all(f.entry for f in findings)
    assert bool(findings) == bool(case["message"])


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["name"])
def test_mistakes_of_form_are_findings_too(tmp_path: Path, case: dict[str, str]) -> None:
    (tmp_path / f"{case['file']}.toml").write_text(case["text"], "utf-8")
    found = check(tmp_path)
    assert any(case["step"] in f.next_step for f in found)
    assert all(f.file == str(tmp_path / f"{case['file']}.toml") and f.next_step for f in found)


def test_checking_leaves_the_lexicon_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "given_names.toml").write_text('[names]\n"زعتر" = "Zaatar"\n', "utf-8")
    check(tmp_path)
    assert tables.own() is None


def test_one_bad_file_does_not_hide_another(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text("[[person]\n", "utf-8")
    (tmp_path / "placs.toml").touch()
    (tmp_path / "verbs.toml").write_text('[[verb]]\npast = "قال"\nact = "sey"\n', "utf-8")
    assert [Path(f.file).name for f in check(tmp_path)] == ["people.toml", "placs.toml", "verbs.toml"]


@pytest.mark.slow
def test_a_copy_of_ours_changes_nothing_and_is_clean(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / f"{name}.toml").write_text(sources.packaged(name).text, "utf-8")
    assert [f"{f.place}: {f.message}" for f in check(tmp_path)] == []
    with tables.using(tmp_path):
        for name in FILES:
            by_words = {s.name for s in FILES[name] if isinstance(s, Rows) and not s.by}  # their order may be another
            same = [s for s in tables.packaged(name) if s not in by_words]
            assert [s for s in same if tables.table(name)[s] != tables._frozen(tables.packaged(name)[s])] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_entry_of_ours_has_a_line(name: str) -> None:
    source = sources.packaged(name)
    lines = source.text.splitlines()
    for text in texts(source):
        line = source.line(text.at)
        assert line is not None
        near = "\n".join(lines[line - 1 : line + 40])
        assert text.text in near or text.at.name in near

"""briefing models: fetched or copied by hand, a model is converted, listed, verified, used and removed; trouble is named."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.translate import verify
from briefing.translate.presets import presets
from briefing.translate.verify import Comparison, Line
from tests.cli.conftest import Run
from tests.translate import tiny_models
from tests.translate.hub_server import hub as running

ROOT = Path(__file__).resolve().parents[2]
NLLB = "facebook/nllb-200-distilled-600M"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole Marian directory with random weights."""
    return tiny_models.random_marian(tmp_path_factory.mktemp("random") / "opus-mt-ar-en")


@pytest.fixture(autouse=True)
def own_models(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nmodels = "models"\n', encoding="utf-8")


def test_an_empty_list_says_how_to_add_one(run: Run) -> None:
    ran = run("models", "list")
    assert (ran.code, ran.out, "briefing models add DIR" in ran.err) == (0, "", True)


def test_a_model_that_is_added_is_listed_and_used(run: Run, directory: Path, news: Path, tmp_path: Path) -> None:
    added = run("models", "add", directory)
    assert added.code == 0
    assert added.lines[0].startswith("* ") and "opus-mt-ar-en" in added.lines[0] and "licence Apache-2.0" in added.lines[0]
    assert run("models", "list").lines == added.lines
    verbose = run("models", "list", "-v").out
    assert str(tmp_path / "models") in verbose and "sha256" in verbose
    assert run("build", news, "--week", "--format", "json").code in (0, 3)
    made = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    assert (made["engine"]["name"], made["engine"]["notice"]) == ("ctranslate2", "")


def test_with_several_models_the_config_has_to_choose(run: Run, directory: Path) -> None:
    run("models", "add", directory, "--name", "one")
    run("models", "add", directory, "--name", "two")
    ran = run("models", "list")
    assert [line[0] for line in ran.lines] == [" ", " "]
    assert "translate.model" in ran.err


@pytest.mark.parametrize("bad", ["nowhere", "news", "news/bridge.txt"])
def test_what_is_no_model_is_named(run: Run, news: Path, bad: str) -> None:
    ran = run("models", "add", bad)
    assert (ran.code, bad in ran.err) == (5, True)


# ---------------------------------------------------------------- pull


def test_a_model_is_pulled_shown_and_not_pulled_twice(
    run: Run, directory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with running(directory, "Helsinki-NLP/opus-mt-ar-en") as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        ran = run("models", "pull")
        assert (ran.code, ran.lines) == (0, ["* Helsinki-NLP/opus-mt-ar-en: marian, ar-en, int8, licence Apache-2.0"])
        assert "Downloading model.safetensors" in ran.err and presets()[0].revision in ran.err
        asked = len(server.asked)
        again = run("models", "pull", "opus-mt-ar-en")
    assert (again.code, again.lines) == (0, ran.lines)
    assert "there already" in again.err and len(server.asked) == asked
    assert presets()[0].revision in run("models", "list", "-v").out


def test_offline_is_said(run: Run) -> None:
    ran = run("models", "pull")
    assert (ran.code, "HF_HUB_OFFLINE" in ran.err, "models add DIR" in ran.err) == (5, True, True)


def test_presets_are_listed_with_licence_and_size(run: Run) -> None:
    lines = run("models", "pull", "--presets").lines
    assert lines[0].startswith("opus-mt-ar-en: Helsinki-NLP/opus-mt-ar-en, ") and lines[0].endswith("licence Apache-2.0")
    assert all("2,4" in line or "5,5" in line for line in lines[1:]) and all("non-commercial" in line for line in lines[1:])
    assert presets()[2].revision in run("models", "pull", "--presets", "-v").out


def test_a_pull_that_broke_off_is_listed_gone_on_with_or_removed(
    run: Run, directory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "")
    with running(directory, NLLB, "truncate") as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        broken = run("models", "pull", "nllb-200-distilled-600M")
    assert broken.code == 5 and "goes on where it stopped" in broken.err
    listed = run("models", "list")
    assert listed.code == 0 and listed.lines[0].startswith(f"! {NLLB}: ")
    assert "briefing models pull nllb-200-distilled-600M. To give it up: briefing models remove" in listed.lines[1]
    assert run("models", "remove", "nllb-200-distilled-600M", "--yes").code == 0
    assert list((tmp_path / "models").iterdir()) == []


# ---------------------------------------------------------------- licence


def test_a_model_for_non_commercial_use_is_said_so_everywhere(run: Run, directory: Path, news: Path, tmp_path: Path) -> None:
    added = run("models", "add", directory, "--name", NLLB)
    assert "CC-BY-NC-4.0" in added.out and "Do not use what it translates commercially" in added.err
    built = run("build", news, "--week", "--format", "md,json")
    assert built.code in (0, 3)
    assert f"{NLLB} is licensed CC-BY-NC-4.0, for non-commercial use only. Do not use" in built.err
    brief = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    assert any("Licence of the model: CC-BY-NC-4.0, for non-commercial use only" in line for line in brief["method"])
    assert "for non-commercial use only" in (tmp_path / "out/2024-W46/brief.md").read_text("utf-8")


def test_nothing_is_said_of_a_free_licence(run: Run, directory: Path, news: Path) -> None:
    assert "commercial" not in run("models", "add", directory).err
    assert "commercial" not in run("build", news, "--week", "--format", "md").err


# ---------------------------------------------------------------- verify


def test_a_model_with_random_weights_is_doubtful(run: Run, directory: Path) -> None:
    run("models", "add", directory)
    ran = run("models", "verify")
    assert ran.code == 1 and "look at what is marked" in ran.err and "--against DIR" in ran.err
    assert "files: 5 files, all as they were" in ran.lines[1]
    assert [line.strip() for line in ran.lines if line.strip() in verify.sentences()] == list(verify.sentences())
    assert any(line.startswith("    ! the source says 41") for line in ran.lines)


def test_a_model_that_translates_is_fine(run: Run, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("models", "add", directory)
    monkeypatch.setattr(verify, "translated", lambda model, config: [Line("هطل المطر.", "It rained.", ())])
    ran = run("models", "verify", "opus-mt-ar-en")
    assert (ran.code, ran.lines[-2:], "It works." in ran.err) == (0, ["  هطل المطر.", "    It rained."], True)


@pytest.mark.parametrize(
    ("compared", "code", "marked"),
    [
        (Comparison(True, 8, 7, 8), 0, 0),
        (Comparison(False, 8, 7, 8), 1, 1),
        (Comparison(True, 6, 7, 8), 1, 1),
        (Comparison(False, 0, 0, 8), 1, 2),
    ],
)
def test_a_comparison_is_shown_and_counts(
    compared: Comparison, code: int, marked: int, run: Run, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("models", "add", directory)
    monkeypatch.setattr(verify, "translated", lambda model, config: [Line("هطل المطر.", "It rained.", ())])
    monkeypatch.setattr(verify, "compare", lambda *arguments: compared)
    ran = run("models", "verify", "--against", directory)
    assert (ran.code, sum("! " in line for line in ran.lines)) == (code, marked)
    assert (f"{compared.float32} of 8 answers are the same" in ran.out and "7 of 8" in ran.out) or compared.stored == 0


def test_a_damaged_model_does_not_pass(run: Run, directory: Path, tmp_path: Path) -> None:
    run("models", "add", directory)
    weights = tmp_path / "models" / "Helsinki-NLP--opus-mt-ar-en" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\xff")
    ran = run("models", "verify")
    assert (ran.code, "model.bin: is not what was put there" in ran.err) == (5, True)
    weights.write_bytes(weights.read_bytes()[:-9])
    listed = run("models", "list")
    assert listed.lines[0].startswith("! Helsinki-NLP/opus-mt-ar-en") and "models pull opus-mt-ar-en" in listed.lines[1]


def test_nothing_to_verify(run: Run) -> None:
    ran = run("models", "verify")
    assert (ran.code, "there is no model Helsinki-NLP/opus-mt-ar-en" in ran.err) == (5, True)


# ---------------------------------------------------------------- remove


def test_without_a_terminal_removing_needs_yes(run: Run, directory: Path, tmp_path: Path) -> None:
    run("models", "add", directory)
    ran = run("models", "remove", "opus-mt-ar-en")
    assert (ran.code, "--yes" in ran.err) == (2, True)
    assert (tmp_path / "models" / "Helsinki-NLP--opus-mt-ar-en").is_dir()
    ran = run("models", "remove", "opus-mt-ar-en", "--yes")
    assert (ran.code, ran.out.startswith("Removed ")) == (0, True)
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize(("answer", "code", "left"), [("n\n", 130, 1), ("\n", 130, 1), ("y\n", 0, 0)])
def test_on_a_terminal_it_is_asked(answer: str, code: int, left: int, run: Run, directory: Path, tmp_path: Path) -> None:
    run("models", "add", directory)
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "briefing", "models", "remove", "opus-mt-ar-en"]
    os.write(ours, answer.encode())
    ran = subprocess.run(
        call, cwd=tmp_path, stdin=theirs, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60
    )
    os.close(ours)
    os.close(theirs)
    assert (ran.returncode, len(list((tmp_path / "models").iterdir()))) == (code, left), ran.stderr
    assert "Delete " in ran.stderr


@pytest.mark.parametrize("name", ["../news", "..", "news", "", "mine"])
def test_only_models_are_removed(name: str, run: Run, directory: Path, news: Path) -> None:
    run("models", "add", directory)
    assert run("models", "remove", name, "--yes").code == 5
    assert (news / "bridge.txt").is_file()


def test_an_ambiguous_name_removes_nothing(run: Run, directory: Path, tmp_path: Path) -> None:
    for name in ("one/mine", "two/mine"):
        run("models", "add", directory, "--name", name)
    ran = run("models", "remove", "mine", "--yes")
    assert (ran.code, "one--mine, two--mine" in ran.err) == (2, True)
    assert len(list((tmp_path / "models").iterdir())) == 2


# ---------------------------------------------------------------- list


def test_what_is_no_model_is_listed_with_what_to_do(run: Run, directory: Path, tmp_path: Path) -> None:
    shutil.copytree(directory, tmp_path / "models" / "by-hand")
    (tmp_path / "models" / "empty").mkdir()
    ran = run("models", "list")
    assert ran.code == 0 and [line[0] for line in ran.lines] == ["!", " ", "!", " "]
    assert "not converted" in ran.lines[0] and "briefing models add" in ran.lines[1]
    assert "is empty" in ran.lines[2] and "briefing models remove empty" in ran.lines[3]

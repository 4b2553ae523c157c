"""briefing doctor: lines, next steps and the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import doctor
from briefing.cli.doctor import OPTIONAL
from briefing.config import Config
from tests.cli.conftest import Run


def test_everything_needed_is_here(run: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    ran = run("doctor")
    assert ran.code == 0
    assert "Everything that is needed is there." in ran.err
    assert any(line.startswith("optional  models: none") for line in ran.lines)
    assert any(line == "ok        fonts" for line in ran.lines)
    assert any(line.startswith("ok        fonts: Noto") for line in run("doctor", "-v").lines)


def test_what_is_needed_and_missing_ends_with_1_and_says_what_to_do(run: Run) -> None:
    ran = run("doctor")
    assert ran.code == 1
    at = next(n for n, line in enumerate(ran.lines) if line.startswith("missing   input: "))
    assert "Put articles there" in ran.lines[at + 1]
    assert "Needed and missing: input" in ran.err


def test_quiet_shows_only_what_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    assert not any(line.startswith("ok") for line in run("doctor", "-q").lines)


def test_the_hub_is_asked_on_request(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert "model hub" not in run("doctor").out
    assert "optional  model hub: http://127.0.0.1:9 cannot be reached" in run("doctor", "--hub").out


def test_optional_things_are_things_that_are_looked_at(tmp_path: Path) -> None:
    assert {check.name for check in doctor.examine(Config(base=tmp_path), "http://127.0.0.1:9")} >= OPTIONAL

"""The command group: help, version, -v and -q on either side, and what becomes of errors."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing.cli.console import inert
from briefing.cli.main import COMMANDS, SUMMARIES
from tests.cli.conftest import Run

BRIEFING = [sys.executable, "-c", "from briefing.cli.main import main; main()"]
EVERY = [*([name] for name in COMMANDS), ["models", "add"], ["models", "list"], ["lexicon", "check"], ["lexicon", "find"]]


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_command_has_help_with_an_example(run: Run, command: list[str]) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    assert f"briefing {' '.join(command)}" in ran.out


def test_help_lists_every_command_and_the_exit_codes(run: Run) -> None:
    ran = run("--help")
    assert set(COMMANDS) == set(SUMMARIES)
    assert all(name in ran.out for name in COMMANDS)
    assert "Exit codes: 0" in ran.out


def test_version(run: Run) -> None:
    assert run("--version").out.strip() == f"briefing, version {briefing.__version__}"


def test_an_unknown_command_lists_the_known_ones(run: Run) -> None:
    ran = run("biuld")
    assert ran.code == 2
    assert all(name in ran.err for name in COMMANDS)


@pytest.mark.parametrize("args", [["-v", "inspect"], ["inspect", "-v"]])
def test_verbose_stands_on_either_side_of_the_command(run: Run, news: Path, args: list[str]) -> None:
    assert "why:" in run(*args, news / "bridge.txt").out
    assert "why:" not in run("inspect", news / "bridge.txt").out


@pytest.mark.parametrize("args", [["-q", "build"], ["build", "-q"]])
def test_quiet_leaves_results_only(run: Run, news: Path, args: list[str]) -> None:
    ran = run(*args, news, "--week", "--engine", "gloss", "--format", "json")
    assert (ran.code, ran.err, len(ran.lines)) == (0, "", 2)


def test_a_failure_of_the_system_is_a_message(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "some/where")

    monkeypatch.setattr("briefing.pipeline.collect", broken)
    ran = run("build", news, "--engine", "gloss")
    assert (ran.code, "some/where: Permission denied" in ran.err) == (1, True)


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error(news: Path) -> None:
    """As in `briefing inspect page.txt | head -1`, whether the output is long or still in the buffer when it goes."""
    for many in (1, 400):
        ran = subprocess.Popen([*BRIEFING, "inspect", "-v", *[str(news / "bridge.txt")] * many], stdout=-1, stderr=-1)
        assert ran.stdout is not None and ran.stderr is not None
        ran.stdout.close()
        assert (ran.stderr.read(), ran.wait()) == (b"", 141)
        ran.stderr.close()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_standard_output_on_a_full_disk_is_a_message(news: Path) -> None:
    with open("/dev/full", "w") as full:
        command = [
            sys.executable,
            "-c",
            "from briefing.cli.main import main; main()",
            "inspect",
            "--json",
            str(news / "bridge.txt"),
        ]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 6
    assert done.stderr.startswith("Error: No space left on device")
    assert "Traceback" not in done.stderr and "ignored" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings", [{"LANG": "C"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}]
)
def test_arabic_is_printed_whatever_the_terminal_can_show(news: Path, settings: dict[str, str]) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    command = [*BRIEFING, "inspect", str(news / "bridge.txt")]
    done = subprocess.run(
        command, env={**kept, **settings}, cwd=Path(briefing.__file__).parent.parent, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"statement" in done.stdout


def test_what_could_take_over_a_terminal_is_taken_out() -> None:
    assert inert("a\x1b[2Jb\x07\x9b\u202ec\u2066\td\nنص") == "a[2Jbc\td\nنص"


def test_help_takes_less_than_300_ms_of_the_processor() -> None:
    taken = []
    for _ in range(3):  # the least of three: the first may read from a cold disk
        before = os.times()
        subprocess.run([*BRIEFING, "--help"], cwd=Path(briefing.__file__).parent.parent, capture_output=True, check=True)
        after = os.times()
        taken.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(taken) < 0.3

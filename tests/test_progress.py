"""How fast and how long: words, and what is shown while work goes on."""

from __future__ import annotations

import os
import pty
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import console as module
from briefing.cli.console import Console
from briefing.progress import pace, single, untracked


@pytest.mark.parametrize(
    ("marks", "total", "words"),
    [
        ([(0.0, 0)], 100, ""),
        ([(0.0, 0), (5.0, 0)], 100, ""),
        ([(3.0, 0), (3.0, 7)], 100, ""),
        ([(0.0, 0), (5.0, 105)], 3000, "21 a second, 2 min left"),
        ([(0.0, 0), (9.0, 9000), (10.0, 9012), (20.0, 9132)], 9200, "457 a second, 0 s left"),
        ([(9.0, 9000), (10.0, 9012), (20.0, 9132)], 9200, "12 a second, 6 s left"),
        ([(0.0, 0), (10.0, 25)], 50, "2.5 a second, 10 s left"),
        ([(0.0, 0), (60.0, 12)], 5000, "12 a minute, 6.9 h left"),
        ([(0.0, 0), (3600.0, 2)], 3, "2.0 an hour, 30 min left"),
    ],
)
def test_pace_in_words(marks: list[tuple[float, int]], total: int, words: str) -> None:
    assert pace(marks, total) == words


@given(st.lists(st.tuples(st.floats(0, 1e6), st.integers(0, 10**6)), min_size=1, max_size=5), st.integers(0, 10**6))
def test_pace_never_fails(marks: list[tuple[float, int]], more: int) -> None:
    marks = sorted(marks)
    words = pace(marks, max(done for _, done in marks) + more)
    assert words == "" or words.endswith(" left")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time the console sees: set clock[0]."""
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


def test_lines_say_how_much_of_all_is_done_how_fast_and_how_long(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    for part in Console().track(["a" * 64, "b" * 128, "c" * 256, "d" * 512], "Translating", len):
        clock[0] += len(part) / 16
    assert capsys.readouterr().err.splitlines() == [
        "Translating: 192 of 960 (16 a second, 48 s left)",
        "Translating: 448 of 960 (16 a second, 32 s left)",
        "Translating: 960 of 960",
    ]


def test_quick_work_is_one_line_and_quiet_none(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    assert list(Console().track([1, 2, 3], "Reading", single)) == [1, 2, 3]
    assert capsys.readouterr().err == "Reading: 3 of 3\n"
    assert list(Console(quiet=True).track([1, 2], "Reading")) == list(untracked([1, 2], "Reading")) == [1, 2]
    assert list(Console().track([], "Reading")) == []
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_with_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(module, "_BAR_EVERY", 0.0)
        for _ in Console().track(["a" * 64, "b" * 64, "c" * 2], "Translating", len):
            time.sleep(0.15)
        terminal.flush()
        shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Translating" in shown and re.search(r"128/130.* a second.* left", shown)

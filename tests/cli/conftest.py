"""Runs the command line in this process, in an empty folder, and keeps what it printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.cli.main import main

ARTICLE = """Published: 2024-11-12
Title: افتتاح الجسر الشرقي

قال وزير النقل سامي الحداد إن الجسر سيفتح يوم الخميس بعد عام من العمل.
وأضاف أن الكلفة بلغت عشرة ملايين دينار.
وقتل ثلاثة عمال في انهيار سقالة قرب النهر.
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("build", "seeds", "--week")`; a traceback would come out of it as the exception itself."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    def call(*args: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(a) for a in args])
        printed = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Ran(end.value.code, printed.out, printed.err)

    return call


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with one dated article."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return folder

"""A whole brief through a real model: trained, added by the command line, found by `auto`, and named in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.cli.main import cli
from tests.translate.tiny_models import PAIRS

pytestmark = pytest.mark.slow


def run(*args: str) -> int:
    """The exit code of a command."""
    code = cli.main(args=list(args), standalone_mode=False)
    return code if isinstance(code, int) else 0


def test_a_brief_is_translated_by_the_model_that_was_added(
    trained_marian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefing.toml").write_text('inputs = ["news"]\n[translate]\nbeam = 1\n[paths]\nmodels = "models"\n', "utf-8")
    (tmp_path / "news").mkdir()
    article = {"title": "نشرة تجريبية", "published": "2024-11-13", "content": "\n".join(arabic for arabic, _ in PAIRS)}
    (tmp_path / "news" / "a.json").write_text(json.dumps(article, ensure_ascii=False), "utf-8")

    assert run("models", "add", str(trained_marian)) == 0
    assert run("build", "--week", "2024-W46", "--now", "2024-11-18T06:00:00+00:00") in (0, 3)

    brief = json.loads((tmp_path / "out" / "2024-W46" / "brief.json").read_text("utf-8"))
    cited = [s for source in brief["sources"] for s in source["cited"]]
    expected = dict(PAIRS)
    known = [s for s in cited if s["ar"] in expected]
    assert known, "no cited sentence is one the model learnt"
    assert all(s["translation"]["en"] == expected[s["ar"]] and s["translation"]["label"] == "machine" for s in known)
    assert brief["engine"]["name"] == "ctranslate2"
    assert "ctranslate2" in (tmp_path / "out" / "2024-W46" / "brief.md").read_text("utf-8")

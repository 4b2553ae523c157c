"""The week of the real articles that lie beside the repository, where they do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

REAL = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real articles (../shared/seeds) are not on this machine")
COMMAND = ("--week", "2024-W46", "--engine", "gloss", "--format", "json")


def built(run: Run, tmp_path: Path, *more: str) -> dict[str, Any]:
    assert run("build", REAL, *COMMAND, *more).code == 3
    value: dict[str, Any] = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    return value


def items(section: dict[str, Any]) -> list[dict[str, Any]]:
    said = [item for group in section["statements"] for item in group["items"]]
    return [*said, *section["agreements"], *section["events"]]


def test_undated_articles_of_the_week_are_shown_apart_with_quotes_letter_for_letter(run: Run, tmp_path: Path) -> None:
    brief = built(run, tmp_path, "--undated", "include")
    (undated,) = [s for s in brief["sections"] if s["key"] == "undated"]
    cited = [c for item in items(undated) for c in item["citations"]]
    seen = {Path(c["file"]).name[:3]: [] for c in cited}
    for c in cited:
        seen[Path(c["file"]).name[:3]].append(c)
    assert {"000", "003"} <= set(seen)
    for c in [c for s in brief["sections"] for item in items(s) for c in item["citations"]]:
        page = json.loads(run("inspect", "--json", REAL / Path(c["file"]).name).out)
        assert page["text"][c["start"] : c["end"]] == c["quote"]
        assert not any(e["start"] < c["end"] and c["start"] < e["end"] for e in page["excluded"])
    two = json.loads(run("inspect", "--json", next(REAL.glob("000*"))).out)["articles"]
    assert len(two) == 2
    inside = [any(k["start"] <= c["start"] and c["end"] <= k["end"] for k in two[1]["kept"]) for c in seen["000"]]
    assert any(inside)


def test_without_the_flag_they_are_problems_that_name_the_reason(run: Run, tmp_path: Path) -> None:
    brief = built(run, tmp_path, "--undated", "include")
    undated = {s["article_id"] for s in brief["sources"] if s["published"]["value"] is None}
    assert undated
    ran = run("build", REAL, *COMMAND)
    if ran.code == 4:  # nothing in the week is dated: the error says how many may belong to it
        assert "--undated include shows them" in ran.err
        return
    brief = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    told = {Path(p["where"]).name[:3]: p for p in brief["problems"]}
    for name in ("000", "003"):
        assert "left out: it" in told[name]["message"] and "dates.toml" in told[name]["next_step"]

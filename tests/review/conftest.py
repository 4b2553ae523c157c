"""A small week of news, built for real, and revisions of its items."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Config, Paths
from briefing.model import EngineInfo, Translation
from briefing.pipeline import Order, build
from briefing.progress import untracked
from briefing.render.json_brief import to_json
from briefing.store.database import Database
from briefing.store.revisions import Change, Revisions

WEEK = "2024-W46"
NOW = datetime(2024, 11, 18, 6, tzinfo=UTC)
STATION = """Published: 2024-11-12
Title: افتتاح المحطة

قال وزير النقل سامي الحداد إن المحطة ستفتح أبوابها يوم الخميس بعد عام من العمل.
وأضاف أن الكلفة بلغت عشرة ملايين دينار.
"""
SHELLING = """Published: 2024-11-13
Title: قصف على سرمين

قتل ثلاثة عمال وأصيب سبعة آخرون في قصف مدفعي استهدف مدينة سرمين يوم الثلاثاء.
"""


class Echo:
    """An engine whose English names the length of its source, and its own name."""

    info = EngineInfo("echo", "echo-1", "none", "Translation engine: echo")

    def __init__(self, name: str = "echo") -> None:
        self.signature = f"{name}:1"
        self.name = name

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """English for each source."""
        return [Translation(f"{self.name} gave {len(s)} letters", self.signature, "machine") for s in sources]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "station.txt").write_text(STATION, encoding="utf-8")
    (folder / "shelling.txt").write_text(SHELLING, encoding="utf-8")
    return folder


def settings(news: Path) -> Config:
    """Settings with a store of their own beside the news."""
    return Config(base=news.parent, paths=Paths(store="store.db"))


def built(news: Path, engine: str = "echo", week: str | None = WEEK) -> dict[str, Any]:
    """The tree of a brief of everything in `news`."""
    brief = build(Order((news,), week, False, NOW), settings(news), lambda: Echo(engine), print, untracked)
    found: dict[str, Any] = json.loads(to_json(brief))
    return found


def items(brief: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The items in the order of the brief."""
    for section in brief["sections"]:
        for group in section["statements"]:
            yield from group["items"]
        yield from section["agreements"]
        yield from section["events"]


def one(brief: Mapping[str, Any], word: str) -> dict[str, Any]:
    """The item whose Arabic has `word`."""
    found = [item for item in items(brief) if word in item["ar"]]
    assert len(found) == 1, [item["ar"] for item in found]
    return found[0]


def said(news: Path, item: Mapping[str, Any], field: str, value: Any, who: str = "Rana", note: str = "") -> None:
    """Writes a revision of an item as the page does: for every telling of it."""
    seen = {part["key"]: tuple(p["seen"] for p in item["parts"] if p["key"] == part["key"]) for part in item["parts"]}
    changes = [Change(key, field, value, s, {"id": item["id"], "en": item["en"], "ar": item["ar"]}) for key, s in seen.items()]
    with Database(settings(news).store_file) as database:
        Revisions(database).add(WEEK, changes, who, 10**9, note)

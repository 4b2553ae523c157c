"""A small week of news, built for real, and revisions of its items."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from briefing.config import Config, Paths
from briefing.model import EngineInfo, Translation
from briefing.pipeline import Means, Order, build
from briefing.progress import untracked
from briefing.render.json_brief import to_json
from briefing.store.database import Database
from briefing.store.revisions import Change, Revision, Revisions

ROOT = Path(__file__).resolve().parents[2]
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
    brief = build(Order((news,), week, False, NOW), settings(news), Means(lambda: Echo(engine)), print, untracked)
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


def said(
    news: Path, item: Mapping[str, Any], field: str, value: Any, who: str = "Rana", note: str = "", week: str = WEEK
) -> None:
    """Writes a revision of an item as the page does: for every telling of it."""
    seen = {part["key"]: tuple(p["seen"] for p in item["parts"] if p["key"] == part["key"]) for part in item["parts"]}
    changes = [Change(key, field, value, s, {"id": item["id"], "en": item["en"], "ar": item["ar"]}) for key, s in seen.items()]
    with Database(settings(news).store_file) as database:
        Revisions(database).add(week, changes, who, 10**9, note)


# ---------------------------------------------------------------- the page


def put(news: Path, brief: Mapping[str, Any]) -> None:
    """Puts a brief where a build leaves it, with settings beside it that name the store of these tests."""
    folder = news.parent / "out" / WEEK
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brief.json").write_text(json.dumps(brief), encoding="utf-8")
    (news.parent / "briefing.toml").write_text('[paths]\nstore = "store.db"\n', encoding="utf-8")


def rows(news: Path) -> tuple[Revision, ...]:
    """Everything that was said, oldest first."""
    with Database(settings(news).store_file) as database:
        return Revisions(database).of(WEEK)


@dataclass(frozen=True)
class Site:
    """A review that runs: the address it printed, and its parts."""

    address: str
    port: int
    token: str
    log: Path

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of the answer to a request with just these headers (Host too, if not given)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"Host": f"127.0.0.1:{self.port}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        if body:
            connection.putheader("Content-Length", str(len(body.encode())))
        connection.endheaders(body.encode())
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    def entered(self) -> tuple[str, str]:
        """The path of the page and the cookie, as a browser gets them."""
        _, headers, _ = self.ask("GET", f"/?token={self.token}")
        cookie, _, rest = headers["set-cookie"].partition(";")
        return re.search("[Pp]ath=([^;]+)", rest)[1], cookie  # type: ignore[index]


@contextmanager
def reviewing(news: Path, who: str = "Rana", browser: str | None = None) -> Iterator[Site]:
    """`briefing review` for the brief in the news' folder, for the length of a block; it must end well at Ctrl-C."""
    command = [sys.executable, "-m", "briefing", "review", "--week", WEEK, "--as", who]
    command += ["--no-browser"] if browser is None else []
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "BROWSER": browser or ""}
    log = news.parent / "review.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(command, cwd=news.parent, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            assert address, log.read_text()
            parts = urlsplit(address)
            yield Site(address, parts.port or 0, parse_qs(parts.query)["token"][0], log)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0, log.read_text()
            process.stdout.close()

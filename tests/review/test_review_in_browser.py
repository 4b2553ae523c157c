"""The review in headless Chromium, end to end: by keys alone, in two windows at once, from another origin, without a script."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.review.conftest import ROOT, Site, built, items, one, put, reviewing, rows
from tests.serving import running

NODE = ROOT / "tests" / "node"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
GRAVE = {"serious", "critical"}
HOSTILE = """Title: <script>window.hacked = 1</script>
Published: 2024-11-12
URL: javascript:window.hacked=2
Source: <img src=x onerror=window.hacked=3>

قال وزير النقل <img src=x onerror="window.hacked=4"> إن المحطة "><script>window.hacked=5</script> ستفتح \
\u202eيوم الخميس\u202c بعد عام </textarea><svg onload=window.hacked=6>.
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)"),
    pytest.mark.skipif(shutil.which("node") is None, reason="needs node (Debian package nodejs)"),
    pytest.mark.skipif(not (NODE / "node_modules").is_dir(), reason="needs what `npm ci` installs in tests/node"),
]


def _seen(what: str, site: Site, more: str = "") -> dict[str, Any]:
    command = ["node", str(NODE / "review.mjs"), str(CHROMIUM), what, site.address, more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@pytest.fixture
def brief(news: Path) -> dict[str, Any]:
    made = built(news)
    put(news, made)
    return made


def test_a_week_is_reviewed_by_keys_alone_and_the_next_build_follows(news: Path, brief: dict[str, Any]) -> None:
    with reviewing(news) as site:
        seen = _seen("keys", site)
    assert seen["said"] == []
    assert (seen["start"], seen["end"]) == ("0 of 3 looked at", "3 of 3 looked at")
    assert seen["firstRow"] == "row" and seen["fields"] == ["english", "date", "speaker_en", "number-0"]
    assert [seen[n].split()[0] for n in ("first", "second", "third")] == ["S1", "S2", "E1"]
    assert (seen["corrected"], seen["undone"], seen["open"], seen["help"]) == ("corrected", "not looked at", 0, True)
    assert "→ 5" in seen["counted"]
    assert [row.who for row in rows(news)] == ["Rana"] * len(rows(news))
    after = built(news)
    assert [item["review"]["state"] for item in items(after)] == ["accepted", "corrected"]
    second = one(after, "الكلفة")
    assert second["en"] == "Layla al-Mansour (transport minister), 2024-11-11: It cost ten million dinars."
    assert "It cost ten million dinars." in (news.parent / "memory.tmx").read_text(encoding="utf-8")
    assert next(row for row in rows(news) if row.value == "reject").note == "a u j of last year", "keys in a field are text"


def test_of_two_windows_on_one_item_the_later_one_is_told_and_nothing_is_lost(news: Path, brief: dict[str, Any]) -> None:
    with reviewing(news) as site:
        seen = _seen("two", site)
    assert [one for one in seen["said"] if "409" not in one] == []
    assert seen["status"] == 409
    assert "accepted" in seen["conflict"] and "reject: of last year" in seen["conflict"]
    assert "rejected: of last year" in seen["third"] and "date: 2024-11-10" in seen["third"]
    assert seen["kept"] == "rejected"
    assert [(row.field, row.value) for row in rows(news)] == [("verdict", "accept"), ("verdict", "reject")]


class Rival(BaseHTTPRequestHandler):
    """A page of another server on this machine that posts to the review as soon as it is told where that is."""

    def do_GET(self) -> None:
        """The page; what it was sent is kept for the test."""
        self.server.cookies.append(self.headers.get("Cookie"))  # type: ignore[attr-defined]
        target = "document.forms[0].action = new URLSearchParams(location.search).get('target')"
        form = "<form method=post><input name=act value=accept><input name=expected value=0></form>"
        page = f"<!doctype html><title>rival</title>{form}<script>{target}</script>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_a_page_of_another_origin_is_refused_and_is_sent_no_cookie(news: Path, brief: dict[str, Any]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Rival)
    server.cookies = []  # type: ignore[attr-defined]
    with running(server, threading.Event()), reviewing(news) as site:
        seen = _seen("rival", site, f"http://127.0.0.1:{server.server_port}/")
    assert set(server.cookies) == {None}  # type: ignore[attr-defined]
    assert all(status == 403 for method, status in seen["statuses"] if method == "POST")
    assert any(method == "POST" for method, _ in seen["statuses"])
    assert seen["tried"]["cors"] == "failed" and "S1" not in json.dumps(seen["tried"])
    assert "refused" in seen["form"] and seen["state"] == "not looked at"
    assert not (news.parent / "store.db").exists()


def test_without_a_script_every_act_is_a_plain_form(news: Path, brief: dict[str, Any]) -> None:
    with reviewing(news) as site:
        seen = _seen("plain", site)
    assert seen["second"].startswith("S2") and seen["end"].strip() == "2 of 3 looked at" and seen["said"] == []


def test_the_rules_of_accessibility_find_nothing_grave_on_any_page(news: Path, brief: dict[str, Any]) -> None:
    with reviewing(news) as site:
        seen = _seen("look", site)
    assert len(seen["views"]) == 4 * 4
    assert [found for view in seen["views"] for found in view["found"] if found["impact"] in GRAVE] == []
    assert {view["wide"] for view in seen["views"]} == {0}, "a page is wider than its window"


def test_nothing_an_article_says_runs_or_leads_anywhere(news: Path) -> None:
    (news / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    made = built(news)
    assert any("window.hacked=5" in item["ar"] for item in items(made))
    put(news, made)
    with reviewing(news) as site:
        seen = _seen("hostile", site)
    assert set(seen["ran"]) == {"undefined"} and seen["elements"] == 0
    assert seen["said"] == []
    assert {link.partition("?")[0].split("/")[0] for link in seen["links"]} == {"http:"}
    assert "<script>window.hacked=5</script>" in seen["text"], "it stands there as text"
    assert "\u202e" not in seen["text"] and set(seen["directions"]) == {"rtl"}

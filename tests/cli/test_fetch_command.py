"""briefing fetch: from feeds on a real server to a brief, its exit codes, and what is not in the settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.ingest.site import Reply, Site, item, page, rss, site

SETTINGS = """
inputs = ["store"]
[paths]
store = "kept.db"
[fetch]
delay = 0
retries = 0
allow_private = {private}
"""
STORY = """<html lang="ar"><body><h1>افتتاح الجسر الشرقي</h1>
<p>قال وزير النقل سامي الحداد إن الجسر سيفتح يوم الخميس بعد عام من العمل.</p>
<p>وأضاف أن الكلفة بلغت عشرة ملايين دينار. وقتل ثلاثة عمال في انهيار سقالة قرب النهر.</p></body></html>"""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Site]:
    with site() as server:
        server.replies |= {
            "/rss": rss(item("/1", "افتتاح الجسر الشرقي"), item("/2", "x", "Mon, 04 Nov 2024 08:00:00 GMT")),
            "/1": Reply(STORY.encode("windows-1256"), headers={"Content-Type": "text/html; charset=windows-1256"}),
            "/2": page("ترميم السوق القديم"),
        }
        settle(tmp_path, server)
        yield server


def settle(folder: Path, web: Site, private: str = "true", more: str = "") -> None:
    feed = f'[[feed]]\nurl = "{web.url("/rss")}"\noutlet = "Coast News"\n'
    (folder / "briefing.toml").write_text(SETTINGS.format(private=private) + feed + more, encoding="utf-8")


def test_a_feed_becomes_a_brief_that_says_where_its_dates_come_from(run: Run, web: Site, tmp_path: Path) -> None:
    ran = run("fetch")
    assert (ran.code, ran.lines) == (0, [f"{web.url('/rss')}: 2 new", "2 new documents; the store holds 2"])
    assert run("build", "--week", "--engine", "gloss", "--format", "json,md").code == 0
    brief = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    (source,) = brief["sources"]
    assert source["file"].startswith("store:") and len(source["file"]) == len("store:") + 12
    assert (source["url"], source["outlet"]["name"], source["published"]["value"]) == (web.url("/1"), "Coast News", "2024-11-12")
    assert source["published"]["basis"] == "feed"
    assert "2024-11-12 (from the feed; confidence high)" in (tmp_path / "out/2024-W46/brief.md").read_text("utf-8")
    assert brief["sections"][0]["statements"] and brief["sections"][0]["events"]


def test_nothing_new_is_no_failure(run: Run, web: Site) -> None:
    run("fetch")
    ran = run("fetch")
    assert (ran.code, ran.lines) == (0, [f"{web.url('/rss')}: nothing new", "Nothing new; the store holds 2"])


def test_what_failed_is_said_with_the_rest_fetched(run: Run, web: Site, tmp_path: Path) -> None:
    settle(tmp_path, web, more=f'[[page]]\nurl = "{web.url("/gone")}"\n')
    ran = run("fetch")
    assert (ran.code, ran.lines[-1]) == (3, "2 new documents, 1 problem; the store holds 2")
    assert f"{web.url('/gone')}: not fetched" in ran.lines
    assert f"{web.url('/gone')}: the server answers 404. Open it in a browser" in ran.err


def test_addresses_inside_the_network_need_the_settings_consent(run: Run, web: Site, tmp_path: Path) -> None:
    settle(tmp_path, web, private="false")
    ran = run("fetch")
    assert (ran.code, "allow_private" in ran.err, web.asked) == (3, True, [])


def test_without_feeds_the_way_to_name_one_is_shown(run: Run) -> None:
    ran = run("fetch")
    assert (ran.code, "no feed and no page" in ran.err, "[[feed]]" in ran.err) == (2, True, True)


def test_a_damaged_store_is_named_with_the_way_out(run: Run, web: Site, tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_bytes(b"not a database at all" * 100)
    for command in (["fetch"], ["articles"], ["build", "--week"]):
        ran = run(*command)
        assert (ran.code, "kept.db: the store is damaged" in ran.err, "restore a backup" in ran.err) == (1, True, True)
    assert web.asked == []


def test_the_store_and_files_make_one_brief(run: Run, web: Site, news: Path, tmp_path: Path) -> None:
    run("fetch")
    assert run("build", "store", news, "--engine", "gloss", "--format", "json").code == 0
    brief = json.loads((tmp_path / "out/all/brief.json").read_text("utf-8"))
    assert sorted(s["file"][:6] for s in brief["sources"]) == ["news/b", "store:", "store:"]


def test_a_folder_called_store_is_a_folder(run: Run, web: Site, news: Path, tmp_path: Path) -> None:
    news.rename(tmp_path / "store")
    assert run("weeks").lines == ["2024-W46  2024-11-11 to 2024-11-17  1 article"]
    assert run("weeks", "store").code == 0


def test_building_from_a_store_that_is_not_there_says_what_fills_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # another test may have made the store of all tests
    ran = run("build", "store", "--week")
    assert (ran.code, "there is no store yet" in ran.err, "briefing fetch" in ran.err) == (4, True, True)


def test_init_makes_no_folder_for_the_store(run: Run, web: Site, tmp_path: Path) -> None:
    run("init")
    assert not (tmp_path / "store").exists()
    assert "the store" in run("doctor", "-v").out

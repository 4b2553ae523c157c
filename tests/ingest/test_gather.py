"""Feeds and pages into the store: what is new, what is not asked for again, and one that fails among others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.config import Config, Fetch, Paths, Subscription
from briefing.errors import StoreError
from briefing.ingest.addresses import anything
from briefing.ingest.fetch import Fetcher
from briefing.ingest.gather import Gathered, gather
from briefing.store.database import Database
from briefing.store.documents import Documents
from tests.ingest.site import WORDS, Asked, Reply, Site, Still, item, packed, page, rss, site

QUICK = Fetch(delay=0, retries=0, read_timeout=2, timeout=3, allow_private=True)
TAGGED = {"Content-Type": "application/rss+xml", "ETag": '"1"', "Last-Modified": "Tue, 12 Nov 2024 06:00:00 GMT"}


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as server:
        yield server


@pytest.fixture
def documents(tmp_path: Path) -> Iterator[Documents]:
    with Database(tmp_path / "store.db") as database:
        yield Documents(database)


def config(web: Site, feeds: str = "", pages: str = "", fetch: Fetch = QUICK) -> Config:
    feed, single = (tuple(Subscription(web.url(f"/{n}"), "Coast News") for n in names.split()) for names in (feeds, pages))
    return Config(feed=feed, page=single, fetch=fetch, paths=Paths())


def gathered(settings: Config, documents: Documents) -> list[Gathered]:
    return asyncio.run(gather(settings, documents, Fetcher(settings.fetch, Still().world(anything)), lambda _: None))


def conditional(reply: Reply) -> object:
    """The reply with validators, or 304 to whoever has it already."""

    def answer(asked: Asked) -> Reply:
        return Reply(status=304) if asked.headers.get("if-none-match") == '"1"' else Reply(reply.body, headers=TAGGED)

    return answer


def test_the_pages_of_a_feed_are_kept_with_what_the_feed_says(web: Site, documents: Documents) -> None:
    web.replies |= {"/rss": rss(item("/1", "الجسر"), item("2", "النفق")), "/1": page("الجسر"), "/2": packed(page("النفق"))}
    (result,) = gathered(config(web, "rss"), documents)
    assert (result.new, result.named, result.problems) == (2, 2, ())
    first, second = documents.current()
    assert first.content == page("الجسر").body and second.content == page("النفق").body
    origin = first.origin
    assert (origin.source, origin.kind, origin.feed, origin.status) == (web.url("/1"), "item", web.url("/rss"), 200)
    assert (origin.title, origin.published, origin.outlet) == ("الجسر", "Tue, 12 Nov 2024 09:00:00 +0300", "Coast News")
    assert origin.headers["content-type"] == "text/html" and origin.fetched.endswith("+00:00")


def test_the_second_time_only_what_is_new_is_asked_for(web: Site, documents: Documents) -> None:
    settings = config(web, "rss", "about")
    web.replies |= {"/1": page("one"), "/2": page("two"), "/about": page("about"), "/rss": rss(item("/1", "one"))}
    assert [g.new for g in gathered(settings, documents)] == [1, 1]
    web.replies["/rss"] = rss(item("/2", "two"), item("/1", "one"))
    web.asked.clear()
    assert [g.new for g in gathered(settings, documents)] == [1, 0]
    assert sorted(web.paths()) == ["/2", "/about", "/rss"]
    assert documents.count() == 3


def test_what_has_not_changed_is_not_sent_again_however_often_it_is_asked(web: Site, documents: Documents) -> None:
    web.replies |= {"/rss": conditional(rss(item("/1", "one"))), "/p": conditional(page("p")), "/1": page("one")}  # type: ignore[dict-item]
    web.replies["/p"] = lambda asked: Reply(status=304) if "if-none-match" in asked.headers else Reply(
        page("p").body, headers={**TAGGED, "Content-Type": "text/html"}
    )  # fmt: skip
    settings = config(web, "rss", "p")
    assert [[g.new for g in gathered(settings, documents)] for _ in range(3)] == [[1, 1], [0, 0], [0, 0]]
    last = documents.last(web.url("/p"))
    assert last and (last[0].status, last[0].etag, last[1] is not None) == (304, '"1"', True)
    assert documents.count() == len(list(documents.current())) == 2


def test_a_page_that_changed_takes_the_place_of_its_older_state(web: Site, documents: Documents) -> None:
    web.replies["/p"] = [page("old"), page("new")]
    assert [gathered(config(web, "", "p"), documents)[0].new for _ in range(2)] == [1, 1]
    assert [kept.content for kept in documents.current()] == [page("new").body]


def test_an_item_that_is_the_whole_article_is_taken_from_the_feed(web: Site, documents: Documents) -> None:
    whole = f"<p>{WORDS * 14}</p>"
    web.replies |= {"/rss": rss(item("/1", "one", content=whole), item("/2", "two", content=WORDS)), "/2": page("two")}
    assert gathered(config(web, "rss"), documents)[0].new == 2
    assert web.paths() == ["/rss", "/2"]
    assert next(documents.current()).content == whole.encode()


def test_one_that_fails_is_a_problem_and_the_others_go_on(web: Site, documents: Documents) -> None:
    web.replies |= {
        "/good": rss(item("/1", "one"), item("/gone", "x"), item("/pdf", "y")),
        "/1": page("one"),
        "/pdf": Reply(b"%PDF", headers={"Content-Type": "application/pdf"}),
        "/html": page("no feed"),
        "/damaged": Reply(rss(item("/3", "three")).body[:-30]),
        "/3": page("three"),
    }
    results = gathered(config(web, "down good html damaged", "missing"), documents)
    assert [g.new for g in results] == [0, 1, 0, 1, 0]
    said = {p.where: p.message for g in results for p in g.problems}
    assert said == {
        web.url("/down"): "the server answers 404",
        web.url("/gone"): "the server answers 404",
        web.url("/pdf"): "is application/pdf, and only HTML and plain text are read",
        web.url("/html"): "is neither RSS nor Atom",
        web.url("/damaged"): said[web.url("/damaged")],
        web.url("/missing"): "the server answers 404",
    }
    assert said[web.url("/damaged")].startswith("the feed is damaged")
    assert all(p.next_step for g in results for p in g.problems)


def test_a_page_that_failed_is_tried_again_though_its_feed_has_not_changed(web: Site, documents: Documents) -> None:
    web.replies |= {"/rss": conditional(rss(item("/1", "one"), item("/2", "two"))), "/1": page("one")}  # type: ignore[dict-item]
    web.replies["/2"] = [Reply(status=404), page("two")]
    runs = [gathered(config(web, "rss"), documents)[0] for _ in range(3)]
    assert [(g.new, len(g.problems)) for g in runs] == [(1, 1), (1, 0), (0, 0)]
    assert web.paths() == ["/rss", "/1", "/2", "/rss", "/2", "/rss"]


def test_a_page_that_holds_no_article_is_said_once(web: Site, documents: Documents) -> None:
    wall = Reply(b"<html>Please enable cookies</html>", headers={"Content-Type": "text/html"})
    web.replies |= {"/rss": rss(item("/1", "one")), "/1": wall}
    first, second = (gathered(config(web, "rss"), documents)[0] for _ in range(2))
    assert ("no Arabic letters" in first.problems[0].message, second.problems) == (True, ())
    assert (web.paths().count("/1"), documents.count()) == (1, 0)


def test_an_article_in_two_feeds_is_fetched_once(web: Site, documents: Documents) -> None:
    web.replies |= {"/a": rss(item("/1?utm_source=a", "one")), "/b": rss(item("/1", "one")), "/1": page("one")}
    assert sum(g.new for g in gathered(config(web, "a b"), documents)) == 1
    assert web.paths().count("/1") == 1


def test_a_long_feed_is_taken_in_parts_and_none_of_it_is_lost(web: Site, documents: Documents) -> None:
    web.replies["/rss"] = conditional(rss(*(item(f"/{n}", str(n)) for n in range(5))))  # type: ignore[assignment]
    web.replies |= {f"/{n}": page(f"number {n}") for n in range(5)}
    settings = config(web, "rss", fetch=Fetch(delay=0, items=2, allow_private=True))
    assert [gathered(settings, documents)[0].new for _ in range(4)] == [2, 2, 1, 0]


def test_a_failure_of_our_own_is_a_problem_and_one_of_the_store_ends_the_run(
    web: Site, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.replies |= {"/rss": rss(item("/1", "one"), item("/2", "two")), "/1": page("one"), "/2": page("two")}

    def broken(*_: object) -> bool:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("briefing.ingest.pages.checked", broken)
    (result,) = gathered(config(web, "rss"), documents)
    assert [("inside the program" in p.message, "bug" in p.next_step) for p in result.problems] == [(True, True)] * 2
    monkeypatch.undo()

    def locked(*_: object) -> bool:
        raise StoreError("locked")

    monkeypatch.setattr(documents, "note", locked)
    with pytest.raises(StoreError):
        gathered(config(web, "rss"), documents)

"""Feeds: what an item is, dates as written, relative links, and feeds that are damaged, hostile or none."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.decode import UnreadableDocument
from briefing.ingest.feeds import ENOUGH_LETTERS, Item, parse
from tests.ingest.site import WORDS, item, rss

URL = "https://news.example/feeds/all.xml"
LONG = f"<p>{WORDS * 14}</p>"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/world/">
<title>أخبار</title>
<entry><title type="html">&lt;b&gt;الجسر&lt;/b&gt; &amp;amp; النفق</title><link href="7"/>
<published>2024-11-12T22:30:00Z</published>
<updated>2024-11-14T00:00:00Z</updated><content type="text">سطر أول
سطر &lt;ثان&gt;</content></entry>
<entry><title>السد</title><link rel="alternate" href="/8"/><updated>2024-11-14T00:00:00Z</updated></entry>
</feed>"""


def items(feed: bytes, url: str = URL) -> tuple[Item, ...]:
    return parse(feed, url).items


def test_an_rss_item_has_what_the_feed_says_of_it() -> None:
    (found,) = items(rss(item("https://news.example/1", "الجسر &amp;amp; النفق", content=LONG)).body)
    assert found == Item("https://news.example/1", "الجسر & النفق", "Tue, 12 Nov 2024 09:00:00 +0300", LONG)
    assert parse(rss().body, URL).items == ()


def test_an_atom_entry_is_published_when_it_says_so_and_not_when_it_was_changed() -> None:
    first, second = items(ATOM.encode())
    assert (first.url, first.title, first.published) == ("https://news.example/world/7", "الجسر & النفق", "2024-11-12T22:30:00Z")
    assert first.content == "<p>سطر أول</p><p>سطر &lt;ثان&gt;</p>"
    assert (second.url, second.published) == ("https://news.example/8", None)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://news.example/a"),
        ("b.html", "https://news.example/feeds/b.html"),
        ("//other.example/c", "https://other.example/c"),
        ("https://news.example/d?id=3&amp;utm_source=rss&amp;utm_medium=x#top", "https://news.example/d?id=3"),
        (" https://news.example/خ ", "https://news.example/خ"),
    ],
)
def test_links_are_absolute_and_one_article_has_one_name(link: str, url: str) -> None:
    assert [i.url for i in items(rss(item(link, "x")).body)] == [url]


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "http://[x", "mailto:a@b"])
def test_an_item_that_leads_nowhere_is_passed_over(link: str) -> None:
    assert items(rss(item(link, "x"), item("/a", "y")).body)[0].title == "y"


def test_an_item_that_is_named_twice_is_one() -> None:
    found = items(rss(item("/a", "one"), item("/b", "two"), item("/a#x", "again")).body)
    assert [(i.url[-2:], i.title) for i in found] == [("/a", "one"), ("/b", "two")]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-11-12", "2024-11-12"),
        ("Tue, 12 Nov 2024 23:30:00", "Tue, 12 Nov 2024 23:30:00"),  # no offset: stays that day in every zone
        ("2024-11-12 08:00", "2024-11-12 08:00"),
        ("Tuesday, 12 November, 2024 08:05", "Tuesday, 12 November, 2024 08:05"),
        ("20241112", "2024-11-12T00:00:00Z"),  # as the parser of feeds reads it
        ("", None),
    ],
)
def test_dates_stay_as_written_where_they_can_be_read(published: str, expected: str | None) -> None:
    (found,) = items(rss(item("/a", "x", published)).body)
    assert found.published == expected


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (LONG, True),
        (f"<p>{WORDS}</p>", False),
        (LONG + "<p>ثم قال […]</p>", False),
        (LONG + "ثم قال...", False),
        ("<p>" + "latin words " * 300 + "</p>", False),
        ("", False),
    ],
)
def test_an_item_is_whole_when_it_is_long_enough_and_not_cut_off(content: str, whole: bool) -> None:
    assert Item("https://news.example/1", None, None, content).is_whole is whole
    assert 3 * len(WORDS) < ENOUGH_LETTERS


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "utf-8-sig"])
def test_a_feed_in_another_encoding_is_read(encoding: str) -> None:
    text = rss(item("/a", "خبر عن افتتاح الجسر")).body.decode().replace("utf-8", encoding.removesuffix("-sig"))
    assert items(text.encode(encoding))[0].title == "خبر عن افتتاح الجسر"


def test_a_damaged_feed_gives_what_can_be_read_and_says_so() -> None:
    body = rss(item("/a", "one"), item("/b", "two")).body
    found = parse(body[: body.index(b"two") + 3], URL)
    assert [i.title for i in found.items][:1] == ["one"]
    assert "is damaged" in found.fault and "items could be read" in found.fault
    assert parse(body, URL).fault == ""
    assert "has 1 items without a link" in parse(rss(item("", "x"), item("/a", "y")).body, URL).fault


BOMB = '<!DOCTYPE rss [<!ENTITY a "xxxxxxxxxx">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]>"
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("head", [BOMB, OUTSIDE, "<!-- <rss> -->" + BOMB, BOMB.replace("ENTITY a ", "ENTITY % a ")])
def test_entities_are_refused_before_anything_reads_them(head: str, encoding: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableDocument, match="declares XML entities"):
        parse(rss(item("/a", "&a9;"), head=head).body.decode().encode(encoding), URL)
    assert time.monotonic() - start < 10  # a bomb would take for ever


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>no feed</body></html>",
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b"https://a.example/",
        b"/etc/passwd",
    ],
)
def test_what_is_no_feed_is_said_and_never_opened(body: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="neither RSS nor Atom"):
        parse(body, URL)


@pytest.mark.parametrize("piece", ["<", "<a>", "<item>", "<![CDATA[", "&amp;", "<a b='", "<!--"])
def test_a_feed_made_to_be_slow_is_not(piece: str) -> None:
    start = time.monotonic()
    with suppress(UnreadableDocument):
        parse(rss(item("/a", "x")).body.replace(b"<item>", (piece * 3_000).encode() + b"<item>"), URL)
    assert time.monotonic() - start < 10


def test_a_feed_that_is_too_large_is_not_parsed() -> None:
    with pytest.raises(UnreadableDocument, match="larger than 5 MB"):
        parse(rss(item("/a", "x" * 5 * 1024 * 1024)).body, URL)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: rss(item("/a", t, content=t), t).body))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        assert all(i.url.startswith("http") for i in items(data))
    except UnreadableDocument as error:
        assert error.message and error.next_step

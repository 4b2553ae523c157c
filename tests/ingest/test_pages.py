"""Pages as they were fetched: which are kept, and how they become documents with what their source says of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.ingest import pages
from briefing.ingest.decode import UnreadableDocument
from briefing.ingest.read import read_bytes
from briefing.model import Document, Metadata
from briefing.store.documents import Kept, Origin
from tests.ingest.site import WORDS, page

ORIGIN = Origin(
    "https://news.example/1", "item", "", "https://news.example/1/final", feed="https://news.example/rss",
    title="من الخلاصة", published="Tue, 12 Nov 2024 09:00:00 +0300", outlet="Coast News",
)  # fmt: skip


def document(body: bytes, kind: str = "html", origin: Origin = ORIGIN) -> Document:
    return read_bytes("store:1", body, kind, pages.metadata(Kept("1", "html", body, origin)))


@pytest.mark.parametrize(
    ("content_type", "body", "kind"),
    [
        ("text/html; charset=utf-8", b"", "html"),
        ("TEXT/HTML", b"", "html"),
        ("application/xhtml+xml", b"", "html"),
        ("text/plain", b"<p>", "text"),
        ("", b"\n <!doctype html>", "html"),
        ("", "نص".encode(), "text"),
    ],
)
def test_the_kind_is_what_the_server_says_else_what_it_looks_like(content_type: str, body: bytes, kind: str) -> None:
    assert pages.kind(body, content_type) == kind


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/json", "text/css"])
def test_other_kinds_are_refused_by_name(content_type: str) -> None:
    with pytest.raises(UnreadableDocument, match=content_type):
        pages.checked(b"x", content_type)


@pytest.mark.parametrize("body", [b"", b"<html>Please enable cookies</html>", b"%PDF-1.7"])
def test_a_page_without_arabic_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        pages.checked(body, "text/html")


def test_the_source_fills_in_what_the_page_does_not_say() -> None:
    bare = document(f"<p>{WORDS}</p>".encode())
    assert bare.metadata == Metadata("من الخلاصة", ORIGIN.url, ORIGIN.published, "feed", "Coast News")
    said = document(page("من الصفحة", "2024-11-11").body, origin=replace(ORIGIN, outlet=None))
    assert (said.metadata.title, said.metadata.published, said.metadata.published_basis) == (
        "من الصفحة",
        "2024-11-11",
        "html_meta",
    )
    assert (said.metadata.url, said.metadata.outlet) == (ORIGIN.url, None)


def test_a_date_of_the_page_that_cannot_be_read_gives_way_to_that_of_the_feed() -> None:
    assert document(page("x", "last week").body).metadata.published_basis == "feed"


def test_a_header_in_a_text_from_a_server_is_not_stated_by_the_user() -> None:
    text = f"Published: 2024-11-12\n\n{WORDS}".encode()
    assert document(text, "text").metadata.published_basis == "metadata"
    file = Origin("/news/a.txt", "file", "")
    assert document(text, "text", file).metadata == Metadata(published="2024-11-12", published_basis="stated_by_user")


@pytest.mark.parametrize("declared", [True, False])
def test_a_page_in_windows_1256_is_read(declared: bool) -> None:
    body = page("الحديقة", charset="windows-1256").body
    assert "الحديقة" in document(body if declared else body.replace(b"charset", b"x")).text


def test_headers_that_are_kept_are_few_and_short() -> None:
    headers = {"set-cookie": "secret", "content-type": "text/html", "etag": "x" * 9000}
    assert pages.kept_headers(headers) == {"content-type": "text/html", "etag": "x" * 500}

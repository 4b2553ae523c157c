"""What a page says about itself."""

from __future__ import annotations

import json

import pytest

from briefing.ingest.visible import visible
from briefing.model import Metadata

FIRST = "وصل الوفد إلى العاصمة صباح الثلاثاء لبدء جولة جديدة من المحادثات مع الحكومة، وفق ما قاله متحدث باسم الوفد للصحفيين."


def metadata(head: str, body: str = "<p>نص</p>", attributes: str = "") -> Metadata:
    return visible(f"<html {attributes}><head>{head}</head><body>{body}</body></html>")[2]


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_metadata_of_open_graph() -> None:
    head = """<title>ب</title><meta property="og:title" content=" الوفد  يصل "><link rel="canonical" href="https://example.org/a">
    <meta property="article:published_time" content="2024-11-12T08:00:00+03:00"><meta property="og:site_name" content="الساحل">
    <meta name="author" content="سلمى"><meta property="og:url" content="https://example.org/b">"""
    published = "2024-11-12T08:00:00+03:00"
    assert metadata(head, attributes='lang="ar"') == Metadata(
        "الوفد يصل", "https://example.org/a", published, "html_meta", "الساحل", "سلمى", "ar"
    )


def test_metadata_of_json_ld_in_a_graph_goes_before_meta() -> None:
    story = {
        "@type": ["NewsArticle"],
        "datePublished": "2024-11-12",
        "publisher": {"@id": "#us"},
        "author": [{"name": "سلمى"}, {"name": "عمر"}],
    }
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "Organization", "@id": "#us", "name": "الساحل"}, story]}
    found = metadata(json_ld(graph) + '<meta property="article:published_time" content="2020-01-01">')
    assert (found.published, found.published_basis) == ("2024-11-12", "json_ld")
    assert (found.outlet, found.author) == ("الساحل", "سلمى, عمر")


def test_of_several_stories_only_the_page_s_own_counts() -> None:
    stories = [
        {"@type": "NewsArticle", "url": "https://example.org/old", "datePublished": "2020-01-01"},
        {"@type": "NewsArticle", "url": "https://example.org/a", "datePublished": "2024-11-12"},
    ]
    assert metadata(json_ld(stories) + '<link rel="canonical" href="https://example.org/a">').published == "2024-11-12"
    assert metadata(json_ld(stories)).published is None


@pytest.mark.parametrize(
    "body",
    [
        '<p itemprop="datePublished" content="2024-11-12">أمس</p>',
        '<article><header><h1>ع</h1><time datetime="2024-11-12">أمس</time></header><p>نص</p></article>',
        '<article><h1>ع</h1><p><time datetime="2024-11-12">أمس</time></p></article>',
    ],
)
def test_dates_in_the_body(body: str) -> None:
    found = metadata("", body)
    assert (found.published, found.published_basis) == ("2024-11-12", "html_meta")


@pytest.mark.parametrize(
    "body",
    [
        f'<article><h1>ع</h1><p>{FIRST}</p><time datetime="2020-01-01">خبر قديم</time></article>',
        '<aside><time datetime="2020-01-01">خبر قديم</time></aside><article><h1>ع</h1><p>نص</p></article>',
        '<article><time datetime="2020-01-01">خبر</time></article>',
    ],
)
def test_a_time_elsewhere_is_not_the_publication_date(body: str) -> None:
    assert metadata("", body).published is None


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, '"نص"', "null", '{"@type": "NewsArticle", "datePublished": 5}', '{"@type": 1' + "2" * 5000 + "}"],
)
def test_damaged_json_ld_is_passed_over(script: str) -> None:
    assert metadata(f'<script type="application/ld+json">{script}</script>').published is None


def test_addresses_are_web_addresses() -> None:
    assert metadata('<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="/a">').url is None

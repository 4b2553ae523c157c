"""The pages in Markdown: every link lands, nothing an article writes becomes markup, no dead link to a week."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from markdown import Markdown

from briefing.deliver.wiki.layout import Files, Flat, Layout, Page
from briefing.deliver.wiki.markdown_pages import pages
from briefing.deliver.wiki.marked import is_ours
from briefing.deliver.wiki.weeks import wiki
from briefing.resources import packaged
from tests.deliver.wiki.told import sample

OURS = {"div", "h1", "h2", "h3", "p", "ul", "li", "a", "strong", "small", "span", "bdi", "code"}
TEMPLATES = (packaged("templates"),)


def shown(page: str) -> Any:
    return html.fromstring(f"<div>{Markdown(extensions=['md_in_html', 'tables']).convert(page)}</div>")


@pytest.fixture(params=[Files(), Flat()], ids=["files", "flat"])
def layout(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_every_link_lands_on_a_page_and_an_anchor(layout: Layout) -> None:
    made = {place: shown(page) for place, page in pages(wiki("Monday brief", sample()), layout, (), TEMPLATES).items()}
    links = [(place, link) for place, tree in made.items() for link in tree.xpath("//a/@href")]
    assert len(links) > 40
    for place, link in links:
        path, _, anchor = link.partition("#")
        ending = "" if path.endswith(".md") or not path else ".md"
        there = posixpath.normpath(posixpath.join(posixpath.dirname(place), path + ending)) if path else place
        assert there in made, f"{place} links to {link}"
        assert not anchor or made[there].xpath("//*[@id=$id]", id=anchor), f"{place} links to {link}"
    reached = {posixpath.basename(link.partition("#")[0]).removesuffix(".md") for _, link in links}
    assert {posixpath.basename(place).removesuffix(".md") for place in made} <= reached


def test_nothing_of_an_article_becomes_markup(layout: Layout) -> None:
    made = pages(wiki("Monday brief", sample()), layout, (), TEMPLATES)
    text = ""
    for page in made.values():
        tree = shown(page)
        assert {one.tag for one in tree.iter() if isinstance(one.tag, str)} <= OURS
        assert not [key for one in tree.iter() for key in one.attrib if key.startswith("on") or key == "src"]
        assert not [link for link in tree.xpath("//a/@href") if ":" in link]
        assert "[[" not in page and "\u202e" not in page
        assert page.count("<!--") == 1 and is_ours(page)
        text += tree.text_content()
    assert "<script>alert(1)</script>" in text and "[[صفحة|اسم]]" in text, "it is shown as text"


def test_arabic_stands_right_to_left() -> None:
    made = pages(wiki("Monday brief", sample()), Files(), (), TEMPLATES)
    person = next(page for place, page in made.items() if place.startswith("people/sami"))
    blocks = [" ".join(block.text_content().split()) for block in shown(person).xpath("//div[@dir='rtl'][@lang='ar']")]
    assert blocks == ["سامي الحداد", "قيل هذا.", "قيل هذا."]
    assert "machine translation" in person and "minister" in person


def test_a_week_without_its_page_is_named_but_not_linked() -> None:
    old, new = sample()
    gone = wiki("Monday brief", (replace(old, markdown=None), new))
    made = pages(gone, Files(), (), TEMPLATES)
    assert Files().place(Page("week", "2024-W45")) not in made
    assert not any("2024-W45.md" in page for page in made.values()) and "**2024-W45**" in made["index.md"]
    standing = pages(gone, Files(), ("2024-W45",), TEMPLATES)
    assert "weeks/2024-W45.md" in standing["index.md"] and Files().place(Page("week", "2024-W45")) not in standing

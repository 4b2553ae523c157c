"""Article text in wikitext: shown as it is, and read by nothing of MediaWiki."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.wiki.layout import Titles
from briefing.deliver.wiki.marked import is_ours
from briefing.deliver.wiki.weeks import wiki
from briefing.deliver.wiki.wikitext import wiki_arabic, wiki_english, wiki_link, wiki_text
from briefing.deliver.wiki.wikitext_pages import listed_in, wikitext_pages
from briefing.render.inline import plain
from briefing.resources import packaged
from tests.deliver.wiki.told import HOSTILE, sample

ENTITY = re.compile(r"&#\d+;")
BDI = re.compile(r'<bdi dir="(?:ltr|rtl" lang="ar)">|</bdi>')
ACTIVE = set("&<>[]{}|'\"=*#:;!~_\\`^@$+/")
TEXT = st.text(max_size=80) | st.text(st.sampled_from("[]{}|'=*#:;!~_<>&-/ \nabRFC1ابج"), max_size=40) | st.just(HOSTILE)


@given(TEXT)
def test_no_letter_of_markup_is_left_and_every_letter_is_shown(text: str) -> None:
    for escape in (wiki_text, wiki_english, wiki_arabic):
        made = BDI.sub("", escape(text))
        assert not set(ENTITY.sub("", made)) & ACTIVE and "\n" not in made and "--" not in made
        assert html.unescape(made) == plain(text)


@given(TEXT)
def test_an_address_ends_no_link_and_makes_no_signature(text: str) -> None:
    made = wiki_link(f"https://news.example/{text}")
    if made.startswith("["):
        target, _, shown = made[1:-1].partition(" ")
        assert not set(target) & set("[]{}|<>\"'~_ ") and not set(ENTITY.sub("", shown)) & ACTIVE
    assert not wiki_link(f"javascript:{text}").startswith("[")


def test_magic_links_are_broken() -> None:
    assert not re.search(r"RFC 1|PMID 2|ISBN 3", wiki_text("RFC 1 and PMID 2 and ISBN 3"))


def test_pages_hold_only_our_markup_and_link_to_pages_that_are_made() -> None:
    made = wikitext_pages(wiki("Monday brief", sample()), Titles(), (packaged("templates"),))
    assert "Briefs/2024-W45" in made and listed_in(made["Briefs"]) == tuple(made)
    for title, page in made.items():
        assert is_ours(page) and "<script" not in page and "{{" not in page and "~~" not in page and "__" not in page
        for target, anchor in re.findall(r"\[\[:?([^\]|#]*)(?:#([^\]|]*))?\|", page):
            there = made[target or title]
            assert not anchor or f'<span id="{anchor}"></span>' in there, f"{title} links to {target}#{anchor}"
        assert not re.search(r"(?m)^ ", page), "a line that begins with a space is preformatted"


def test_without_a_first_page_nothing_is_listed() -> None:
    assert listed_in(None) == listed_in("A page by a person.") == ()

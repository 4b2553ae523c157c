"""Escaping: what an article writes is shown, never obeyed."""

from __future__ import annotations

import html as html_module
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.render import inline
from briefing.render.html import to_html

_ALLOWED = {"p", "/p", "bdi", "/bdi", "span", "/span"}
_TAG = re.compile(r"<(/?[a-z0-9]+)[^>]*>")
_DANGER = "<>&[]()*_`~|#!\\\"'@:/.-+=1a \n\tابت٠«»\u202e\u200f\u2066\u200d{}^$"
_TEXTS = st.one_of(st.text(max_size=60), st.text(alphabet=_DANGER, max_size=60))


def _commonmark(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def _shown(page: str) -> str:
    return html_module.unescape(_TAG.sub("", page)).strip()


def _as_read(text: str) -> str:
    # What HTML and Python-Markdown cannot carry: characters that XML forbids, and its own placeholders.
    return " ".join(inline.plain(text).split())


@pytest.mark.parametrize("filter_", [inline.markdown_text, inline.arabic_text, inline.english_text])
@given(text=_TEXTS)
def test_commonmark_shows_the_text_and_no_markup(filter_, text):  # type: ignore[no-untyped-def]
    page = _commonmark(str(filter_(text)))
    assert set(_TAG.findall(page)) <= _ALLOWED
    assert " ".join(_shown(page).split()) == _as_read(text)


@pytest.mark.parametrize("filter_", [inline.markdown_text, inline.arabic_text, inline.english_text])
@given(text=_TEXTS)
def test_python_markdown_shows_the_text_and_no_markup(filter_, text):  # type: ignore[no-untyped-def]
    page = to_html(str(filter_(text)))
    assert set(_TAG.findall(page)) <= _ALLOWED
    assert " ".join(_shown(page).split()) == _as_read(text)


@given(text=_TEXTS)
def test_no_bidi_control_is_left(text: str) -> None:
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", inline.arabic_text(text))


@pytest.mark.parametrize(
    "isolated",
    ["2024-11-12", "12/11/2024", "5-7", "1,500", "10:30", "85%", "F-16", "UNIFIL", "COVID-19", "٢٠٢٠", "٧-٨", "12.5", "$100",
     "Doctors Without Borders", "Boeing 737", "2015 - 2020", "2024-11-12T06:00:00", "٥٠٪"],
)
def test_left_to_right_runs_are_isolated_whole(isolated: str) -> None:
    shown = html_module.unescape(str(inline.arabic_text(f"في {isolated} عاد"))).replace("\\", "")
    assert f'<bdi dir="ltr">{isolated}</bdi>' in shown


def test_brackets_stay_outside_the_isolate() -> None:
    assert inline.arabic_text("قوة (UNIFIL)") == 'قوة (<bdi dir="ltr">UNIFIL</bdi>)'


def test_arabic_in_english_is_marked_as_arabic() -> None:
    assert inline.english_text("the group (سامي الحداد) met") == (
        'the group (<bdi dir="rtl" lang="ar">سامي الحداد</bdi>) met'
    )


@pytest.mark.parametrize("text", ["https://evil.example/a", "www.evil.example", "evil.example", "name@evil.example", "@someone"])
def test_a_wiki_finds_no_address_or_mention_to_link(text: str) -> None:
    shown = str(inline.english_text(f"see {text} now"))
    assert not re.search(r"://|www\.|(?<!\\)\.example|@(?!</span>)", shown)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "http://", "ftp://a/b", "http://[x"]
)
def test_only_http_addresses_become_links(url: str) -> None:
    assert inline.safe_url(url) is None
    assert "](" not in inline.link(url)


def test_an_address_cannot_end_its_link() -> None:
    page = to_html(str(inline.link('https://a.example/x)">[y](https://b.example)<script>')))
    assert page.count("<a ") == 1 and "<script" not in page


@given(text=_TEXTS)
def test_any_address_makes_at_most_one_link(text: str) -> None:
    page = to_html(str(inline.link("https://a.example/" + text)))
    assert page.count("<a ") <= 1 and set(_TAG.findall(page)) <= _ALLOWED | {"a", "/a"}


def test_a_lone_surrogate_does_not_stop_the_brief() -> None:
    assert inline.arabic_text("قبل \ud800 بعد").encode("utf-8")

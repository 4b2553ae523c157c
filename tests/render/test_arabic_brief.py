"""A brief in Arabic: the same items, links and JSON as in English, an Arabic frame, pages from right to left."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import html as lxml_html
from pypdf import PdfReader

from briefing.brief_model import Brief
from briefing.compose.areas import in_arabic
from briefing.config import Config
from briefing.errors import ConfigError
from briefing.event_model import Area
from briefing.language import language
from briefing.render.context import RenderContext, make_context
from briefing.render.html import page, page_number, running
from briefing.render.markdown import markdown
from briefing.render.pages import pages
from briefing.render.registry import RENDERERS, renderer
from briefing.render.rendition import Rendition
from briefing.render.verify import check_outputs
from briefing.resources import packaged

_IDS = re.compile(r'\bid="([^"]+)"')
_CITED = re.compile(r"\]\(#(c\d+)\)")
_ENGLISH = re.compile(r"[A-Za-z]{2,}")
# Not words of the frame: names of files, zones, standards, digests, addresses.
_CODES = re.compile(
    r"[\w./<>`-]+\.(?:txt|html|jsonl(?:#\d+)?|json|tmx)\b|https?://\S+|javascript\S+|SHA-256|UTC|ISO 8601|\d{4}-W\d\d"
)


@pytest.fixture(scope="session")
def arabic(context: RenderContext) -> RenderContext:
    return replace(context, language=language("ar", context.templates))


@pytest.fixture(scope="session")
def mirrored(brief: Brief, arabic: RenderContext) -> dict[str, bytes]:
    rendition = Rendition(brief, arabic)
    return {name: renderer(name)(rendition) for name in RENDERERS}


def _frame(text: str) -> list[str]:
    """The pieces of text of a page that are not marked as English, nor code or style."""
    tree: Any = lxml_html.fromstring(text)
    skipped = "//body//text()[not(ancestor-or-self::*[@lang='en'] or ancestor::code or ancestor::style)]"
    return [str(piece) for piece in tree.xpath(skipped)]


def test_both_languages_hold_the_same_items_citations_and_anchors(made: dict[str, bytes], mirrored: dict[str, bytes]) -> None:
    for name in ("md", "html"):
        ours, theirs = (_IDS.findall(files[name].decode()) for files in (made, mirrored))
        assert ours == theirs, "anchors are the same, so links to a brief hold in both languages"
    assert sorted(_CITED.findall(made["md"].decode())) == sorted(_CITED.findall(mirrored["md"].decode()))


def test_json_says_the_same_but_for_its_language(made: dict[str, bytes], mirrored: dict[str, bytes]) -> None:
    ours, theirs = json.loads(made["json"]), json.loads(mirrored["json"])
    assert (ours.pop("lang"), theirs.pop("lang")) == ("en", "ar")
    assert ours == theirs


def test_the_outputs_are_verified_like_english_ones(brief: Brief, mirrored: dict[str, bytes]) -> None:
    check_outputs(brief, mirrored)


def test_the_page_is_arabic_and_runs_from_right_to_left(mirrored: dict[str, bytes]) -> None:
    text = mirrored["html"].decode()
    assert '<html lang="ar" dir="rtl">' in text
    assert "<h1>موجز الاثنين</h1>" in text, "the default title is in the language of the brief"
    for heading in (
        "أبرز ما ورد",
        "المحتويات",
        "التصريحات",
        "الاتفاقات",
        "الأحداث الميدانية",
        "المصادر",
        "المشكلات",
        "المنهجية وحدودها",
    ):
        assert heading in text


def test_the_arabic_column_comes_first_and_english_is_marked(mirrored: dict[str, bytes]) -> None:
    tree: Any = lxml_html.fromstring(mirrored["html"].decode())
    pairs = tree.xpath("//div[@class='item' or @class='cited']")
    assert len(pairs) > 12
    for pair in pairs:
        assert [(one.get("lang"), one.get("dir")) for one in pair] == [("ar", "rtl"), ("en", "ltr")]
    heads = [cell.text_content().strip() for cell in tree.xpath("//div[@class='events']//th")]
    assert heads == ["الرقم", "التاريخ", "المكان", "الحدث", "الفاعل والهدف", "الأعداد", "صاحب الرواية"]


def test_no_english_words_are_left_in_the_frame(mirrored: dict[str, bytes]) -> None:
    given_words = set(_ENGLISH.findall(" ".join(_said(json.loads(mirrored["json"])))))
    rest = [word for piece in _frame(mirrored["html"].decode()) for word in _ENGLISH.findall(_CODES.sub(" ", piece))]
    assert sorted(set(rest) - given_words) == []
    assert len(given_words) < 80, "what the sample says in Latin letters outside its English"


def _said(value: Any, key: str = "") -> Iterator[str]:
    """What the sample says that stands in the frame: Arabic, names of outlets and files, addresses, signatures."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _said(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _said(one, key)
    elif isinstance(value, str) and key in ("ar", "file", "url", "name", "where", "engine", "timezone", "flags", "place"):
        yield value


def test_an_empty_brief_is_arabic_throughout(empty: Brief, arabic: RenderContext) -> None:
    rest = " ".join(_CODES.sub(" ", piece) for piece in _frame(page(empty, arabic)))
    assert _ENGLISH.findall(rest) == []


def test_the_pdf_says_that_it_is_arabic(brief: Brief, made: dict[str, bytes], mirrored: dict[str, bytes]) -> None:
    ours, theirs = (PdfReader(io.BytesIO(files["pdf"])) for files in (made, mirrored))
    assert theirs.root_object["/Lang"] == "ar" and "/StructTreeRoot" in theirs.root_object
    titles = [str(entry["/Title"]) for entry in _flat(theirs.outline)]
    assert titles[0] == "موجز الاثنين" and "المصادر" in titles
    assert len(titles) == len(list(_flat(ours.outline)))
    assert set(ours.named_destinations) == set(theirs.named_destinations)
    assert theirs.metadata is not None and "موجز الاثنين" in str(theirs.metadata.title)


def _flat(outline: Any) -> list[Any]:
    return [one for entry in outline for one in (_flat(entry) if isinstance(entry, list) else [entry])]


def test_pages_are_numbered_in_words() -> None:
    folders = (packaged("templates"),)
    assert page_number(language("en", folders)) == '"page " counter(page) " of " counter(pages)'
    assert page_number(language("ar", folders)) == '"صفحة " counter(page) " من " counter(pages)'
    assert running("الأسبوع 2024-W46، 11–17 نوفمبر", language("ar", folders)).count("\\2066 ") == 2


def test_both_languages_are_reckoned_to_be_as_long(brief: Brief, context: RenderContext, arabic: RenderContext) -> None:
    assert pages(brief, context) == pages(brief, arabic), "a page budget must leave out the same stories"


def test_the_same_brief_gives_the_same_bytes(brief: Brief, arabic: RenderContext, mirrored: dict[str, bytes]) -> None:
    for name in ("md", "html", "json"):
        assert renderer(name)(Rendition(brief, arabic)) == mirrored[name]


HOSTILE = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [
        "<script>x</script>",
        "[a](javascript:b)",
        '" onclick="x',
        "| a | b |",
        "\u202etfel\u202c",
        '<a id="s1">',
        "{{ 7 * 7 }}",
        "{n}",
    ]
)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(HOSTILE)
def test_whatever_an_article_says_both_languages_agree(
    brief: Brief, context: RenderContext, arabic: RenderContext, text: str
) -> None:
    section = brief.sections[0]
    changed = tuple(
        replace(e, item=replace(e.item, ar=text, en=text, flags=(text,)), watched=(text,)) for e in section.agreements
    )
    hostile = replace(brief, title=text, sections=(replace(section, agreements=changed), *brief.sections[1:]))
    ours, theirs = (markdown(hostile, one) for one in (context, arabic))
    assert _IDS.findall(ours) == _IDS.findall(theirs)
    shown = page(hostile, arabic)
    check_outputs(hostile, {"md": theirs.encode("utf-8", "replace"), "html": shown.encode("utf-8", "replace")})
    assert not lxml_html.fromstring(shown).xpath("//script|//@onclick")


# ---------------------------------------------------------------- words and templates


OF_THE_BRIEF = [file for file in sorted(packaged("templates").glob("*.j2")) if not file.name.startswith(("wiki-", "mail."))]


@pytest.mark.parametrize("file", OF_THE_BRIEF, ids=lambda file: file.name)
def test_no_template_has_words_of_its_own(file: Path) -> None:
    """Fixed words stand in the tables, whether they would be text of the template or a string in an expression.

    Mail and the frame of a wiki are in English whatever the language of the brief.
    """
    known = {"SHA", "viewBox"}
    tokens = list(Environment().lex(file.read_text(encoding="utf-8")))
    text = "".join(value for _, kind, value in tokens if kind == "data")
    shown = re.sub(r"<[^<>]*>|\]\([^)]*\)|markdown=\"1\"|@page|@(?:top|bottom)-|content|direction|string\(\w+\)", " ", text)
    assert [word for word in re.findall("[A-Za-z]{3,}", shown) if word not in known | {"svg", "doctype", "html"}] == []
    strings = [value for _, kind, value in tokens if kind == "string"]
    assert [one for one in strings if re.search("[A-Za-z]+ [A-Za-z]+", one) and "<" not in one and "text-anchor" not in one] == []


def test_a_missing_key_names_template_and_key(brief: Brief, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "names.md.j2").write_text('\n{{ t("headings.nmaes") }}\n', encoding="utf-8")
    context = make_context(Config(base=tmp_path, lang="ar"))
    with pytest.raises(ConfigError, match=r"names\.md\.j2: line 2: words\.ar\.toml has no words called headings\.nmaes"):
        markdown(brief, context)


def test_own_words_stand_in_the_brief(brief: Brief, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "words.ar.toml").write_text('[headings]\nsources = "المراجع"\n', encoding="utf-8")
    text = markdown(brief, make_context(Config(base=tmp_path, lang="ar")))
    assert '<a id="sources"></a>المراجع' in text and '<a id="names">' not in text.split("المراجع")[1]


def test_names_of_areas_are_arabic_where_they_are_known() -> None:
    assert in_arabic(Area("YE", "Yemen", "Taiz")) == ("تعز", "اليمن")
    assert in_arabic(Area(place="Red Sea")) == (None, "البحر الأحمر")
    assert in_arabic(Area("YE", "Yemen", "Nowhere")) == ("Nowhere", "اليمن")
    assert in_arabic(Area()) == (None, None)

"""Markdown, HTML, PDF and JSON hold the same items in the same order, and every link lands."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import jsonschema
import pytest
from pypdf import PdfReader

from briefing.brief_model import Brief
from briefing.render.context import RenderContext
from briefing.render.event_chart import PLACE
from briefing.render.html import to_html
from briefing.render.registry import RENDERERS, renderer
from briefing.render.rendition import Rendition
from briefing.render.schema import SCHEMAS, schema
from briefing.render.verify import item_ids

_IDS = ["S1", "S2", "S3", "A1", "A2", "E1", "E2", "S4"]


class _Page(HTMLParser):
    """Ids, links, tags and classes of a page, as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")


def _json_items(made: dict[str, bytes]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for section in json.loads(made["json"])["sections"]:
        for group in section["statements"]:
            found += group["items"]
        found += section["agreements"] + section["events"]
    return found


def _citations(text: str, link: str) -> list[tuple[str, list[str]]]:
    """The citation numbers of each item in the order they are read."""
    pieces = re.split(r'<a id="((?:row-)?[sae]\d+|events)"></a>', text.split('id="sources"')[0])
    found = [(one, re.findall(link, body)) for one, body in zip(pieces[1::2], pieces[2::2], strict=True)]
    return [(one, links) for one, links in found if one != "events" and not one.startswith("row-")]


def test_every_format_holds_the_same_items_and_citations(brief: Brief, made: dict[str, bytes]) -> None:
    assert item_ids(brief) == _IDS
    in_markdown = _citations(made["md"].decode(), r"\]\(#c(\d+)\)")
    in_html = _citations(made["html"].decode(), r'href="#c(\d+)"')
    in_json = [(item["id"].lower(), [str(c["number"]) for c in item["citations"]]) for item in _json_items(made)]  # type: ignore[attr-defined]
    assert [one for one, _ in in_markdown] == [one.lower() for one in _IDS]
    assert in_markdown == in_html == in_json


def test_the_pdf_holds_the_same_items(made: dict[str, bytes]) -> None:
    from pypdf import PdfReader

    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made["pdf"])).pages)
    found = re.findall(r"^\s*([SAE]\d+)\b", text.split("SHA-256")[0], re.MULTILINE)
    at = _IDS.index("E1")
    assert found == [*_IDS[:at], "E1", "E2", *_IDS[at:]], "the events stand in their table, then each with its Arabic"


def test_html_links_land_and_ids_are_unique(made: dict[str, bytes]) -> None:
    page = _Page(made["html"].decode())
    assert len(page.ids) == len(set(page.ids))
    assert {one[1:] for one in page.links if one.startswith("#")} <= set(page.ids)
    assert all(one.startswith(("#", "http://", "https://")) for one in page.links)


def test_every_item_is_linked_back_from_the_annex(made: dict[str, bytes]) -> None:
    annex = made["html"].decode().split('id="sources"')[1]
    assert set(re.findall(r'href="#([sae]\d+)"', annex)) == {one.lower() for one in _IDS}


def test_pdf_links_land(made: dict[str, bytes]) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(made["pdf"]))
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    inner = {str(note["/Dest"]) for note in notes if "/Dest" in note}
    outer = {str(note["/A"]["/URI"]) for note in notes if "/A" in note and "/URI" in note["/A"]}
    assert {f"c{number}" for number in range(1, 9)} | {one.lower() for one in _IDS} <= inner
    assert inner <= set(reader.named_destinations)
    assert outer and all(one.startswith("https://") for one in outer)


def test_hostile_text_is_inert(made: dict[str, bytes]) -> None:
    page = _Page(made["html"].decode())
    assert not page.tags & {"script", "img", "i", "b", "iframe"}
    assert not any(name.startswith("on") or name in ("src", "style") for name in page.attributes)
    assert not any("evil" in one or "javascript" in one for one in page.links)
    assert "<script>" not in made["md"].decode()
    assert "&lt;script&gt;" in made["html"].decode()


def test_the_markdown_is_the_body_of_the_html(made: dict[str, bytes]) -> None:
    before, after = to_html(made["md"].decode()).strip().split(PLACE)
    page = made["html"].decode()
    assert before + "<svg" in page and "</svg>" + after in page


def test_arabic_stands_right_to_left_in_both(made: dict[str, bytes]) -> None:
    assert made["md"].decode().count('\n\n<div dir="rtl" lang="ar" markdown="1">\n\n') >= 16
    assert made["html"].decode().count('<div dir="rtl" lang="ar">') >= 16
    assert "markdown=" not in made["html"].decode()


def test_no_bidi_controls_are_shown(made: dict[str, bytes]) -> None:
    for name in ("md", "html"):
        assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", made[name].decode())


@pytest.mark.parametrize("name", list(RENDERERS))
def test_the_same_brief_gives_the_same_bytes(name: str, brief: Brief, context: RenderContext, made: dict[str, bytes]) -> None:
    assert renderer(name)(Rendition(brief, context)) == made[name]


@pytest.mark.parametrize("name", list(RENDERERS))
def test_an_empty_brief_renders(name: str, empty: Brief, context: RenderContext) -> None:
    content = renderer(name)(Rendition(empty, context))
    assert content
    if name in ("md", "html"):
        assert content.decode().count("None found in these articles.") == 5


def test_the_notice_and_the_undated_heading_are_there(made: dict[str, bytes]) -> None:
    text = made["md"].decode()
    assert text.index("No translation model was found") < text.index("Highlights")
    assert "Undated articles (not counted in the week)" in text.split("## ", 3)[3]


def test_labels_say_what_the_english_is(made: dict[str, bytes]) -> None:
    text = made["md"].decode()
    for label in ("machine translation", "reviewed translation", "terms only — not a translation", "no English"):
        assert label in text


def test_json_fits_its_schema(made: dict[str, bytes]) -> None:
    jsonschema.Draft202012Validator(schema("briefing.brief/1")).validate(json.loads(made["json"]))
    assert made["json"].endswith(b"}\n")


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_schemas_are_valid_and_strict(name: str) -> None:
    loaded = schema(name)
    jsonschema.Draft202012Validator.check_schema(loaded)
    assert not jsonschema.Draft202012Validator(loaded).is_valid({})


def test_the_schema_refuses_an_unknown_field(made: dict[str, bytes]) -> None:
    tree = json.loads(made["json"])
    tree["sections"][0]["agreements"][0]["likelihood"] = "high"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema("brief-1")).validate(tree)


def test_the_pdf_is_tagged_dated_and_set_in_bundled_fonts(made: dict[str, bytes]) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(made["pdf"]))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert all("Noto" in font for font in fonts)
    catalog = reader.root_object
    assert catalog["/Lang"] == "en" and "/StructTreeRoot" in catalog
    assert reader.metadata is not None and "20241118060000" in str(reader.metadata["/CreationDate"])
    assert [str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)] == ["Monday brief"]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")
def test_pdftotext_finds_the_arabic_words(sample, made: dict[str, bytes], tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "brief.pdf").write_bytes(made["pdf"])
    done = subprocess.run(["pdftotext", str(tmp_path / "brief.pdf"), "-"], capture_output=True, check=True)
    text = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout.decode())
    sentences = (sample.SPOKESMAN, sample.ADDED, sample.AGREED, sample.RENEWED, sample.STRIKE, sample.CROSSING)
    words = [word for one in sentences for word in re.findall("[ء-ي]+", one)]
    assert sum(word in text for word in words) >= 0.95 * len(words)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")
def test_a_line_does_not_break_after_its_first_word(made: dict[str, bytes], tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "brief.pdf").write_bytes(made["pdf"])
    done = subprocess.run(["pdftotext", "-layout", str(tmp_path / "brief.pdf"), "-"], capture_output=True, check=True)
    assert "At least 12 people killed in an airstrike" in done.stdout.decode()


def test_the_pdf_carries_brief_json(made: dict[str, bytes]) -> None:
    (name, (content,)), *more = PdfReader(io.BytesIO(made["pdf"])).attachments.items()
    assert (name, content, more) == ("brief.json", made["json"], [])


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "points"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_pages_have_the_size_that_is_asked_for(paper: str, points: tuple[int, int], brief: Brief, context: RenderContext) -> None:
    content = renderer("pdf")(Rendition(brief, replace(context, paper=paper)))
    box = PdfReader(io.BytesIO(content)).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == points


def test_in_the_english_layout_arabic_is_in_the_annex(brief: Brief, context: RenderContext, made: dict[str, bytes]) -> None:
    text = renderer("md")(Rendition(brief, replace(context, layout="en"))).decode("utf-8")
    told, annex = text.split('<a id="sources"></a>')
    both = made["md"].decode("utf-8").split('<a id="sources"></a>')
    assert told.count('<div dir="rtl"') == 0 < both[0].count('<div dir="rtl"')
    assert annex == both[1]
    assert re.findall(r'<a id="([sae][0-9]+)">', told) == [one.lower() for one in item_ids(brief)]


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="needs qpdf")
def test_qpdf_finds_the_pdf_sound(made: dict[str, bytes], tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "brief.pdf").write_bytes(made["pdf"])
    done = subprocess.run(["qpdf", "--check", str(tmp_path / "brief.pdf")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors found" in done.stdout

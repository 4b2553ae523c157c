"""What of PDF/UA-1 can be checked without veraPDF: the tags, their languages, headings, tables, links and figures of the PDF."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream

from briefing.brief_model import Brief
from briefing.render.context import RenderContext
from briefing.render.pdf_language import finisher, with_sections
from briefing.render.registry import renderer
from briefing.render.rendition import Rendition

_PAINTS = {b"TJ", b"Tj", b"'", b'"', b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


@pytest.fixture(scope="module")
def reader(made: dict[str, bytes]) -> PdfReader:
    return PdfReader(io.BytesIO(made["pdf"]))


def elements(parent: Any) -> Iterator[Any]:
    """The structure elements below one, in reading order."""
    children = parent.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from elements(child)


def tree(reader: PdfReader) -> list[Any]:
    """All structure elements in reading order."""
    return list(elements(reader.root_object["/StructTreeRoot"]))


def test_the_document_says_what_it_is(reader: PdfReader) -> None:
    catalog = reader.root_object
    assert catalog["/MarkInfo"]["/Marked"] is not None and catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert catalog["/Lang"] == "en"
    metadata = catalog["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in metadata and "Monday brief" in metadata.split("<dc:title>")[1].split("</dc:title>")[0]
    assert reader.outline


def test_all_that_is_painted_is_tagged_or_an_artifact(reader: PdfReader) -> None:
    for page in reader.pages:
        open_tags: list[str] = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                open_tags.append(str(operands[0]))
            elif operator == b"EMC":
                open_tags.pop()
            assert operator not in _PAINTS or open_tags
        assert not open_tags


def test_every_mark_leads_to_an_element_under_the_document(reader: PdfReader) -> None:
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    found = {int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    known = {id(one) for one in tree(reader)}
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        owners = found[int(page["/StructParents"])]
        marks = [
            operands[1]["/MCID"]
            for operands, operator in ContentStream(page.get_contents(), reader).operations
            if operator == b"BDC" and "/MCID" in operands[1]
        ]
        assert sorted(marks) == list(range(len(owners)))
        # what stands in the margins is no part of the text: its elements hang on the document without being its children
        inside = [owner.get_object() for owner in owners if id(owner.get_object()) in known]
        assert len(inside) >= 0.9 * len(owners)


def test_links_are_tagged_and_described(reader: PdfReader) -> None:
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    found = {int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    links = [note for note in notes if note["/Subtype"] == "/Link"]
    assert links and all(note["/Contents"] for note in links)
    assert {str(found[int(note["/StructParent"])]["/S"]) for note in links} == {"/Link"}


def test_headings_go_down_one_level_at_a_time(reader: PdfReader) -> None:
    levels = [int(str(one["/S"])[2]) for one in tree(reader) if str(one["/S"])[:2] == "/H"]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_cells_know_their_headers_and_figures_their_words(reader: PdfReader) -> None:
    found = tree(reader)
    heads = {str(one["/ID"]) for one in found if one["/S"] == "/TH"}
    cells = [one for one in found if one["/S"] == "/TD"]
    assert cells and all({str(head) for head in one["/A"]["/Headers"]} <= heads for one in cells)
    assert all(len(one["/A"]["/Headers"]) == 1 for one in cells)
    assert all(one["/Alt"] for one in found if one["/S"] == "/Figure")


def test_every_font_is_embedded_and_maps_to_text(reader: PdfReader) -> None:
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts and all("/ToUnicode" in font for font in fonts)
    descended = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all(any(name.startswith("/FontFile") for name in one) for one in descended)


def test_arabic_blocks_say_their_language(made: dict[str, bytes], reader: PdfReader) -> None:
    marked = [one for one in tree(reader) if "/Lang" in one]
    assert {(str(one["/S"]), str(one["/Lang"])) for one in marked} == {("/Sect", "ar")}
    assert len(marked) >= made["html"].decode().count('<div dir="rtl" lang="ar">') > 10  # one on two pages is two


@pytest.mark.slow
def test_a_template_with_sections_of_its_own_keeps_them_and_no_language_is_guessed(
    brief: Brief, context: RenderContext, tmp_path: Path
) -> None:
    page = (context.templates[-1] / "brief.html.j2").read_text(encoding="utf-8")
    (tmp_path / "brief.html.j2").write_text(page.replace("<main>", "<main><section>").replace("</main>", "</section></main>"))
    own = replace(context, templates=(tmp_path, *context.templates))
    found = tree(PdfReader(io.BytesIO(renderer("pdf")(Rendition(brief, own)))))
    assert any(one["/S"] == "/Sect" for one in found) and not any("/Lang" in one for one in found)


PIECES = ['<div dir="rtl" lang="ar">', "<div>", "</div>", "<p>نص", "<section>", "</p>", "\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_sections_are_put_round_whole_blocks_and_nothing_else_changes(pieces: list[str]) -> None:
    html = "".join(pieces)
    made = with_sections(html)
    if "<section" in html:
        assert made == html and finisher(html) is None
    else:
        assert made.replace("<section>", "").replace("</section>", "") == html
        assert made.count("<section>") == made.count('lang="ar"><section>') == made.count("</section></div>")

"""What was left out is folded on screen and printed in full."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from briefing.brief_model import Brief
from briefing.model import UNDATED, Title
from briefing.render.context import RenderContext
from briefing.render.html import folded
from briefing.render.registry import renderer
from briefing.render.rendition import Rendition
from briefing.source_model import LeftOut, Listed

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MATCH, COLUMN = "The harbour club won the cup", "A column on rain"


def listed(title: str, reason: str) -> Listed:
    """An article that was left out."""
    return Listed(title, f"{reason}.txt", Title("عنوان", title, 0, 5), None, None, UNDATED, "date unknown", reason)


@pytest.fixture(scope="module")
def rendition(brief: Brief, context: RenderContext) -> Rendition:
    gone = (listed(MATCH, "sport"), listed(COLUMN, "opinion"))
    counts = (LeftOut("sport", 1), LeftOut("opinion", 1))
    return Rendition(replace(brief, left_out=gone, left_out_by=counts, pages=12), context)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_page_folds_the_titles_under_their_numbers(rendition: Rendition) -> None:
    (block,) = rendition.page.split('<details class="folded">')[1:]
    inside, after = block.split("</details>")
    assert inside.strip().startswith("<summary>1 sport, 1 opinion.</summary>")
    assert MATCH in inside and COLUMN in inside and MATCH not in after
    assert "<details" not in rendition.markdown and MATCH in rendition.markdown
    assert 'href="#problems"' not in inside, "a link in a summary cannot be reached by every reader"


@pytest.mark.slow
def test_the_pdf_has_them_in_full(rendition: Rendition) -> None:
    text = text_of(renderer("pdf")(rendition))
    assert MATCH in text and COLUMN in text


def test_without_titles_nothing_is_folded(brief: Brief, context: RenderContext) -> None:
    gone = replace(brief, left_out=(), left_out_by=(LeftOut("undated", 1),))
    page = Rendition(gone, context).page
    assert "<details" not in page and "1 undated." in page


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)")
def test_a_browser_prints_what_it_folds(rendition: Rendition, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(rendition.page, encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
        f"--print-to-pdf={tmp_path / 'page.pdf'}", (tmp_path / "page.html").as_uri(),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=100)
    text = text_of((tmp_path / "page.pdf").read_bytes())
    assert MATCH in text and COLUMN in text


@given(st.lists(st.sampled_from(['<div class="folded">', "<div>", "</div>", "<p>", "</p>", "1 sport.", "\n"]), max_size=14))
def test_folding_takes_whole_blocks_and_loses_no_word(pieces: list[str]) -> None:
    html = "".join(pieces)
    made = folded(html)
    assert made.count("1 sport.") == html.count("1 sport.")
    assert made.count("<details") == made.count("</details>") == made.count("<summary>") == made.count("</summary>")
    assert html.count("<div") - made.count("<div") == html.count("</div>") - made.count("</div>") == made.count("<details")

"""How many pages the PDF of a brief takes, without laying it out: every block of its Markdown in lines.

An estimate in points (1/72 inch) by the sizes of templates/brief.css, with letter widths that make it agree with rendered briefs
(bench/pages.py). Blocks that are kept whole go to the next page as they do in print. Of A4 and Letter the longer brief counts.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.brief_model import Brief
from briefing.language import english
from briefing.render.context import RenderContext
from briefing.render.markdown import markdown

_MM = 72 / 25.4
_EM = 9.0  # the base size in print
_LINE, _ARABIC_LINE = 1.4 * _EM, 1.55 * 1.17 * _EM
_LETTER, _ARABIC_LETTER = 0.50, 0.40  # mean width of a letter in em, spaces included
_SMALL, _ARABIC = 0.8, 1.17  # sizes of <small> and of Arabic blocks in em
_AFTER = 0.4 * _EM  # below a paragraph
_HEADINGS = {"# ": 60.0, "## ": 38.0, "### ": 22.0, "#### ": 20.0}
_CELLS = 2 * 1.1 * _MM + 1.0  # padding and rule of a pair of columns
_GAP = 4 * _MM  # between its halves, on each side
_PAIRS = ("item", "cited", "source")
_FOUND = 0.97  # pages of rendered briefs for each page reckoned
_MARGIN = 0.5  # pages that the estimate of a short brief may be short
_MARKUP = re.compile(r"\]\((?:<[^>]*>|#[^)]*)\)|</?[a-z][^>]*>|[\\*\[]|^(?:#+|-) ")
_DIV = re.compile(r'<div(?: class="([a-z ]*)")?(?: dir="rtl" lang="ar")?[^>]*>')


@dataclass(frozen=True, slots=True)
class Paper:
    """The inside of a page."""

    width: float
    height: float


A4 = Paper((210 - 34) * _MM, (297 - 38) * _MM)
LETTER = Paper((215.9 - 34) * _MM, (279.4 - 38) * _MM)


@dataclass(frozen=True, slots=True)
class _Block:
    """Something that is not broken over two pages; a heading takes what follows it along."""

    height: float
    heading: bool = False


def pages(brief: Brief, context: RenderContext) -> float:
    """Pages of the brief's PDF, the last one as far as it is filled, rather a little more than fewer."""
    # always of the English brief: in either language the same stories must fit
    text = markdown(brief, replace(context, language=english()))
    return max(estimated(text, paper) for paper in (A4, LETTER)) + _MARGIN


def estimated(text: str, paper: Paper) -> float:
    """Pages that Markdown of our templates takes on a paper."""
    page, used, kept = 0, 0.0, 0.0
    for block in _blocks(text.split("\n"), paper):
        if block.heading:
            kept += block.height
            continue
        if used + kept + block.height > paper.height and used:
            page, used = page + 1, 0.0
        used += kept + block.height
        kept = 0.0
        page, used = page + int(used // paper.height), used % paper.height
    return _FOUND * (page + (used + kept) / paper.height)


def _blocks(lines: list[str], paper: Paper) -> Iterator[_Block]:
    n = 0
    while n < len(lines):
        opened = _DIV.match(lines[n])
        if opened and opened[1] in _PAIRS:
            end = _closing(lines, n)
            yield _Block(_pair(lines[n + 1 : end], paper), heading=opened[1] == "source")
            n = end
        elif lines[n].startswith("#"):
            sign = lines[n][: lines[n].find(" ") + 1]
            more = (_rows(_shown(lines[n]), paper.width, 1.1 * _EM, _LETTER) - 1) * 1.3 * _EM
            yield _Block(_HEADINGS.get(sign, 20.0) + more, heading=True)
        elif lines[n].startswith("|"):
            yield _Block(_table_row(lines[n], paper.width))
        elif lines[n].strip() and not lines[n].startswith(("<div", "</div")):
            yield _Block(_paragraph(lines[n], paper.width))
        n += 1


def _closing(lines: list[str], n: int) -> int:
    """The line that closes the <div> opened in line n."""
    depth = 0
    for k in range(n, len(lines)):
        depth += lines[k].startswith("<div") - lines[k].startswith("</div")
        if depth == 0:
            return k
    return len(lines) - 1


def _pair(lines: list[str], paper: Paper) -> float:
    """The higher of the two columns, with padding."""
    width = paper.width / 2 - _GAP
    english = arabic = 0.0
    rtl = False
    for line in lines:
        if line.startswith("<div"):
            rtl = 'dir="rtl"' in line
        elif line.strip() and not line.startswith("</div"):
            arabic += _arabic(line, width) if rtl else 0.0
            english += 0.0 if rtl else _paragraph(line, width)
    return max(english, arabic) + _CELLS


def _arabic(line: str, width: float) -> float:
    return _rows(_shown(line), width, _ARABIC * _EM, _ARABIC_LETTER) * _ARABIC_LINE + _AFTER


def _paragraph(line: str, width: float) -> float:
    """A paragraph, list item or line of small print."""
    small = line.startswith("<small>")
    after = 0.15 * _EM if line.startswith("- ") else _AFTER
    size = _EM * (_SMALL if small else 1)
    return _rows(_shown(line), width, size, _LETTER) * _LINE + after


def _table_row(line: str, width: float) -> float:
    if set(line) <= set("|-: "):
        return 0.0
    cells = [_shown(cell) for cell in line.strip("| ").split(" | ")]
    whole = sum(map(len, cells)) or 1
    rows = max(_rows(cell, width * max(len(cell) / whole, 0.1), _EM, _LETTER) for cell in cells)
    return min(rows, math.ceil(whole / 60) + 1) * _LINE + 5.0


def _rows(text: str, width: float, size: float, letter: float) -> int:
    """Lines that a text fills; about half a word is lost at the end of each."""
    return max(1, math.ceil(len(text) / max(width / (size * letter) - 3, 1)))


def _shown(line: str) -> str:
    return html.unescape(_MARKUP.sub("", line)).strip()

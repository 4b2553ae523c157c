"""Lines and their shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.lines import fold_line, lines
from briefing.model import Block, Document, Span

PROSE = "وقعت البلدية والنقابة اتفاقا لفتح السوق بعد إغلاقه شهرين."


def of(text: str, blocks: tuple[Block, ...] = ()) -> list[str]:
    return [line.text for line in lines(Document("a.txt", text, "0" * 64, blocks=blocks))]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\n \u00a0\n"])
def test_every_kind_of_line_break_parts_lines(newline: str) -> None:
    assert of(f"سوق{newline}مرفأ") == ["سوق", "مرفأ"]


def test_source_line_glued_to_a_paragraph_is_a_line_of_its_own() -> None:
    assert of(f"{PROSE} المصدر: وكالات") == [PROSE, "المصدر: وكالات"]
    assert of(f"{PROSE}المصدر: وكالات") == [PROSE, "المصدر: وكالات"]
    assert of(f"{PROSE} إقرأ المزيد جسر جديد في المدينة") == [PROSE, "إقرأ المزيد جسر جديد في المدينة"]


def test_a_source_that_speaks_is_not_a_source_line() -> None:
    text = "قال المصدر: لم نصل بعد إلى القرية."
    assert of(text) == [text]


def test_markdown_signs() -> None:
    heading, tag, emphasis, item = lines(Document("a.md", "## فتح السوق\n#سوق_المدينة\n**فتح السوق** اليوم\n* فتح السوق", "0"))
    assert (heading.level, heading.bullet, heading.folded) == (2, False, "فتح السوق")
    assert (tag.level, tag.bullet) == (0, False)
    assert not emphasis.bullet
    assert (item.bullet, item.folded) == (True, "فتح السوق")


def test_a_blank_line_is_a_gap_and_a_single_break_is_none() -> None:
    assert [line.gap for line in lines(Document("a", "أول\nثان\n\nثالث\r\nرابع\r\n\r\nخامس", "0"))] == [
        True,
        False,
        True,
        False,
        True,
    ]


def test_presentation_forms_and_nbsp_fold_to_plain_words() -> None:
    assert fold_line("ﺍﻟﺴﻮﻕ\u00a0الكبيرة") == "السوق الكبيره"


def test_a_line_knows_its_html_block() -> None:
    block = Block(Span(0, 3), "h1", "main", 0.0, True)
    assert [line.block for line in lines(Document("a", "سوق\nمرفأ", "0", blocks=(block,)))] == [block, None]


@given(st.text(alphabet="اب .\n\r\t\u00a0«»؟•#*المصدر:", max_size=200))
def test_lines_hold_every_solid_character_once(text: str) -> None:
    found = lines(Document("a", text, "0"))
    held = [i for line in found for i in range(line.start, line.end)]
    assert held == sorted(set(held))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(held)
    assert all(line.text == text[line.start : line.end] == line.text.strip() for line in found)

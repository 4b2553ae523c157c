"""The estimate of pages: what it counts, and that rendered briefs keep to their budget on both papers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.render.pages import A4, LETTER, estimated

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared" / "news" / "saudi_2015_1000.jsonl.gz"
ITEM = (
    '<div class="item" markdown="1">\n\n<div class="en" markdown="1">\n\n{en}\n\n</div>\n\n'
    '<div dir="rtl" lang="ar" markdown="1">\n\n{ar}\n\n</div>\n\n</div>\n'
)


def item(english: str, arabic: str) -> str:
    """An item as the templates write it."""
    return ITEM.format(en=english, ar=arabic)


def test_the_longer_column_counts() -> None:
    short, long = "كلمة", "كلمة " * 200
    assert estimated(item("word", long), A4) > 3 * estimated(item("word", short), A4)
    assert estimated(item("word " * 10, long), A4) == estimated(item("word", long), A4)


def test_links_and_marks_take_no_room() -> None:
    plain = "- " + "word " * 30
    linked = "- [" + "word " * 30 + "](<https://wadi.example/" + "x" * 500 + ">)"
    assert estimated(plain, A4) == estimated(linked, A4)


def test_letter_holds_less_than_a4() -> None:
    text = "\n".join(item("word " * 40, "كلمة " * 40) for _ in range(60))
    assert estimated(text, LETTER) > estimated(text, A4) > 5


@given(st.text(max_size=400), st.text(alphabet="<>/div#|[]() -\n", max_size=200))
def test_any_text_has_a_length_and_more_text_is_not_shorter(one: str, other: str) -> None:
    assert 0 <= estimated(one, A4) <= estimated(f"{one}\n\n{'word ' * 300}", A4)
    assert estimated(other, A4) >= 0


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("inputs", [[ROOT / "seeds"], [NEWS, "--first", "100"]], ids=["sample", "news"])
def test_a_rendered_brief_keeps_to_its_budget(inputs: list[object]) -> None:
    if not Path(str(inputs[0])).exists():
        pytest.skip(f"{inputs[0]} is not there")
    command = [sys.executable, ROOT / "bench" / "pages.py", "--inputs", *inputs, "--budgets", "6,12,20"]
    ran = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    used = [float(line.split(" full ")[1].split()[0]) for line in ran.stdout.splitlines()]
    assert len(used) == 6 and min(used) >= 0.6, ran.stdout  # stories are three pages long in the sample: one more does not fit

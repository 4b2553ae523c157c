"""What the README teaches the lexicon: each snippet, put into a folder, changes what `inspect` sees in a sentence of our own."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.lexicon.schema import FILES
from briefing.lexicon.shapes import Entries, Lists, Pairs, Rows, Weights
from briefing.lexicon.sources import examples
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r"^```toml\n(# lexicon/.*?)^```", re.MULTILINE | re.DOTALL)
PART = re.compile(r"^# lexicon/(\w+)\.toml\n(.*?)(?=^# lexicon/|\Z)", re.MULTILINE | re.DOTALL)
ARTICLE = """Published: 2024-11-13

تجمهر عشرات السائقين أمام مبنى البلدية في حلب أمس ورددوا هتافات ضد القرار.
وجادلت وزيرة النقل بأن الجسر لا يكفي للسيارات.
قال وزير النقل سامي حداد إن الطريق مفتوح أمام الجميع.
أعلنت هيئة الساحل أن الميناء سيغلق أمام السفن يوم الخميس.
قصفت المدفعية أمس قرية عين وردة في ريف إدلب ما أدى إلى مقتل ثلاثة مدنيين.
بحث الوفدان فتح ممر الحبوب في الأسبوع المقبل.

المصدر: وكالة الوادي
"""


def snippets(page: str) -> dict[str, str]:
    """File name without .toml -> the TOML that a page shows for it."""
    text = (ROOT / page).read_text("utf-8")
    return {name: toml for block in BLOCK.findall(text) for name, toml in PART.findall(block)}


README = snippets("README.md")


def seen(run: Run, path: Path) -> dict[str, Any]:
    """The article that `inspect` sees, without the text itself."""
    ran = run("inspect", "--json", "--engine", "gloss", path)
    assert (ran.code, ran.err) == (0, "")
    (article,) = json.loads(ran.out)["articles"]
    return dict(article) | {"reasons": run("inspect", "-v", path).out}


EFFECTS = {
    "verbs": lambda a: "Transport minister: argued" in " ".join(s["en"] for s in a["statements"]),
    "events": lambda a: "PROTEST" in [e["type"] for e in a["events"]],
    "people": lambda a: "Sami Haddad" in [s["speaker"]["en"] for s in a["statements"]],
    "organisations": lambda a: "Coast Authority" in [s["speaker"]["en"] for s in a["statements"]],
    "places": lambda a: "Ain Warda" in [e["place"]["en"] for e in a["events"] if e["place"]],
    "outlets": lambda a: a["outlet"] == {"name": "Wadi News", "basis": "source_line"},
    "topics": lambda a: "topic: Ports and shipping (sentence: ميناء 3, سفن 1)" in a["reasons"],
    "terms": lambda a: any("grain corridor" in s["en"] for s in a["sentences"]),
}


def test_the_readme_teaches_what_it_promises() -> None:
    assert set(README) == set(EFFECTS)


@pytest.mark.slow
@pytest.mark.parametrize("name", EFFECTS)
def test_a_snippet_changes_what_is_seen(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    effect = EFFECTS[name]
    assert not effect(seen(run, tmp_path / "a.txt"))
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / f"{name}.toml").write_text(README[name], "utf-8")
    assert effect(seen(run, tmp_path / "a.txt"))


@pytest.mark.slow
def test_the_snippets_together_are_clean(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    for name, text in README.items():
        (tmp_path / "lexicon" / f"{name}.toml").write_text(text, "utf-8")
    ran = run("lexicon", "check", "lexicon")
    assert (ran.code, ran.out) == (0, "")


def test_the_examples_of_init_are_those_of_the_readme() -> None:
    assert {name: tomllib.loads(text) for name, text in examples().items()} == {n: tomllib.loads(t) for n, t in README.items()}


def test_the_snippets_of_the_docs_are_right(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    for name, text in snippets("docs/lexicon.md").items():
        (tmp_path / "lexicon" / f"{name}.toml").write_text(text, "utf-8")
    assert run("lexicon", "check", "lexicon").code == 0


@pytest.mark.parametrize("name", FILES)
def test_the_docs_name_every_file_section_and_key(name: str) -> None:
    text = (ROOT / "docs" / "lexicon.md").read_text("utf-8")
    assert f"`{name}.toml`" in text
    for section in FILES[name]:
        keys = [key.name for key in section.keys] if isinstance(section, (Rows, Entries)) else []
        few = name not in ("numbers", "dates", "grammar")  # lists by value or name: their heads say what each is
        named = [section.name] if few and not isinstance(section, (Rows, Lists, Pairs, Entries, Weights)) else []
        assert [word for word in [*named, *keys] if not re.search(rf"`{word}`|\b{word}\b", text)] == []

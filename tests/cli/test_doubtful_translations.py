"""A doubtful translation is flagged at its very line, in every place where its English stands, and stands nowhere without."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from briefing.config import Config
from briefing.model import EngineInfo, Translation
from briefing.render.schema import schema
from briefing.translate.engine import Engine
from briefing.translate.segments import translate_all
from tests.cli.conftest import Run

LOOP = "the bridge " * 12
WORDS = "the English repeats itself"


class Looping:
    """A model that loops whenever a bridge is spoken of, however often it is asked."""

    info = EngineInfo("looping", "", "", "Translation engine: looping")
    signature = "looping:1"

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """English of the length of the Arabic, or a loop."""
        return translate_all(sources, lambda text: True, self._run, self.signature, self._run)

    def _run(self, texts: list[str]) -> list[str]:
        return [LOOP if "الجسر" in text else _english(text) for text in texts]


def _english(text: str) -> str:
    return " ".join(f"w{n}{len(word) * 'e'}" for n, word in enumerate(text.split()))


def create(config: Config, notify: Callable[[str], None]) -> Engine:
    """The factory that the test names as "package.module:function"."""
    return Looping()


@pytest.mark.usefixtures("news")
def test_a_loop_is_flagged_where_it_stands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "store.db"\n', encoding="utf-8")
    made = []
    for _ in range(2):  # the second time from the store
        engine = f"{__name__}:create"
        run("build", "news", "--week", "--engine", engine, "--format", "md,html,json", "--now", "2024-11-18T06:00Z")
        made.append({file.name: file.read_text("utf-8") for file in (tmp_path / "out" / "2024-W46").iterdir()})
    assert made[0] == made[1]
    brief = json.loads(made[0]["brief.json"])
    Draft202012Validator(schema("briefing.brief/1")).validate(brief)
    statements = [item for group in brief["sections"][0]["statements"] for item in group["items"]]
    flagged = [item for item in statements if "translation_repeats_itself" in item["flags"]]
    assert flagged and all(("the bridge the bridge" in item["en"]) == (item in flagged) for item in statements)
    cited = [sentence for source in brief["sources"] for sentence in source["cited"]]
    bad = [sentence for sentence in cited if "translation_repeats_itself" in sentence["translation"]["flags"]]
    assert len(bad) == 1 < len(cited)
    assert [source["title"]["en"] for source in brief["sources"]] == [None]  # the headline names the bridge too
    for name in ("brief.md", "brief.html"):
        assert made[0][name].count(WORDS) == len(flagged) + len(bad)


@pytest.mark.usefixtures("news")
def test_a_failed_check_is_told_in_every_view(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "store.db"\n', encoding="utf-8")
    engine = f"{__name__}:create"
    (tmp_path / "one.txt").write_text("Published: 2024-11-12\n\nقال وزير النقل إن 41 مدرسة ستفتح أبوابها يوم الخميس.\n", "utf-8")
    said = "number: the source says 41"
    assert said in run("inspect", "one.txt", "--engine", engine).out
    found = json.loads(run("inspect", "--json", "one.txt", "--engine", engine).out)
    assert any(flag.startswith(said) for s in found["articles"][0]["sentences"] for flag in s["flags"])
    run("build", "one.txt", "--week", "2024-W46", "--engine", engine, "--format", "md,html,json", "--now", "2024-11-18T06:00Z")
    for name in ("brief.md", "brief.html", "brief.json"):
        assert said in (tmp_path / "out" / "2024-W46" / name).read_text("utf-8")

"""The walk: one bad article never ends the week, the same text counts once, and the engine is asked for what is needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from briefing.brief_model import Brief
from briefing.config import Config
from briefing.errors import EngineError, InputError, WeekError
from briefing.extract import draft, rules
from briefing.model import EngineInfo, Translation
from briefing.pipeline import Means, Order, build, collect
from briefing.progress import single, untracked
from briefing.readings import translate
from briefing.render.json_brief import tree
from briefing.render.schema import schema
from briefing.spread import harvesting, searching
from briefing.translate.engine import Engine

TEXT = "Published: 2024-11-{day}\n\nقال وزير النقل سامي الحداد إن {thing} سيفتح يوم الخميس بعد عام من العمل.\n"
NOW = datetime(2024, 11, 18, 6, tzinfo=UTC)


class Echo:
    """An engine that says which sentence it was given."""

    info = EngineInfo("echo", "echo-1", "none", "Translation engine: echo")
    signature = "echo:1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """English that names its source's length."""
        self.asked += sources
        return [Translation(f"sentence of {len(s)} letters", self.signature, "machine") for s in sources]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, day, thing in (("a.txt", 12, "الجسر"), ("b.txt", 13, "النفق"), ("c.txt", 5, "السد")):
        (tmp_path / name).write_text(TEXT.format(day=f"{day:02}", thing=thing), encoding="utf-8")
    return tmp_path


def made(folder: Path, engine: Engine | None = None, week: str | None = "2024-W46", said: Callable[[str], None] = print) -> Brief:
    order = Order((folder,), week, False, NOW)
    return build(order, Config(base=folder), Means(lambda: engine or Echo()), said, untracked)


def test_a_week_of_articles_becomes_a_brief_that_fits_the_published_schema(folder: Path) -> None:
    brief = made(folder)
    assert (brief.week, brief.articles_used, brief.problems) == ("2024-W46", 2, ())
    Draft202012Validator(schema("briefing.brief/1")).validate(json.loads(json.dumps(tree(brief))))
    files = {source.file: source for source in brief.sources}
    assert set(files) == {"a.txt", "b.txt"}
    said = [entry.item for group in brief.sections[0].statements for entry in group.entries]
    assert len(said) == 2
    assert all("sentence of" in item.en for item in said)


def test_each_source_is_translated_once(folder: Path) -> None:
    engine = Echo()
    made(folder, engine)
    assert engine.asked and len(engine.asked) == len(set(engine.asked))


def test_the_engine_is_not_opened_when_there_is_nothing_to_translate(folder: Path) -> None:
    opened: list[int] = []

    def engine() -> Engine:
        opened.append(1)
        return Echo()

    with pytest.raises(WeekError):
        build(Order((folder,), "2024-W01", False, NOW), Config(base=folder), Means(engine), print, untracked)
    assert opened == []


def test_the_newest_week_is_said(folder: Path) -> None:
    said: list[str] = []
    assert made(folder, week="newest", said=said.append).week == "2024-W46"
    assert said == ["Newest week with articles: 2024-W46 (2024-11-11 to 2024-11-17)"]


def test_the_same_text_twice_is_used_once_and_said(folder: Path) -> None:
    (folder / "z.txt").write_bytes((folder / "a.txt").read_bytes())
    brief = made(folder)
    assert [(p.where, p.message) for p in brief.problems] == [("z.txt", "left out: the same text as a.txt")]
    assert (brief.articles_used, brief.articles_left_out) == (2, 1)


@pytest.mark.parametrize("place", ["searching.sentences", "rules.find", "draft.finish", "harvesting.harvest"])
def test_an_article_that_our_code_stumbles_over_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    *modules, name = place.split(".")
    target: Any = {"rules": rules, "draft": draft, "searching": searching, "harvesting": harvesting}[modules[0]]
    real = getattr(target, name)

    def stumbling(first: Any, *rest: Any) -> Any:
        if "النفق" in (first if isinstance(first, str) else repr(first)):
            raise RecursionError("on purpose")
        return real(first, *rest)

    monkeypatch.setattr(target, name, stumbling)
    brief = made(folder)
    assert brief.articles_used == 1
    (problem,) = brief.problems
    assert (problem.where, "RecursionError: on purpose" in problem.message) == ("b.txt", True)
    assert "bug" in problem.next_step
    assert brief.articles_left_out == 1


def test_an_engine_that_fails_ends_the_build(folder: Path) -> None:
    class Broken(Echo):
        def translate(self, sources: Sequence[str]) -> list[Translation]:
            """Fails."""
            raise EngineError("out of memory", "Use fewer batch_tokens.")

    with pytest.raises(EngineError, match="out of memory"):
        made(folder, Broken())


def test_no_article_at_all_is_an_error_that_lists_what_is_wrong(tmp_path: Path) -> None:
    for n in range(25):
        (tmp_path / f"{n:02}.txt").touch()
    with pytest.raises(InputError) as error:
        collect([tmp_path], Config(base=tmp_path))
    assert error.value.exit_code == 4
    assert "00.txt: is empty" in error.value.next_step
    assert error.value.next_step.endswith("and 5 more")
    with pytest.raises(InputError, match="no article"):
        collect([], Config(base=tmp_path))


def test_many_sources_are_translated_in_parts_with_progress() -> None:
    engine, told = Echo(), []

    def track(items: Sequence[Any], label: str, weigh: Callable[[Any], int] = single) -> Sequence[Any]:
        told.append(([weigh(item) for item in items], label))
        return items

    sources = [f"جملة {n}" for n in range(2000)]
    assert list(translate([*sources, *sources], engine, track)) == sources
    assert (told, engine.asked) == ([([64, 128, 256, 512, 512, 512, 16], "Translating")], sources)
    assert translate([], engine, track) == {}


def test_a_translation_that_fails_a_check_is_flagged_whatever_engine_made_it() -> None:
    source = "افتتح الوزير 41 مدرسة هذا العام."
    assert translate([source], Echo())[source].flags[0] == f"number: the source says 41, the translation {len(source)}"

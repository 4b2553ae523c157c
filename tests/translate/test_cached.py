"""Translations in the store: the engine is asked once, never served from another setting, and little is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import Config, Translate
from briefing.errors import EngineError
from briefing.model import EngineInfo, Translation
from briefing.store.database import Database
from briefing.translate import models
from briefing.translate.cached import KIND, _read, _written
from briefing.translate.ctranslate2_engine import CTranslate2Engine
from briefing.translate.engine import Engine, open_engine, with_cache, with_memory
from briefing.translate.gloss import Gloss
from briefing.translate.memory import Entry, Memory
from tests.translate import tiny_models

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = ["عاد النازحون", "سافر الوزير إلى جنيف", "لا شيء"]


class Counting:
    """An engine that remembers what it was asked, and stops where it is told to."""

    info = EngineInfo("counting", "", "", "Translation engine: counting")

    def __init__(self, signature: str = "counting:1", stop: Callable[[], None] | None = None) -> None:
        self.signature = signature
        self.asked: list[str] = []
        self._stop = stop

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """English with the signature in it."""
        if self._stop and self.asked:
            self._stop()
        self.asked += sources
        flags = {"لا شيء": ("output_loops",)}
        return [Translation(f"{self.signature} {s}", f"{self.signature}+again", "machine", flags.get(s, ())) for s in sources]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def cached(engine: Engine, store: Path, told: Callable[[str], None] = print) -> Engine:
    return with_cache(engine, store, told)


def test_the_second_time_no_engine_is_asked_and_the_answer_is_the_same_in_all_its_parts(store: Path) -> None:
    first, second = Counting(), Counting()
    made = cached(first, store).translate([*SENTENCES, SENTENCES[0]])
    assert cached(second, store).translate([*SENTENCES, SENTENCES[0]]) == made
    assert (first.asked, second.asked) == (SENTENCES, [])
    assert made[2] == Translation("counting:1 لا شيء", "counting:1+again", "machine", ("output_loops",))


def test_only_what_is_new_is_asked(store: Path) -> None:
    cached(Counting(), store).translate(SENTENCES[:2])
    again = Counting()
    assert [t.en for t in cached(again, store).translate(SENTENCES)] == [f"counting:1 {s}" for s in SENTENCES]
    assert again.asked == SENTENCES[2:]


def test_another_signature_finds_nothing(store: Path) -> None:
    cached(Counting("a"), store).translate(SENTENCES)
    assert cached(Counting("b"), store).translate(SENTENCES)[0].en == "b عاد النازحون"


@given(st.text(), st.text(), st.lists(st.text()))
def test_a_row_gives_back_what_was_written(en: str, engine: str, flags: list[str]) -> None:
    translation = Translation(en, engine, "machine", tuple(flags))
    assert _read(_written(translation)) == translation


@pytest.mark.parametrize("other", ["عاد النازحون.", "عاد  النازحون", "عاد النازحونَ", "عاد النازحو\u200fن"])
def test_a_sentence_is_found_by_its_exact_text(store: Path, other: str) -> None:
    cached(Counting(), store).translate(SENTENCES)
    again = Counting()
    cached(again, store).translate([*SENTENCES, other])
    assert again.asked == [other]


def test_memory_goes_before_what_is_kept(store: Path) -> None:
    cached(Counting(), store).translate(SENTENCES)
    reviewed = with_memory(cached(Counting(), store), Memory([Entry(SENTENCES[0], "The displaced returned", "own.tmx")]))
    assert [t.label for t in reviewed.translate(SENTENCES)] == ["reviewed", "machine", "machine"]


def test_only_machine_translations_are_kept(store: Path) -> None:
    class Terms(Counting):
        def translate(self, sources: Sequence[str]) -> list[Translation]:
            """No translation at all."""
            self.asked += sources
            return [Translation("", self.signature, "none") for _ in sources]

    for _ in range(2):
        engine = Terms()
        cached(engine, store).translate(SENTENCES)
        assert engine.asked == SENTENCES


def test_the_gloss_is_not_kept_and_opens_no_store(store: Path) -> None:
    gloss = Gloss(lambda text: [])
    assert with_cache(gloss, store, print) is gloss and not store.exists()


def test_no_store_is_made_before_there_is_something_to_translate(store: Path) -> None:
    assert cached(Counting(), store).translate([]) == [] and not store.exists()


@pytest.mark.parametrize("value", ["", "[", "{}", "[]", '["one"]', '["a", 1]', '["a", null]', "[" * 20_000])
def test_a_damaged_row_is_translated_again(store: Path, value: str) -> None:
    made = cached(Counting(), store).translate(SENTENCES)
    with Database(store) as database:
        assert database.execute("UPDATE cache SET value = ? WHERE kind = ?", value, KIND) == 3
    again = Counting()
    assert cached(again, store).translate(SENTENCES) == made and again.asked == SENTENCES


def test_a_store_that_cannot_be_opened_is_said_once_and_costs_only_time(store: Path) -> None:
    store.write_bytes(b"no database, but a letter of some length. " * 40)
    told: list[str] = []
    inner = Counting()
    engine = cached(inner, store, told.append)
    for sentence in SENTENCES:
        assert engine.translate([sentence])[0].label == "machine"
    (line,) = told
    assert str(store) in line and "not kept for the next run" in line and "backup" in line
    assert inner.asked == SENTENCES


@pytest.mark.parametrize("error", [EngineError("out of memory"), KeyboardInterrupt()])
def test_an_engine_that_fails_or_is_stopped_keeps_what_came_before(error: BaseException, store: Path) -> None:
    def fail() -> None:
        raise error

    engine = cached(Counting(stop=fail), store)
    engine.translate(SENTENCES[:1])
    with pytest.raises(type(error)):
        engine.translate(SENTENCES)
    again = Counting()
    cached(again, store).translate(SENTENCES)
    assert again.asked == SENTENCES[1:]


# ---------------------------------------------------------------- every setting

# How each setting of [translate] is changed, and whether that shapes an answer.
SETTINGS: dict[str, tuple[object, bool]] = {
    "engine": (f"{__name__}:create", True),
    "model": ("other", True),
    "beam": (2, True),
    "batch_tokens": (64, False),
    "device": ("cpu", False),  # "auto" is the processor where there is no GPU; the engine's own test has the other case
    "threads": (1, False),
    "hub_timeout": (3, False),
    "memory": (("more.tmx",), False),  # it goes before what is kept, and is no part of it
    "cache": (False, False),
}


def create(config: Config, notify: Callable[[str], None]) -> Engine:
    """An engine from elsewhere, that the tests name as "package.module:function"."""
    return Counting()


def test_every_setting_is_judged() -> None:
    assert set(SETTINGS) == {field.name for field in fields(Translate)}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reaches the model of CTranslate2."""
    texts: list[str] = []
    run = CTranslate2Engine._run

    def counting(self: CTranslate2Engine, wanted: list[str]) -> list[str]:
        texts.extend(wanted)
        return run(self, wanted)

    monkeypatch.setattr(CTranslate2Engine, "_run", counting)
    return texts


@pytest.mark.parametrize(("name", "changed", "shapes"), [(k, *v) for k, v in SETTINGS.items()])
def test_a_changed_setting_never_serves_what_another_made(
    name: str, changed: object, shapes: bool, random_marian: Path, config: Config, store: Path, asked: list[str]
) -> None:
    models.add(random_marian, config, print)
    other = tiny_models.random_marian(config.base / "elsewhere" / "opus-mt-ar-en", seed=8)
    models.add(other, config, print, name="other")
    usual = replace(config, translate=replace(config.translate, engine="ctranslate2", model="Helsinki-NLP/opus-mt-ar-en", beam=1))
    new = replace(usual, translate=replace(usual.translate, **{name: changed}))

    def made(settings: Config) -> list[Translation]:
        return open_engine(settings.translate.engine, settings, Memory(), print, store).translate(SENTENCES)

    first = made(usual)
    assert made(usual) == first and asked == SENTENCES  # asked once
    second = made(new)
    assert ({t.engine for t in first} != {t.engine for t in second}) == shapes
    assert asked == (SENTENCES * 2 if shapes and name != "engine" else SENTENCES)


@pytest.mark.parametrize("file", ["model.bin", "source.spm", "target.spm", "shared_vocabulary.json", "config.json"])
def test_a_model_whose_files_changed_is_another(file: str, random_marian: Path, config: Config) -> None:
    info = models.add(random_marian, config, print)
    changed = CTranslate2Engine(info, config.translate).signature
    (info.path / "briefing-model.json").unlink()  # as after a conversion by hand: the files alone say what it is
    before = CTranslate2Engine(models.describe(info.path), config.translate).signature
    path = info.path / file
    more = {".json": b"\n", ".spm": b"\xc2\x0c\x00"}  # white space; an empty field of protobuf's that says nothing
    path.write_bytes(path.read_bytes() + more.get(path.suffix, b"\0"))
    assert CTranslate2Engine(models.describe(info.path), config.translate).signature != before
    assert before.startswith("ctranslate2:opus-mt-ar-en@") and changed.startswith("ctranslate2:opus-mt-ar-en@")


@pytest.mark.parametrize("change", ["max_tokens", "device", "compute_type"])
def test_what_else_shapes_an_answer_is_in_the_signature(
    change: str, random_marian: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.translate import ctranslate2_engine as module

    info = models.add(random_marian, config, print)
    before = CTranslate2Engine(info, config.translate).signature
    real = module._translator

    class Elsewhere:
        """The translator as another machine would load it."""

        def __init__(self, *given: object) -> None:
            self.device = "cuda" if change == "device" else "cpu"
            self.compute_type = "float32" if change == "compute_type" else real(info, "cpu").compute_type

    monkeypatch.setattr(module, "_translator", Elsewhere)
    limit = 32 if change == "max_tokens" else info.max_tokens
    assert CTranslate2Engine(replace(info, max_tokens=limit), config.translate).signature != before
    monkeypatch.undo()
    assert CTranslate2Engine(info, config.translate).signature == before


# ---------------------------------------------------------------- several processes

WORKER = """
import sys
from pathlib import Path
from briefing.readings import translate
from tests.translate.test_cached import Counting, cached
store, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
class Slow(Counting):
    def translate(self, sources):
        if "kill" in sys.argv and len(self.asked) > 200:
            import os, signal
            os.kill(os.getpid(), signal.SIGKILL)
        return super().translate(sources)
engine, told = Slow(), []
print("ready", flush=True)
sys.stdin.read(1)
made = translate([f"جملة {n}" for n in range(first, last)], cached(engine, store, told.append))
assert all(t.en == f"counting:1 {s}" for s, t in made.items()) and told == [], told
print(len(engine.asked))
"""


def worker(*args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)


@pytest.mark.slow
def test_two_processes_share_one_store(store: Path) -> None:
    both = [worker(str(store), first, last) for first, last in (("0", "900"), ("600", "1500"))]
    for each in both:
        assert each.stdout and each.stdout.readline() == "ready\n"
    for each in both:
        each.stdin.write("x")  # type: ignore[union-attr]
        each.stdin.flush()  # type: ignore[union-attr]
    for each in both:
        assert each.communicate(timeout=60) and each.returncode == 0
    again = Counting()
    assert len(cached(again, store).translate([f"جملة {n}" for n in range(1500)])) == 1500
    assert again.asked == []


@pytest.mark.slow
def test_a_process_that_is_killed_loses_one_part_at_most(store: Path) -> None:
    killed = worker(str(store), "0", "2000", "kill")
    killed.communicate("x", timeout=60)
    assert killed.returncode == -signal.SIGKILL
    again = Counting()
    cached(again, store).translate([f"جملة {n}" for n in range(2000)])
    assert 0 < len(again.asked) < 2000 - 200

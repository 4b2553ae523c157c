"""The engine with locks: what is cached, what is asked again, what is flagged, and that no stale answer is served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from briefing.lexicon import glossary
from briefing.model import EngineInfo, Replacement, Translation
from briefing.translate.checks.line import checked
from briefing.translate.engine import Engine, with_cache, with_locks, with_memory
from briefing.translate.gloss import Gloss
from briefing.translate.locks import engine as locks
from briefing.translate.memory import Entry, Memory

SOURCE = "زار الوفد بلدة تل العقبان يوم الخميس."
FIRST = "The delegation visited the town of Eagles Hill on Thursday."
SECOND = "The delegation visited the town of Tell Uqban on Thursday."
NAME = '[[name]]\nar = "تل العقبان"\nen = "{}"\n'


class Scripted:
    """An engine that answers as it is told, and remembers what it was asked."""

    info = EngineInfo("scripted", "", "", "Translation engine: scripted")
    signature = "scripted:1"

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """The answer that belongs to each source."""
        self.asked += sources
        return [Translation(self.answers.get(source, FIRST), self.signature, "machine") for source in sources]


def own(tmp_path: Path, text: str) -> None:
    (tmp_path / "glossary.toml").write_text(text, "utf-8")
    glossary.use(tmp_path / "glossary.toml")


def latin(name: str) -> str:
    return SOURCE.replace("تل العقبان", name)


def locked(inner: Engine, store: Path | None = None) -> Engine:
    return with_locks(with_cache(inner, store, print))


def test_a_name_that_is_left_out_is_asked_for_with_its_latin_form(tmp_path: Path) -> None:
    own(tmp_path, NAME.format("Tell Uqban"))
    inner = Scripted({latin("Tell Uqban"): SECOND})
    (one,) = locked(inner).translate([SOURCE])
    start = SOURCE.index("تل العقبان")
    assert inner.asked == [SOURCE, latin("Tell Uqban")]
    assert (one.en, one.label, one.flags) == (SECOND, "machine", ())
    assert one.replaced == (Replacement(start, start + 10, "", "Tell Uqban", "second attempt"),)
    assert one.engine.startswith("scripted:1:locked@")


def test_a_name_of_two_words_that_the_lexicon_knows_is_asked_for_too() -> None:
    source = "عاد سكان دير الزور إلى بيوتهم."
    inner = Scripted({
        source: "The residents of the monastery returned to their homes.",
        source.replace("دير الزور", "Deir al-Zour"): "The residents of Deir al-Zour returned to their homes.",
    })  # fmt: skip
    (one,) = locked(inner).translate([source])
    assert "Deir al-Zour" in one.en and checked(source, one).flags == ()


@pytest.mark.parametrize(
    "answer",
    [
        FIRST,
        "Tell Uqban, Tell Uqban.",
        "The delegation did not visit 300 towns but Tell Uqban on Monday, it did not, and it never will visit them all?",
        "",
    ],
)
def test_a_second_answer_that_is_no_better_is_not_taken_and_the_line_is_flagged(tmp_path: Path, answer: str) -> None:
    own(tmp_path, NAME.format("Tell Uqban"))
    (one,) = locked(Scripted({latin("Tell Uqban"): answer})).translate([SOURCE])
    assert (one.en, one.replaced) == (FIRST, ())
    assert one.flags == ("name: the glossary has “Tell Uqban” here, the translation has not",)


def test_another_glossary_asks_the_model_for_nothing_it_has_said_and_serves_no_stale_answer(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    for name in ("Tell Uqban", "Tall al-Iqban", "Tell Uqban"):
        own(tmp_path, NAME.format(name))
        inner = Scripted({latin(name): FIRST.replace("Eagles Hill", name)})
        (one,) = locked(inner, store).translate([SOURCE])
        assert one.en == FIRST.replace("Eagles Hill", name)
        assert SOURCE not in inner.asked or name == "Tell Uqban"
    assert inner.asked == []
    glossary.use(None)
    (raw,) = locked(inner, store).translate([SOURCE])
    assert (raw.en, raw.engine, raw.replaced, inner.asked) == (FIRST, "scripted:1", (), [])


def test_what_is_kept_is_what_the_model_said(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    inner = Scripted({SOURCE: FIRST})
    locked(inner, store).translate([SOURCE])
    for variant, right in (("Eagles Hill", "Uqban Hill"), ("town of Eagles Hill", "Tell Uqban")):
        own(tmp_path, NAME.format(right) + f'variants = ["{variant}"]\n')
        (one,) = locked(inner, store).translate([SOURCE])
        assert one.en == FIRST.replace(variant, right)
    assert inner.asked == [SOURCE]


def test_reviewed_english_and_terms_are_not_touched(tmp_path: Path) -> None:
    memory = Memory([Entry("عادوا إلى إدلب.", "Back to Edlib.", "own.tmx")])
    (one,) = with_memory(locked(Scripted({})), memory).translate(["عادوا إلى إدلب."])
    assert (one.en, one.label, one.replaced) == ("Back to Edlib.", "reviewed", ())
    gloss = Gloss(lambda text: [])
    assert with_locks(gloss) is gloss


def test_a_fault_in_a_lock_costs_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr(locks, "lock", broken)
    (one,) = locked(Scripted({})).translate([SOURCE])
    assert (one.en, one.flags) == (FIRST, ("not checked: putting names into this line failed (IndexError)",))


def test_the_name_check_leaves_what_the_glossary_decides(tmp_path: Path) -> None:
    one = Translation("They met in Anatolia.", "scripted:1", "machine")
    assert checked("اجتمعوا في تركيا.", one).flags
    own(tmp_path, '[[name]]\nar = "تركيا"\nen = "Anatolia"\n')
    assert checked("اجتمعوا في تركيا.", one).flags == ()

"""An engine whose names and terms stand in their form: locked where they are found, asked for once more where they are not.

It goes over the engine that keeps its answers, so what is kept is what the model said, and another glossary or lexicon asks no
model again: locking is done anew whenever a line is used. Only the second attempt rests on the forms, and the source it sends
holds them, so its answer is found again by these very words and by no others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from briefing.lexicon.glossary import Glossary
from briefing.model import Replacement, Translation
from briefing.translate.checks import names
from briefing.translate.checks.finding import Finding
from briefing.translate.checks.line import findings
from briefing.translate.locks.demands import Demand
from briefing.translate.locks.line import SECOND, Locked, lock, standing

if TYPE_CHECKING:
    from briefing.translate.engine import Engine


ALIKE = 60  # of 100: how like the first the second attempt must be, word for word in any order (rapidfuzz)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model made of a source; and of the source with forms in it, where it was asked that too."""

    source: str
    made: Translation
    second: Translation | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A line with its names and terms in their form; `again` is what to ask for a second attempt, "" for nothing."""

    line: Translation
    again: str = ""


Settle = Callable[[Sequence[Asked]], Iterable[Settled]]


@dataclass(frozen=True, slots=True)
class _Line:
    """What a model made of a source, the same locked, and the names that may be put into the source for a second attempt."""

    made: Translation
    locked: Locked
    wanted: tuple[Demand, ...]


class Locking:
    """`engine` with the forms of the glossary and of the lexicon in use in all that a machine translates."""

    def __init__(self, engine: Engine, settle: Settle) -> None:
        """`settle` gives a Settled for each Asked, in order: `settled`, wherever it is done."""
        self._engine = engine
        self._settle = settle
        self.info = engine.info
        self.signature = engine.signature

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """One Translation for each source, in order. Raises EngineError when the model fails."""
        made = dict(zip(sources, self._engine.translate(sources), strict=True))
        asked = [Asked(source, first) for source, first in made.items() if first.label == "machine"]
        lines = dict(zip([one.source for one in asked], self._settle(asked), strict=True))
        if texts := list(dict.fromkeys(line.again for line in lines.values() if line.again)):
            answers = dict(zip(texts, self._engine.translate(texts), strict=True))
            more = [Asked(source, made[source], answers[line.again]) for source, line in lines.items() if line.again]
            lines |= zip([one.source for one in more], self._settle(more), strict=True)
        return [lines[source].line if source in lines else made[source] for source in sources]


def settled(asked: Asked, glossary: Glossary) -> Settled:
    """The first attempt locked, or with a second one the better of the two. Pure."""
    source, first = asked.source, _line(asked.source, asked.made, glossary)
    if asked.second is not None:
        return Settled(_finished(_better(source, first, asked.second, glossary)))
    return Settled(_finished(first), with_forms(source, first.wanted) if first.wanted else "")


def _line(source: str, made: Translation, glossary: Glossary) -> _Line:
    """A fault in a lock must not cost the week; the line says that it was not looked at."""
    try:
        locked = lock(source, made.en, glossary)
        return _Line(made, locked, _wanted(source, locked))
    except Exception as error:
        flag = Finding("not checked", f"putting names into this line failed ({type(error).__name__})").flag
        return _Line(replace(made, flags=(*made.flags, flag)), Locked(made.en, (), ()), ())


def _better(source: str, first: _Line, answer: Translation, glossary: Glossary) -> _Line:
    """The second attempt where it has every name asked for, is much the same and has fewer faults; else the first."""
    second = _line(source, answer, glossary)
    old, new = first.locked.english, second.locked.english
    good = answer.label == "machine" and not second.made.flags and all(standing(demand, new) for demand in first.wanted)
    if not good or fuzz.token_set_ratio(old, new) < ALIKE or _faults(source, second) >= _faults(source, first):
        return first
    put = tuple(Replacement(d.start, d.end, "", d.wording.en, SECOND) for d in first.wanted)
    return replace(second, locked=replace(second.locked, replaced=(*second.locked.replaced, *put)))


def _wanted(source: str, locked: Locked) -> tuple[Demand, ...]:
    """Of the names that a line lacks those of the glossary, and of the lexicon's the clear ones that no form stands for."""
    lost = {match.start for match in names.missing(source, locked.english)} if locked.missing else set()
    return tuple(demand for demand in locked.missing if demand.again and (demand.own or demand.start in lost))


def with_forms(source: str, wanted: Sequence[Demand]) -> str:
    """`source` with these names as they stand in English, so that a model copies them."""
    for demand in sorted(wanted, key=lambda d: -d.start):
        source = f"{source[: demand.start]} {demand.wording.en} {source[demand.end :]}"
    return " ".join(source.split())


def _faults(source: str, line: _Line) -> int:
    return len(findings(source, line.locked.english)) + sum(demand.own for demand in line.locked.missing)


def _finished(line: _Line) -> Translation:
    made, locked = line.made, line.locked
    lost = dict.fromkeys(demand for demand in locked.missing if demand.own)
    flags = (Finding("name", f"the glossary has “{d.wording.en}” here, the translation has not").flag for d in lost)
    engine = f"{made.engine}:locked@{_digest(locked.replaced)}" if locked.replaced else made.engine
    every = tuple(dict.fromkeys((*made.flags, *flags)))
    return replace(made, en=locked.english, engine=engine, flags=every, replaced=locked.replaced)


def _digest(replaced: Sequence[Replacement]) -> str:
    return hashlib.sha256(repr([(r.start, r.end, r.after) for r in replaced]).encode("utf-8", "surrogatepass")).hexdigest()[:8]

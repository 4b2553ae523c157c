"""Translation engines: what one is, the registry of them, and how one is chosen.

To add an engine, write `create(config, notify) -> Engine` and put it into ENGINES, or name it as "package.module:function"
where a name is expected.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from briefing.config import Config
from briefing.errors import BriefingError, EngineError, UsageError
from briefing.model import EngineInfo, Translation
from briefing.translate.memory import Memory
from briefing.translate.segments import copied

if TYPE_CHECKING:
    from briefing.spread.crew import Crew
    from briefing.spread.hands import Hands

Notify = Callable[[str], None]
AUTO = "auto"
GLOSS = "gloss"
ENGINES = {
    "ctranslate2": "briefing.translate.ctranslate2_engine:create",
    "transformers": "briefing.translate.transformers_engine:create",
    GLOSS: "briefing.translate.gloss:create",
}


class Engine(Protocol):
    """Turns Arabic sentences into English ones."""

    @property
    def info(self) -> EngineInfo:
        """What it is, for people."""
        ...

    @property
    def signature(self) -> str:
        """What made a translation: engine, model, weights and every setting that shapes an answer.

        Equal signatures give equal translations: the cache serves a sentence by its text and this alone.
        """
        ...

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """One Translation for each source, in order. Raises EngineError when the model fails."""
        ...


Factory = Callable[[Config, Notify], Engine]
Over = Callable[[str, Engine], Engine]  # the engine's name in the registry, and the engine


def names() -> list[str]:
    """What may stand as an engine's name, `auto` first."""
    return [AUTO, *ENGINES]


def open_engine(
    name: str, config: Config, memory: Memory, notify: Notify, store: Path | None = None, hands: Hands | None = None
) -> Engine:
    """The engine called `name` ("auto", a name of ENGINES, or "package.module:function"), with `memory` before it.

    With a `store` its answers are kept there and found again. Over that, names and terms are put as the glossary and the lexicon
    in use have them; between that and the memory, what needs no engine is copied.
    `hands` may do the engine's work elsewhere, and put names in their form.
    `notify` gets one line of text for each thing that takes long. Raises UsageError when there is no such engine,
    EngineError when it is there and cannot work. "auto" always gives an engine: in the end the gloss.
    """
    engine = open_raw(name, config, notify)
    if hands is not None and hands.over is not None:
        engine = hands.over(engine.info.name if name == AUTO else name, engine)
    return with_memory(with_locks(with_cache(engine, store, notify), hands.crew if hands is not None else None), memory)


def open_raw(name: str, config: Config, notify: Notify) -> Engine:
    """The engine itself, with nothing before it. Raises as `open_engine` does."""
    return _auto(config, notify) if name == AUTO else _factory(name)(config, notify)


def with_cache(engine: Engine, store: Path | None, notify: Notify) -> Engine:
    """`engine`, asked only for what the store at this path does not hold; the gloss as it is, for it is quicker than a store."""
    from briefing.translate.cached import Cached

    return engine if store is None or engine.info.name == GLOSS else Cached(engine, store, notify)


def with_locks(engine: Engine, crew: Crew | None = None) -> Engine:
    """`engine` with names and terms in the form that the glossary and the lexicon in use give them; the gloss has them so."""
    from briefing.spread.crew import ALONE
    from briefing.spread.lines import settled_by
    from briefing.translate.locks.engine import Locking

    return engine if engine.info.name == GLOSS else Locking(engine, settled_by(crew or ALONE))


def with_memory(engine: Engine, memory: Memory) -> Engine:
    """`engine`, asked only for what has Arabic letters and is not in `memory`; exact matches come labelled "reviewed".

    What was reviewed for nearly the same sentence is offered beside the engine's answer and changes nothing of it.
    """
    return _Remembering(engine, memory)


class _Remembering:
    def __init__(self, engine: Engine, memory: Memory) -> None:
        self._engine = engine
        self._memory = memory
        self.info = engine.info
        self.signature = engine.signature

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        found = {source: self._memory.lookup(source) or copied(source) for source in sources}
        missing = [source for source, match in found.items() if match is None]
        made = dict(zip(missing, self._offered(missing), strict=True)) if missing else {}
        return [found[source] or made[source] for source in sources]

    def _offered(self, sources: Sequence[str]) -> Iterator[Translation]:
        for made, near in zip(self._engine.translate(sources), self._memory.near(sources), strict=True):
            yield replace(made, near=near) if near is not None else made


def _factory(name: str) -> Factory:
    target = ENGINES.get(name, name)
    module, colon, function = target.partition(":")
    if not colon:
        raise UsageError(f"There is no translation engine {name!r}", _known())
    try:
        return cast(Factory, getattr(importlib.import_module(module), function))
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(f"The translation engine {name!r} cannot be loaded: {error}", _known()) from error


def _known() -> str:
    return f'Known engines: {", ".join(names())}; or write "package.module:function".'


def _auto(config: Config, notify: Notify) -> Engine:
    """A model that is there, else one bounded attempt to fetch the default, else the gloss, which says why."""
    from briefing.translate import ctranslate2_engine, gloss

    try:
        return ctranslate2_engine.create(config, notify, fetch=True)
    except BriefingError as error:
        found_none = isinstance(error, NoModel)
        reason = "no model found" if found_none else "the model cannot be used"
        notice = f"{gloss.WHAT_IT_IS} Why: {error.message}. {error.next_step or gloss.ADVICE}"
        notify(notice)
        return gloss.create(config, notify, reason, notice)


class NoModel(EngineError):
    """There is no model on this machine, and none could be fetched."""

"""The translation engine a command uses, with the reviewed translations that lie beside its inputs before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.console import Console
from briefing.config import Config, is_store

if TYPE_CHECKING:
    from briefing.spread.hands import Hands
    from briefing.translate.engine import Engine


def opener(
    name: str, inputs: Sequence[Path], config: Config, console: Console, hands: Hands | None = None
) -> Callable[[], Engine]:
    """What opens the engine called `name` ("auto" or a name of the registry), with the memories of the config and `inputs`.

    An engine that is named is opened here, so that a wrong name is said before any work is done; "auto" never fails but may
    ask the network, so it waits until it is called. With `hands` its work is theirs, and is kept in the store if the settings
    have it so. Raises UsageError, EngineError, SpreadError or ConfigError.
    """
    from briefing.translate.engine import AUTO, open_engine
    from briefing.translate.memory import Memory

    memory = Memory.from_files(memories_in_use(inputs, config))
    for problem in memory.problems:
        console.notice(f"{problem.where}: {problem.message}")
    store = config.store_file if hands is not None and config.translate.cache else None
    if name == AUTO:
        return lambda: open_engine(name, config, memory, console.notice, store, hands)
    engine = open_engine(name, config, memory, console.notice, store, hands)
    return lambda: engine


def memories_in_use(inputs: Sequence[Path], config: Config) -> list[Path]:
    """The files that hold the memory for `inputs`, the one that is asked first first. Raises ConfigError or InputError."""
    from briefing.ingest.read import memories
    from briefing.translate.own_memory import memory_files

    return memory_files(config, memories([path for path in inputs if not is_store(path)]))

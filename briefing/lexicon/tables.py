"""The lexicon in use: our tables with a user's laid over them, and whatever is derived from them, each made once.

`use` is called where a command starts; everything else only asks. Whatever is derived from a table and kept is made by a
function under `derived` or `remembered`, so that another lexicon makes it anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar, cast

from briefing.errors import ConfigError
from briefing.lexicon import sources
from briefing.lexicon.conform import broken_rules, flaws
from briefing.lexicon.flaw import Flaw
from briefing.lexicon.overlay import laid
from briefing.lexicon.schema import FILES
from briefing.lexicon.shapes import Table
from briefing.lexicon.sources import Source
from briefing.model import OwnLexicon

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Own:
    """A user's lexicon, and the tables that its files make with ours."""

    info: OwnLexicon
    tables: Mapping[str, Table] = field(compare=False)


_forget: list[Callable[[], None]] = []
_own: Own | None = None


def derived(function: Callable[P, R]) -> Callable[P, R]:
    """`function` with its results kept until another lexicon is used."""
    return remembered(None)(function)


def remembered(most: int | None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The same for at most so many results."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        cached = lru_cache(maxsize=most)(function)
        _forget.append(cached.cache_clear)
        return cast(Callable[P, R], cached)

    return decorate


@derived
def table(name: str) -> Table:
    """A lexicon file (name without .toml) as a table, a user's laid over ours. Tables and lists in it cannot be changed."""
    changed = _own.tables.get(name) if _own is not None else None
    frozen: Table = packaged(name) if changed is None else _frozen(changed)
    return frozen


@cache
def packaged(name: str) -> Table:
    """One of our files as a table that cannot be changed."""
    return _frozen(sources.packaged(name).table)  # type: ignore[no-any-return]


def _frozen(value: Any) -> Any:
    if isinstance(value, MappingProxyType):
        return value
    if isinstance(value, Mapping):
        return MappingProxyType({k: _frozen(v) for k, v in value.items()})
    return tuple(_frozen(v) for v in value) if isinstance(value, (list, tuple)) else value


def own() -> OwnLexicon | None:
    """The user's lexicon that is in use, if any."""
    return _own.info if _own is not None else None


def use(folder: Path | None, topics: Path | None = None) -> OwnLexicon | None:
    """From now on look words up in our lexicon with the user's `folder` over it (None, or one that does not exist: ours alone).

    `topics` is their topics.toml, which lies elsewhere. Raises ConfigError, naming file, line and entry, when a file does not
    fit; then nothing changes.
    """
    _put(read(sources.owned(folder, topics)))
    return own()


@contextmanager
def using(folder: Path | None, topics: Path | None = None) -> Iterator[OwnLexicon | None]:
    """`use`, undone at the end."""
    before = _own
    try:
        yield use(folder, topics)
    finally:
        _put(before)


def _put(new: Own | None) -> None:
    global _own
    if new != _own:
        _own = new
        for forget in _forget:
            forget()


def read(files: Mapping[Path, str]) -> Own | None:
    """A user's lexicon, given its files and what they are called; None when they say nothing.

    Raises ConfigError for the first mistake.
    """
    found = [s for s in map(sources.own, files, files.values()) if s.table]
    tables = {source.name: _laid(source) for source in found}
    digest = hashlib.sha256()
    for source in found:
        digest.update(f"{source.name}\0{len(source.text)}\0{source.text}".encode())
    names = tuple(f"{source.name}.toml" for source in found)
    return Own(OwnLexicon(names, digest.hexdigest()), tables) if found else None


def _laid(source: Source) -> Table:
    sections, ours = FILES[source.name], packaged(source.name)
    if wrong := list(flaws(source.table, sections, ours)):
        raise refusal(source, wrong)
    merged = laid(ours, source.table, sections)
    if wrong := list(broken_rules(merged, sections)):
        raise refusal(source, wrong)
    return merged


def refusal(source: Source, wrong: list[Flaw]) -> ConfigError:
    """The error for mistakes in a user's file: the first of them, and how many more there are."""
    first = wrong[0]
    line = source.line(first.at)
    place = f"{source.label}: " + (f"line {line}: " if line else "")
    more = f" There are {len(wrong) - 1} more: see `briefing lexicon check`." if len(wrong) > 1 else ""
    return ConfigError(f"{place}{first.at.label}: {first.message}", f"{first.next_step}{more}")

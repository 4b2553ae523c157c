"""The kinds of section a lexicon file is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.lexicon.values import Value

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an entry, what may stand there, and whether an entry must have it."""

    name: str
    value: Value
    required: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """`[[name]]`: entries known by the value of the key `by`.

    Without `by` (event terms) an entry is known by the words in its lists `words`, and what a new one leaves out is taken from
    the first entry that is alike in `like`. `rule(entry, file)` says what is wrong with an entry whose keys are right one by one,
    or "".
    """

    name: str
    by: str
    keys: tuple[Key, ...]
    words: tuple[str, ...] = ()
    like: str = ""
    rule: Callable[[Table, Table], str] = lambda row, file: ""


@dataclass(frozen=True, slots=True)
class Entries:
    """`[name]` with `"word" = { … }`."""

    name: str
    word: Value
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """`[name]` with `"word" = value`."""

    name: str
    word: Value
    value: Value


@dataclass(frozen=True, slots=True)
class Lists:
    """`[name]` with one list for each of `names`; `exclusive`: a word stands in one of them only."""

    name: str
    names: tuple[str, ...]
    value: Value
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """`name = [ … ]` at the top of the file."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Weights:
    """`[name.x]` for each of `names`, with `"fact" = number`."""

    name: str
    names: tuple[str, ...]


Section = Rows | Entries | Pairs | Lists | Words | Weights


def nested(keys: tuple[Key, ...]) -> Value:
    """A table inside an entry, with these keys."""
    known = {k.name: k for k in keys}
    must = {k.name for k in keys if k.required}

    def fits(value: object) -> bool:
        if not isinstance(value, dict) or not must <= set(value) <= set(known):
            return False
        return all(known[k].value.fits(v) for k, v in value.items())

    return Value(f"a table of {', '.join(k.name + ('' if k.required else ' (or not)') for k in keys)}", fits)

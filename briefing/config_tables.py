"""A table of briefing.toml -> frozen settings; an unknown key is an error that lists the known ones."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from briefing.errors import ConfigError

NOT_SETTINGS = {"base", "file"}  # fields of the settings that say where they came from
T = TypeVar("T")
_MEND = "Mend it there: a text stands in quotes, a list in square brackets."


class Table(Protocol):
    """Settings of which there may be several, as [[feed]]: each says what is wrong with itself."""

    def mistake(self) -> tuple[str, str] | None:
        """What is wrong with this table, and the next step; None when it can be used."""
        ...


Tables = Mapping[str, type[Table]]  # what each entry of a list of tables becomes, by the key of the list


def read_toml(path: Path, next_step: str = "") -> dict[str, Any]:
    """The table in a TOML file. Raises ConfigError when it cannot be read or parsed."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}", next_step) from error
    except (ValueError, RecursionError) as error:  # bad TOML, bad UTF-8, a number of 5,000 digits, lists 1,000 deep
        raise ConfigError(f"{path}: is not valid TOML: {error}", _MEND) from error


@dataclass(frozen=True, slots=True)
class Filling:
    """Puts what stands in a settings file in the place of defaults; `several` are the lists of tables, as [[feed]].

    Raises ConfigError naming file and key.
    """

    file: Path
    several: Tables

    def fill(self, settings: T, table: Mapping[str, Any], prefix: str = "") -> T:
        """`settings`, a frozen dataclass, with the values of `table`; `prefix` is the key of the table and a dot."""
        known = {f.name: getattr(settings, f.name) for f in fields(settings) if f.name not in NOT_SETTINGS}  # type: ignore[arg-type]
        changes = {}
        for key, value in table.items():
            if key not in known:
                raise self._unknown(prefix + key, [prefix + name for name in known])
            changes[key] = self._value(known[key], value, prefix + key)
        return replace(settings, **changes)  # type: ignore[type-var]

    def _value(self, default: Any, value: Any, key: str) -> Any:
        if is_dataclass(default):
            if not isinstance(value, dict):
                raise self._wrong(f"{key} must be a table", f"Write it as [{key}].")
            return self.fill(default, value, key + ".")
        if isinstance(default, tuple) and key in self.several:
            return self._tables(value, key)
        if isinstance(default, dict):
            return self._lists(value, key)
        if isinstance(default, tuple):
            return self._strings(value, key)
        if type(value) is not type(default):
            raise self._wrong(f"{key} must be {_KINDS[type(default)]}, not {value!r}", f"The default is {default!r}.")
        return self._printable(value, key) if isinstance(value, str) else value

    def _strings(self, value: Any, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            example = "seeds" if key == "inputs" else "…"
            raise self._wrong(f"{key} must be a list of strings", f'For example: {key} = ["{example}"]')
        return tuple(self._printable(v, key) for v in value)

    def _tables(self, value: Any, key: str) -> tuple[Table, ...]:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self._wrong(f"{key} must be a list of tables", f'Write [[{key}]] and below it url = "https://…".')
        found = tuple(self.fill(self.several[key](), entry, f"{key}.") for entry in value)
        for n, entry in enumerate(found, 1):
            if (wrong := entry.mistake()) is not None:
                raise self._wrong(f"{key} {n}: {wrong[0]}", wrong[1])
        return found

    def _lists(self, value: Any, key: str) -> dict[str, tuple[str, ...]]:
        """A table whose keys are the user's own names, each with a list of strings."""
        if not isinstance(value, dict):
            raise self._wrong(f"{key} must be a table", f'Write [{key}] and below it desk = ["a@example.org"].')
        return {self._printable(name, key): self._strings(members, f"{key}.{name}") for name, members in value.items()}

    def _printable(self, value: str, key: str) -> str:
        if any(ord(c) < 32 for c in value):  # no file name may hold a zero, and no title a line feed
            raise self._wrong(f"{key} holds a control character: {value!r}", "Take it out.")
        return value

    def _unknown(self, key: str, known: list[str]) -> ConfigError:
        close = difflib.get_close_matches(key, known, 1)
        hint = f"Did you mean {close[0]}? " if close else ""
        return self._wrong(f"unknown key {key}", f"{hint}Known keys: {', '.join(known)}.")

    def _wrong(self, what: str, next_step: str) -> ConfigError:
        return ConfigError(f"{self.file}: {what}", next_step)


_KINDS: Mapping[type, str] = {str: "a string", int: "a whole number", bool: "true or false"}

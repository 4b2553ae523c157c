"""The fixed words of a brief in a language: templates/words.<language>.toml, with the user's own entries over ours.

Words are data, and a trusted part of the templates: Markdown with {names} to fill in. What a number stands in has a form for
each plural category of the language (https://cldr.unicode.org/index/cldr-spec/plural-rules); the rule is data in the same file.
"""

from __future__ import annotations

import difflib
import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from briefing.errors import ConfigError
from briefing.resources import packaged

ENGLISH = "en"
TITLE = "Monday brief"  # of a brief whose settings give none; the words have it in each language
LANGS = ("en", "ar")
OWN = "own."  # before the keys of words for the user's own templates
_OTHER = "other"

Forms = Mapping[str, str]  # plural category -> words
Words = str | tuple[str, ...] | Forms


class WordsError(ConfigError):
    """A template or the program asks for words that the table does not have."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a plural rule: numbers `first` to `last` (their remainders by `modulo`, unless it is 0) are of the category."""

    category: str
    first: int
    last: int
    modulo: int

    def holds(self, n: int) -> bool:
        """Whether `n` is of this category."""
        return self.first <= (n % self.modulo if self.modulo else n) <= self.last


@dataclass(frozen=True, eq=False)
class Language:
    """The words of one language. `direction` is "ltr" or "rtl", `file` the name of the table."""

    code: str
    direction: str
    plural: tuple[Row, ...]
    words: Mapping[str, Words]

    @property
    def file(self) -> str:
        """The name of the file that a user's own words stand in."""
        return _name(self.code)

    def __contains__(self, key: str) -> bool:
        return key in self.words

    def text(self, key: str, **values: object) -> str:
        """The words called `key` ("header.used") with their {names} filled in; of several forms the one for the number `n`.

        Numbers are written with thousands marks. Raises WordsError for an unknown key or a value that is missing.
        """
        shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        try:
            return self.pattern(key, values.get("n")).format(**shown)
        except KeyError as error:
            raise WordsError(f"{self.file}: {key}: nothing is given for {{{error.args[0]}}}", "Take it out.") from error

    def pattern(self, key: str, n: object = None) -> str:
        """The words called `key` before anything is filled in. Raises WordsError."""
        found = self._found(key)
        if isinstance(found, Mapping):
            if not isinstance(n, int):
                raise WordsError(f"{self.file}: {key} has plural forms, and no number n is given", "Give it.")
            return found[self.category(n)]
        if isinstance(found, str):
            return found
        raise WordsError(f"{self.file}: {key} is a list", "Ask for one of its words by number.")

    def row(self, key: str) -> tuple[str, ...]:
        """A list of words, such as the names of the months. Raises WordsError."""
        found = self._found(key)
        if not isinstance(found, tuple):
            raise WordsError(f"{self.file}: {key} is no list", "Write it as a list.")
        return found

    def category(self, n: int) -> str:
        """The plural category of a number: "one", "two", "few", ... or "other"."""
        return next((row.category for row in self.plural if row.holds(n)), _OTHER)

    def categories(self) -> tuple[str, ...]:
        """All plural categories of the language."""
        return (*dict.fromkeys(row.category for row in self.plural if row.category != _OTHER), _OTHER)

    def _found(self, key: str) -> Words:
        try:
            return self.words[key]
        except KeyError:
            close = difflib.get_close_matches(key, self.words, 1)
            hint = f"Did you mean {close[0]}? " if close else ""
            step = f"{hint}Words of your own stand under [own] in templates/{self.file}."
            raise WordsError(f"{self.file} has no words called {key}", step) from None


def contrary(lang: str, layout: str) -> tuple[str, str] | None:
    """What is wrong with a language of the settings, by itself or with the layout, and the next step; None when all is well."""
    if lang not in LANGS:
        return f"lang is {lang!r}", f"Choose from {', '.join(LANGS)}."
    if lang == "ar" and layout == "en":
        return 'layout "en" leaves the Arabic to the annex, which lang "ar" puts first', 'Take layout "bilingual", or lang "en".'
    return None


def english() -> Language:
    """Our own English words: those of brief.json and of the command line, whatever language a brief is printed in."""
    return _ours(ENGLISH)


def language(code: str, folders: Sequence[Path]) -> Language:
    """The words of a language with the user's own over ours: `folders` are those of the templates, first wins.

    Raises ConfigError naming the file and the key.
    """
    ours = _ours(code)
    words = dict(ours.words)
    for folder in reversed(folders):
        path = folder / _name(code)
        if path.is_file() and path.resolve() != (packaged("templates") / _name(code)).resolve():
            words |= _checked(dict(_flat(_read(path))), ours, path)
    return Language(code, ours.direction, ours.plural, words)


def names_in(words: Words) -> frozenset[str]:
    """The {names} that words ask for, in any of their forms."""
    each = [words] if isinstance(words, str) else list(words.values()) if isinstance(words, Mapping) else list(words)
    return frozenset(name for text in each for _, name, _, _ in string.Formatter().parse(text) if name)


def _name(code: str) -> str:
    return f"words.{code}.toml"


@cache
def _ours(code: str) -> Language:
    table = _read(packaged("templates") / _name(code))
    direction, rows = table.pop("direction"), table.pop("plural")
    plural = tuple(Row(row["category"], row["from"], row["to"], row.get("modulo", 0)) for row in rows)
    return Language(code, direction, plural, dict(_flat(table)))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}", "Mend it, or delete it to use the packaged words.") from error


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(section.key, words) of every entry."""
    for section, entries in table.items():
        if not isinstance(entries, Mapping):
            yield section, entries
            continue
        for key, words in entries.items():
            yield f"{section}.{key}", tuple(words) if isinstance(words, list) else words


def _checked(own: dict[str, Any], ours: Language, path: Path) -> dict[str, Words]:
    """The user's words, if they can stand for ours. Raises ConfigError."""
    for key, words in own.items():
        fault = _fault(key, words, ours)
        if fault is not None:
            raise ConfigError(f"{path}: {key}: {fault[0]}", fault[1])
    return own


def _fault(key: str, words: Any, ours: Language) -> tuple[str, str] | None:
    """What is wrong with an entry of the user's and the next step."""
    if key not in ours and not key.startswith(OWN):
        close = difflib.get_close_matches(key, ours.words, 1)
        return "no such words", (f"Did you mean {close[0]}? " if close else "") + "Words of your own stand under [own]."
    if not _is_words(words):
        return "is neither text, a list of texts nor plural forms", 'Write it as key = "words".'
    wanted = set(ours.categories())
    if isinstance(words, dict) and set(words) != wanted:
        return f"needs the forms {', '.join(ours.categories())}", "Give each of them, and no other."
    try:
        unknown = names_in(words) - (names_in(ours.words[key]) if key in ours else names_in(words))
    except ValueError as error:
        return f"cannot be filled in: {error}", "Write a brace that is no name twice: {{."
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in sorted(names_in(ours.words[key]))) or "nothing"
        return f"nothing is given for {', '.join(sorted(unknown))}", f"It can be filled with: {known}."
    return _other_kind(words, ours.words.get(key))


def _other_kind(words: Words, ours: Words | None) -> tuple[str, str] | None:
    if isinstance(ours, tuple) and (not isinstance(words, tuple) or len(words) != len(ours)):
        return f"must be a list of {len(ours)} texts", "Give each of them."
    if isinstance(ours, str) and not isinstance(words, str):
        return "must be one text", 'Write it as key = "words".'
    if isinstance(ours, Mapping) and not isinstance(words, dict | str):
        return "must be plural forms", "Give a text for each."
    return None


def _is_words(words: Any) -> bool:
    values = words.values() if isinstance(words, dict) else words if isinstance(words, tuple) else [words]
    return all(isinstance(one, str) for one in values)

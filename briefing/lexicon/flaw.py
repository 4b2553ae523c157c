"""A mistake in a lexicon file: where it is, what it is, what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.arabic.fold import key
from briefing.lexicon.shapes import Rows, Table


@dataclass(frozen=True, slots=True)
class At:
    """Where in a file: a section, which entry of it (counted from 0), and the entry's name or the word that is meant."""

    section: str = ""
    row: int | None = None
    name: str = ""

    @property
    def label(self) -> str:
        """As it stands in a message: «person sergei_lavrov», «units 3»."""
        return f"{self.section} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in a table, and what to do about it."""

    at: At
    message: str
    next_step: str


def folded(words: object) -> str:
    """A word or phrase as two entries are compared: folded, one space between words."""
    return " ".join(filter(None, (key(w) for w in str(words).split())))


def name_of(row: Table, section: Rows) -> str:
    """What an entry is known by within its section; identifiers as they stand, Arabic words folded."""
    value = row.get(section.by, "") if section.by else ""
    return str(value) if section.by == "id" else folded(value)


def hint(name: str, known: Iterable[str], what: str = "Known keys") -> str:
    """The next step for a name that is not known: the nearest one, and all there are."""
    known = list(known)
    close = difflib.get_close_matches(name, known, 1)
    return (f"Did you mean {close[0]}? " if close else "") + f"{what}: {', '.join(known)}."


def short(value: object) -> str:
    """A value in a message, cut where it is long."""
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"

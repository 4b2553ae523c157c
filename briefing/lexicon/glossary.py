"""The user's glossary.toml: how names and terms stand in English, before all that the lexicon knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from briefing.arabic.lexicon import PERSON, TERM, Entry, Lexicon, Match
from briefing.arabic.tokens import Token
from briefing.config_tables import read_toml
from briefing.errors import ConfigError
from briefing.lexicon.conform import broken_rules, flaws
from briefing.lexicon.flaw import Flaw
from briefing.lexicon.schema import GLOSSARY, GLOSSARY_SECTIONS
from briefing.lexicon.shapes import Table
from briefing.lexicon.sources import Source

_KINDS = {"name": PERSON, "term": TERM}


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a glossary says: `count` entries, of kind PERSON (any name) or TERM. `sha256` is of its text, "" for none."""

    sha256: str = ""
    count: int = 0
    words: Lexicon = field(default_factory=lambda: Lexicon(()), compare=False)

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """The entries in a tokenised text, left to right, longest first, without overlap."""
        return self.words.find(tokens) if self.sha256 else []


NONE = Glossary()
_used = NONE


def in_use() -> Glossary:
    """The glossary that was put to use last; an empty one when there is none."""
    return _used


def use(path: Path | None) -> Glossary:
    """From now on names and terms stand as this file says (None: as the lexicon says).

    Raises ConfigError, naming file, line and entry, when it is not of the right form; then nothing changes.
    """
    global _used
    _used = read(path) if path is not None else NONE
    return _used


@contextmanager
def using(path: Path | None) -> Iterator[Glossary]:
    """`use`, undone at the end."""
    global _used
    before = _used
    try:
        yield use(path)
    finally:
        _used = before


def read(path: Path) -> Glossary:
    """The glossary in a file; an empty one is as none.

    Raises ConfigError, naming file, line and entry, when it is not of the right form.
    """
    table = read_toml(path, "Mend the file, or take paths.glossary out of the settings.")
    text = path.read_bytes().decode("utf-8-sig")
    source = Source(GLOSSARY, str(path), text, table)
    if wrong := _wrong(table):
        raise _refusal(source, wrong)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    entries = list(_entries(table))
    return Glossary(digest, len(entries), Lexicon(entries)) if entries else NONE


def _wrong(table: Table) -> Flaw | None:
    """The first mistake: of form, and where there is none, of sense."""
    formal = next(flaws(table, GLOSSARY_SECTIONS, {}), None)
    return formal or next(broken_rules(table, GLOSSARY_SECTIONS), None)


def _entries(table: Table) -> Iterator[tuple[Entry, Sequence[str]]]:
    for section, kind in _KINDS.items():
        for row in table.get(section, ()):
            yield Entry(row["ar"], kind, row["ar"], row["en"], _kept(row)), [row["ar"], *row.get("forms", ())]


def _kept(row: Table) -> Mapping[str, object]:
    return {name: row[name] for name in ("variants", "also", "plural") if name in row}


def _refusal(source: Source, wrong: Flaw) -> ConfigError:
    line = source.line(wrong.at)
    place = f"{source.label}: " + (f"line {line}: " if line else "")
    return ConfigError(f"{place}{wrong.at.label}: {wrong.message}", wrong.next_step)

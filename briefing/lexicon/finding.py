"""What `briefing lexicon check` has to say, and where in which file the thing it speaks of stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.lexicon import sources
from briefing.lexicon.flaw import At, Flaw, folded
from briefing.lexicon.schema import FILES
from briefing.lexicon.shapes import Entries, Lists, Pairs, Rows, Section, Table, Words
from briefing.lexicon.sources import Source
from briefing.lexicon.values import Value


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: the file, the line (None where it cannot be told), the entry, what is wrong, what to do."""

    file: str
    line: int | None
    entry: str
    message: str
    next_step: str

    @property
    def place(self) -> str:
        """`file:line: entry`, as far as it is known."""
        return ": ".join(filter(None, (self.file + (f":{self.line}" if self.line else ""), self.entry)))


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an entry that is looked for in articles: where it stands, under which key, and what it may be."""

    at: At
    key: str
    text: str
    value: Value


def of_flaw(source: Source, flaw: Flaw) -> Finding:
    """A flaw of a file."""
    return Finding(source.label, source.line(flaw.at), flaw.at.label, flaw.message, flaw.next_step)


class Files:
    """The files that a lexicon is made of, the user's before ours, and where in them something stands."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self._held: dict[tuple[str, str, str], tuple[Source, At]] = {}
        for source in sources:
            for at in _entries(source):
                self._held.setdefault((source.name, at.section, folded(at.name)), (source, at))

    def finding(self, file: str, section: str, name: str, message: str, next_step: str) -> Finding:
        """A finding about the entry `name` (or the list, or the word) of a section."""
        source, at = self._found(file, section, name)
        return Finding(source.label, source.line(at), At(section, name=name).label, message, next_step)

    def place(self, file: str, section: str, name: str) -> str:
        """Where an entry stands, as `file:line`."""
        source, at = self._found(file, section, name)
        line = source.line(at)
        return source.label + (f":{line}" if line else "")

    def _found(self, file: str, section: str, name: str) -> tuple[Source, At]:
        if held := self._held.get((file, section, folded(name))):
            return held
        of_name = [s for s in self.sources if s.name == file]
        return next((s for s in of_name if f'"{name}"' in s.text), of_name[0]), At(section, name=name)


def in_use(folder: Path | None, topics: Path | None = None) -> Files:
    """The files of the lexicon in use, given the user's folder and topics.toml (or None)."""
    own = [sources.own(path, name) for path, name in sources.owned(folder, topics).items()]
    return Files([*own, *(sources.packaged(name) for name in FILES)])


def _entries(source: Source) -> Iterator[At]:
    for section in FILES[source.name]:
        held = source.table.get(section.name)
        if isinstance(section, Rows):
            yield from (At(section.name, n, name) for n, row in enumerate(held or ()) for name in _names(row, section))
        elif isinstance(section, (Entries, Pairs)):
            yield from (At(section.name, name=word) for word in held or ())


def _names(row: Table, section: Rows) -> list[str]:
    """What an entry is known by; where that is its words, each of them after what it is ("CLASH معركة")."""
    if section.by:
        return [str(row.get(section.by, ""))]
    return [f"{row.get(section.like, '')} {word}" for name in section.words for word in row.get(name, ())]


def texts(source: Source) -> Iterator[Text]:
    """Every text of a file that is looked for in articles. The file has the form of its schema."""
    for section in FILES[source.name]:
        if section.name in source.table:
            yield from _texts(section, source.table[section.name])


def _texts(section: Section, held: object) -> Iterator[Text]:
    if isinstance(section, Rows) and isinstance(held, list):
        for n, row in enumerate(held):
            at = At(section.name, n, str(row.get(section.by or section.like, "")))
            for key in section.keys:
                yield from _of(at, key.name, row.get(key.name), key.value)
    elif isinstance(section, Lists) and isinstance(held, dict):
        for name, words in held.items():
            yield from _of(At(section.name, name=name), name, words, section.value)
    elif isinstance(section, Entries) and isinstance(held, dict):
        for word, row in held.items():
            yield from _in_entry(word, row, section)
    elif isinstance(section, Pairs) and isinstance(held, dict):
        for word in held:
            yield from _of(At(section.name, name=word), "the word", word, section.word)
    elif isinstance(section, Words):
        yield from _of(At(section.name), section.name, held, section.value)


def _in_entry(word: str, row: Table, section: Entries) -> Iterator[Text]:
    at = At(section.name, name=word)
    yield from _of(at, "the word", word, section.word)
    for key in section.keys:
        yield from _of(at, key.name, row.get(key.name), key.value)


def _of(at: At, key: str, held: object, value: Value) -> Iterator[Text]:
    if value.script and held is not None:
        yield from (Text(at, key, str(text), value) for text in (held if isinstance(held, list) else [held]))


def grouped(found: Iterator[Text]) -> Mapping[tuple[At, str], list[Text]]:
    """Texts by the list they stand in; an entry's name and its other spellings are one list."""
    lists: dict[tuple[At, str], list[Text]] = {}
    for text in found:
        lists.setdefault((text.at, "forms" if text.key == "ar" else text.key), []).append(text)
    return lists

"""Translation memory: reviewed English for exact sentences, and what was reviewed for nearly the same one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.model import Near, Problem, Translation
from briefing.translate.entry import Entry, source_key
from briefing.translate.tmx import read_tmx

if TYPE_CHECKING:
    from briefing.translate.near import NearIndex


class Memory:
    """Reviewed translations by source sentence.

    It is made of files (or lists) in the order in which they are asked: the first that has a sentence decides. Where entries of
    one file differ, the one with the latest changedate counts, among equals (or without a date) the one read last; `problems`
    names each such source.
    """

    def __init__(self, *layers: Iterable[Entry]) -> None:
        """A memory of `layers`, the one that is asked first first, each in the order it was read."""
        self._entries: dict[str, Entry] = {}
        self._index: NearIndex | None = None
        problems: list[Problem] = []
        for layer in layers:
            entries, found = resolved(layer)
            problems += found
            for key, entry in entries.items():
                self._entries.setdefault(key, entry)
        self.problems: tuple[Problem, ...] = tuple(problems)

    @classmethod
    def from_files(cls, paths: Iterable[Path | str]) -> Memory:
        """The memory in these TMX files, the first asked first. Raises ConfigError naming the file that cannot be read."""
        return cls(*(read_tmx(Path(path)).entries for path in paths))

    def lookup(self, source: str) -> Translation | None:
        """The reviewed translation of exactly this sentence (see `source_key`), or None."""
        entry = self._entries.get(source_key(source))
        return Translation(entry.en, f"memory:{entry.file}", "reviewed") if entry else None

    def near(self, sources: Sequence[str]) -> list[Near | None]:
        """For each source the reviewed sentence that is nearest to it, where one is near enough (see near.py)."""
        from briefing.translate.near import NearIndex

        if not self._entries:
            return [None] * len(sources)
        if self._index is None:
            self._index = NearIndex(self._entries)
        return [self._index.nearest(source) for source in sources]

    def __len__(self) -> int:
        """How many different sources there are."""
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        """The entries that count, in the order their sources were first read."""
        return iter(self._entries.values())


def resolved(entries: Iterable[Entry]) -> tuple[dict[str, Entry], list[Problem]]:
    """The entries of one file that count, by `source_key`, and a Problem for each that has a rival."""
    kept: dict[str, Entry] = {}
    problems: list[Problem] = []
    for new in entries:
        key = source_key(new.ar)
        old = kept.get(key)
        winner = new if old is None or new.changed >= old.changed else old
        if key:
            kept[key] = winner
        if old is not None and old.en != new.en:
            message = f"Two translations of «{new.ar[:60]}»; used is the later: {winner.en[:80]}"
            problems.append(Problem(new.file, message, "Keep one of them."))
    return kept, problems

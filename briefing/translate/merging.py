"""Taking reviewed pairs into a memory that has some already: what is new, the same, changed or not decided. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from briefing.translate.entry import Entry, source_key


class Fate(Enum):
    """What became of a pair that was to be taken in."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "the same"
    OLDER = "older than what is there"
    UNDECIDED = "no later than what is there, as far as their dates say"


@dataclass(frozen=True, slots=True)
class Step:
    """One pair that was to be taken in, what stood there before (None for a new one), and what became of it."""

    entry: Entry
    before: Entry | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Merged:
    """The memory afterwards, by `source_key`, and each step in order."""

    entries: Mapping[str, Entry]
    steps: tuple[Step, ...]

    def count(self, fate: Fate) -> int:
        """How many pairs had this fate."""
        return sum(step.fate is fate for step in self.steps)


def merged(memory: Mapping[str, Entry], new: Iterable[Entry], replace: bool = False) -> Merged:
    """`memory` with the `new` pairs taken in, in order.

    Another English for a sentence that is there takes its place when both are dated and it is the later; where the dates do not
    decide (one has none, or they are equal), what is there stays. With `replace` it takes its place whatever the dates.
    """
    entries = dict(memory)
    steps = []
    for entry in new:
        key = source_key(entry.ar)
        if key:
            step = Step(entry, entries.get(key), _fate(entries.get(key), entry, replace))
            if step.fate in (Fate.NEW, Fate.CHANGED):
                entries[key] = entry
            steps.append(step)
    return Merged(entries, tuple(steps))


def _fate(old: Entry | None, new: Entry, replace: bool) -> Fate:
    if old is None:
        return Fate.NEW
    if old.en == new.en:
        return Fate.SAME
    if replace:
        return Fate.CHANGED
    if not (old.changed and new.changed) or new.changed == old.changed:
        return Fate.UNDECIDED
    return Fate.CHANGED if new.changed > old.changed else Fate.OLDER

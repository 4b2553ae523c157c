"""Reviewed pairs as a person gives them: on the command line, or one in a line with a tab between."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from briefing.errors import InputError
from briefing.plain_lines import read_lines
from briefing.translate.entry import Entry, source_key, writable
from briefing.translate.segments import copied

_NEXT = "Give the Arabic first, then its English."


def now() -> str:
    """The time as TMX writes it."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def one_pair(place: str, arabic: str, english: str, changed: str, author: str) -> Entry:
    """The entry for a pair; `place` names it in errors. Raises InputError for an empty side and for sides the wrong way round."""
    ar, en = writable(arabic).strip(), writable(english).strip()
    if not source_key(ar) or not source_key(en):
        raise InputError(f"{place}: {'the English' if source_key(ar) else 'the Arabic'} is empty", _NEXT)
    if copied(ar) is not None and copied(en) is None:
        raise InputError(f"{place}: the Arabic stands where the English should", _NEXT)
    return Entry(ar, en, place, changed, author)


def tabbed_pairs(path: Path, changed: str, author: str) -> list[Entry]:
    """The pairs of a text file ("-": standard input), one in a line with a tab between; blank lines are passed over.

    Raises InputError naming the line that is no pair.
    """
    entries = []
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        sides = line.split("\t")
        if len(sides) != 2:
            raise InputError(f"{path}: line {number}: has {len(sides) - 1} tabs, not one", _NEXT)
        entries.append(one_pair(f"{path}: line {number}", sides[0], sides[1], changed, author))
    return entries

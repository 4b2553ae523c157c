"""What the first lines of a corrected brief's mail say: which brief it replaces, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from briefing.deliver.changes import Changes, Said, changes
from briefing.deliver.contents import shortened
from briefing.language import english
from briefing.render.words import moment_text
from briefing.store.deliveries import Delivery

LINES = 15  # of each sort; the brief itself has them all
TEXT = 300  # code points of a line


@dataclass(frozen=True, slots=True)
class Altered:
    """An item that says something else now: its number in the new brief, and what was and is said."""

    id: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines of one sort, the number of all of them, and how many of them are not shown."""

    lines: tuple[Altered, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class Correction:
    """Which brief is replaced: of which week, sent when (in words), the first digits of its brief.json's SHA-256; what changed.

    `sure` is False when it is not known whether it arrived, `known` when it is no longer kept, so that nothing can be said of
    what changed. `elsewhere` names other parts that changed. In `added` the `was` is empty, in `removed` the `now` is.
    """

    week: str
    sent: str
    digest: str
    sure: bool
    known: bool
    added: Shown
    removed: Shown
    changed: Shown
    elsewhere: tuple[str, ...]


def correction(earlier: Delivery, was: Mapping[str, Any] | None, now: Mapping[str, Any], zone: ZoneInfo) -> Correction:
    """The words for a brief that replaces the one of `earlier`; `was` is the brief.json of that one, None when not kept."""
    found = changes(was, now) if was is not None else Changes((), (), (), ())
    moment = datetime.fromisoformat(earlier.sent or earlier.changed).astimezone(zone)
    return Correction(
        earlier.week, moment_text(moment.isoformat(timespec="minutes"), english()), earlier.digest[:12], earlier.copies > 0,
        was is not None,
        _shown([Altered(one.id, "", _text(one)) for one in found.added]),
        _shown([Altered(one.id, _text(one), "") for one in found.removed]),
        _shown([_altered(pair.was, pair.now) for pair in found.changed]),
        found.elsewhere,
    )  # fmt: skip


def _altered(was: Said, now: Said) -> Altered:
    return Altered(now.id, _with_date(was, now), _with_date(now, was))


def _with_date(one: Said, other: Said) -> str:
    """The item's line, with its date where that alone tells the two apart."""
    if one.en != other.en or one.when == other.when:
        return _text(one)
    value, earliest, latest = one.when
    return f"{_text(one)} (date: {value or _span(earliest, latest)})"


def _span(earliest: str | None, latest: str | None) -> str:
    if earliest and latest:
        return f"between {earliest} and {latest}"
    return f"from {earliest}" if earliest else f"until {latest}" if latest else "none"


def _text(one: Said) -> str:
    return shortened(one.en or one.ar, TEXT)


def _shown(lines: Sequence[Altered]) -> Shown:
    return Shown(tuple(lines[:LINES]), len(lines))

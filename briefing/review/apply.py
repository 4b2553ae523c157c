"""Readings and revisions -> the readings as reviewed: rejected items are gone, corrected ones say what a person said.

All that a brief makes of items (merging, highlights, counts, differences, the ledger) comes after this, and so follows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from briefing.brief_model import Brief, Line
from briefing.item_model import Agreement, Count, Event, Item, Reading, Statement
from briefing.model import When
from briefing.review import standpoint
from briefing.review.identity import key, seen
from briefing.review.lines import relined, reworded
from briefing.review.standpoint import Said
from briefing.review_model import BriefReview, Corrected, Mark, Review
from briefing.store.revisions import Revision, Standing, digest, standing
from briefing.translate.checks.line import figures

T = TypeVar("T", Statement, Agreement, Event)
_CORRECTS = {"speaker": "speaker", "date": "date", "count": "counts", "english": "en"}  # field of a revision -> of the item
_BY = " (according to "
_OF_TRANSLATION = ("translation_",)  # flags of a translation: these, and those of a check ("number: …")


def revised(readings: Sequence[Reading], revisions: Iterable[Revision]) -> tuple[tuple[Reading, ...], BriefReview | None]:
    """The readings as reviewed, each item marked with its key, and what the review comes to; None when nothing stands."""
    rows = tuple(revisions)
    stands = standing(rows)
    done = tuple(_revised(reading, stands) for reading in readings)
    if not stands:
        return done, None
    met = {key(item) for reading in readings for item in _all(reading)}
    gone = sorted(k for k in met & stands.keys() if standpoint.rejected(stands[k]))
    items = len({stands[k][standpoint.VERDICT].action for k in gone})
    return done, BriefReview(digest(rows), items, tuple(gone), tuple(sorted(stands.keys() - met)))


def _all(reading: Reading) -> Iterator[Item]:
    yield from reading.statements
    yield from reading.agreements
    yield from reading.events


def _revised(reading: Reading, stands: Standing) -> Reading:
    marks: dict[str, Mark] = {}
    said = _items(reading.statements, stands, marks)
    agreed = _items(reading.agreements, stands, marks)
    happened = _items(reading.events, stands, marks)
    return replace(reading, statements=said, agreements=agreed, events=happened, marks=marks)


def _items(items: Iterable[T], stands: Standing, marks: dict[str, Mark]) -> tuple[T, ...]:
    kept: list[T] = []
    for item in items:
        said = stands.get(key(item), {})
        if not standpoint.rejected(said):
            now = _corrected(item, said)
            marks[item.id] = Mark(key(item), seen(item), _review(item, now, said))
            kept.append(now)
    return tuple(kept)


def _review(was: Item, now: Item, said: Said) -> Review | None:
    state = standpoint.state(said, seen(was))
    if state is None:
        return None
    latest = standpoint.latest(said)
    told = [name for field, name in _CORRECTS.items() if field in said]
    fields = [name for name in told if getattr(was, name, None) != getattr(now, name, None)]
    return Review(state, latest.who, latest.made, tuple(Corrected(name, getattr(was, name)) for name in fields))


def _corrected(item: T, said: Said) -> T:
    """The item as a person corrected it; what its kind has no field for changes nothing."""
    value = {name: row.value for name, row in said.items()}
    changes: dict[str, Any] = {}
    if "speaker" in value and isinstance(item, Statement):
        changes["speaker"] = replace(item.speaker, **value["speaker"])
    if "date" in value:
        changes["date"] = When(**value["date"])
    if "count" in value and isinstance(item, Event):
        changes["counts"] = _counted(item.counts, value["count"])
    now = replace(item, **changes)
    now = replace(now, en=relined(item, now))
    english = value.get("english", {})
    return _in_english(now, english["ar"], english["en"]) if english.get("of") == "item" else now


def _in_english(item: T, arabic: str, english: str) -> T:
    """The item in the words of a person, whose figures are held against the Arabic like a machine's."""
    kept: tuple[str, ...] = tuple(flag for flag in item.flags if not flag.startswith(_OF_TRANSLATION) and ": " not in flag)
    return replace(item, en=reworded(item, english), flags=kept + figures(arabic, english))


def _counted(counts: Iterable[Count], corrections: Iterable[dict[str, Any]]) -> tuple[Count, ...]:
    """The counts with new numbers where one was corrected, which is known by what is counted and the number that was read."""
    new = {(one["what"], *one["was"]): one for one in corrections}
    return tuple(
        replace(c, number=one["number"], qualifier=one["qualifier"])
        if (one := new.get((counted_thing(c.what), c.number, c.qualifier)))
        else c
        for c in counts
    )


def counted_thing(what: str) -> str:
    """What a count counts, without who says so."""
    return what.partition(_BY)[0]


# ---------------------------------------------------------------- in the brief


def with_review(brief: Brief, review: BriefReview | None) -> Brief:
    """The brief with the review it was made with, and lines on it under Method."""
    if review is None:
        return brief
    count = review.items
    gone = [Line("method.rejected", (("count", str(count)),))] if count else []
    return replace(brief, review=review, method=(*brief.method, Line("method.reviewed"), *gone))

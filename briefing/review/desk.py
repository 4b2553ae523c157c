"""What the page works with: the brief as it was built, the revisions in the store, and the user's memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from briefing.config import Config
from briefing.deliver.built import Built, built
from briefing.errors import BriefingError, InputError
from briefing.review import standpoint
from briefing.review.cards import Card, cards
from briefing.review.forms import Form, changes
from briefing.review.remembered import forget, held, remember
from briefing.review.required import outdated
from briefing.review.standpoint import Said
from briefing.review_model import State
from briefing.store.database import Database
from briefing.store.revisions import Change, Revision, Revisions, Standing, newest, standing

Status = State | str  # or "rejected", "open"
OPEN, REJECTED = "open", "rejected"


@dataclass(frozen=True, slots=True)
class View:
    """The brief and all that was said of it, at one moment."""

    built: Built
    cards: tuple[Card, ...]
    rows: tuple[Revision, ...]
    stands: Standing

    def said(self, card: Card) -> Said:
        """What stands of an item, by field: of its first telling that anything was said of."""
        return next((self.stands[key] for key in card.keys if key in self.stands), {})

    def status(self, card: Card) -> Status:
        """Where an item stands in the review: open, accepted, corrected, stale or rejected."""
        fields = [self.stands.get(key, {}) for key in card.keys]
        if any(standpoint.rejected(said) for said in fields):
            return REJECTED
        states = [standpoint.state(said, one) for said, key in zip(fields, card.keys, strict=True) for one in card.seen[key]]
        return standpoint.together(states) or OPEN

    def done(self) -> int:
        """How many items were looked at as they stand."""
        return sum(self.status(card) not in (OPEN, "stale") for card in self.cards)

    def newest(self, keys: Collection[str]) -> int:
        """The id of the newest row about these items: what a form must have seen to be taken."""
        return newest(self.rows, keys)

    def history(self, keys: Collection[str]) -> tuple[Revision, ...]:
        """What was said of an item, oldest first, each act once."""
        acts = {row.action: row for row in reversed(self.rows) if row.key in keys}
        return tuple(sorted(acts.values(), key=lambda row: row.id))

    def elsewhere(self) -> tuple[tuple[str, Said], ...]:
        """What stands of items that are not in the brief: rejected before it was built, or told by no article any more."""
        here = {key for card in self.cards for key in card.keys}
        return tuple((key, said) for key, said in self.stands.items() if key not in here)

    def lost(self, key: str) -> bool:
        """Whether no article told an item any more when the brief was built."""
        review = self.built.tree["review"]
        return review is not None and key in review["unmatched"]

    def outdated(self) -> bool:
        """Whether the brief has to be built again for what was said to be in it."""
        return outdated(self.built.tree, self.rows)

    def names(self) -> dict[str, str]:
        """English names of the people, bodies and speakers of the brief, in order, with their Arabic."""
        found = {one["en"]: one["ar"] for one in self.built.tree["names"] if one["kind"] != "place"}
        speakers = (card.item["speaker"] for card in self.cards if card.kind == "statement")
        spoken = {one["en"]: one["ar"] for one in speakers if one["en"] and one["ar"]}
        return dict(sorted({**spoken, **found}.items()))


@dataclass
class Desk:
    """The review of one week's brief by one person. Every method raises BriefingError leaves."""

    config: Config
    week: str
    who: str
    today: date
    _read: tuple[tuple[int, int], Built, tuple[Card, ...]] | None = field(default=None, init=False)

    def view(self) -> View:
        """The brief as it lies there now, with all that was said of it by now."""
        found, shown = self._brief()
        rows: tuple[Revision, ...] = ()
        if self.config.store_file.exists():
            with Database(self.config.store_file) as database:
                rows = Revisions(database).of(found.week)
        return View(found, shown, rows, standing(rows))

    def act(self, act: str, form: Form, card: Card, names: Mapping[str, str], expected: int) -> str:
        """Writes what a form asks for; words on what could not be done besides, or "". Raises store.revisions.Changed."""
        wanted, note = changes(act, form, card, names)
        if act == "english":
            return self._reword(wanted, expected)
        self._add(wanted, expected, note)
        return ""

    def undo(self, keys: Sequence[str], expected: int) -> str:
        """Takes back the newest act on an item, and answers as `act` does. Raises store.revisions.Changed."""
        with Database(self.config.store_file) as database:
            row = Revisions(database).undo(self.week, keys, self.who, expected)
        if row is None:
            return "There was nothing to take back."
        if row.field != "english":
            return ""
        value = row.value
        return _tried(lambda: forget(self.config, value["ar"], value["en"], value["before"], self.who))

    def _reword(self, wanted: Sequence[Change], expected: int) -> str:
        """Edited English: a revision of the item, and a pair of the memory; the revision says what the memory had before."""
        value = wanted[0].value
        try:
            before, trouble = held(self.config, value["ar"]), ""
        except BriefingError as error:
            before, trouble = None, _NOT_REMEMBERED.format(error)
        self._add([replace(change, value={**value, "before": before}) for change in wanted], expected, "")
        return trouble or _tried(lambda: remember(self.config, value["ar"], value["en"], self.who))

    def _add(self, wanted: Sequence[Change], expected: int, note: str) -> None:
        with Database(self.config.store_file) as database:
            Revisions(database).add(self.week, wanted, self.who, expected, note)

    def _brief(self) -> tuple[Built, tuple[Card, ...]]:
        """The brief, read again when the file is another one."""
        path = self.config.base / self.config.out / self.week / "brief.json"
        stamp = _stamp(path)
        if self._read is None or self._read[0] != stamp:
            found = built(self.config, self.week, self.today)
            self._read = (stamp, found, _cards(found, path))
        return self._read[1:]


_NOT_REMEMBERED = "The English counts for this item, but it is not in your memory: {}"


def _cards(found: Built, path: Path) -> tuple[Card, ...]:
    try:
        return cards(found.tree)
    except (LookupError, TypeError) as error:
        raise InputError(f"{path}: says too little of its items for a review", "Build the week again.") from error


def _tried(act: Callable[[], None]) -> str:
    """Does what changes the memory; in words, why that could not be done."""
    try:
        act()
    except BriefingError as error:
        return _NOT_REMEMBERED.format(error)
    return ""


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:  # it is gone: reading it says so
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)

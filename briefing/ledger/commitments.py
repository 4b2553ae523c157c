"""Promises of this and earlier weeks, each once, and where they stand at the end of the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefing.arabic.meetings import Meeting
from briefing.arabic.tokens import bare, tokenise
from briefing.extract.agreement_words import reads, words
from briefing.item_model import Citation
from briefing.ledger.held import Held
from briefing.ledger.phrases import Phrase
from briefing.ledger.uses import PROMISES, Use, meeting_of
from briefing.ledger.wording import compare
from briefing.week import Week, of

State = Literal["fulfilled", "listed", "due", "overdue", "open"]
ORDER: tuple[State, ...] = ("fulfilled", "listed", "due", "overdue", "open")
OVERDUE_WEEKS = 26  # how long what fell due is still asked after
OPEN_WEEKS = 8  # the same for what was promised without a day
LATE = 14  # days: how long after the day that was set a meeting of the parties may be told of and be that one
_SAME_CONTENT = 0.5  # the share of the shorter text's words that an implementation has to have in common with the promise
_FEWEST_COMMON = 2


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise as it stands: the uses that make it, oldest first, and what says that it was kept.

    `kept_by` is the use or sentence that says so; `meeting` is the one that lexicon/meetings.toml lists for it. States:
    "fulfilled" and "listed" (by that list alone) this week, "due" after it, "overdue" and "open" without word of it.
    """

    state: State
    uses: tuple[Use, ...]
    kept_by: Use | Held | None = None
    meeting: Meeting | None = None

    @property
    def kept_as(self) -> str | None:
        """ "meeting" or "implementation"; None when nothing says that it was kept."""
        return None if self.kept_by is None else "meeting" if isinstance(self.kept_by, Held) else "implementation"

    @property
    def use(self) -> Use:
        """The newest use that gives a day, else the newest."""
        dated = [u for u in self.uses if u.due.latest is not None]
        return (dated or self.uses)[-1]


def commitments(now: Sequence[Use], past: Sequence[Use], held: Sequence[Held], week: Week) -> tuple[Commitment, ...]:
    """The promises that stand at the end of `week`: kept this week, falling due, overdue, open; then by day.

    `past` and `now` are what was published before and in the week, `held` the meetings told of in either.
    """
    known = [u for u in (*past, *now) if u.parties]
    groups = _groups([u for u in known if u.item.status in PROMISES])
    found = [c for group in groups if (c := _standing(group, known, held, week)) is not None]
    return tuple(sorted(found, key=_place))


def _place(c: Commitment) -> tuple[int, str, str, tuple[str, str, str, str]]:
    due = c.use.due
    return ORDER.index(c.state), due.latest or "", due.earliest or "", c.uses[0].order


# ---------------------------------------------------------------- one promise told several times


def _groups(promises: Sequence[Use]) -> list[list[Use]]:
    groups: list[list[Use]] = []
    by_parties: dict[frozenset[str], list[list[Use]]] = {}
    for use in sorted(promises, key=lambda u: u.order):
        mine = by_parties.setdefault(use.parties, [])
        group = next((g for g in mine if any(_same(use, other) for other in g)), None)
        if group is None:
            group = []
            mine.append(group)
            groups.append(group)
        group.append(use)
    return groups


def _same(one: Use, other: Use) -> bool:
    """Whether two uses by the same parties are one promise: of one meeting, for one day, or in nearly the same words."""
    if one.round is not None and other.round is not None:
        return one.round == other.round
    if one.due.latest is not None and other.due.latest is not None:
        days = (one.due.earliest, one.due.latest) == (other.due.earliest, other.due.latest)
        return days and one.item.status == other.item.status
    return any(compare(a, b) is not None for a in _own(one) for b in _own(other))


def _own(use: Use) -> Iterator[Phrase]:
    spans = [(c.start, c.end) for c in use.item.citations]
    return (p for p in use.phrases if any(start <= p.start < end for start, end in spans))


# ---------------------------------------------------------------- where it stands


def _standing(group: Sequence[Use], known: Sequence[Use], held: Sequence[Held], week: Week) -> Commitment | None:
    """A promise at the end of the week; None when it was kept before it, or is too old to be asked after."""
    promise = Commitment("open", tuple(group))
    until = week.first.isoformat()
    kept = sorted(_kept(promise, known, held), key=lambda k: (k.last, k.first, k.article.id))
    meeting = meeting_of(promise.use.round) if promise.use.round else None
    if meeting is not None and meeting.last > week.last:
        meeting = None  # what the list says of later days was not known in this week
    if any(k.last < until for k in kept) or (meeting is not None and not kept and meeting.last < week.first):
        return None
    if kept:
        return Commitment("fulfilled", tuple(group), kept[0], meeting)
    if meeting is not None:
        return Commitment("listed", tuple(group), None, meeting)
    return _waiting(promise, week)


def _waiting(promise: Commitment, week: Week) -> Commitment | None:
    due, monday = promise.use.due.latest, week.first.toordinal()
    if due is None:
        new = promise.uses[0].last >= week.first.isoformat()
        return None if new or _day(promise.uses[-1].last) < monday - 7 * OPEN_WEEKS else promise
    if due > week.last.isoformat():
        return Commitment("due", promise.uses)
    return Commitment("overdue", promise.uses) if _day(due) >= monday - 7 * OVERDUE_WEEKS else None


def _kept(promise: Commitment, known: Sequence[Use], held: Sequence[Held]) -> Iterator[Use | Held]:
    """What was published later and says that the promise was kept."""
    made = promise.uses[0]
    for use in known:
        if use.item.status == "implemented" and use.parties == made.parties and use.first > made.last and _of_one(use, made):
            yield use
    if promise.use.item.status == "scheduled" or promise.use.round is not None:
        yield from (one for one in held if _is_it(one, promise))


def _of_one(done: Use, promised: Use) -> bool:
    """Whether what was carried out and what was promised are about the same: half of the words of the shorter, parties apart."""
    one, other = _content(done), _content(promised)
    common = len(one & other)
    return common >= _FEWEST_COMMON and common >= _SAME_CONTENT * min(len(one), len(other))


def _content(use: Use) -> frozenset[str]:
    keys = (t.key for c in use.item.citations for t in tokenise(c.quote) if t.is_word)
    return frozenset(bare(k) for k in keys if len(bare(k)) > 2 and not reads(k, words("frame")) and bare(k) not in use.parties)


def _is_it(one: Held, promise: Commitment) -> bool:
    """Whether a meeting that was held is the promised one: by its number, or by its parties within two weeks of the day set.

    Without number and day it has to be told of in a later week: reports of the meeting that made the promise go on for days.
    """
    made, use = promise.uses[0], promise.use
    if one.first <= made.last:
        return False
    if use.round is not None:
        return use.round in one.rounds
    if not made.parties <= one.named:
        return False
    if use.due.earliest is not None and use.due.latest is not None:
        return use.due.earliest <= one.last and _day(one.first) <= _day(use.due.latest) + LATE
    return of(date.fromisoformat(one.first)) > of(date.fromisoformat(made.last))


def _day(day: str) -> int:
    """A day as a number, which has no last one: a text may name the year 9999."""
    return date.fromisoformat(day).toordinal()


def cited(kept: Use | Held) -> Citation:
    """The words that say that a promise was kept."""
    if isinstance(kept, Use):
        return kept.item.citations[0]
    sentence = kept.sentence
    return Citation(sentence.start, sentence.end, kept.article.document.text[sentence.start : sentence.end], sentence.n)

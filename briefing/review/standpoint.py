"""What a person's revisions of one item come to: rejected, accepted, corrected, or said of another reading of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.review.identity import same
from briefing.review_model import Mark, Review, State
from briefing.store.revisions import REJECT, Revision

VERDICT, ENGLISH = "verdict", "english"
Said = Mapping[str, Revision]  # what stands of one item, by field


def rejected(said: Said) -> bool:
    """Whether the item is to be left out."""
    return VERDICT in said and said[VERDICT].value == REJECT


def state(said: Said, seen: str) -> State | None:
    """What was said of an item that is read as `seen` now; None when nothing was.

    English that a person wrote stands whatever an engine makes of the sentence by now.
    """
    if not said:
        return None
    if not any(same(one, seen, ENGLISH not in said) for one in latest(said).seen):
        return "stale"
    return "corrected" if said.keys() - {VERDICT} else "accepted"


def latest(said: Said) -> Revision:
    """The newest row of what stands."""
    return max(said.values(), key=lambda row: row.id)


def together(states: Sequence[State | None]) -> State | None:
    """What several tellings of one item come to: it is reviewed when all of them are."""
    if not any(states):
        return None
    if None in states or "stale" in states:
        return "stale"
    return "corrected" if "corrected" in states else "accepted"


def entry_review(parts: Sequence[Mark]) -> Review | None:
    """What was said of an item that several articles tell: it is reviewed when each telling of it is."""
    reviews = [part.review for part in parts]
    told = [review for review in reviews if review is not None]
    state = together([review.state if review else None for review in reviews])
    if state is None:
        return None
    latest = max(told, key=lambda review: review.at)
    return replace(latest, state=state, corrected=(reviews[0] or latest).corrected)

"""Whether a brief may go out as reviewed: every item was looked at as it stands, and the brief has all that was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from briefing.deliver.built import Built
from briefing.errors import UnreviewedError
from briefing.review.cards import items
from briefing.store.database import Database
from briefing.store.revisions import Revision, Revisions, digest, standing

_NONE = {"state": "stale"}  # of a brief that an earlier version built too
_LISTED = 10  # items named in an error; the rest are counted


def unreviewed(tree: Mapping[str, Any]) -> list[str]:
    """The ids of the items of a brief.json, in its order, that nobody accepted or corrected as they stand there."""
    return [item["id"] for _, item in items(tree) if (item.get("review") or _NONE)["state"] == "stale"]


def outdated(tree: Mapping[str, Any], revisions: Iterable[Revision]) -> bool:
    """Whether something was said, or taken back, after the brief was built; `revisions` are all of its week."""
    rows = tuple(revisions)
    now = digest(rows) if standing(rows) else None
    return now != (tree["review"]["revisions"] if tree.get("review") else None)


def require_reviewed(built: Built, store: Path) -> None:
    """Raises UnreviewedError, which says what to do, unless all of the brief was reviewed and nothing was said since.

    `store` is the path of the store; a StoreError is raised when it does not work.
    """
    week = "" if built.week == "all" else f" --week {built.week}"
    rows: tuple[Revision, ...] = ()
    if store.exists():
        with Database(store) as database:
            rows = Revisions(database).of(built.week)
    if outdated(built.tree, rows):
        raise UnreviewedError(f"The brief of {built.week} was built before the last edit in review", f"Run: briefing build{week}")
    if open_ := unreviewed(built.tree):
        more = f" and {len(open_) - _LISTED} more" if len(open_) > _LISTED else ""
        many = "1 item" if len(open_) == 1 else f"{len(open_)} items"
        message = f"Not reviewed of {built.week}: {many}: {', '.join(open_[:_LISTED])}{more}"
        raise UnreviewedError(message, f"Run: briefing review --week {built.week}, then briefing build{week}")

"""Earlier weeks as they were reviewed: what was rejected there is no promise, and no event to count this week's against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.ledger.past import Past
from briefing.model import Article
from briefing.review import standpoint
from briefing.review.identity import key
from briefing.selection import week_of
from briefing.store.revisions import Recorded, standing


def without_rejected(past: Sequence[Past], said: Recorded) -> tuple[Past, ...]:
    """The earlier articles without the agreements that were rejected in the review of their own week."""
    gone = {week: {k for k, fields in standing(rows).items() if standpoint.rejected(fields)} for week, rows in said.items()}
    return tuple(_left(one, gone) for one in past) if any(gone.values()) else tuple(past)


def _left(one: Past, gone: Mapping[str, set[str]]) -> Past:
    rejected = gone.get(_week(one.article), set())
    return replace(one, agreements=tuple(d for d in one.agreements if key(d.item) not in rejected)) if rejected else one


def _week(article: Article) -> str:
    return str(week_of(article.published))

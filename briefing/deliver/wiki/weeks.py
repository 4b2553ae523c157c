"""Kept briefs -> everything the pages are made of."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.deliver.wiki.commitments import commitments
from briefing.deliver.wiki.model import Week, WeekBrief, Wiki
from briefing.deliver.wiki.subjects import subjects


def wiki(title: str, briefs: Sequence[WeekBrief]) -> Wiki:
    """The pages of `briefs`, one for each week at most, in any order."""
    newest_first = sorted(briefs, key=lambda brief: brief.week, reverse=True)
    people, promised = subjects(newest_first), commitments(newest_first)
    weeks = tuple(
        Week(
            brief,
            tuple(s for s in people if any(told.week == brief.week for told in s.weeks)),
            tuple(c for c in promised if any(standing.week == brief.week for standing in c.weeks)),
        )
        for brief in newest_first
    )
    return Wiki(title, weeks, people, promised)

"""The week before: its field events, which this week's counts stand against, and its statements, so that repetition is seen.

It is read from the same inputs as the brief, by the rules, and nothing is translated: equal inputs give equal counts,
whatever was built earlier.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.compose.copies import stories
from briefing.compose.event_counts import happened
from briefing.event_model import WeekBefore
from briefing.extract.draft import finish
from briefing.extract.extractor import Found
from briefing.ingest import duplicates
from briefing.item_model import Event, Reading, Statement
from briefing.model import Article, Sentence
from briefing.progress import Track
from briefing.review.apply import revised
from briefing.selection import week_of
from briefing.spread.crew import ALONE, Crew
from briefing.spread.searching import searched
from briefing.store.revisions import Recorded
from briefing.week import Week


def week_before(
    articles: Sequence[Article], week: Week | None, track: Track, said: Recorded | None = None, crew: Crew = ALONE
) -> WeekBefore | None:
    """What those of `articles` that lie in the week before `week` tell, as `crew` reads them; None when there is no such week.

    `said` are the revisions of every week, of which those of that week count.
    """
    if week is None or week.before is None:
        return None
    chosen = [a for a in articles if week_of(a.published) == week.before]
    tracked = zip(track(chosen, f"Counting {week.before}"), searched(chosen, crew), strict=True)
    found = [r for article, search in tracked if (r := _read(article, *search)) is not None]
    reviewed, _ = revised(found, (said or {}).get(str(week.before), ()))
    readings = {r.article.id: r for r in reviewed}
    told = stories(duplicates.groups(chosen), readings)
    spoken = tuple(one.item for story in told for one in story.told if isinstance(one.item, Statement))
    return WeekBefore(week.before, len(told), len(chosen) - len(readings), happened(told), spoken)


def _read(article: Article, cut: tuple[Sentence, ...], found: Found) -> Reading | None:
    """The article with its field events and statements; None when our own code stumbles over it, which is counted."""
    if found.drafts is None:
        return None
    try:
        done = [finish(draft, None, {}) for draft in (*found.drafts.statements, *found.drafts.events)]
    except Exception:
        return None
    said = tuple(item for item in done if isinstance(item, Statement))
    return Reading(article, cut, {}, said, (), tuple(i for i in done if isinstance(i, Event)), found.drafts.mentions)

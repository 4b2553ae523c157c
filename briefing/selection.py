"""Which articles belong to the week, which are undated, and what the reader is told about the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefing.errors import WeekError
from briefing.event_model import WeekBefore
from briefing.ingest.duplicates import Group
from briefing.ingest.stated import STORED
from briefing.model import Article, Problem, Published
from briefing.week import Week, of

UNDATED = "undated"  # the reason of an article left out for want of a date


@dataclass(frozen=True, slots=True)
class Left:
    """An article of the week that is not in the brief: the reason as brief.json has it, and why in words."""

    article: Article
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Articles of the week, undated ones that stand apart, and why others were left out for want of a date.

    `lost` counts the files and entries that gave no article; `groups` say which of those chosen are copies of one text;
    `before` is what the articles of the week before tell; `left` are the articles left out.
    """

    week: Week | None
    dated: tuple[Article, ...]
    undated: tuple[Article, ...]
    problems: tuple[Problem, ...]
    lost: int = 0
    groups: tuple[Group, ...] = ()
    before: WeekBefore | None = None
    left: tuple[Left, ...] = ()


def weeks(articles: Sequence[Article]) -> dict[Week, int]:
    """The weeks that have articles, oldest first, with how many."""
    found: dict[Week, int] = {}
    for article in articles:
        if (week := week_of(article.published)) is not None:
            found[week] = found.get(week, 0) + 1
    return dict(sorted(found.items()))


def week_of(when: Published) -> Week | None:
    """The one week in which the whole range of a publication date lies, or None."""
    if not when.earliest or not when.latest:
        return None
    week = of(date.fromisoformat(when.earliest))
    return week if week.holds(date.fromisoformat(when.earliest), date.fromisoformat(when.latest)) else None


def newest(articles: Sequence[Article]) -> Week:
    """The newest week that has articles. Raises WeekError when no article is dated."""
    found = weeks(articles)
    if not found:
        step = 'State dates in dates.toml beside the files ("name.txt" = "2024-11-12"), or build without --week.'
        raise WeekError("No article has a date that lies in one week", step)
    return max(found)


def select(articles: Sequence[Article], week: Week | None, include_undated: bool) -> Selection:
    """The articles for a brief of `week` (None: all of them). Raises WeekError when nothing belongs to the week."""
    if week is None:
        return Selection(None, _by_date(articles), (), ())
    dated = [a for a in articles if week_of(a.published) == week]
    loose = [a for a in articles if week_of(a.published) is None and _may_be_in(a.published, week)]
    if not dated and not (loose and include_undated):
        raise _empty(week, articles, len(loose))
    problems = tuple(_problem(a, week, include_undated) for a in loose)
    undated = _by_date(loose) if include_undated else ()
    left = () if include_undated else tuple(Left(a, UNDATED, _no_date(a, week)) for a in _by_date(loose))
    return Selection(week, _by_date(dated), undated, problems, left=left)


def _may_be_in(when: Published, week: Week) -> bool:
    low = date.fromisoformat(when.earliest) if when.earliest else None
    high = date.fromisoformat(when.latest) if when.latest else None
    return week.overlaps(low, high)


def _by_date(articles: Sequence[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda a: (a.published.value or a.published.earliest or "", a.document.file, a.id)))


def _problem(article: Article, week: Week, included: bool) -> Problem:
    what = "left out" if not included else "shown among the undated"
    reason = _no_date(article, week)
    title = f" («{article.title.ar}»)" if article.title else ""
    place = "briefing.toml" if article.document.file.startswith(STORED) else "the file"
    step = f'State its date in dates.toml beside {place}: "{_file_name(article)}" = "YYYY-MM-DD"'
    step += "." if included else ", or build with --undated include."
    return Problem(article.document.file + title, f"{what}: {reason}", step)


def _no_date(article: Article, week: Week) -> str:
    when = article.published
    if when.earliest or when.latest:
        return f"its publication date is only known to lie {_range(when)}, which overlaps {week}"
    if when.basis == "conflict":
        return "it is undated: the days its text gives contradict each other"
    return "it is undated: nothing in the file fixes the day it was published"


def _range(when: Published) -> str:
    if when.earliest and when.latest:
        return f"between {when.earliest} and {when.latest}"
    return f"on or after {when.earliest}" if when.earliest else f"on or before {when.latest}"


def _file_name(article: Article) -> str:
    return article.document.file.rsplit("/", 1)[-1]


def _empty(week: Week, articles: Sequence[Article], loose: int) -> WeekError:
    listing = ", ".join(f"{w} ({n})" for w, n in weeks(articles).items()) or "none"
    step = f"Weeks with articles: {listing}."
    if loose:
        step += f" {loose} undated article(s) may belong to it: --undated include shows them."
    return WeekError(f"No article was published in {week}", step)

"""Which of the articles of the week stay in the brief, and why the others are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from briefing.compose.topics import topic_of_article
from briefing.errors import WeekError
from briefing.ingest.duplicates import Group
from briefing.model import Article
from briefing.scope.countries import countries_of
from briefing.scope.kinds import kind_of
from briefing.scope.wanted import Wanted
from briefing.selection import Left, Selection

OUTSIDE = "scope"  # the reason of an article about none of the countries or topics asked for
Reason = tuple[str, str]  # the reason as brief.json has it, and why in words


def scoped(selection: Selection, wanted: Wanted) -> Selection:
    """The selection without what the settings leave out; copies of one text stay together, in doubt in the brief.

    Raises WeekError, saying what was left out for which reason, when nothing stays.
    """
    reasons = _reasons(selection, wanted)
    left = tuple(Left(a, *reasons[a.id]) for a in (*selection.dated, *selection.undated) if a.id in reasons)
    dated, undated = (tuple(a for a in tier if a.id not in reasons) for tier in (selection.dated, selection.undated))
    if left and not dated and not undated:
        raise _nothing(left)
    groups = tuple(group for group in selection.groups if group.used.id not in reasons)
    return replace(selection, dated=dated, undated=undated, groups=groups, left=(*selection.left, *left))


def reason(article: Article, wanted: Wanted) -> Reason | None:
    """Why an article is left out, or None. Whoever names someone of the watchlist is never outside the scope."""
    kind = kind_of(article) if wanted.leave_out else None
    if kind is not None and kind.name in wanted.leave_out:
        return kind.name, kind.why
    if not wanted.countries and not wanted.topics:
        return None
    if wanted.watch.named_in(_texts(article)):
        return None
    return _outside(article, wanted)


def _outside(article: Article, wanted: Wanted) -> Reason | None:
    if wanted.countries and not wanted.countries & (found := countries_of(article)):
        return OUTSIDE, f"about {', '.join(sorted(found))}" if found else "about no country"
    if wanted.topics and (topic := topic_of_article(article).topic).id not in wanted.topics:
        return OUTSIDE, f"topic: {topic.en}"
    return None


def _texts(article: Article) -> list[str]:
    return [*([article.title.ar] if article.title else []), *(s.within(article.document.text) for s in article.kept)]


def _reasons(selection: Selection, wanted: Wanted) -> dict[str, Reason]:
    """The reasons of the articles that go: those that stand alone, and groups all of whose articles have one."""
    own = {a.id: reason(a, wanted) for a in (*selection.dated, *selection.undated)}
    kept = {a.id for g in selection.groups if not all(map(_found_in(own), _members(g))) for a in _members(g)}
    return {ident: why for ident, why in own.items() if why is not None and ident not in kept}


def _found_in(own: dict[str, Reason | None]) -> Callable[[Article], bool]:
    return lambda article: own.get(article.id) is not None


def _members(group: Group) -> tuple[Article, ...]:
    return (group.used, *group.copies)


def _nothing(left: tuple[Left, ...]) -> WeekError:
    counts = Counter(one.reason for one in left)
    names = {OUTSIDE: "outside the countries and topics"}
    told = ", ".join(f"{n} {names.get(why, why)}" for why, n in sorted(counts.items()))
    step = "Ask for more in [scope] of briefing.toml: countries, topics, leave_out."
    return WeekError(f"The scope left out every article of the week: {told}", step)

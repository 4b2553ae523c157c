"""The ledger of one week: decided from the week's readings and from earlier articles, before anything is put into English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from briefing.config import Config
from briefing.extract.rules import Drafts
from briefing.item_model import Agreement, Reading
from briefing.ledger import past
from briefing.ledger.commitments import Commitment, commitments
from briefing.ledger.held import Held, held
from briefing.ledger.past import Past
from briefing.ledger.repeats import Repeat, repeats, said_again
from briefing.ledger.uses import Use, uses
from briefing.model import Article, Problem
from briefing.problems import failure
from briefing.progress import Track
from briefing.readings import Searched
from briefing.review.earlier import without_rejected
from briefing.selection import Selection
from briefing.store.revisions import Recorded
from briefing.week import Week

T = TypeVar("T")
Told = tuple[tuple[Use, ...], tuple[Held, ...]]


@dataclass(frozen=True, slots=True)
class Book:
    """What is said of each item's wording, by its id, and the commitments that are shown; `more` are those that are not.

    `articles` is how many earlier articles were looked at; `said_again` are the ids of the items that say nothing but what their
    parties said before, word for word.
    """

    repeats: Mapping[str, tuple[Repeat, ...]]
    commitments: tuple[Commitment, ...]
    more: int
    articles: int
    _past: Mapping[str, Past] = field(default_factory=dict)
    said_again: frozenset[str] = frozenset()

    def recalled(self) -> tuple[Searched, ...]:
        """The earlier articles that are cited, each with the agreements and sentences cited from it alone."""
        wanted: dict[str, set[str]] = {}
        for use in self._cited():
            if use.article.id in self._past:
                wanted.setdefault(use.article.id, set()).add(use.item.id)
        return tuple(_only(self._past[ident], items) for ident, items in wanted.items())

    def _cited(self) -> Iterator[Use]:
        for told in self.repeats.values():
            yield from (r.since.use for r in told if r.since is not None)
        for one in self.commitments:
            yield from one.uses


def _only(whole: Past, items: set[str]) -> Searched:
    agreements = tuple(d for d in whole.agreements if d.item.id in items)
    cited = {c.sentence for d in agreements for c in d.item.citations}
    return whole.article, tuple(s for s in whole.sentences if s.n in cited), Drafts((), agreements, ())


def book(
    selection: Selection,
    articles: Iterable[Article],
    readings: Sequence[Reading],
    config: Config,
    track: Track,
    said: Recorded | None = None,
) -> tuple[Book | None, tuple[Problem, ...]]:
    """The ledger of the selected week; None without a week, or when the settings turn it off.

    `articles` are all that the inputs hold, `readings` those selected, `said` the revisions of every week: what was rejected in
    an earlier one is no promise. Problems are earlier articles that could not be read.
    """
    if selection.week is None or not config.ledger.weeks:
        return None, ()
    earlier, unread = past.read(past.before(articles, selection.week, config.ledger.weeks), config, track)
    earlier = without_rejected(earlier, said or {})
    found, problems = decided(selection.week, earlier, readings, _own(selection), config.ledger.lines)
    return found, (*unread, *problems)


def _own(selection: Selection) -> frozenset[str]:
    """The articles of the week that speak for themselves: dated, and no copy of another."""
    copies = {copy.id for group in selection.groups for copy in group.copies}
    return frozenset(a.id for a in selection.dated if a.id not in copies)


def decided(
    week: Week, earlier: Sequence[Past], readings: Sequence[Reading], own: frozenset[str], lines: int = 0
) -> tuple[Book, tuple[Problem, ...]]:
    """The ledger of `week`, with at most `lines` promises (0: all); they are read in the articles `own` alone. Pure.

    An article that our own code stumbles over is a Problem and takes no part.
    """
    problems: list[Problem] = []
    past_told = [told for one in earlier if (told := _guarded(_of_past, one, one.article, problems)) is not None]
    now_told = [told for one in readings if (told := _guarded(_of_reading, one, one.article, problems)) is not None]
    before = sorted((u for told, _ in past_told for u in told), key=lambda u: u.order)
    now = [u for told, _ in now_told for u in told]
    met = [h for _, meetings in past_told for h in meetings]
    met += [h for _, meetings in now_told for h in meetings if h.article.id in own]
    found = commitments([u for u in now if u.article.id in own], before, met, week)
    shown = found[: lines or None]
    by_id = {p.article.id: p for p in earlier}
    compared = repeats(now, before)
    again = said_again(now, compared)
    return Book(compared, shown, len(found) - len(shown), len(earlier), by_id, again), tuple(problems)


def _guarded(read: Callable[[T], Told], one: T, article: Article, problems: list[Problem]) -> Told | None:
    try:
        return read(one)
    except Exception as error:
        problems.append(failure(article.document.file, error))
        return None


def _of_past(one: Past) -> Told:
    agreements = [d.item for d in one.agreements if isinstance(d.item, Agreement)]
    telling = [s for s in one.sentences if s.n in one.held]
    return uses(one.article, one.sentences, agreements), tuple(held(one.article, telling))


def _of_reading(one: Reading) -> Told:
    return uses(one.article, one.sentences, one.agreements), tuple(held(one.article, one.sentences))

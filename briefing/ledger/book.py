"""The ledger of one week: decided from the week's readings and from earlier articles, before anything is put into English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.config import Config
from briefing.extract.rules import Drafts
from briefing.ledger import past
from briefing.ledger.commitments import Commitment, commitments
from briefing.ledger.held import Held, held
from briefing.ledger.past import Past
from briefing.ledger.repeats import Repeat, repeats
from briefing.ledger.uses import Use, uses
from briefing.model import Agreement, Article, Problem, Reading
from briefing.progress import Track
from briefing.readings import Searched
from briefing.selection import Selection
from briefing.week import Week

MOST = 12  # lines that are shown; the others are counted


@dataclass(frozen=True, slots=True)
class Book:
    """What is said of each item's wording, by its id, and the commitments that are shown; `more` are those that are not.

    `articles` is how many earlier articles were looked at.
    """

    repeats: Mapping[str, tuple[Repeat, ...]]
    commitments: tuple[Commitment, ...]
    more: int
    articles: int
    _past: Mapping[str, Past] = field(default_factory=dict)

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
    selection: Selection, articles: Iterable[Article], readings: Sequence[Reading], config: Config, track: Track
) -> tuple[Book | None, tuple[Problem, ...]]:
    """The ledger of the selected week; None without a week, or when the settings turn it off.

    `articles` are all that the inputs hold, `readings` those selected. Problems are earlier articles that could not be read.
    """
    if selection.week is None or not config.ledger.weeks:
        return None, ()
    earlier, problems = past.read(past.before(articles, selection.week, config.ledger.weeks), config, track)
    return decided(selection.week, earlier, readings, _own(selection)), problems


def _own(selection: Selection) -> frozenset[str]:
    """The articles of the week that speak for themselves: dated, and no copy of another."""
    copies = {copy.id for group in selection.groups for copy in group.copies}
    return frozenset(a.id for a in selection.dated if a.id not in copies)


def decided(week: Week, earlier: Sequence[Past], readings: Sequence[Reading], own: frozenset[str]) -> Book:
    """The ledger of `week`; promises and their keeping are read in the articles `own` alone. Pure."""
    before = sorted((u for p in earlier for u in _uses(p)), key=lambda u: u.order)
    now = [u for r in readings for u in uses(r.article, r.sentences, r.agreements)]
    met = [h for p in earlier for h in _held(p)]
    met += [h for r in readings if r.article.id in own for h in held(r.article, r.sentences)]
    found = commitments([u for u in now if u.article.id in own], before, met, week)
    return Book(
        repeats(now, before), found[:MOST], len(found[MOST:]), len(earlier), {p.article.id: p for p in earlier}
    )


def _uses(one: Past) -> tuple[Use, ...]:
    return uses(one.article, one.sentences, [d.item for d in one.agreements if isinstance(d.item, Agreement)])


def _held(one: Past) -> Iterator[Held]:
    return held(one.article, [s for s in one.sentences if s.n in one.held])

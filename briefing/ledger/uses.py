"""An agreement as one article tells it, with what the ledger compares: parties, phrases, the day it falls due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.arabic.dates import find_dates, resolve_between
from briefing.arabic.meetings import Meeting, find_meetings, meetings_of
from briefing.item_model import Agreement
from briefing.ledger.parties import parties
from briefing.ledger.phrases import Phrase, phrases
from briefing.model import NO_DATE, Article, Published, Sentence, When

PROMISES = ("new", "scheduled", "pending")
Round = tuple[str, int]  # a series of lexicon/meetings.toml and the number of a meeting


@dataclass(frozen=True, slots=True)
class Use:
    """`first` and `last` are the days (YYYY-MM-DD) its article was published between; `round` is the meeting it is about."""

    item: Agreement
    article: Article
    first: str
    last: str
    parties: frozenset[str]
    phrases: tuple[Phrase, ...]
    due: When
    round: Round | None

    @property
    def text(self) -> str:
        """The document's text that all offsets count in."""
        return self.article.document.text

    @property
    def order(self) -> tuple[str, str, str, str]:
        """Sorts uses by publication, then by what does not change between runs."""
        return self.last, self.first, self.article.document.file, self.item.id


def uses(article: Article, sentences: Iterable[Sentence], agreements: Sequence[Agreement]) -> tuple[Use, ...]:
    """The agreements of an article, but for breaches that are alleged; none of an article whose day is open on either side."""
    published = article.published
    if published.earliest is None or published.latest is None:
        return ()
    first, last, spans = published.earliest, published.latest, {s.n: s for s in sentences}
    return tuple(
        Use(
            item, article, first, last, who := parties(item.parties), _phrases(article, item, spans, who),
            due(item, published), round_of(article.document.text, item),
        )
        for item in agreements
        if item.status != "alleged_breach"
    )  # fmt: skip


def _phrases(article: Article, item: Agreement, spans: Mapping[int, Sentence], who: frozenset[str]) -> tuple[Phrase, ...]:
    """Those of the whole sentences cited: a communiqué says several things in one."""
    cited = [spans[n] for n in dict.fromkeys(c.sentence for c in item.citations) if n in spans]
    return tuple(phrase for s in cited for phrase in phrases(article.document.text, s.start, s.end, who))


def due(item: Agreement, published: Published) -> When:
    """When what was agreed falls due: the day that was set, or the first day its words name that lies after publication."""
    if item.status == "scheduled" and item.date.latest is not None:
        return item.date
    if published.earliest is None or published.latest is None:
        return NO_DATE
    earliest, latest = date.fromisoformat(published.earliest), date.fromisoformat(published.latest)
    for citation in item.citations:
        for mention in find_dates(citation.quote):
            when = resolve_between(mention, earliest, latest)
            if when.latest is not None and when.earliest is not None and when.earliest > published.latest:
                return when
    return NO_DATE


def round_of(text: str, item: Agreement) -> Round | None:
    """The numbered meeting that an agreement speaks of."""
    for citation in item.citations:
        for mention in find_meetings(text[citation.start : citation.end]):
            if mention.number is not None:
                return mention.series, mention.number
    return None


def meeting_of(one: Round) -> Meeting | None:
    """The meeting in lexicon/meetings.toml, or None when it is not listed."""
    return next((m for m in meetings_of(one[0]) if m.number == one[1]), None)

"""The rule-based extractor: an article's sentences -> drafts of statements, agreements and field events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.extract import events, statements
from briefing.extract.agreements import Agreements
from briefing.extract.cast import Cast
from briefing.extract.clause import Parsed, parse
from briefing.extract.continuation import continued
from briefing.extract.dating import Dating
from briefing.extract.draft import Draft, statement_lead, unnamed_in
from briefing.extract.kicker import is_headline
from briefing.extract.mentions import mentions
from briefing.extract.naming import named
from briefing.extract.statements import Found
from briefing.item_model import Citation, Mention, Name, Statement
from briefing.model import Article, Sentence


@dataclass(frozen=True, slots=True)
class Drafts:
    """What was found in one article, in order of the text, and the names in it; `dropped` are events only mentioned, not told."""

    statements: tuple[Draft, ...]
    agreements: tuple[Draft, ...]
    events: tuple[Draft, ...]
    mentions: tuple[Mention, ...] = ()
    dropped: tuple[Draft, ...] = ()

    def __iter__(self) -> Iterator[Draft]:
        """All drafts: statements, agreements, events."""
        return iter((*self.statements, *self.agreements, *self.events))


def find(article: Article, sentences: Sequence[Sentence]) -> Drafts:
    """Every item in `sentences` of `article`, with citations and facts, without English content."""
    text = article.document.text
    parsed = [parse(text, s) for s in sentences if not is_headline(text, s)]
    dating = Dating(article.published)
    cast = Cast()
    said: list[Found] = []
    agreed = Agreements(cast, dating, article.id)
    inside: dict[int, Found] = {}  # sentences that go on with a quotation -> the statement that opened it
    for i, sentence in enumerate(parsed):
        here = [] if i in inside else statements.find(sentence, cast)
        said += here
        if here:
            inside |= {i + 1 + k: here[-1] for k in range(len(continued(parsed, i)))}
        agreed.read(sentence, here)
    rest: dict[int, list[Parsed]] = {}
    for k, opener in inside.items():
        rest.setdefault(id(opener), []).append(parsed[k])
    told = [statement_draft(f, rest.get(id(f), []), dating, f"{article.id}-S{n}") for n, f in enumerate(said, 1)]
    done, dropped = events.find(parsed, said, dating, article.id + "-")
    kinds = (told, agreed.drafts(), done)
    spoken, made, happened = (tuple(replace(d, unnamed=unnamed_in(d.item)) for d in drafts) for drafts in kinds)
    return Drafts(spoken, made, happened, mentions(parsed, said), tuple(dropped))


def statement_draft(found: Found, rest: Sequence[Parsed], dating: Dating, ident: str) -> Draft:
    """The draft of a statement; `rest` are the sentences that go on with its quotation, `ident` becomes its id."""
    parsed: Parsed = found.parsed
    start, end = parsed.span(found.first, found.last)
    quote = parsed.text[start:end]
    addressee = None
    if found.addressee is not None:
        who = named(found.addressee)
        addressee = Name(who.ar, who.en)
    # a date inside what is said is not the date of saying it
    date = dating.of(parsed, start, parsed.tokens[found.content - 1].end if found.content > found.first else end)
    flags = () if found.speaker.en else ("speaker_unknown",)
    citations = (Citation(start, end, quote, parsed.sentence.n), *(_whole(p) for p in rest))
    ar = " ".join(c.quote for c in citations)
    item = Statement(
        ident, found.speaker, addressee, found.venue, date, statements.quote_type(found, bool(rest)), ar, "", citations, flags
    )
    return Draft(item, statement_lead(found.speaker, addressee, found.venue, date), found.verb, ar, found.why)


def _whole(parsed: Parsed) -> Citation:
    start, end = parsed.sentence.start, parsed.sentence.end
    return Citation(start, end, parsed.text[start:end], parsed.sentence.n)

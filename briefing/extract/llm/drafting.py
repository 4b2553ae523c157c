"""Verified pointers -> drafts: names, dates, numbers and English come from our own reading of the words pointed at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.arabic.lexicon import COUNTRY, PLACE, ROLE, TERM
from briefing.arabic.numbers import find_numbers
from briefing.arabic.romanise import is_given_name
from briefing.extract import noun_phrase, tolls, triggers
from briefing.extract.clause import Parsed, parse
from briefing.extract.dating import Dating
from briefing.extract.draft import NO_SIGNING, Draft, agreement_lead, event_lead, unnamed_in
from briefing.extract.events import countries_in
from briefing.extract.llm.pointing import Pointed, PointedAgreement, PointedEvent, PointedStatement
from briefing.extract.naming import Named, joint, named, untranslated
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.reporting import complement, forms, free
from briefing.extract.rules import statement_draft
from briefing.extract.statements import Found, placed
from briefing.item_model import Agreement, Citation, Count, Event, Name, Speaker, Statement
from briefing.model import Article, Sentence, Span, When

EARLIER_PARTY = "party_named_in_an_earlier_sentence"


@dataclass(frozen=True)
class Drafting:
    """One article's sentences taken apart, by number, with what dates and places are resolved by. Ids are given later."""

    parsed: Mapping[int, Parsed]
    dating: Dating
    countries: Counter[str]

    def statement(self, item: PointedStatement) -> Draft:
        """Who said what: verb, kind of quotation and date as the rules read them in the words pointed at."""
        at, parsed = item.quote, self.parsed[item.quote.sentence]
        act, verb, content = _saying(parsed, at)
        addressee = _phrase(self._raw(item.addressee)) if item.addressee else None
        where = "in it" if item.name is None else f"in sentence {item.name.sentence}"
        why = f"the language model points at sentence {at.sentence}; the speaker is named {where}"
        found = Found(parsed, at.first, at.last, self._speaker(item), act, verb, addressee, why, content)
        return _ready(statement_draft(placed(found), (), self.dating, ""))

    def agreement(self, item: PointedAgreement) -> Draft:
        """What was agreed; parties that are named only before it are marked."""
        parties = tuple(dict.fromkeys(self._name(p) for p in item.parties))
        flags = (EARLIER_PARTY,) if any(p.sentence != item.quote.sentence for p in item.parties) else ()
        date, citation = self._date(item.quote), self._citation(item.quote)
        agreed = Agreement("", parties, item.status, citation.quote, "", date, (citation,), flags)
        why = f"the language model points at sentence {item.quote.sentence}"
        return _ready(Draft(agreed, agreement_lead(agreed, NO_SIGNING), "", citation.quote, why))

    def event(self, item: PointedEvent, said: Sequence[Statement]) -> Draft:
        """What happened; inside a statement it is its speaker who says so."""
        at, parsed = item.quote, self.parsed[item.quote.sentence]
        source = self._named(item.claimed_by) or _speaker_around(at, said)
        status = "claimed" if source is not None and item.status == "reported" else item.status
        citation, date = self._citation(at), self._date(at, _trigger(parsed, at))
        told = Event(
            "", item.type, self._named(item.actor), self._named(item.target), self._place(item.place),
            tuple(self._counts(parsed, item)), date, source, status, citation.quote, "", (citation,),
        )  # fmt: skip
        kind = triggers.type_names().get(item.type, "field event")
        why = f"the language model points at sentence {at.sentence} («{item.type}»)"
        return _ready(Draft(told, event_lead(told, kind), kind, citation.quote, why))

    # ---------------------------------------------------------------- names

    def _raw(self, at: Pointed) -> str:
        return at.span.within(self.parsed[at.sentence].text)

    def _name(self, at: Pointed) -> Name:
        who = _who(self._raw(at))
        return Name(who.ar, who.en)

    def _named(self, at: Pointed | None) -> Name | None:
        return self._name(at) if at is not None else None

    def _speaker(self, item: PointedStatement) -> Speaker:
        at = item.name or item.speaker
        assert at is not None  # verified: a statement points at one of the two
        who = _who(self._raw(at))
        as_written = self._raw(item.speaker) if item.speaker else None
        title = _title(as_written) if as_written is not None else None
        named_here = item.name is None and who.own
        resolution = "pronoun" if as_written is None else "explicit" if named_here else "role_only"
        return Speaker(who.ar, who.en, as_written, who.role_en or title, resolution)  # type: ignore[arg-type]

    def _place(self, at: Pointed | None) -> Name | None:
        """The place as the article tells it from its namesakes; a name that the gazetteer does not have stays a name."""
        if at is None:
            return None
        found = [m for m in self.parsed[at.sentence].cover[at.first : at.last] if m is not None and m.kind in (PLACE, COUNTRY)]
        match = next((m for m in found if m.kind == PLACE), found[0] if found else None)
        if match is None:
            return self._name(at)
        entry = max((match.entry, *match.namesakes), key=lambda e: self.countries[str(e.data.get("country", ""))])
        return Name(entry.ar, entry.en)

    # ---------------------------------------------------------------- dates, counts, citations

    def _citation(self, at: Pointed) -> Citation:
        return Citation(at.span.start, at.span.end, self._raw(at), at.sentence)

    def _date(self, at: Pointed, near: int | None = None) -> When:
        return self.dating.of(self.parsed[at.sentence], at.span.start, at.span.end, near=near)

    def _counts(self, parsed: Parsed, item: PointedEvent) -> Iterator[Count]:
        """The counts pointed at, read by our own rules; one whose noun they do not know keeps it in Arabic."""
        ours = tolls.counts(parsed, item.quote.span.start, item.quote.span.end, self.dating.spans(parsed))
        read = [_overlapping(ours, span) or _bare(parsed.text, span) for span in item.counts]
        distinct = dict.fromkeys(replace(c, part_of=None) for counts in read for c in counts)
        yield from tolls.linked(parsed.text, sorted(distinct, key=lambda c: c.start))


def drafting(article: Article, parsed: Sequence[Parsed]) -> Drafting:
    """The Drafting of an article whose sentences are `parsed`."""
    return Drafting({p.sentence.n: p for p in parsed}, Dating(article.published), countries_in(parsed))


def _ready(draft: Draft) -> Draft:
    return replace(draft, unnamed=unnamed_in(draft.item))


def _phrase(written: str) -> NounPhrase:
    """The whole of a name as one phrase, read by itself."""
    parsed = parse(written, Sentence(1, 0, len(written)))
    read = noun_phrase.read(parsed, 0)
    if read is not None and read.last == len(parsed.tokens):
        return read
    matches = tuple(dict.fromkeys(m for m in parsed.cover if m is not None and m.kind != TERM))
    unknown = tuple(i for i, t in enumerate(parsed.tokens) if t.is_word and parsed.cover[i] is None)
    return NounPhrase(parsed, 0, len(parsed.tokens), matches, unknown)


def _who(written: str) -> Named:
    """Who a name means. After a noun that is no role of the lexicon («التاجر نبيل كرم») the name begins with a given name."""
    phrase = _phrase(written)
    who = named(phrase)
    if who.own:
        return replace(who, en=joint(phrase) or who.en)
    for token in phrase.parsed.tokens[1:]:
        rest = named(_phrase(written[token.start :])) if is_given_name(token.key) else who
        if rest.person:
            return rest
    return who


def _title(written: str) -> str | None:
    phrase = _phrase(written)
    return named(phrase).en if phrase.of_kind(ROLE) else None


def _saying(parsed: Parsed, at: Pointed) -> tuple[str, str, int]:
    """Act and English of the first reporting verb in the words, and the token where what is said begins."""
    for i in range(at.first, at.last):
        readings = forms(parsed, i) if parsed.tokens[i].is_word and not parsed.quoted[i] else ()
        if readings and free(parsed, i):
            form = readings[0]
            opened = complement(parsed, i + 1, form)
            return form.verb.act, form.verb.en, min(opened[0], at.last) if opened else at.first
    return "say", "said", at.first


def _trigger(parsed: Parsed, at: Pointed) -> int:
    found = [t for t in triggers.find(parsed) if at.first <= t.first < at.last]
    return parsed.tokens[found[0].first].start if found else at.span.start


def _speaker_around(at: Pointed, said: Sequence[Statement]) -> Name | None:
    for statement in said:
        if statement.speaker.en and any(c.start <= at.span.start and at.span.end <= c.end for c in statement.citations):
            return Name(statement.speaker.ar, statement.speaker.en)
    return None


def _overlapping(counts: Sequence[Count], span: Span) -> list[Count]:
    return [c for c in counts if c.start < span.end and span.start < c.end]


def _bare(text: str, span: Span) -> list[Count]:
    """The first number of the words pointed at, with its noun as written when there is one."""
    mention = next(m for m in find_numbers(span.within(text)) if not (m.ordinal or m.percent or isinstance(m.value, float)))
    start, end = span.start + mention.outer_start, span.start + mention.outer_end
    noun = mention.noun
    what = (noun.en if mention.value == 1 else noun.many) if noun else untranslated(mention.unit) if mention.unit else ""
    number = None if mention.value is None else int(mention.value)
    return [Count(number, mention.qualifier, what, start, end, text[start:end])]

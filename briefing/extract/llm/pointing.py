"""What a model points at, checked against the text: a quote or a name is where it says, letter for letter, or it is nothing.

Pure: items of the right shape go in, verified spans and faults come out. Nothing a model wrote is taken over; what goes on from
here are offsets in the document, and words of closed lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefing.arabic.dates import find_dates
from briefing.arabic.fold import key
from briefing.arabic.numbers import NumberMention, find_numbers
from briefing.arabic.tokens import Token
from briefing.extract.clause import Parsed
from briefing.extract.llm.answers import Answer, Fault
from briefing.extract.llm.numbered import Piece
from briefing.extract.llm.quoted import clipped
from briefing.extract.name_words import name_like
from briefing.model import Span

LONGEST_NAME = 25  # words; titles of office are long in Arabic
_FEWEST_WORDS = 2  # of a quote: one word tells nothing that could be checked
# Folded. What may be joined to the front of a name in the text and left out when it is named.
_JOINED = frozenset(("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"))


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words of a sentence: `first` to `last` (exclusive) are its tokens, `span` offsets in the document."""

    sentence: int
    first: int
    last: int
    span: Span


@dataclass(frozen=True, slots=True)
class PointedStatement:
    """Who says what. `speaker` stands in the sentence itself, `name` in it or before it; at least one of them is there."""

    quote: Pointed
    speaker: Pointed | None
    name: Pointed | None
    addressee: Pointed | None


@dataclass(frozen=True, slots=True)
class PointedAgreement:
    """What was agreed between whom."""

    quote: Pointed
    parties: tuple[Pointed, ...]
    status: str


@dataclass(frozen=True, slots=True)
class PointedEvent:
    """What happened; `counts` lie in the quote."""

    quote: Pointed
    type: str
    actor: Pointed | None
    target: Pointed | None
    place: Pointed | None
    counts: tuple[Span, ...]
    status: str
    claimed_by: Pointed | None


PointedItem = PointedStatement | PointedAgreement | PointedEvent


@dataclass(frozen=True, slots=True)
class Checked:
    """The items of an answer that hold, and what is wrong with the others. `whole` is False when it is no answer at all."""

    items: tuple[PointedItem, ...]
    faults: tuple[Fault, ...]
    whole: bool


def check(answer: Answer, name: str, piece: Piece, parsed: Mapping[int, Parsed]) -> Checked:
    """The items of an answer to `name` about `piece`, verified; `parsed` are the sentences shown, by number. Never raises."""
    items: list[PointedItem] = []
    wrong = list(answer.faults)
    for n, item in answer.items:
        try:
            items.append(_VERIFIED[name](item, _Text(piece, parsed)))
        except _Wrong as error:
            wrong.append(Fault(n, str(error)))
    return Checked(tuple(dict.fromkeys(items)), tuple(wrong), answer.whole)


class _Wrong(Exception):
    """An item points at what is not there."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The sentences an answer may point at."""

    piece: Piece
    parsed: Mapping[int, Parsed]

    def quote(self, item: Mapping[str, Any]) -> Pointed:
        """The quote of an item: whole words of a sentence that may be cited."""
        n = item["sentence"]
        if n not in self.piece.numbers:
            raise _Wrong(f"there is no sentence {n} to cite; they go from {self.piece.first} to {self.piece.last}")
        found = next(self._places(item["quote"], n), None)
        if found is None:
            raise _Wrong(f"the quote {clipped(item['quote'])} does not stand in sentence {n}, letter for letter")
        if sum(1 for t in self._tokens(found) if t.is_word) < _FEWEST_WORDS:
            raise _Wrong(f"the quote {clipped(item['quote'])} is too short to tell anything")
        return replace(found, span=Span(*self.parsed[n].span(found.first, found.last)))

    def name(self, written: str, n: int, what: str) -> Pointed:
        """A name as written in sentence n: whole words, but for what may be joined to their front."""
        places = [p for p in self._places(written, n) if self._is_whole(p)]
        if not places:
            raise _Wrong(f"the {what} {clipped(written)} does not stand in sentence {n}, letter for letter")
        found = places[0]
        words = [i for i in range(found.first, found.last) if self.parsed[n].tokens[i].is_word]
        if not words or len(words) > LONGEST_NAME or not name_like(self.parsed[n], words[0]):
            raise _Wrong(f"the {what} {clipped(written)} is no name")
        return found

    def name_or_none(self, written: str | None, n: int, what: str) -> Pointed | None:
        """The same, where there may be none."""
        return None if written is None else self.name(written, n, what)

    def earlier(self, written: str, n: int, before: int, what: str) -> Pointed:
        """A name in sentence n, which is `before` itself or one before it."""
        if self.piece.by_number(n) is None or n > before:
            raise _Wrong(f"the {what} must stand in sentence {before} or one before it, not in {n}")
        return self.name(written, n, what)

    def count(self, written: str, quote: Pointed) -> Span:
        """A count as written inside the quote; our own reading of numbers must see one there."""
        places = (p for p in self._places(written, quote.sentence) if self._is_whole(p))
        span = next((p.span for p in places if _within(p.span, quote.span)), None)
        if span is None:
            raise _Wrong(f"the count {clipped(written)} does not stand in the quote, letter for letter")
        if not any(_counts(m) for m in find_numbers(span.within(self.parsed[quote.sentence].text))):
            raise _Wrong(f"the count {clipped(written)} states no number of people or things")
        if any(_overlap(span, date) for date in self._dates(quote.sentence)):
            raise _Wrong(f"the count {clipped(written)} is part of a date")
        return span

    def _dates(self, n: int) -> Iterator[Span]:
        sentence = self.parsed[n].sentence
        for date in find_dates(self.parsed[n].text[sentence.start : sentence.end]):
            yield Span(sentence.start + date.start, sentence.start + date.end)

    def _places(self, written: str, n: int) -> Iterator[Pointed]:
        sentence = self.piece.by_number(n)
        tokens = self.parsed[n].tokens if sentence else ()
        for span in sentence.places(written.strip()) if sentence else ():
            inside = [i for i, t in enumerate(tokens) if t.start < span.end and span.start < t.end]
            if inside:
                yield Pointed(n, inside[0], inside[-1] + 1, span)

    def _tokens(self, place: Pointed) -> tuple[Token, ...]:
        return self.parsed[place.sentence].tokens[place.first : place.last]

    def _is_whole(self, place: Pointed) -> bool:
        """Whether it begins and ends with its tokens, vowel marks and what may be joined to a name's front aside."""
        parsed = self.parsed[place.sentence]
        start, end = parsed.span(place.first, place.last)
        joined = key(parsed.text[start : place.span.start])
        if key(parsed.text[place.span.end : end]):
            return False
        known = parsed.match_at(place.first)  # «وزير» is no «و» and «زير»
        return not joined or (joined in _JOINED and (known is None or known.start >= place.span.start))


def _counts(mention: NumberMention) -> bool:
    return not (mention.ordinal or mention.percent or isinstance(mention.value, float))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _statement(item: Mapping[str, Any], text: _Text) -> PointedStatement:
    quote = text.quote(item)
    n = quote.sentence
    speaker = text.name_or_none(item["speaker"], n, "speaker")
    if (item["name"] is None) != (item["name_sentence"] is None):
        raise _Wrong("name and name_sentence belong together: give both or neither")
    name = None if item["name"] is None else text.earlier(item["name"], item["name_sentence"], n, "name of the speaker")
    if speaker is None and name is None:
        raise _Wrong("it names no speaker")
    return PointedStatement(quote, speaker, name, text.name_or_none(item["addressee"], n, "addressee"))


def _agreement(item: Mapping[str, Any], text: _Text) -> PointedAgreement:
    quote = text.quote(item)
    parties = tuple(text.earlier(p["name"], p["sentence"], quote.sentence, "party") for p in item["parties"])
    return PointedAgreement(quote, tuple(dict.fromkeys(parties)), item["status"])


def _event(item: Mapping[str, Any], text: _Text) -> PointedEvent:
    quote = text.quote(item)
    actor, target, place, source = (
        text.name_or_none(item[field], quote.sentence, field.replace("claimed_by", "source"))
        for field in ("actor", "target", "place", "claimed_by")
    )
    counts = tuple(dict.fromkeys(text.count(written, quote) for written in item["counts"]))
    return PointedEvent(quote, item["type"], actor, target, place, counts, item["status"], source)


_VERIFIED: Mapping[str, Callable[[Mapping[str, Any], _Text], PointedItem]] = {
    "statements": _statement,
    "agreements": _agreement,
    "events": _event,
}

"""Whether two items of different articles are one thing told twice. The rule is strict: in doubt they are two.

Numbers that differ keep items apart, and so does anything else that both state and state differently. Of two items that are one,
the fuller one says all that the other says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.arabic.lexicon import country_names
from briefing.arabic.tokens import stems, tokenise
from briefing.arabic.verbs import reading
from briefing.compose.copies import Told
from briefing.compose.speakers import Speakers
from briefing.ingest.near_equal import Words, says, words_of
from briefing.item_model import Agreement, Count, Event, Name, Statement
from briefing.lexicon.tables import derived, table
from briefing.model import When

_FEWEST = 5  # words that must be the same: fewer are a way of speaking
_FEWEST_QUOTED = 6
_QUOTED = re.compile('[«“"]([^«»“”"]+)[»”"]')
_ASSERTING = ("say", "announce", "stress")  # verbs of one meaning; any other must be the same in both
_BY = " (according to "
_CONJUNCTIONS = ("", "و", "ف")

Bucket = tuple[object, ...]


def bucket(told: Told, who: Speakers) -> Bucket | None:
    """What two items must share to be one at all, None for an item that is never the same as another's."""
    item = told.item
    if isinstance(item, Statement):
        known = who.known(item, told.reading.article.id)
        return ("statement", known, _act(item.citations[0].quote)) if known is not None else None
    if isinstance(item, Event):
        fixed = item.place is not None and item.date.precision == "day" and item.date.value is not None
        return ("event", item.type, item.status, item.place.en, item.date.value) if fixed and item.place else None
    parties = frozenset(party.en for party in item.parties)
    return ("agreement", parties, item.status) if len(parties) > 1 else None


def fullness(told: Told) -> tuple[int, int]:
    """How much an item says: of an event first the facts read out of it, else first its words."""
    item = told.item
    words = len(_content(item) if isinstance(item, Statement) else words_of(item.ar))
    if isinstance(item, Event):
        return len(_counted(item)) + sum(name is not None for name in (item.actor, item.target, item.asserted_by)), words
    return words, (item.date.value is not None) + (isinstance(item, Statement) and item.addressee is not None)


def repeats(told: Told, fuller: Told) -> bool:
    """Whether an item says nothing but what the fuller one of the same bucket says."""
    item, other = told.item, fuller.item
    if not compatible(item.date, other.date):
        return False
    if isinstance(item, Statement) and isinstance(other, Statement):
        return _within(item.addressee, other.addressee) and _said_alike(item, other)
    if isinstance(item, Event) and isinstance(other, Event):
        return _one_event(item, other)
    return isinstance(item, Agreement) and isinstance(other, Agreement) and _alike(words_of(item.ar), words_of(other.ar))


def compatible(one: When, other: When) -> bool:
    """Whether two dates are the same where both have one."""
    if one.value and other.value:
        return one.value == other.value
    bounds = (one.earliest, one.latest, other.earliest, other.latest)
    if any(bound is None for bound in bounds):
        return True
    return str(one.earliest) <= str(other.latest) and str(other.earliest) <= str(one.latest)


def _within(name: Name | None, other: Name | None) -> bool:
    return name is None or (other is not None and name.en == other.en)


def _alike(one: Words, fuller: Words, fewest: int = _FEWEST) -> bool:
    """Whether the fuller words say all that the others do; a number that only the others have is something else."""
    return len(one) >= fewest and says(one, fuller)


# ---------------------------------------------------------------- statements


def said_before(one: Statement, earlier: Statement) -> bool:
    """Whether a statement says nothing but what its speaker said before; days make no difference."""
    speaker, other = one.speaker, earlier.speaker
    same = speaker.en == other.en or speaker.ar == other.ar
    return same and _act(one.citations[0].quote) == _act(earlier.citations[0].quote) and _said_alike(one, earlier)


def _said_alike(one: Statement, other: Statement) -> bool:
    if _alike(_content(one), _content(other)):
        return True
    quoted = [_QUOTED.findall(item.citations[0].quote) for item in (one, other)]
    words = [[words_of(text) for text in texts] for texts in quoted]
    # every quotation of the shorter one must stand in the other: a statement may hold two, and say something between them
    return bool(words[0]) and all(any(_alike(a, b, _FEWEST_QUOTED) for b in words[1]) for a in words[0]) and _only_quoted(one)


def _only_quoted(statement: Statement) -> bool:
    """Whether a statement is a verb, a name and quotations, with nothing said in the outlet's words."""
    rest = _QUOTED.sub(" ", " ".join(_content_text(statement).split()))
    return not words_of(rest)


def _content(statement: Statement) -> Words:
    return words_of(_content_text(statement))


def _content_text(statement: Statement) -> str:
    """What is said: after the first «أن», colon or quotation mark; all of it where there is none."""
    quote = statement.citations[0].quote
    for token in tokenise(quote):
        if token.key in _openers():
            return quote[token.end :]
        if token.text in ':«“"':
            return quote[token.start :].lstrip(":")
    return quote


@derived
def _openers() -> frozenset[str]:
    words = [*table("grammar")["complementisers"], "إن", "إنه", "إنها", "إنهم", "إننا"]
    return frozenset(t.key for word in words for t in tokenise(word))


def _act(quote: str) -> str:
    """What the first verb of saying does, "" where there is none; those that only assert are one."""
    for token in tokenise(quote):
        for prefix, rest in stems(token.key):
            for form in reading(rest) if prefix in _CONJUNCTIONS else ():
                return "say" if form.verb.act in _ASSERTING else form.verb.act
    return ""


# ---------------------------------------------------------------- events


def _one_event(item: Event, fuller: Event) -> bool:
    if not all(_within(getattr(item, name), getattr(fuller, name)) for name in ("actor", "target", "asserted_by")):
        return False
    own, others = _counted(item), _counted(fuller)
    if not own.items() <= others.items():
        return False
    return bool(own and is_exact(item.place)) or _alike(words_of(item.ar), words_of(fuller.ar))


def is_exact(place: Name | None) -> bool:
    """Whether a place is stated, and is not a whole country."""
    return place is not None and place.en not in _countries()


def _counted(event: Event) -> Mapping[str, frozenset[tuple[int | None, str]]]:
    """What is counted -> its figures: several where the event has rival ones."""
    found: dict[str, set[tuple[int | None, str]]] = {}
    for count in event.counts:
        found.setdefault(_what(count), set()).add((count.number, count.qualifier))
    return {what: frozenset(figures) for what, figures in found.items()}


def _what(count: Count) -> str:
    return count.what.partition(_BY)[0]


@derived
def _countries() -> frozenset[str]:
    return frozenset(name for _, name, _ in country_names().values())

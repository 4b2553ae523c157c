"""Whether a sighting tells an event that was told before, and what it adds to it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from briefing.arabic import lexicon
from briefing.arabic.lexicon import PLACE, Entry
from briefing.arabic.tokens import tokenise
from briefing.extract import tolls, triggers
from briefing.extract.clause import is_exactly
from briefing.extract.draft import Draft, event_lead
from briefing.extract.sighting import Sighting
from briefing.item_model import Count, Event, Name
from briefing.model import When

_MOST_TELLINGS = 12  # of one event; beyond that the text repeats itself
_NEAR = 3  # sentences between two tellings of one event
_RUN = 5  # events whose tolls are added up
_LARGE = 10  # a number that hardly two tolls of one event have by chance
_THERE = frozenset(("المدينه", "البلده", "المنطقه", "القريه", "بالمدينه", "بالبلده", "المخيم", "المطار"))


def near(known: Draft, sentence: int) -> bool:
    """Whether an event may still be told in sentence number `sentence`."""
    citations = known.item.citations
    return len(citations) < _MOST_TELLINGS and sentence - citations[-1].sentence <= _NEAR


def same(known: Draft, event: Event, s: Sighting) -> bool:
    """A later telling of the event before: near it, at no other place, named as known («الهجوم») or alike in type."""
    held = known.item
    assert isinstance(held, Event)
    if not near(known, event.citations[0].sentence) or not _compatible(held.place, event.place):
        return False
    if _another(s):
        return False
    if event.type == held.type == "ACCIDENT" and _as_reported(s):
        return True
    if s.definite or (s.casualties_only and (event.place is None or _agree(held, event))):
        return True  # «الهجوم», or a toll by itself
    if _adds_up(held, event) and _one_day(event.date, held.date):
        return True  # seven killed, told later as five and two
    if event.type != held.type or not _one_day(event.date, held.date):
        return False
    if s.introduces and event.place is not None and held.place is None and not _shared(held, event):
        return False
    back = event.place is None and held.place is not None and any(s.parsed.word(k) in _THERE for k in range(s.first, s.last))
    both = event.place is not None and held.place is not None and not _one_of_two(held, event)
    spot = not _spots(held.ar).isdisjoint(_spots(event.ar))
    return back or both or spot or not (held.counts and event.counts) or _shared(held, event)


def _one_of_two(held: Event, event: Event) -> bool:
    """What was told of «نينوى وكركوك» together is no other number of one of them."""
    joined = held.place is not None and " and " in held.place.en
    return joined and held.place != event.place


def _another(s: Sighting) -> bool:
    """«كما أحبطت …», «انفجار آخر»: the words say that it is one more."""
    words = triggers.context("another")
    opens = next((s.parsed.word(k) for k in range(s.first, s.last) if s.parsed.tokens[k].is_word), "")
    return opens in words or any(s.parsed.word(k) in words for k in range(s.trigger.last, min(s.trigger.last + 2, s.last)))


def _one_day(a: When, b: When) -> bool:
    return a.value is None or b.value is None or a.value == b.value


def _agree(held: Event, event: Event) -> bool:
    """A toll told again: of one day, and with no number of its own or with one told before."""
    return _one_day(held.date, event.date) and (not event.counts or _shared(held, event))


def _shared(held: Event, event: Event) -> bool:
    """Whether they have a number above one in common."""
    numbers = {c.number for c in held.counts if c.number and c.number > 1}
    return any(c.number in numbers for c in event.counts)


def _spots(text: str) -> frozenset[str]:
    """The words after «مدينة», «بلدة»: names of places, those that no lexicon has among them."""
    words = [t.key for t in tokenise(text)]
    return frozenset(b for a, b in itertools.pairwise(words) if is_exactly(a, "settlements") and not b.startswith("ال"))


def _as_reported(s: Sighting) -> bool:
    """«تلقت بلاغا بوقوع حادث»: how the accident told before became known."""
    return any(s.parsed.word(k) in triggers.context("reported") for k in range(s.first, s.last))


def _adds_up(held: Event, event: Event) -> bool:
    """Whether those killed in a later telling add up to one number of those killed before."""
    told = [c.number for c in held.counts if c.number and "killed" in c.what]
    parts = [c.number for c in event.counts if c.number and "killed" in c.what]
    return len(parts) > 1 and told == [sum(parts)]


def cause_of(known: Draft, event: Event, s: Sighting) -> bool:
    """Whether an attack is what a death told right before it, without a toll and a cause, came of."""
    held = known.item
    assert isinstance(held, Event)
    told = any(c.number is None or c.number > 1 for c in (*held.counts, *event.counts))
    apart = told or s.casualties_only or s.definite or _another(s) or (s.introduces and event.place is not None)
    close = s.parsed.sentence.n - held.citations[-1].sentence <= _NEAR and len(held.citations) == 1
    return not apart and close and _compatible(held.place, event.place) and _one_day(held.date, event.date)


def is_sum(item: Event, others: Sequence[Event]) -> bool:
    """Whether a toll without a cause is the sum, fate by fate, of two or more events told one after the other."""
    totals = {c.what.split()[-1]: c.number for c in item.counts}
    runs = (others[a:b] for a in range(len(others)) for b in range(a + 2, min(a + _RUN, len(others)) + 1))
    return bool(totals) and any(all(_adds(run, f, n) for f, n in totals.items()) for run in runs)


def _adds(run: Sequence[Event], fate: str, total: int | None) -> bool:
    """Whether every event of a run has some of a fate, in all the total."""
    numbers = [_of_fate(e, fate) for e in run]
    return all(numbers) and sum(numbers) == total


def _of_fate(event: Event, fate: str) -> int:
    """How many came to that fate by the event's first source."""
    return sum(c.number or 0 for c in event.counts if c.part_of is None and c.what.split()[-1] == fate)


def referred(parsed_word: str) -> bool:
    """«الحادث», «العملية»: a definite word for whatever happened."""
    return parsed_word in triggers.context("anaphor")


def of_accident(s: Sighting) -> bool:
    """A toll without a cause, where «الحادث» stands: of the accident told before, if there is one."""
    return any(referred(s.parsed.word(k)) or s.parsed.word(k) == "حادث" for k in range(*s.clause))


def hurt_before(parsed_word: str) -> bool:
    """«المصابين»: a definite word for those whom an event hurt."""
    return parsed_word in triggers.context("victims")


def _compatible(a: Name | None, b: Name | None) -> bool:
    """The same place, one the division the other lies in, or one of them not stated. Two towns are two places."""
    if a is None or b is None or a == b:
        return True
    one, two = _place_entry(a), _place_entry(b)
    return one is not None and two is not None and (one.en == two.data.get("division") or two.en == one.data.get("division"))


def _place_entry(name: Name) -> Entry | None:
    match = next((m for m in lexicon.load().find(tokenise(name.ar)) if m.kind == PLACE), None)
    return match.entry if match else None


def merged(known: Draft, event: Event, s: Sighting, event_type: str = "") -> Draft:
    """The event with a later telling's citation and counts, and with what the first left open, if the article itself tells it.

    `event_type` is its type, if the later telling gives it one.

    A plural («الغارات») speaks of other events too, and its parties may be theirs.
    """
    held = known.item
    assert isinstance(held, Event)
    citations = (*held.citations, *event.citations)
    own = event.asserted_by is None and not s.of_many
    joined = replace(
        held,
        type=event_type or held.type,
        counts=tolls.linked(s.parsed.text, (*held.counts, *_claimed(held, event))),
        citations=citations, ar=" … ".join(c.quote for c in citations), place=held.place or event.place,
        actor=held.actor or (event.actor if own else None), target=held.target or (event.target if own else None),
    )  # fmt: skip
    return replace(known, item=joined, lead=event_lead(joined, known.act))


def _claimed(held: Event, event: Event) -> Sequence[Count]:
    """The counts of a later telling, each with whose they are when another than the event's first source gives them."""
    teller = event.asserted_by.en if event.asserted_by else "the article"
    who = f" (according to {teller})" if event.asserted_by != held.asserted_by else ""
    new = _not_restated(held, event)
    shift = len(held.counts)
    place = {event.counts.index(c): n for n, c in enumerate(new)}
    return [replace(c, what=c.what + who, part_of=shift + place[c.part_of] if c.part_of in place else None) for c in new]


def _not_restated(held: Event, event: Event) -> Sequence[Count]:
    """The counts that are not told again: nothing when all of them were told, else what the same source did not give.

    Of one source small numbers may be others than before, and rival tolls are never put together.
    """
    known = {(c.number, _bare(c.what)) for c in held.counts if c.number is not None}
    if all((c.number, c.what) in known for c in event.counts):
        return ()
    one_source = event.asserted_by == held.asserted_by
    told = {c.number for c in held.counts if one_source and c.number is not None and c.number >= _LARGE}
    return [c for c in event.counts if c.number not in told]


def _bare(what: str) -> str:
    return what.partition(" (according to ")[0]

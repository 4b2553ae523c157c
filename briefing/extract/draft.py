"""A found item before its English: the facts, the line they make, and the Arabic clause still to be translated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from briefing.extract.describe import listed
from briefing.extract.naming import untranslated
from briefing.item_model import Agreement, Count, Event, Item, Name, Speaker
from briefing.model import NO_DATE, Translation, When

_CLAUSE = 5  # words before the limit in which the end of a clause is looked for
_LEADS_ON = {
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "that", "which", "who", "as", "its",
}  # fmt: skip
WORD_LIMIT = 40  # of an item's English line (contract of `inspect --json`)
_FIELD = "; "
_ARABIC_NAME = re.compile(r"«([^«»]*[\u0621-\u064a][^«»]*)»")


@dataclass(frozen=True, slots=True)
class Signing:
    """Who put their names to an agreement and where, and the day and place it sets for a meeting: for its English line."""

    signatories: tuple[str, ...] = ()
    place: str = ""
    due: When = NO_DATE
    due_place: str = ""


NO_SIGNING = Signing()


@dataclass(frozen=True, slots=True)
class Draft:
    """An item whose `en` is empty; `lead` is its line from facts, `act` what the speaker did, `segment` its Arabic clause.

    `why` says by which rule it was found (shown by `inspect -v`). `unnamed` are names no lexicon has, standing as «Arabic» in the
    English; an engine may translate them. `found_by` are the signatures of the extractors that found it.
    """

    item: Item
    lead: str
    act: str
    segment: str
    why: str
    unnamed: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()


def finish(draft: Draft, translation: Translation | None, names: Mapping[str, str]) -> Item:
    """The item with its English line: facts first, then what is known of the content, at most 40 words.

    `names` are English names an engine gave for the draft's `unnamed` ones, which replace «Arabic» wherever it stands. What is
    doubtful about a translation is a flag of the item it speaks for.
    """
    item = _renamed(draft.item, names)
    line = limited(_english(_line(draft, translation), names))
    doubts = translation.flags if translation and not _facts_alone(item) else ()
    return replace(item, en=line[:1].upper() + line[1:], flags=(*item.flags, *(f for f in doubts if f not in item.flags)))


def _facts_alone(item: Item) -> bool:
    """Whether the line of an item says what was found in the Arabic and nothing that an engine made of it."""
    return isinstance(item, Event) and bool(item.place or item.counts or item.actor)


def _english(line: str, names: Mapping[str, str]) -> str:
    for arabic, english in names.items():
        line = line.replace(untranslated(arabic), english).replace(f"«{arabic}»", english)
    return line


def _renamed(item: Item, names: Mapping[str, str]) -> Item:
    if not names:
        return item
    changes = {f.name: _rename(getattr(item, f.name), names) for f in fields(item)}
    return replace(item, **changes)


def _rename(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_rename(v, names) for v in value)
    if isinstance(value, Count):
        return replace(value, what=_english(value.what, names))
    return replace(value, en=_english(value.en, names)) if isinstance(value, Name | Speaker) else value


def unnamed_in(item: Item) -> tuple[str, ...]:
    """The Arabic names that stand untranslated («…») in an item's English names."""
    values = [getattr(item, f.name) for f in fields(item)]
    flat = [v for value in values for v in (value if isinstance(value, tuple) else (value,))]
    english = [v.what if isinstance(v, Count) else v.en for v in flat if isinstance(v, Count | Name | Speaker)]
    found = [m for line in english for m in _ARABIC_NAME.findall(line)]
    return tuple(dict.fromkeys(found))


def _line(draft: Draft, translation: Translation | None) -> str:
    content = translation.en.strip() if translation else ""
    if _facts_alone(draft.item):
        return draft.lead
    if not content or translation is None or translation.label == "none":
        return f"{draft.lead}: {draft.act}" if draft.act else draft.lead
    if translation.label == "terms":
        return f"{draft.lead}: {draft.act} [terms: {content}]" if draft.act else f"{draft.lead} [terms: {content}]"
    return f"{draft.lead}: {content}"


def limited(line: str, limit: int = WORD_LIMIT) -> str:
    """`line` cut to `limit` words, with an ellipsis when something was cut.

    It ends where a clause does, if one of the last words before the limit ends one, and never with a word that leads on.
    """
    words = line.split()
    if len(words) <= limit:
        return " ".join(words)
    end = next((n for n in range(limit, limit - _CLAUSE, -1) if n > 1 and words[n - 1].endswith((",", ";"))), limit)
    while end > 1 and words[end - 1].lower() in _LEADS_ON:
        end -= 1
    return " ".join(words[:end]).rstrip(",;:·،؛") + "…"


# ---------------------------------------------------------------- lines from facts


def statement_lead(speaker: Speaker, addressee: Name | None, venue: Name | None, date: When) -> str:
    """Speaker (role) → addressee, venue, date."""
    who = speaker.en or "Speaker not named"
    if speaker.role_en and speaker.role_en.lower() != speaker.en.lower():
        who += f" ({speaker.role_en})"
    if addressee:
        who += f" → {addressee.en}"
    return ", ".join(p for p in (who, venue.en if venue else "", stated(date)) if p)


# who is named with an alleged breach is who alleges it
_STANDING = {"alleged_breach": "alleging a breach"}


def agreement_lead(agreement: Agreement, signing: Signing) -> str:
    """Parties (status and the day that was set), place, date, by whom it was signed."""
    due = " ".join(p for p in (_due(signing.due), f"in {signing.due_place}" if signing.due_place else "") if p)
    standing = " ".join(p for p in (_STANDING.get(agreement.status, agreement.status), due) if p)
    signed = f"signed by {listed(signing.signatories)}" if signing.signatories else ""
    named = listed([p.en for p in agreement.parties]) if agreement.parties else "Parties not named"
    day = "" if signing.due.earliest else stated(agreement.date)
    return ", ".join(p for p in (f"{named} ({standing})", signing.place, day, signed) if p)


def _due(when: When) -> str:
    day = stated(when)
    return f"for {day}" if when.value else day


def event_lead(event: Event, kind: str) -> str:
    """Type by actor, against target, place, date; counts; status and who says so."""
    actor = f" by {event.actor.en}" if event.actor else ""
    target = f" {_AT.get(event.type, 'against')} {event.target.en}" if event.target else ""
    head = kind[:1].upper() + kind[1:] + actor + target
    where = ", ".join(p for p in (head, event.place.en if event.place else "", stated(event.date)) if p)
    counts = ", ".join(count_line(c.number, c.qualifier, c.what) for c in event.counts if c.part_of is None)
    says = f"{event.status}" + (f" by {event.asserted_by.en}" if event.asserted_by else "")
    return _FIELD.join(p for p in (where, counts, says) if p)


# how a type of event is joined with those it befell, where "against" will not do
_AT = {
    "ARREST": "of", "ABDUCTION": "of", "SEIZURE_OF_TERRITORY": "from", "SEIZURE_OF_GOODS": "from", "DETAINEE_EXCHANGE": "of",
    "DISPLACEMENT": "of", "EVACUATION_CALL": "to", "WITHDRAWAL": "from", "CLASH": "with", "INTERCEPTION": "of", "ACCIDENT": "of",
}  # fmt: skip

_QUALIFIERS = {
    "at_least": "at least",
    "more_than": "more than",
    "about": "about",
    "dozens": "dozens of",
    "hundreds": "hundreds of",
    "several": "several",
}


def count_line(number: int | None, qualifier: str, what: str) -> str:
    """«at least 6 people arrested»."""
    words = "" if what.partition(" of ")[0].endswith(("thousands", "millions")) else _QUALIFIERS.get(qualifier, "")
    figure = f"{number:,}" if number is not None else ""
    return " ".join(p for p in (words, figure, what) if p)


def stated(date: When) -> str:
    """A date as far as it is known, or nothing: never finer than its evidence."""
    if date.value:
        return date.value
    if date.earliest and date.latest:
        return f"between {date.earliest} and {date.latest}"
    return ""

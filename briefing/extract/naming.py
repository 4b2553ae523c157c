"""Names in both languages for a noun phrase: who it is, and the role in English."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, ROLE, TERM, Entry, Match, country_names
from briefing.arabic.romanise import romanise
from briefing.extract.clause import Parsed
from briefing.extract.noun_phrase import NounPhrase

_BODIES = (BODY, "common_body")
_PREFIXED_ROLES = ("deputy", "assistant", "former", "acting", "senior", "first deputy", "vice")


@dataclass(frozen=True)
class Named:
    """What a phrase names: `own` is True when it gives a name (person, body, country), False for a mere role or source."""

    ar: str
    en: str
    role_en: str | None
    own: bool
    person: bool


def named(phrase: NounPhrase) -> Named:
    """Who the phrase names."""
    people = phrase.of_kind(PERSON)
    if len(people) > 1:
        return Named(phrase.text, _and([p.entry.en for p in people]), None, True, True)
    if people:
        role = _describe(phrase, [m for m in phrase.matches if m.kind != PERSON], ())
        return Named(people[0].entry.ar, people[0].entry.en, role or None, True, True)
    if tail := _unknown_name(phrase):
        role = _describe(phrase, [m for m in phrase.matches if m.last <= tail[0]], ())
        ar = phrase.parsed.raw(tail[0], tail[-1] + 1).strip("«»\"“”")
        return Named(ar, romanise(ar), role or None, True, True)
    en = _describe(phrase, phrase.matches, phrase.unknown)
    own = bool(phrase.of_kind(*_BODIES, COUNTRY) or phrase.capital) and not phrase.of_kind(ROLE)
    return Named(phrase.text, en or romanise(phrase.text), None, own, False)


def _unknown_name(phrase: NounPhrase) -> list[int] | None:
    """The run of unknown words that is a person's name: at the end of a phrase with a role, or the whole phrase."""
    roles = phrase.of_kind(ROLE)
    if not roles and phrase.matches:
        return None
    floor = roles[-1].last if roles else phrase.first
    words = [u for u in phrase.unknown if u >= floor]
    if not words or (not roles and (len(words) < 2 or any(_is_common(phrase.parsed, u) for u in words[:1]))):
        return None
    run = [words[-1]]
    for u in reversed(words[:-1]):
        if u != run[0] - 1:
            break
        run.insert(0, u)
    if phrase.last - run[-1] > 2 or _is_common(phrase.parsed, run[0]):
        return None
    return run


def _is_common(parsed: Parsed, i: int) -> bool:
    """An article on the first word of a run says it is a noun or adjective, not a given name."""
    return parsed.word(i).startswith(("ال", "وال", "لل", "بال"))


def _describe(phrase: NounPhrase, matches: list[Match] | tuple[Match, ...], unknown: tuple[int, ...]) -> str:
    """English for roles, bodies, countries and places in the order English wants them."""
    nouns: list[str] = []
    for m in matches:
        _attach(nouns, m)
    if not nouns:
        return _from_terms(phrase) if unknown or not matches else ""
    return ", ".join(nouns)


def _attach(nouns: list[str], m: Match) -> None:
    """Joins one match to the nouns so far (each an English noun phrase, possibly with {adjective} or {body} to fill)."""
    entry = m.entry
    if m.kind in (ADJECTIVE, COUNTRY) and nouns and not m.prefix.startswith("و"):
        nouns[-1] = _with_country(nouns[-1], entry, m.kind == ADJECTIVE)
    elif m.kind == ADJECTIVE:
        nouns.append(entry.en)
    elif m.kind in (*_BODIES, PLACE) and nouns and not m.prefix.startswith("و"):
        nouns[-1] = _with_body(nouns[-1], entry, m.kind == PLACE)
    elif m.kind == ROLE and nouns and _bare(nouns[-1]).lower() in _PREFIXED_ROLES:
        nouns[-1] = f"{_bare(nouns[-1])} {_pattern(entry)}"
    elif m.prefix.startswith("و") and nouns:
        nouns[-1] = f"{_bare(nouns[-1])} and {_pattern(entry)}"
    else:
        nouns.append(_pattern(entry))
    nouns[-1] = nouns[-1] if m is None else nouns[-1]


def _pattern(entry: Entry) -> str:
    return str(entry.en)


def _bare(noun: str) -> str:
    return noun.replace("{adjective} ", "").replace(" for {body}", "").replace(" of {body}", "").replace("{body}", "").strip()


def _with_country(noun: str, entry: Entry, adjective: bool) -> str:
    _, country, adj = country_names().get(entry.id, ("", entry.en, entry.en))
    word = entry.en if adjective else adj
    return f"{word} {_bare(noun)}" if not noun.startswith(word) else noun


def _with_body(noun: str, entry: Entry, place: bool) -> str:
    if "{body}" in noun:
        return noun.replace("{body}", "the " + entry.en if not entry.en.startswith("the ") else entry.en)
    return f"{_bare(noun)} {'in' if place else 'of'} {entry.en}"


def _from_terms(phrase: NounPhrase) -> str:
    """English of known common nouns in the phrase, when nothing names anyone."""
    parsed = phrase.parsed
    terms = [m.entry.en for i in range(phrase.first, phrase.last) if (m := parsed.match_at(i)) and m.kind == TERM]
    return " ".join(reversed(terms)) if terms else ""


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def joint(phrase: NounPhrase) -> str | None:
    """English for several countries or bodies named together («روسيا وتركيا وإيران»), or None."""
    names = phrase.of_kind(COUNTRY, *_BODIES)
    if len(names) < 2 or not any(m.prefix.startswith("و") for m in names[1:]):
        return None
    return _and([m.entry.en for m in names])

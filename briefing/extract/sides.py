"""The sides a noun phrase stands for: states, governments, groups. A minister or president stands for his state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, ROLE, Match, country_names
from briefing.arabic.tokens import bare
from briefing.extract import noun_phrase
from briefing.extract.agreement_words import reads, words
from briefing.extract.clause import Parsed, generic_body
from briefing.extract.describe import describe
from briefing.extract.naming import conjuncts, named
from briefing.extract.noun_phrase import NounPhrase
from briefing.item_model import Name, Speaker

_BODIES = (BODY, "common_body")
_BEHIND = 10  # tokens behind the word for a meeting in which the other side is named
_NEAR = 4  # words before «بين» in which what two sides have between them is named


def sides(phrase: NounPhrase) -> tuple[Name, ...]:
    """The sides a phrase names, each once and in order; none where it names a mere group, a source or somebody unknown."""
    found: dict[str, Name] = {}
    for part in conjuncts(phrase):
        for side in _of_part(part):
            found.setdefault(side.en, side)
    return tuple(found.values())


def _of_part(part: NounPhrase) -> list[Name]:
    if part.matches and part.matches[0].first > part.first and bare(part.head) in words("side"):
        return _states(part)  # «الجانب السوداني», «وزيرا الداخلية السوري والأردني»
    if bodies := part.of_kind(*_BODIES):
        if any(b.entry.data.get("kind") in words("not_parties") for b in bodies) or bare(part.head) in words("not_party_heads"):
            return []
        return [Name(part.text, describe(part, [replace(part.matches[0], prefix=""), *part.matches[1:]]))]
    if (states := _states(part)) and _speaks_for_states(part):
        return states
    if part.capital is not None:
        return [Name(part.capital.entry.ar, part.capital.entry.en)]
    if part.of_kind(PERSON):
        who = named(part)
        return [Name(who.ar, who.en)]
    if generic_body(part.head) and not part.of_kind(ROLE):
        return [Name(part.text, named(part).en)]  # «شركة …»: a body no lexicon has
    return []


def _states(part: NounPhrase) -> list[Name]:
    ids = [m.entry.id for m in part.matches if m.kind == COUNTRY or (m.kind == ADJECTIVE and m.entry.id in country_names())]
    return [state(i) for i in dict.fromkeys(ids) if i in country_names()]


def state(ident: str) -> Name:
    """A country by its id."""
    ar, en, _ = country_names()[ident]
    return Name(ar, en)


def _speaks_for_states(part: NounPhrase) -> bool:
    """A country itself or an office of it; «مواطن تركي» is no side."""
    first = part.matches[0]
    if first.first > part.first:
        return False
    if first.kind == ROLE:
        return "with_country" in first.entry.data or first.entry.data.get("kind") == "group"
    return first.kind in (COUNTRY, PLACE)


def is_both(phrase: NounPhrase) -> bool:
    """«الجانبان», «البلدان» by themselves: two sides named before."""
    return phrase.head in words("both") and not sides(phrase)


def is_group(phrase: NounPhrase) -> bool:
    """A word for several parties («المشاركون», «قادة الدول»)."""
    first = phrase.parsed.match_at(phrase.first)
    return phrase.group or bare(phrase.head) in words("collective") or _is_group_role(first)


def _is_group_role(match: Match | None) -> bool:
    return match is not None and match.entry.data.get("kind") == "group"


def is_states(phrase: NounPhrase) -> bool:
    """Whether the two sides are states whatever the text («البلدان», «الرئيسان»), as «الطرفان» need not be."""
    return phrase.head in words("both_states")


def states_in(parsed: Parsed) -> list[Name]:
    """The states a sentence names or qualifies something with, once for each mention."""
    found = (m for m in dict.fromkeys(parsed.cover) if m is not None and m.kind in (COUNTRY, ADJECTIVE))
    return [state(m.entry.id) for m in found if m.entry.id in country_names()]


def met(parsed: Parsed) -> tuple[Name, ...]:
    """Two sides a sentence brings together: «بين X وY», «X … نظيره Y», or X وY as the subject that opens it; else none."""
    between = (_between(parsed, i) for i, token in enumerate(parsed.tokens) if token.key == "بين")
    counterparts = (_counterparts(parsed, m.first) for m in dict.fromkeys(parsed.cover) if m and m.entry.en == "counterpart")
    together = (*between, *counterparts, _sides_at(parsed, 1), _guest(parsed))
    return next((pair for pair in together if len(pair) == 2), ())


def _guest(parsed: Parsed) -> tuple[Name, ...]:
    """«بحث الأمين العام … خلال استقباله وزير …»: who opens the sentence, and the first side named behind the meeting."""
    host = _sides_at(parsed, 1)
    meeting = next((i for i, token in enumerate(parsed.tokens) if reads(token.key, words("met_by"))), None)
    if len(host) != 1 or meeting is None:
        return ()
    behind = (_sides_at(parsed, k) for k in range(meeting + 1, min(meeting + _BEHIND, len(parsed.tokens))))
    other = next((found for found in behind if found and found != host), ())
    return (*host, *other) if len(other) == 1 else ()


def _between(parsed: Parsed, i: int) -> tuple[Name, ...]:
    shared = any(reads(parsed.word(k), words("between")) for k in range(max(0, i - _NEAR), i))
    return _sides_at(parsed, i + 1) if shared else ()


def _counterparts(parsed: Parsed, i: int) -> tuple[Name, ...]:
    return *_host(parsed, i), *_sides_at(parsed, i)


def _sides_at(parsed: Parsed, i: int) -> tuple[Name, ...]:
    phrase = noun_phrase.read(parsed, i) if i < len(parsed.tokens) else None
    return sides(phrase) if phrase is not None else ()


def _host(parsed: Parsed, i: int) -> tuple[Name, ...]:
    """The state of the office named last before «نظيره»."""
    offices: Sequence[Match] = [m for m in dict.fromkeys(parsed.cover[:i]) if m is not None and m.kind == ROLE]
    return _sides_at(parsed, offices[-1].first)[:1] if offices else ()


def of_speaker(speaker: Speaker) -> Name | None:
    """The state a speaker holds office in, as the English of the role has it from the lexicon («Iraqi oil minister»), or None."""
    line = f" {speaker.role_en or speaker.en} "
    found = [i for i, (_, en, adjective) in country_names().items() if f" {adjective} " in line or f" {en} " in line]
    return state(found[0]) if len(found) == 1 else None

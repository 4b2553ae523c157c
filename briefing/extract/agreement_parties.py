"""Between whom an agreement is: read beside its verb, after «بين» or «مع», or from the sides an article has named before."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.arabic.lexicon import ADJECTIVE, COUNTRY, ROLE, country_names
from briefing.extract import noun_phrase
from briefing.extract.agreement_clause import Agreeing
from briefing.extract.agreement_words import words
from briefing.extract.cast import Cast
from briefing.extract.clause import Parsed, is_exactly
from briefing.extract.naming import named
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.sides import is_both, is_group, is_states, of_speaker, sides, state
from briefing.extract.statements import Found
from briefing.item_model import Name

_PRONOUNS = {"انه", "انها", "بانه", "بانها", "انهما", "انهم"}
_AFTER = 5  # words after a document's noun in which «مع» or «بين» still says whose it is


@dataclass(frozen=True)
class Parties:
    """Who agrees; `several`: two at least, also where one name stands for a group; `who`: the phrase beside the verb."""

    names: tuple[Name, ...]
    several: bool
    who: NounPhrase | None = None


def parties(parsed: Parsed, told: Agreeing, said: Found | None, cast: Cast) -> Parties | None:
    """Between whom it is, or None where the text does not say enough: a wrong party is worse than no agreement."""
    who = told.subject or _right_before(parsed, told.verb)
    near = _both_at(parsed, told, who, cast)
    if near:
        return Parties(near, True, who)
    if _between_others(parsed, told):
        return None
    other = _with(parsed, told)
    mine = _subject(parsed, told, who, said, cast) if told.beside is None or who is not None else None
    if mine is None or (not told.alone and not mine.several and not other):
        return None
    names = mine.names if mine.several else (*mine.names, *(o for o in other if o not in mine.names))
    found = Parties(names, mine.several or len(names) > 1, who)
    unnamed = who is not None and is_both(who) and cast.knows_two()
    return found if (names or unnamed) and (found.several or not told.several) else None


def _subject(parsed: Parsed, told: Agreeing, who: NounPhrase | None, said: Found | None, cast: Cast) -> Parties | None:
    """Those the verb's subject names; for an absent one the speaker's side («بلاده», «اتفقنا») or the sides named before."""
    if who is not None:
        return _named(who, cast)
    if parsed.word(told.verb - 1) in words("own_state") | _PRONOUNS or told.we or not told.alone:
        mine = of_speaker(said.speaker) if said is not None else None
        if mine is not None and _with(parsed, told):
            return Parties((mine,), False)
        if mine is not None and mine in cast.two_states():
            return Parties(cast.two_states(), True)
    group = cast.last_group()
    if group is not None and group.en:
        return Parties((Name(group.ar, group.en),), True)
    return Parties(cast.both_sides(), True) if cast.both_sides() and not told.alone else None


def _named(who: NounPhrase, cast: Cast) -> Parties | None:
    found = sides(who)
    if len(found) > 1:
        return Parties(found, True)
    if is_both(who):
        both = cast.both_sides() or (cast.two_states() if is_states(who) else ())
        return Parties(both, True)  # nobody, where the text does not say which two: «parties_unknown»
    if is_group(who):
        return _group(who, cast)
    return Parties(found, False) if found else None


def _group(who: NounPhrase, cast: Cast) -> Parties | None:
    """«الدول», «الأطراف» are those named before; «المشاركون في المؤتمر» are themselves."""
    if is_exactly(who.head, "parties") and len(who.matches) <= 1:
        group = cast.last_group()
        return Parties((Name(group.ar, group.en),), True) if group is not None and group.en else None
    name = named(who)
    return Parties((Name(name.ar, name.en),), True)


def _right_before(parsed: Parsed, verb: int) -> NounPhrase | None:
    """Who opens the clause and runs up to the verb («الوزارتان وقعتا», «إن الجانبين اتفقا»)."""
    for k in range(max(0, verb - 10), verb):
        opens = k == 0 or not parsed.tokens[k - 1].is_word or is_exactly(parsed.word(k - 1), "complementisers")
        phrase = noun_phrase.read(parsed, k, verb) if opens or is_exactly(parsed.word(k - 1), "connectors") else None
        if phrase is not None and phrase.last == verb and (sides(phrase) or is_group(phrase) or is_both(phrase)):
            return phrase
    return None


def _with(parsed: Parsed, told: Agreeing) -> tuple[Name, ...]:
    """The other side: «اتفق … مع الأردن على», «اتفاقية مع الأردن»; after what was agreed on «مع» tells of something else."""
    last = told.content + _AFTER if told.signing else told.content
    for k in range(told.verb + 1, min(last, len(parsed.tokens) - 1)):
        if parsed.word(k) == "مع":
            phrase = noun_phrase.read(parsed, k + 1)
            return sides(phrase) if phrase is not None else ()
        if k > told.content and (not parsed.tokens[k].is_word or parsed.word(k) in ("ان", "علي")):
            return ()
    return ()


def _both_at(parsed: Parsed, told: Agreeing, who: NounPhrase | None, cast: Cast) -> tuple[Name, ...]:
    """Two sides or more named with the document: «اتفاق بين الأردن والعراق», «الاتفاق المصري القبرصي», «بين البلدين»."""
    scheduled = told.status == "scheduled" and who is None
    if not told.signing and told.alone and not scheduled:
        return ()
    start = told.content if told.beside is None else told.beside
    for k in range(start, min(told.content + _AFTER + 2, len(parsed.tokens) - 1)):
        if parsed.word(k) == "بين":
            return _between(parsed, k + 1, who, cast)
        if k > told.content and not parsed.tokens[k].is_word and parsed.tokens[k].text not in "-–،":
            break
    return _by_adjectives(parsed, told.content) or (_by_adjectives(parsed, start) if start < told.content else ())


def _between_others(parsed: Parsed, told: Agreeing) -> bool:
    """«أعلنت الوزارتان توقيع اتفاق بين شركتين»: it is not those who announce it that are bound by it."""
    near = range(told.content + 1, min(told.content + _AFTER, len(parsed.tokens) - 1))
    at = next((k for k in near if parsed.word(k) == "بين"), None)
    if not told.signing or at is None or any(not parsed.tokens[k].is_word for k in range(told.content, at)):
        return False
    phrase = noun_phrase.read(parsed, at + 1)
    own = phrase is not None and (is_both(phrase) or is_group(phrase) or is_states(phrase))
    return not own and not parsed.word(at + 1).startswith("ال")


def _between(parsed: Parsed, k: int, who: NounPhrase | None, cast: Cast) -> tuple[Name, ...]:
    phrase = noun_phrase.read(parsed, k)
    if phrase is None:
        return ()
    if is_both(phrase):
        return sides(who) if who is not None and len(sides(who)) == 2 else cast.both_sides()
    second = noun_phrase.read(parsed, phrase.last) if parsed.word(phrase.last).startswith("و") else None
    found = (*sides(phrase), *(sides(second) if second is not None else ()))
    return found if len(found) > 1 else ()


def _by_adjectives(parsed: Parsed, at: int) -> tuple[Name, ...]:
    """«الاتفاقية المصرية - القبرصية»: two states as adjectives of the document."""
    found: list[str] = []
    for k in range(at + 1, min(at + _AFTER, len(parsed.tokens))):
        match = parsed.match_at(k)
        if match is not None and match.kind == ADJECTIVE and match.entry.id in country_names():
            found.append(match.entry.id)
        elif match is not None and match.kind in (COUNTRY, ROLE):
            break
    return tuple(state(i) for i in dict.fromkeys(found)) if len(set(found)) > 1 else ()

"""Who did it and to whom: read only where the grammar says so. A wrong actor is worse than none."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, TERM, load
from briefing.arabic.tokens import stems
from briefing.extract import noun_phrase
from briefing.extract.clause import Parsed, generic_body, is_a, is_exactly
from briefing.extract.naming import named
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.statements import Found
from briefing.extract.triggers import CASUALTY, Trigger, is_light
from briefing.item_model import Name

_FORCES = (BODY, "common_body", COUNTRY)
_NOT_ACTORS = ("agency", "media", "ngo", "court")
_NO_PARTIES = ("PROTEST", "ACCIDENT", "DISPLACEMENT", "EVACUATION_CALL")
# verbs whose subject is never who suffered it
_NEVER_PASSIVE = ("SEIZURE_OF_TERRITORY", "WITHDRAWAL", "INTERCEPTION")
# what is hit belongs to someone: «مواقع الجيش»
_HELD = frozenset(
    [
        "مواقع",
        "موقع",
        "اهداف",
        "هدف",
        "معاقل",
        "مقار",
        "مقر",
        "تجمعات",
        "ثكنات",
        "قافله",
        "رتل",
        "رتلا",
        "نقاط",
        "حواجز",
        "حاجز",
        "دوريه",
        "نقطه",
    ]
)
# what may stand between an action noun and whose it is: «قصف جوي تركي»
_MEANS = frozenset(
    [
        "جوي",
        "جويه",
        "مدفعي",
        "مدفعيه",
        "صاروخي",
        "صاروخيه",
        "بري",
        "بريه",
        "بحري",
        "بحريه",
        "عنيف",
        "عنيفه",
        "مكثف",
        "مكثفه",
        "ليلي",
        "ليليه",
    ]
)
_REACH = 7
_AGENT = 15  # words from a trigger to «من قبل»


@dataclass(frozen=True)
class Telling:
    """The clause tokens[first:last] around a trigger, and the statement it stands in, if any."""

    parsed: Parsed
    trigger: Trigger
    first: int
    last: int
    statement: Found | None


def parties(t: Telling) -> tuple[Name | None, Name | None]:
    """(actor, target) of the event, each None unless the clause's grammar gives it."""
    if t.trigger.kind.type in _NO_PARTIES:
        return None, None
    if t.statement is not None and t.statement.act == "claim_responsibility" and t.statement.speaker.en:
        return Name(t.statement.speaker.ar, t.statement.speaker.en), _target(t, None)
    actor = _by(t) or _adjective(t) or (_of_verb(t) if t.trigger.verb else _of_light_verb(t))
    who = _name(t, actor)
    aim = _target(t, actor)
    return who, aim if aim != who else None


def _name(t: Telling, phrase: NounPhrase | None) -> Name | None:
    """The name of a phrase, unless it is the one who speaks (telling is not doing) or a news agency."""
    if phrase is None or any(m.entry.data.get("kind") in _NOT_ACTORS for m in phrase.matches):
        return None
    who = named(phrase)
    speaker = t.statement.speaker if t.statement else None
    if speaker is not None and (who.en == speaker.en or phrase.text == speaker.as_written):
        return None
    return Name(who.ar, who.en) if who.en and "«" not in who.en else None


def _force(parsed: Parsed, i: int, end: int) -> NounPhrase | None:
    if not 0 <= i < end:
        return None
    if (held := _in_a_term(parsed, i)) is not None:
        return held
    phrase = noun_phrase.read(parsed, i, end)
    first = phrase.matches[0] if phrase is not None and phrase.matches else None
    term = parsed.match_at(i)
    if first is None and term is not None and term.kind == TERM and generic_body(parsed.word(i)) == "forces":
        return phrase  # «القوات التركية», where the lexicon has that as a term
    if first is not None and generic_body(parsed.word(i)) == "forces" and first.kind == ADJECTIVE and first.first == i + 1:
        return phrase  # «القوات التركية»
    return phrase if first is not None and first.first == i and first.kind in _FORCES else None


def _in_a_term(parsed: Parsed, i: int) -> NounPhrase | None:
    """The body inside a term of two words: «مواقع الجيش» covers «الجيش»."""
    covering = parsed.cover[i]
    if covering is None or covering.kind != TERM or covering.first == i:
        return None
    body = load().at(parsed.tokens, i)
    if body is None or body.kind not in _FORCES:
        return None
    state = parsed.match_at(body.last)
    whose = (state,) if state is not None and state.kind == ADJECTIVE else ()
    return NounPhrase(parsed, i, whose[-1].last if whose else body.last, (body, *whose), ())


def _by(t: Telling) -> NounPhrase | None:
    """«من قبل X», «على يد X», after the trigger: before it they belong to another verb («المصنفة إرهابية من قبل …»)."""
    for i in range(t.trigger.last, min(t.trigger.last + _AGENT, t.last - 2)):
        if (t.parsed.word(i), t.parsed.word(i + 1)) in (("من", "قبل"), ("من", "جانب"), ("علي", "يد"), ("علي", "ايدي")):
            return _force(t.parsed, i + 2, t.last)
    return None


def _adjective(t: Telling) -> NounPhrase | None:
    """«قصف جوي تركي», «غارات إسرائيلية»: the state whose adjective qualifies the action noun."""
    if t.trigger.verb or t.trigger.kind.rank == CASUALTY:
        return None
    k = t.trigger.last + (t.parsed.word(t.trigger.last) in _MEANS)
    match = t.parsed.match_at(k) if k < t.last else None
    if match is None or match.kind != ADJECTIVE or match.prefix:
        return None
    return NounPhrase(t.parsed, match.first, match.last, (match,), ())


def _of_verb(t: Telling) -> NounPhrase | None:
    """The subject of a finite trigger: right before it, or right after it when an object follows.

    Without an object the phrase after may be who was hit («قُتل جنود»: the passive is written alike).
    """
    after = _force(t.parsed, t.trigger.last, t.last)
    if after is not None:
        follows = t.parsed.word(after.last)
        if t.trigger.kind.type in _NEVER_PASSIVE:
            return after
        return after if follows[:1].isalnum() and not is_a(follows, "prepositions") and not is_a(follows, "temporal") else None
    return _ending_at(t, t.trigger.first)


def _ending_at(t: Telling, end: int) -> NounPhrase | None:
    """A force named right before a verb («قوات روسية شنت»), at the beginning of its clause or after «أن»."""
    for k in range(max(t.first, end - 8), end):
        opens = (
            k == t.first
            or not t.parsed.tokens[k - 1].is_word
            or is_exactly(t.parsed.word(k - 1), "complementisers")
            or is_exactly(t.parsed.word(k - 1), "connectors")
        )
        phrase = _force(t.parsed, k, end) if opens else None
        if phrase is not None and phrase.last == end:
            return phrase
    return None


def _of_light_verb(t: Telling) -> NounPhrase | None:
    """«شن سلاح الجو … غارات», «قوات … نفذت هجمات»: the subject of the verb that carries the action noun."""
    for k in range(t.trigger.first - 1, max(t.first - 1, t.trigger.first - 1 - _REACH), -1):
        if is_light(t.parsed.word(k)):
            phrase = _force(t.parsed, k + 1, t.trigger.first) or _ending_at(t, k)
            return phrase if _carries(t.parsed, k) else None
    return None


_CARRIERS = frozenset(
    [
        "شن",
        "نفذ",
        "واصل",
        "جدد",
        "عاود",
        "بدا",
        "كثف",
        "استانف",
        "شنت",
        "نفذت",
        "واصلت",
        "جددت",
        "عاودت",
        "بدات",
        "كثفت",
        "استانفت",
        "اطلق",
        "اطلقت",
        "شنوا",
        "نفذوا",
    ]
)


def _carries(parsed: Parsed, k: int) -> bool:
    """The verb's subject does the action (to carry out), it does not suffer or report it."""
    return any(rest in _CARRIERS for _, rest in stems(parsed.word(k)))


def _target(t: Telling, actor: NounPhrase | None) -> Name | None:
    """After «على», «ضد», a form of «استهدف», or as the owner of what was hit («مواقع …»)."""
    start = max(t.trigger.last, actor.last if actor is not None else 0)
    for k in range(start, min(start + _REACH + 3, t.last - 1)):
        word = t.parsed.word(k)
        if word in ("علي", "ضد") or "ستهدف" in word or word in _HELD:
            at = k + 1 + (t.parsed.word(k + 1) in _HELD)
            return _name(t, _force(t.parsed, at, t.last))
    return None

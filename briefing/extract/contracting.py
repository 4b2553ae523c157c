"""Contracts and memoranda that are signed, whoever signs them: companies, universities and ministries no lexicon has.

A verb of signing with a document as its object leaves no doubt that something was agreed. Who agreed is named as far as the
clause goes; where it does not say, the item says that too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from briefing.arabic.lexicon import BODY, PLACE
from briefing.extract import noun_phrase
from briefing.extract.agreement_clause import Agreeing, is_told, is_unreal, past, skip
from briefing.extract.agreement_words import is_noun, is_sport, reads, words
from briefing.extract.clause import Parsed, generic_body, is_a
from briefing.extract.dating import Dating
from briefing.extract.naming import untranslated
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.reporting import forms
from briefing.extract.sides import sides
from briefing.item_model import Name

_REACH = 18  # words from a verb of signing to its document: a long name may stand between
_OTHER = 30  # words from the document to «مع» and the other side: what it is about stands between
_NOUN = 4  # words from «تم» to «توقيع», and from there to the document


@dataclass(frozen=True)
class Contract:
    """A document signed or adopted, and the parties as far as the clause names them."""

    told: Agreeing
    parties: tuple[Name, ...]


def contracted(parsed: Parsed, dating: Dating) -> Contract | None:
    """The first contract a sentence tells of, or None."""
    verbs = words("signs") | words("passive") | words("adopts")
    begun = [i for i, token in enumerate(parsed.tokens) if reads(token.key, verbs) and not parsed.quoted[i]]
    if is_sport(parsed):
        return None
    if (found := _announced(parsed)) is not None or not begun:
        return found
    dated = dating.tokens(parsed)
    for i in begun:
        if is_unreal(parsed, i) or not is_told(parsed, i):
            continue
        found = _signed(parsed, i, dated) or _carried(parsed, i) or _adopted(parsed, i, dated)
        if found is not None:
            return found
    return None


def _signed(parsed: Parsed, i: int, dated: Collection[int]) -> Contract | None:
    """«أبرمت الشركة … عقدا … مع …»."""
    if not any(rest in words("signs") for rest in past(parsed, i)):
        return None
    at = _document(parsed, i + 1, _REACH)
    if at is None or any(reads(parsed.word(k), words("happens")) for k in range(i + 1, at)):
        return None  # «ووقع انفجار قرب مقر بعثة الاتفاق»
    start = skip(parsed, i + 1, dated)
    subject = noun_phrase.read(parsed, start, at) if start < at else None
    return Contract(_told(i, at, subject), _named(subject, _other(parsed, at)))


def _announced(parsed: Parsed) -> Contract | None:
    """«أعلنت الشركة عن توقيعها اتفاقية … مع …»: who announces it has signed it."""
    noun = next((k for k, t in enumerate(parsed.tokens) if is_noun(t.key, words("own_signing")) and not parsed.quoted[k]), None)
    at = _document(parsed, noun + 1, _NOUN, ("", "ل")) if noun is not None else None
    if noun is None or at is None:
        return None
    verbs = (k for k in range(max(0, noun - _REACH), noun) if any(f.verb.act == "announce" for f in forms(parsed, k)))
    verb = next((k for k in verbs if is_told(parsed, k) and not is_unreal(parsed, k)), None)
    subject = noun_phrase.read(parsed, verb + 1, noun) if verb is not None else None
    return Contract(_told(verb, at, subject), _named(subject, _other(parsed, at))) if verb is not None and subject else None


def _carried(parsed: Parsed, i: int) -> Contract | None:
    """«تم توقيع الاتفاقية …», «وجرى إبرام العقد بين … و…»."""
    if not any(rest in words("passive") for rest in past(parsed, i)):
        return None
    noun = next((k for k in range(i + 1, i + 1 + _NOUN) if is_noun(parsed.word(k), words("signing"))), None)
    at = _document(parsed, noun + 1, _NOUN) if noun is not None else None
    return Contract(_told(i, at, None), _named(_other(parsed, at))) if at is not None else None


def _adopted(parsed: Parsed, i: int, dated: Collection[int]) -> Contract | None:
    """«تبنى مجلس الأمن … قرارا»: what a body of states decides binds them."""
    if not any(rest in words("adopts") for rest in past(parsed, i)):
        return None
    subject = noun_phrase.read(parsed, skip(parsed, i + 1, dated))
    bodies = subject.of_kind(BODY) if subject is not None else []
    if subject is None or not bodies or bodies[0].entry.data.get("kind") not in ("un", "intergovernmental"):
        return None
    after = range(subject.last, min(subject.last + _NOUN, len(parsed.tokens)))
    at = next((k for k in after if is_noun(parsed.word(k), words("resolution"))), None)
    return Contract(_told(i, at, subject), _named(subject)) if at is not None else None


def _told(verb: int, at: int, subject: NounPhrase | None) -> Agreeing:
    return Agreeing(verb, at, subject, "new", "a document is signed or adopted", signing=True)


def _document(parsed: Parsed, first: int, reach: int, prefixes: tuple[str, ...] = ("",)) -> int | None:
    """The document a verb signs, before anything that begins another clause."""
    for k in range(first, min(first + reach, len(parsed.tokens))):
        word = parsed.word(k)
        stops = parsed.tokens[k].text in "؛:" or (parsed.tokens[k].text == "." and len(parsed.word(k - 1)) > 1)  # «د. فلان»
        if stops or (is_a(word, "relative") and word != "من") or is_a(word, "complementisers"):
            return None
        if is_noun(word, words("document"), prefixes) and parsed.word(k - 1) not in words("held_back"):
            return k
    return None


def _other(parsed: Parsed, at: int) -> NounPhrase | None:
    """The other side, after «مع» or «بين»; «الطريق بين سبها والجفرة» names places and no side."""
    for k in range(at + 1, min(at + _OTHER, len(parsed.tokens) - 1)):
        if parsed.tokens[k].text in "؛.:" or is_a(parsed.word(k), "complementisers"):
            return None
        if parsed.word(k).removeprefix("و") in ("مع", "بين"):
            phrase = noun_phrase.read(parsed, k + 1)
            if phrase is None or not phrase.matches or any(m.kind != PLACE for m in phrase.matches):
                return phrase
    return None


def _named(*phrases: NounPhrase | None) -> tuple[Name, ...]:
    """Each party once: in English where the lexicon knows all of its name, else as «Arabic»; half a name would be another's."""
    found: dict[str, Name] = {}
    for phrase in phrases:
        for name in _names(phrase) if phrase is not None else ():
            found.setdefault(name.en, name)
    return tuple(found.values())


def _names(phrase: NounPhrase) -> tuple[Name, ...]:
    known = sides(phrase)
    if known and not phrase.unknown:
        return known
    text = phrase.text.strip("،, ")
    names_one = len(text.split()) > 1 or bool(generic_body(phrase.head))
    return (Name(text, untranslated(text)),) if names_one and not phrase.group else ()

"""Names outside statements: whom a later title, «المصدر» or «الجانبان» may mean."""

from __future__ import annotations

from briefing.arabic.fold import key
from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, ROLE, Match
from briefing.arabic.romanise import is_given_name
from briefing.extract import noun_phrase
from briefing.extract.cast import Cast, is_plural, speaker
from briefing.extract.clause import Parsed
from briefing.extract.naming import named
from briefing.extract.reporting import forms
from briefing.extract.sides import met, states_in
from briefing.extract.subjects import agrees

_BEGINNING = 4  # words: «بدأ اجتماع مصر والأردن», «وعقدت وفود مصر والأردن»


def listen(parsed: Parsed, spoke: bool, cast: Cast) -> None:
    """Takes in the sides a sentence brings together and, where nobody `spoke` in it, the people it names."""
    cast.meet(met(parsed), states_in(parsed))
    if not spoke:
        _remember_silent(parsed, cast)
        _remember_states(parsed, cast)
    for match in dict.fromkeys(m for m in parsed.cover if m is not None):
        if match.kind == PERSON and not spoke:
            _remember(parsed, match, cast)
        elif match.kind == ROLE and not spoke:
            _remember_new(parsed, match, cast)
        elif match.entry.data.get("kind") == "state_group":
            cast.group(match)


def _remember(parsed: Parsed, match: Match, cast: Cast) -> None:
    start = match.first
    while start > 0 and (m := parsed.cover[start - 1]) is not None and m.kind in (ROLE, "adjective", COUNTRY):
        start = m.first
    phrase = noun_phrase.read(parsed, start, match.last)
    if phrase is not None and phrase.of_kind(PERSON):
        cast.mention(phrase, spoke=False)


def _remember_new(parsed: Parsed, match: Match, cast: Cast) -> None:
    """«وصل وزير الصناعة فلان الفلاني»: a name no lexicon has, when it begins like one and follows an office."""
    phrase = noun_phrase.read(parsed, match.first)
    if phrase is None or phrase.of_kind(PERSON) or not named(phrase).person:
        return
    if is_given_name(key(named(phrase).ar.split()[0])):
        cast.mention(phrase, spoke=False)


def _remember_silent(parsed: Parsed, cast: Cast) -> None:
    """«ولم يذكر المتحدث موعدا»: who says nothing may go on to say something («لكنه أضاف»)."""
    for i in range(1, len(parsed.tokens) - 1):
        if parsed.word(i - 1) in ("لم", "ولم") and (readings := forms(parsed, i)):
            phrase = noun_phrase.read(parsed, i + 1)
            if phrase is not None and phrase.of_kind(PERSON, ROLE, BODY, "common_body") and agrees(phrase, readings[0]):
                speaker(phrase, cast)
                return


def _remember_states(parsed: Parsed, cast: Cast) -> None:
    """«اختتمت وفود مصر والأردن والعراق»: several states that a sentence begins with, whom «الدول الثلاث» may then mean."""
    for i in range(1, min(_BEGINNING, len(parsed.tokens))):
        phrase = noun_phrase.read(parsed, i)
        named_first = phrase is not None and any(m.first == phrase.first for m in phrase.matches)  # not «اجتماع مصر والأردن»
        if phrase is not None and named_first and len(phrase.of_kind(COUNTRY)) > 1 and is_plural(phrase):
            cast.mention(phrase, spoke=False)
            return

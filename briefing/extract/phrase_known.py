"""The words of a noun phrase that the lexicon knows: which of them still belong to it."""

from __future__ import annotations

from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, ROLE, Match
from briefing.extract.clause import Parsed, head_is, is_a
from briefing.extract.name_words import adjectival
from briefing.extract.phrase_state import State

ONE_OF = ("احد", "احدي")
_NAMES = {BODY, "common_body", COUNTRY}
_OFFICES = ("person_role", "title")  # kinds of role that a name may follow


def known_step(parsed: Parsed, i: int, start: int, match: Match, state: State) -> int:
    """How many tokens from i belong to the phrase that begins at `start`, where `match` begins at i; 0 ends it."""
    kind, size = match.kind, match.last - i
    first = i == start
    if first and match.prefix not in ("", "و", "ف"):
        return 0
    if match.prefix.startswith(("و", "ف")) and not first:
        return _conjoined(match, state, size) or size * _second_state(parsed, i, kind)
    if kind == ROLE and match.prefix.startswith("ل") and not first:
        return 0  # «أكد الوزير لمدير المستشفى»: the one spoken to
    if match.entry.en == "counterpart" and not first and not match.prefix:
        return 0  # «أبلغ الوزير نظيره»: the one spoken to
    source = match.entry.data.get("kind") == "source_role" and match.definite and not match.prefix
    if source and not first and state.definite and parsed.cover[start] is None:
        return 0  # «ناشد الفلاني الأهالي»
    if kind == PERSON:
        if state.person or (state.named and not state.role):
            return 0
        state.person = True
        return size
    if kind == ADJECTIVE:
        state.common = False
        return 0 if first and not match.definite and not state.definite else size
    if kind in (COUNTRY, PLACE):
        if first:
            state.named = True
            return size
        genitive = _follows_preposition(parsed, i) or not parsed.word(i - 1).startswith(("ال", "لل"))
        if match.entry.data.get("kind") == "capital" and not genitive and not match.prefix:
            return 0  # «اتهم وفد المعارضة دمشق»: the one accused
        return size if not state.person and (state.role or not state.named or state.common) else 0
    if kind in (BODY, "common_body") and not first and match.definite and not match.prefix and _has_article(parsed, i - 1):
        return 0  # «حمل الجيش الحكومة المسؤولية»: a noun with the article has no genitive
    if kind == ROLE and match.entry.data.get("kind") == "group" and i == start + 1 and parsed.word(start) in ONE_OF:
        state.role = True  # «أحد المحتجين»
        return size
    return _body_or_role(match, first, state, size, adjacent=i > start and head_is(parsed.word(i - 1), "of_media"))


def _has_article(parsed: Parsed, i: int) -> bool:
    """Whether the word at i is a noun made definite by its article; an adjective after it may belong to a longer name."""
    before = parsed.cover[i]
    ends_a_noun = before is None or before.kind in ("common_body", ROLE)
    return ends_a_noun and parsed.word(i).startswith("ال") and not adjectival(parsed.word(i))


def _second_state(parsed: Parsed, i: int, kind: str) -> bool:
    """«الرئيسان التونسي والجزائري», «وزيرا الزراعة في الأردن ولبنان»: a second state under one head."""
    before = parsed.cover[i - 1]
    return kind in (ADJECTIVE, COUNTRY) and before is not None and before.kind == kind


def _follows_preposition(parsed: Parsed, i: int) -> bool:
    return is_a(parsed.word(i - 1), "prepositions")


def _body_or_role(match: Match, first: bool, state: State, size: int, adjacent: bool) -> int:
    if state.person or (match.kind == ROLE and not first and (match.entry.data.get("kind") == "group" or state.named)):
        return 0
    if match.entry.data.get("kind") in ("agency", "media") and (match.prefix or (state.role and not adjacent)):
        return 0  # «أبلغ مسؤول حكومي وكالة …» is told to the agency
    if not first and match.kind != ROLE and not state.role and not match.prefix and not _genitive(match, state):
        return 0
    if match.kind == ROLE:
        state.role = True
        state.name_words = 0
        state.office = match.entry.data.get("kind") in _OFFICES
    else:
        state.named = True
        state.common = match.kind == "common_body"
    state.definite = match.definite
    return size


def _genitive(match: Match, state: State) -> bool:
    """A body after a body («وفد الحكومة»), or after an unknown noun without article («لجنة الجيش»)."""
    if state.named:
        return state.common and match.kind == "common_body" and not state.definite
    return not state.definite and not state.closed


def _conjoined(match: Match, state: State, size: int) -> int:
    """«روسيا وتركيا وإيران»: a further member of a joint speaker."""
    if match.prefix in ("و",) and match.kind in (*_NAMES, PERSON, PLACE, ROLE) and (state.named or state.person or state.role):
        state.person = match.kind == PERSON
        state.named = state.named or match.kind in _NAMES
        if match.kind == ROLE:
            state.role, state.name_words = True, 0
            state.office = match.entry.data.get("kind") in _OFFICES
        return size
    return 0

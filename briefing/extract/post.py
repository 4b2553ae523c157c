"""Where somebody works, or in what: the words behind «في» that belong to an office and name nobody."""

from __future__ import annotations

from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, ROLE
from briefing.arabic.romanise import is_given_name
from briefing.extract.clause import Parsed, generic_body, head_is, is_a
from briefing.extract.name_words import name_like

_MOST = 6  # words of a post, its preposition included
_NAMED = (BODY, COUNTRY, PERSON, ROLE, "common_body")
_DEFINITE = ("ال", "لل")


def post(parsed: Parsed, start: int, i: int, end: int) -> int:
    """How many tokens from the preposition at i a post takes: «في مركز الدراسات», «في الشأن السوري»; 0 when none is there.

    The phrase begins at `start`. A noun that governs ends with the definite one: what follows without the article is a name
    again. Of a minister «في مركز الإعلام» says where he spoke, of an expert where he works.
    """
    match = parsed.match_at(i + 1) if i + 1 < end else None
    if i + 1 >= end or (match is not None and match.kind in _NAMED) or not _heads(parsed, start, i + 1):
        return 0
    k = i + 2
    while k < min(end, i + _MOST) and _goes_on(parsed, k):
        k += 1
    return k - i


def _heads(parsed: Parsed, start: int, k: int) -> bool:
    word = parsed.word(k)
    body = bool(generic_body(word)) or (head_is(word, "governed") and not word.startswith("ال"))
    return head_is(word, "fields") or (body and any(head_is(parsed.word(n), "takes_place") for n in range(start, k)))


def _goes_on(parsed: Parsed, k: int) -> bool:
    word, match = parsed.word(k), parsed.match_at(k)
    if not name_like(parsed, k) or is_given_name(word) or is_a(word, "temporal"):
        return False
    if match is not None and match.kind in (PERSON, ROLE):
        return False
    return word.startswith(_DEFINITE) or not parsed.word(k - 1).startswith(_DEFINITE)

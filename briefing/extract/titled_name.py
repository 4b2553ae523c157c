"""The name that a long office leads up to: «وكيل شؤون البيئة والتنمية بالرئاسة الدكتور سعد الغامدي»."""

from __future__ import annotations

from itertools import takewhile

from briefing.arabic.lexicon import BODY, COUNTRY, PLACE, ROLE, Match
from briefing.arabic.romanise import SERVANT, is_given_name
from briefing.extract.clause import Parsed, is_a
from briefing.extract.name_words import name_like
from briefing.extract.phrase_marks import MAX_NAME

_REACH = 8  # words of an office between where reading stopped and the title
_DEFINITE = ("ال", "وال", "لل", "بال", "ولل")
_PARTS = (BODY, "common_body", COUNTRY, PLACE)
_SON_OF = ("بن", "ابن", "بنت")


def titled_name(parsed: Parsed, i: int, end: int) -> tuple[int, int] | None:
    """The tokens [first, last) of a name behind a title, where what stands from `i` to the title belongs to an office."""
    title = next((k for k in range(i, min(i + _REACH, end)) if _is_title(parsed.match_at(k))), None)
    if title is None or not all(_of_an_office(parsed, k) for k in range(i, title)):
        return None
    first = title
    while first < end and _is_title(parsed.match_at(first)):
        first += 1
    if first >= end or not (is_given_name(parsed.word(first)) or parsed.word(first) == SERVANT):
        return None
    name = list(takewhile(lambda k: _in_name(parsed, k), range(first, end)))
    words = [k for k in name if parsed.word(k) not in _SON_OF]
    return (first, name[-1] + 1) if 1 < len(words) <= MAX_NAME + 1 else None


def _is_title(match: Match | None) -> bool:
    return match is not None and match.kind == ROLE and match.entry.data.get("kind") == "title" and not match.prefix


def _of_an_office(parsed: Parsed, k: int) -> bool:
    """A definite word, a joined one before such a word, or a part of a name: no object, no addressee, no other office."""
    word, match = parsed.word(k), parsed.match_at(k)
    if not parsed.tokens[k].is_word or is_a(word, "complementisers") or is_a(word, "relative") or is_a(word, "temporal"):
        return False
    if match is not None and match.kind == ROLE:
        return False
    if word.startswith(_DEFINITE) or (match is not None and match.kind in _PARTS and not match.prefix.startswith("ل")):
        return True
    return word.startswith("و") and parsed.word(k + 1).startswith(_DEFINITE)


def _in_name(parsed: Parsed, k: int) -> bool:
    return parsed.tokens[k].is_word and (parsed.word(k) in _SON_OF or is_given_name(parsed.word(k)) or name_like(parsed, k))

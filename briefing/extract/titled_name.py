"""The name that a long office leads up to: «وكيل شؤون البيئة والتنمية بالرئاسة الدكتور سعد الغامدي»."""

from __future__ import annotations

from itertools import takewhile

from briefing.arabic.lexicon import BODY, COUNTRY, PLACE, ROLE, Match
from briefing.arabic.romanise import SERVANT, is_given_name
from briefing.extract.clause import Parsed, generic_body, is_a, is_exactly
from briefing.extract.name_words import name_like, never_a_name
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
    unknown = not parsed.word(first).startswith("ال") and parsed.cover[min(first, end - 1)] is None
    return _name(parsed, first, end) if first < end and (_begins(parsed, first) or unknown) else None


def name_behind(parsed: Parsed, i: int, end: int) -> tuple[int, int] | None:
    """As `titled_name`, where no title stands before the name: «الناطق … في المدينة بيشي الصرخي أن».

    Its first word is a given name, or «بن» follows it, or the name ends with an article right before what is said.
    """
    for k in range(i, min(i + _REACH, end)):
        if _begins(parsed, k) or _sounds_like_one(parsed, k):
            return _name(parsed, k, end)
        if not _of_an_office(parsed, k):
            return None
    return None


def _name(parsed: Parsed, first: int, end: int) -> tuple[int, int] | None:
    name = list(takewhile(lambda k: _in_name(parsed, k), range(first, end)))
    words = [k for k in name if parsed.word(k) not in _SON_OF]
    return (first, name[-1] + 1) if 1 < len(words) <= MAX_NAME + 1 else None


def _begins(parsed: Parsed, k: int) -> bool:
    named = is_given_name(parsed.word(k)) or parsed.word(k) == SERVANT or parsed.word(k + 1) in _SON_OF
    return named and name_like(parsed, k)


def _sounds_like_one(parsed: Parsed, k: int) -> bool:
    """«بيشي الصرخي أن»: a word of no lexicon, one with the article and the ending of surnames, and then what is said."""
    word, surname = parsed.word(k), parsed.word(k + 1)
    plain = parsed.cover[k] is None and name_like(parsed, k) and not word.startswith(("ال", "لل", "بال", "وال")) and len(word) > 2
    said = is_a(parsed.word(k + 2), "complementisers")
    family = surname.startswith("ال") and surname.endswith("ي") and parsed.cover[k + 1] is None
    return plain and family and said and not parsed.tokens[k].text.endswith("ة") and not never_a_name(word)


def _is_title(match: Match | None) -> bool:
    return match is not None and match.kind == ROLE and match.entry.data.get("kind") == "title" and not match.prefix


def _of_an_office(parsed: Parsed, k: int) -> bool:
    """A definite word, a joined one before such a word, or a part of a name: no object, no addressee, no other office."""
    word, match = parsed.word(k), parsed.match_at(k)
    if not parsed.tokens[k].is_word or is_a(word, "complementisers") or is_a(word, "relative") or is_a(word, "temporal"):
        return False
    if match is not None and match.kind == ROLE:
        return False
    if word == "في" and (place := parsed.match_at(k + 1)) is not None and place.kind in (PLACE, COUNTRY):
        return True
    if word.startswith(_DEFINITE) or _of_it(word) or (match is not None and match.kind in _PARTS and not match.prefix.startswith("ل")):
        return True
    return word.startswith("و") and parsed.word(k + 1).startswith(_DEFINITE)


def _of_it(word: str) -> bool:
    """«لشؤون», «بفرع»: what an office is for and where it is."""
    return word.startswith("ل") and is_exactly(word[1:], "fields")


def _in_name(parsed: Parsed, k: int) -> bool:
    word = parsed.word(k)
    if word.startswith("ال") and generic_body(word):
        return False  # «طالب الأمير فلان الاتحاد»
    return parsed.tokens[k].is_word and (word in _SON_OF or is_given_name(word) or name_like(parsed, k))

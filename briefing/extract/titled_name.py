"""The name that a long office leads up to: «وكيل شؤون البيئة والتنمية بالرئاسة الدكتور سعد الغامدي»."""

from __future__ import annotations

from itertools import takewhile

from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, PLACE, ROLE, Match
from briefing.arabic.romanise import SERVANT, is_given_name
from briefing.arabic.tokens import stems
from briefing.extract.clause import Parsed, generic_body, head_is, is_a, is_exactly
from briefing.extract.name_words import name_like, never_a_name
from briefing.extract.phrase_marks import MAX_NAME

_REACH = 8  # words of an office between where reading stopped and the title
_DEFINITE = ("ال", "وال", "لل", "بال", "ولل")
_PARTS = (BODY, "common_body", COUNTRY, PLACE)
_COMMA = ("،", ",")
_FAR = 22  # words of an office, from where reading stopped to what is said
_SON_OF = ("بن", "ابن", "بنت")


def titled_name(parsed: Parsed, i: int, end: int) -> tuple[int, int] | None:
    """The tokens [first, last) of a name behind a title, where what stands from `i` to the title belongs to an office."""
    title = next((k for k in range(i, min(i + _REACH, end)) if _is_title(parsed.match_at(k))), None)
    if title is None or not all(_of_an_office(parsed, k) for k in range(i, title)):
        return None
    first = title
    while first < end and (_is_title(parsed.match_at(first)) or _is_short_title(parsed, first)):
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


def apposed_name(parsed: Parsed, i: int, end: int) -> tuple[int, int] | None:
    """«مديرة المستشفى في الحي، د. سلمى ود الريح، إن»: between two commas, the second before what is said."""
    opened = next((k for k in range(i, min(i + _REACH, end)) if parsed.tokens[k].text in _COMMA), None)
    if opened is None or any(is_a(parsed.word(k), "complementisers") for k in range(i, opened)):
        return None
    closed = next((k for k in range(opened + 1, min(opened + _REACH, end)) if parsed.tokens[k].text in _COMMA), None)
    first = next((k for k in range(opened + 1, end) if not _is_short_title(parsed, k) and not _is_title(parsed.match_at(k))), end)
    if closed is None or not is_a(parsed.word(closed + 1), "complementisers"):
        return None
    if any(is_exactly(parsed.word(k), "unnamed") for k in range(first, closed)):
        return None
    names = [k for k in range(first, closed) if parsed.word(k) not in _SON_OF]
    whole = all(name_like(parsed, k) and not parsed.word(k).startswith(("لل", "بال")) for k in range(first, closed))
    return (first, closed) if whole and 1 < len(names) <= MAX_NAME + 1 and not parsed.word(first).startswith("ال") else None


def name_before_saying(parsed: Parsed, i: int, end: int) -> tuple[int, int] | None:
    """«مساعد مدير … بمستشفى … ياسر صالح السفياني أن»: the last words before what is said, from a given name on.

    None across a mark, and where somebody spoken to may bear the name.
    """
    said = next((k for k in range(i, min(i + _FAR, end)) if is_a(parsed.word(k), "complementisers")), None)
    if said is None or not all(parsed.tokens[k].is_word or parsed.tokens[k].text in "-." for k in range(i, said)):
        return None
    if any(_spoken_to(parsed, k) or is_a(parsed.word(k), "relative") or head_is(parsed.word(k), "venue") for k in range(i, said)):
        return None
    first = said
    while first > i and parsed.cover[first - 1] is None and _in_name(parsed, first - 1):
        first -= 1
    first = next((k for k in range(first, said) if _begins(parsed, k) and not is_namesake(parsed, k - 1)), said)
    found = _name(parsed, first, said) if first < said else None
    return found if found is not None and found[1] == said else None


def _spoken_to(parsed: Parsed, k: int) -> bool:
    word, match = parsed.word(k), parsed.match_at(k)
    given = word.startswith("ل") and is_given_name(word[1:])
    office = match is not None and match.kind in (ROLE, PERSON) and match.prefix.startswith("ل")
    return given or office or word in ("الي", "مع") or (match is not None and match.entry.en == "counterpart")


def is_namesake(parsed: Parsed, k: int) -> bool:
    """«مستشفى الملك عبدالعزيز»: a title behind a noun of places, which bear the name of whoever had it."""
    match = parsed.match_at(k) if k > 0 else None
    titled = match is not None and match.kind == ROLE and match.entry.data.get("kind") in ("title", "person_role")
    return titled and any(head_is(rest, "named_after") for _, rest in stems(parsed.word(k - 1)))


def _is_short_title(parsed: Parsed, k: int) -> bool:
    """«د.», «م.»: a letter and its full stop."""
    return len(parsed.word(k)) == 1 or (parsed.tokens[k].text == "." and len(parsed.word(k - 1)) == 1)


def _name(parsed: Parsed, first: int, end: int) -> tuple[int, int] | None:
    name = list(takewhile(lambda k: _in_name(parsed, k), range(first, end)))
    words = [k for k in name if parsed.word(k) not in _SON_OF]
    return (first, name[-1] + 1) if 1 < len(words) <= MAX_NAME + 1 else None


def _begins(parsed: Parsed, k: int) -> bool:
    named = is_given_name(parsed.word(k)) or parsed.word(k) == SERVANT or parsed.word(k + 1) in (*_SON_OF, "ابو")
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
    if word == "علي" and parsed.word(k + 1).startswith(_DEFINITE) and not _is_title(parsed.match_at(k + 1)):
        return True  # «المشرف العام على المركز»
    part = match is not None and match.kind in _PARTS and not match.prefix.startswith("ل")
    if word.startswith(_DEFINITE) or _of_it(word) or part:
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

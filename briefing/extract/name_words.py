"""What a word inside a noun phrase may be: part of a name, an adjective, or a verb that ends the phrase."""

from __future__ import annotations

import re

from briefing.arabic.romanise import is_given_name
from briefing.arabic.tokens import stems
from briefing.arabic.verbs import reading
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly

_ACTION = re.compile(r"ت\w\wي\w|م\wا\w\wه")  # «تقديم», «تنفيذ», «محاسبة»


def may_be_verb(parsed: Parsed, k: int) -> bool:
    """Whether the word at k has the form of a reporting verb, whatever it is here."""
    return any(reading(rest) for prefix, rest in stems(parsed.word(k)) if prefix in ("", "و", "ف"))


def name_like(parsed: Parsed, i: int) -> bool:
    """Whether the word at i can be part of a name: no closed-class word, no verb that goes on with what is said."""
    word = parsed.word(i)
    closed = ("prepositions", "temporal", "complementisers", "relative", "connectors", "negation", "venue")
    open_ = not any(is_a(word, k) for k in closed) and not head_is(word, "demonstratives")
    return parsed.tokens[i].is_word and open_ and not is_verb(parsed, i)


def never_a_name(word: str) -> bool:
    """Whether a folded word is an ordinary noun that often follows a name as what is said or done («أهمية», «تقديم»)."""
    if is_given_name(word):
        return False
    forms = [rest for prefix, rest in stems(word) if prefix in ("", "ب")]
    return any(is_exactly(form, "never_names") or _ACTION.fullmatch(form) for form in forms)


def adjectival(word: str) -> bool:
    """An ending most adjectives of bodies have («العامة», «العليا», «المركزي»)."""
    return word.endswith(("ي", "يه", "ه", "ا"))


def indefinite_adjective(parsed: Parsed, i: int, start: int) -> bool:
    """The word before qualifies an indefinite head, so no genitive can follow it."""
    word = parsed.word(i)
    return i > start and not word.startswith("ال") and word.endswith(("ون", "ين", "ي", "يه", "ات"))


def is_verb(parsed: Parsed, i: int) -> bool:
    """A reporting verb that goes on with «أن», a colon or a quotation is certainly not part of a name."""
    word = parsed.word(i)
    if not any(reading(rest) for prefix, rest in stems(word) if prefix in ("", "و", "ف")):
        return False
    after = parsed.word(i + 1)
    return (
        is_exactly(after, "complementisers")
        or is_exactly(after, "temporal")
        or parsed.tokens[min(i + 1, len(parsed.tokens) - 1)].text in ':«"“'
        or after in ("عن", "الي", "علي")
    )

"""One victim told without a number: «مقتل جندي وجرح آخر» is one killed and one wounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.arabic.fold import key
from briefing.arabic.nouns import Noun, forms
from briefing.arabic.plain import plain_word
from briefing.arabic.tokens import stems
from briefing.extract.clause import Parsed, is_a, is_exactly
from briefing.extract.fates import conjugated, fate_of
from briefing.item_model import Count

_FATES = ("killed", "wounded", "detained", "abducted", "released")
_SUBJECT = 6  # words between «اعتقلت» and whom: its subject
_AHEAD = 8  # words between a victim and what became of him, where he stands first
_DEATH = 10  # words between «لقي» and «مصرعه»
_TAKES = 3  # words between «قتل مسلح» and the number of those he killed


def singles(parsed: Parsed, first: int, last: int, numbered: Sequence[Count]) -> Iterator[Count]:
    """The single victims told in tokens[first:last], apart from those that `numbered` counts hold."""
    seen: set[int] = set()
    for k in range(first, last):
        fate = _fate(parsed, k, last)
        at = _victim(parsed, k, last, numbered) if fate in _FATES else None
        if at is not None and at not in seen and not _numbered(parsed, at, numbered):
            seen.add(at)
            yield _count(parsed, at, fate)


def _fate(parsed: Parsed, k: int, last: int) -> str:
    """What a word tells of the victim beside it; «لقي» tells with «مصرعه» further on."""
    if any(rest in ("لقي", "لقيت") for _, rest in stems(parsed.word(k))):
        return next((fate_of(parsed.word(n)) for n in range(k + 2, min(k + _DEATH, last)) if fate_of(parsed.word(n))), "")
    return fate_of(parsed.word(k))


def _victim(parsed: Parsed, k: int, last: int, numbered: Sequence[Count]) -> int | None:
    """The token of the one person whom the word at k befell, or None."""
    if is_exactly(parsed.word(k + 1), "one_more") and not parsed.word(k + 2).startswith("ال"):
        return k + 1
    verb = _is_verb(parsed, k)
    hit = _hit(parsed, k + 2, min(k + 2 + _SUBJECT, last)) if verb else None
    if hit is not None:
        return hit  # «اعتقلت الشرطة صحفيا», «قتل مسلح حارسا»
    doer = verb and is_exactly(parsed.word(k + 1).removesuffix("ا"), "doers")
    if doer or _person(parsed, k + 1) is None or parsed.word(k + 2).startswith("ال"):
        return _ahead(parsed, k, numbered) if verb else None
    return None if verb and _kills(parsed, k + 2, numbered) else k + 1


def _kills(parsed: Parsed, n: int, numbered: Sequence[Count]) -> bool:
    """«قتل حارس خمسة أشخاص»: a number follows that nothing joins or parts from the one before."""
    for k in range(n, min(n + _TAKES, len(parsed.tokens))):
        if not parsed.tokens[k].key.isalnum() or parsed.word(k).startswith("و") or is_a(parsed.word(k), "prepositions"):
            return False
        if _numbered(parsed, k, numbered):
            return True
    return False


def _is_verb(parsed: Parsed, k: int) -> bool:
    """«قتل» is a noun after a preposition."""
    word, before = parsed.word(k), parsed.word(k - 1)
    finite = any(rest in conjugated() for prefix, rest in stems(word) if prefix in ("", "و", "ف"))
    return finite and not is_a(before, "prepositions")


def _hit(parsed: Parsed, first: int, last: int) -> int | None:
    """The first person in the accusative («صحفيا») before a preposition, a verb or a mark ends the clause."""
    for n in range(first, last):
        word = parsed.word(n)
        if not parsed.tokens[n].is_word or is_a(word, "prepositions") or word.startswith("و") or fate_of(word):
            return None
        noun = _person(parsed, n)
        if noun is not None and plain_word(noun.ar) + "ا" == plain_word(parsed.tokens[n].text):
            return n
    return None


def _ahead(parsed: Parsed, k: int, numbered: Sequence[Count]) -> int | None:
    """«أن جنديا من اللواء قتل»: the one who stands before a finite verb, right after «أن»."""
    for n in range(k - 1, max(0, k - _AHEAD), -1):
        if not parsed.tokens[n].is_word or _numbered(parsed, n, numbered) or fate_of(parsed.word(n)):
            return None
        if is_exactly(parsed.word(n - 1), "complementisers") and _person(parsed, n) is not None:
            return n
    return None


def _person(parsed: Parsed, n: int) -> Noun | None:
    """The person that a word is, in the singular, without article and prefix; those who hold an office are known, no toll.

    Right behind a word for what became of him he may be somebody's: «بمقتل سائقه».
    """
    if n >= len(parsed.tokens):
        return None
    text = parsed.tokens[n].text
    form = forms().get(plain_word(text)) or (forms().get(plain_word(_whose(text))) if fate_of(parsed.word(n - 1)) else None)
    if form is None or form.grammar != "one" or form.noun.meaning != "person":
        return None
    return None if is_exactly(key(form.noun.ar), "not_singled") else form.noun


def _whose(text: str) -> str:
    """A noun without the pronoun of whose it is: «سائقه», «سائقها»; as it is without one."""
    return next((text.removesuffix(end) for end in ("هم", "ها", "ه") if text.endswith(end)), text)


def _numbered(parsed: Parsed, n: int, numbered: Sequence[Count]) -> bool:
    return n < len(parsed.tokens) and any(c.start <= parsed.tokens[n].start < c.end for c in numbered)


def _count(parsed: Parsed, n: int, fate: str) -> Count:
    start, end = parsed.span(n, n + 1)
    noun = _person(parsed, n)
    what = noun.en if noun is not None else "other"
    return Count(1, "exact", what if fate in what else f"{what} {fate}", start, end, parsed.text[start:end])

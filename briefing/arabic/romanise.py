"""A readable Latin form for an Arabic name that no lexicon has: letters by table, short vowels as «a»."""

from __future__ import annotations

from briefing.arabic.fold import key
from briefing.arabic.tokens import tokenise
from briefing.lexicon.tables import derived, table

_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i", "ئ": "", "ؤ": "u", "ء": "",
    "پ": "p", "چ": "ch", "ڤ": "v", "گ": "g",
}  # fmt: skip
_VOWELS = "aiou"


@derived
def _given_names() -> dict[str, str]:
    return {key(ar): en for ar, en in table("given_names")["names"].items()}


@derived
def _first_names() -> frozenset[str]:
    people = (row["ar"] for row in table("people")["person"])
    return frozenset(key(name.split()[0]) for name in people if " " in name) | frozenset(_given_names())


def is_given_name(word: str) -> bool:
    """Whether a folded word is a given name: one of given_names.toml or the first word of someone in people.toml."""
    return word in _first_names()


@derived
def _women() -> frozenset[str]:
    return frozenset(key(name) for name in table("given_names")["women"])


def is_womans_name(name: str) -> bool:
    """Whether a full name in Arabic begins with a woman's given name."""
    words = name.split()
    return bool(words) and key(words[0]) in _women()


def romanise(name: str) -> str:
    """`name` in Latin letters, each word capitalised; known given names as the press writes them."""
    return " ".join(_word(t.key, t.text) for t in tokenise(name) if t.key and t.key[0].isalnum())


def _word(folded: str, raw: str) -> str:
    if not any("\u0600" <= c <= "\u06ff" for c in folded):
        return raw
    if folded in _given_names():
        return _given_names()[folded]
    if folded.startswith("ال") and len(folded) > 3:
        return "al-" + _word(folded[2:], raw[2:])
    latin = _spell(folded, raw.endswith("ة"))
    return latin[:1].upper() + latin[1:]


def _spell(folded: str, feminine: bool) -> str:
    letters = folded[:-1] if feminine else folded
    out = ""
    for i, letter in enumerate(letters):
        sound = _LETTERS.get(letter, letter)
        if letter in "وي" and (i == 0 or (i + 1 < len(letters) and letters[i + 1] in "اوي")):
            sound = {"و": "w", "ي": "y"}[letter]
        if letter == "ع" and i == 0:
            sound = "a" if letters[1:2] not in ("ا", "و", "ي") else ""
        if out and sound and out[-1] not in _VOWELS and sound[0] not in _VOWELS and not (i == len(letters) - 1 and len(out) > 3):
            out += "a"
        out += sound
    return out + ("a" if feminine else "")

"""A readable Latin form for an Arabic name that no lexicon has: letters by table, short vowels by the shape of the word.

The commonest shapes of names tell their vowels («سالم» is fāʿil, «حمدان» faʿlān); elsewhere «a» stands for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.arabic.fold import key
from briefing.arabic.tokens import tokenise
from briefing.lexicon.tables import derived, table

_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i", "ئ": "", "ؤ": "u", "ء": "",
    "پ": "p", "چ": "ch", "ڤ": "v", "گ": "g",
}  # fmt: skip
SERVANT = "عبد"  # with the word behind it one given name: «عبد الباسط»
_VOWELS = "aeiou"
_HAMZA = frozenset("ءؤئ")
_C = "([^اويءئؤ])"
# shapes of words (folded, without ta marbuta) and how they sound; C is a letter that is neither long vowel nor hamza, {n} the
# n-th of them
_SHAPES = tuple(
    (re.compile(shape.replace("C", _C)), sound)
    for shape, sound in (
        ("CاCC", "{0}a{1}i{2}"),  # ماهر
        ("CاCCي", "{0}a{1}i{2}i"),  # الهاشمي
        ("CائC", "{0}ae{1}"),  # رائد
        ("CعاC", "{0}ua{1}"),  # سعاد
        ("CعيC", "{0}ai{1}"),  # نعيم
        ("CCCان", "{0}a{1}{2}an"),  # حمدان
        ("CCCاني", "{0}a{1}{2}ani"),  # الزهراني
        ("CCCي", "{0}a{1}{2}i"),  # الحربي
        ("CيC", "{0}ay{1}"),  # ليث
        ("مCCC", "mu{0}{1}i{2}"),  # مسلم
        ("مCCوC", "ma{0}{1}u{2}"),  # منصور
        ("مCCCي", "mu{0}{1}i{2}i"),  # المحسني
    )
)


@derived
def _given_names() -> dict[str, str]:
    return {key(ar): en for ar, en in table("given_names")["names"].items()}


@derived
def _spelled() -> dict[str, str]:
    return _given_names() | {key(ar): en for ar, en in table("given_names")["words"].items()}


@derived
def _first_names() -> frozenset[str]:
    people = (row["ar"] for row in table("people")["person"])
    return frozenset(key(name.split()[0]) for name in people if " " in name) | frozenset(_given_names()) | _women()


def is_given_name(word: str) -> bool:
    """Whether a folded word is a given name: one of given_names.toml, women's too, or the first of someone in people.toml."""
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
    return " ".join(filter(None, (_word(key(raw), raw) for raw in _words(name))))


def _words(name: str) -> Iterator[str]:
    """The words of a name; «عبد الباسط» is one."""
    servant = ""
    for token in (t for t in tokenise(name) if t.key and t.key[0].isalnum()):
        if token.key == SERVANT:
            servant = token.text
        else:
            joined = servant if not servant or token.key.startswith("ال") else servant + " "
            yield from (joined + token.text).split()
            servant = ""
    if servant:
        yield servant


def _word(folded: str, raw: str) -> str:
    if not any("\u0600" <= c <= "\u06ff" for c in folded):
        return raw
    if folded in _spelled():
        return _spelled()[folded]
    if folded.startswith("ال") and len(folded) > 3 and raw[0] not in "أإآ":  # «إلياس» has no article
        return "al-" + _word(folded[2:], raw[2:])
    if folded.startswith("عبدال") and len(folded) > 7:  # «عبدالمجيد»
        return "Abdul" + _spell(folded[5:], raw)
    latin = _spell(folded, raw)
    return latin[:1].upper() + latin[1:]


def _spell(folded: str, raw: str) -> str:
    if _HAMZA.issuperset(folded):
        return ""
    feminine = raw.endswith("ة")
    letters = folded[:-1] if feminine else folded
    return (_by_shape(letters, feminine) or _letter_by_letter(letters, raw[0])) + ("a" if feminine else "")


def _by_shape(letters: str, feminine: bool) -> str:
    """How a word of a common shape sounds, or ""."""
    for shape, sound in _SHAPES:
        if found := shape.fullmatch(letters):
            latin = sound.format(*(_LETTERS.get(c, c) for c in found.groups()))
            return latin.replace("ae", "ai") if feminine else latin
    return ""


def _letter_by_letter(letters: str, first: str) -> str:
    """Each letter by the table; between two consonants «a», but not after an opening alef («إسلام») or before the last."""
    out = ""
    for i in range(len(letters)):
        sound = _sound(letters, i, first)
        apart = (i == 2 and letters[0] == "ا" and len(letters) > 3) or (i == len(letters) - 1 and len(out) > 3)
        if out and sound and out[-1] not in _VOWELS and sound[0] not in _VOWELS and not apart:
            out += "a"
        out += sound
    return out


def _sound(letters: str, i: int, first: str) -> str:
    letter, after = letters[i], letters[i + 1 : i + 2]
    if i == 0 and first == "إ":
        return "i"
    if letter == "ي" and i == 1 and first == "إ":
        return ""  # «إيهاب»: one long i
    if letter in "وي" and (i == 0 or (after and after in "اوي")):
        return {"و": "w", "ي": "y"}[letter]
    if letter == "ع" and (i == 0 or after == "ي"):
        return "" if i == 0 and after and after in "اوي" else "a"
    return _LETTERS.get(letter, letter)

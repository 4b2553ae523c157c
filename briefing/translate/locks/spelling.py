"""A name looked for in another spelling: which words of an English text are the words of the name, romanised in another way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from briefing.arabic import lexicon
from briefing.arabic.romanise import romanise
from briefing.lexicon.tables import derived, remembered, table
from briefing.translate.checks.words import data
from briefing.translate.locks.plain import plain

# The article in all the ways it is written, with the letter it takes on: "al-Raqqa", "ar-Raqqa".
PARTICLES = frozenset(
    ("al", "an", "ar", "as", "ash", "at", "ath", "ad", "adh", "az", "el", "en", "er", "es", "esh", "et", "ed", "ez")
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_POSSESSIVE = re.compile(r"'s?$")
_GAPS = (" ", "-")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n]|['\"“”«(\[])\s*$")
_SOUNDS = (
    ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "$"), ("ch", "$"), ("dj", "j"), ("ck", "k"), ("ph", "f"),
    ("q", "k"), ("c", "k"), ("z", "s"), ("v", "f"), ("p", "b"), ("g", "j"), ("x", "ks"), ("'", ""),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyw]+")
_ROUND = re.compile("[ouw]")
_GLIDE = re.compile(r"(?<=[aeiou])[yw]+(?=[aeiou])")
_TWICE = re.compile(r"(.)\1+")
# Two words that sound alike are one name from this ratio of rapidfuzz on, in people from elsewhere and in Arabic names; given
# names before a surname that is alike, from the third on. Other names, and those of fewer than CONSONANTS, may differ by double
# letters only; those under LETTERS are not looked for where a sentence begins, those under LEAST nowhere. Measured by
# bench/locks.py: of the names of 18,000 sentences none is found in the English of another sentence.
ALIKE, ALIKE_ARAB, GIVEN, CONSONANTS, LETTERS, LEAST = 85, 72, 75, 3, 6, 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an English text (offsets in code points), plain, without its possessive; `capital`: as it is written."""

    start: int
    end: int
    text: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a name without its articles, each with how the Arabic sounds; `arab`: romanised in many ways.

    `article`: it begins with one.
    """

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    article: bool
    arab: bool
    person: bool


def words_of(english: str) -> list[Word]:
    """The words of a text. Among small letters, a word all in capitals is an abbreviation and counts as no name."""
    found, shouts = [], english.isupper()
    for match in _WORD.finditer(plain(english)):
        text = _POSSESSIVE.sub("", match.group())
        start = match.start()
        if text:
            capital = english[start].isupper() and (len(text) == 1 or not english[start : start + len(text)].isupper() or shouts)
            found.append(Word(start, start + len(text), text, capital))
    return found


@remembered(20_000)
def sought(name: str, arabic: str, arab: bool, person: bool) -> Sought:
    """What `name` is looked for by; `arabic` is how the source writes it."""
    every = [word.text for word in words_of(name)]
    own = tuple(word for word in every if not (arab or person) or word not in PARTICLES)  # «Dar es Salaam» is not Dar al-Salam
    sounds = tuple(w.text for w in words_of(romanise(arabic)) if w.text not in PARTICLES)
    return Sought(own, sounds if len(sounds) == len(own) else own, every[:1] != list(own[:1]), arab, person)


def find(name: Sought, english: str, free: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where `name` stands in another spelling: start and end in `english`. `free` are the words that no known form takes."""
    n = 0
    while name.words and n < len(free):
        taken = _at(name, english, free, n)
        if taken:
            yield _begin(name, english, free, n), free[taken - 1].end
        n = taken or n + 1


def _at(name: Sought, english: str, free: Sequence[Word], first: int) -> int | None:
    """The index after the last word of the name that begins at word `first`, or None."""
    n, found = first, list[tuple[str, str, Word]]()
    skipped = PARTICLES if name.arab or name.person else ()
    for part, sound in zip(name.words, name.sounds, strict=True):
        while found and n < len(free) and free[n].text in skipped and _adjacent(english, free, n):
            n += 1
        if n >= len(free) or not free[n].capital or (found and not _adjacent(english, free, n)):
            return None
        found.append((part, sound, free[n]))
        n += 1
    return n if _same(name, found, english) else None


def _adjacent(english: str, free: Sequence[Word], n: int) -> bool:
    return plain(english[free[n - 1].end : free[n].start]) in _GAPS


def _begin(name: Sought, english: str, free: Sequence[Word], first: int) -> int:
    """An article before the name goes with it, where the name has one of its own or a hyphen joins them."""
    if first and free[first - 1].text in PARTICLES and _adjacent(english, free, first):
        joined = english[free[first - 1].end] != " "
        if joined or (name.article and free[first - 1].capital):
            return free[first - 1].start
    return free[first].start


def _same(name: Sought, found: Sequence[tuple[str, str, Word]], english: str) -> bool:
    """Whether these words are the name in another spelling, and those that differ no words that we know as something else."""
    others = [(part, sound, word.text) for part, sound, word in found if word.text != part]
    if not others:
        return len(found) > 1 and (name.arab or name.person)
    *given, last = [word.text == part or _alike(part, sound, word.text, name) for part, sound, word in found]
    if not last or not (all(given) or (name.person and all(_given(part, word.text) for part, _, word in found))):
        return False
    first = found[0][2]
    opens = len(found) == 1 and len(first.text) < LETTERS and _SENTENCE_START.search(english[: first.start]) is not None
    # beside a word of the name that stands as it should, a known word may be its variant: "Mohamed al-Bashir"
    return not opens and (len(others) < len(found) or not any(_is_known(word) for _, _, word in others))


def _given(part: str, word: str) -> bool:
    return word[0] == part[0] and fuzz.ratio(word, part) >= GIVEN


def _is_known(word: str) -> bool:
    return word in _known() or word.removesuffix("s") in _known()


def _alike(part: str, sound: str, word: str, name: Sought) -> bool:
    if min(len(part), len(word)) < LEAST:
        return False
    if not (name.arab or name.person) or _consonants(part) < CONSONANTS:
        return _bare(word) == _bare(part)
    if not name.arab:
        return _skeleton(word) == _skeleton(part) and fuzz.ratio(part, word) >= ALIKE
    sounds = (part, sound) if _consonants(sound) >= CONSONANTS else (part,)
    return any(_skeleton(word) == _skeleton(s) for s in sounds) and max(fuzz.ratio(s, word) for s in sounds) >= ALIKE_ARAB


def _consonants(word: str) -> int:
    return len(_VOWELS.sub("", _skeleton(word)))


@remembered(50_000)
def _skeleton(word: str) -> str:
    """A romanised word as it may be heard: of its vowels only whether they are round, of its consonants the families.

    "Hodeidah" and "Hudaydah" are "huda-da" both, "Hussein" is not "Hassan", and "Qurayyat" not "Qarat".
    """
    for many, one in _SOUNDS:
        word = word.replace(many, one)
    word = _GLIDE.sub(lambda m: m[0].upper(), word.replace("iy", "i").replace("uw", "u"))
    return _TWICE.sub(r"\1", _VOWELS.sub(lambda m: "u" if _ROUND.search(m[0]) else "a", word)).rstrip("h")


def _bare(word: str) -> str:
    """A word without double letters and without "h" at its end: "Raqqah", "Raqa"."""
    return _TWICE.sub(r"\1", word.replace("'", "")).rstrip("h")


@derived
def _known() -> frozenset[str]:
    """Words that are something else than a misspelled name: those of all English of the lexicon's names and terms, and others."""
    names = [entry.en for entry, _ in lexicon.entries()] + [str(row["adjective_en"]) for row in table("countries")["country"]]
    rows = table("english")
    names += [form for row in rows["rendering"] for form in (*row.get("variants", ()), *row.get("also", ()))]
    listed: Collection[str] = [*rows["ordinary"], *data("names")["common"]]
    listed = [*listed, *(w for part in ("months", "weekdays") for words in data(part).values() for w in words)]
    return frozenset(word.text for name in (*names, *listed) for word in words_of(name))

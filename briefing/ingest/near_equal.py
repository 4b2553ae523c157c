"""Whether two sentences say the same: one of them altered no further than copying alters, and with the same numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain

from rapidfuzz.distance import OSA, Indel

from briefing.arabic.fold import key
from briefing.ingest.outlets import Known, by_name
from briefing.lexicon.tables import derived, remembered, table

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:[.,٫٬]\d+)*")
_FIGURES = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_SLIP_LETTERS = 5  # a shorter word is another word as soon as one letter differs
_FEWEST_WORDS = 4  # fewer words in common say nothing
_KEPT_SHARE = 0.6  # how much of a sentence a shortened copy keeps, unless it is one piece of it
_SAME_FRAME = 0.75  # how alike two sentences are, numbers apart, for their numbers to be about the same thing
_DATELINE_REACH, _DATELINE_WORDS = 90, 10
_DASH = re.compile(r"\s[-–—ـ]+\s|(?<=[)\]])\s*[-–—:]\s*|/\s|:\s")
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]")
_BETWEEN_NAMES = re.compile(r"[،,/;؛–—-]|\sو")


def words_of(text: str) -> Words:
    """The words and figures of `text` as they are compared: folded, without marks and punctuation."""
    return tuple(chain.from_iterable(_WORD.findall(key(piece)) for piece in text.split()))


def says(told: Words, by: Words) -> bool:
    """Whether all that the sentence `told` says is said in the sentence `by`, words slipped in one letter apart.

    `by` may say more, but no denial; numbers must be the same ones.
    """
    if told == by:
        return True
    extra, lacking, common = _differences(told, by)
    for word in extra:
        twin = next((other for other in lacking if alike(word, other)), None)
        if twin is not None:
            lacking.remove(twin)
            common += 1
        elif word not in _light():
            return False
    if common < _FEWEST_WORDS or any(word in _denials() for word in lacking):
        return False
    return common >= _KEPT_SHARE * len(by) or f" {' '.join(told)} " in f" {' '.join(by)} "


def rivals(one: Words, other: Words) -> bool:
    """Whether two sentences are the same but for their numbers: another toll, another session, another day."""
    if not numbers_clash(one, other):
        return False
    a, b = without_numbers(one), without_numbers(other)
    return min(len(a), len(b)) >= _FEWEST_WORDS - 1 and Indel.normalized_similarity(a, b) >= _SAME_FRAME


def numbers_clash(one: Words, other: Words) -> bool:
    """Whether each has a number that the other has not; where only one has, it merely says more."""
    a, b = numbers(one), numbers(other)
    return bool(a - b) and bool(b - a)


def alike(one: str, other: str) -> bool:
    """The same word, a conjunction or one slip of the pen apart. Numbers are never alike unless equal."""
    a, b = _without_conjunction(one), _without_conjunction(other)
    if a == b:
        return True
    long_enough = min(len(a), len(b)) >= _SLIP_LETTERS and not is_number(a) and not is_number(b)
    return long_enough and OSA.distance(a, b, score_cutoff=1) == 1


@remembered(100_000)
def is_number(word: str) -> bool:
    """Whether a folded word is a figure, a number word or an ordinal, prefixes apart («والثامنة», «15»)."""
    if any(c.isdecimal() for c in word):
        return True
    if word in _weekdays():
        return False
    rest = word.lstrip("وفبلك") if word not in _number_words() else word
    return any(form in _number_words() for form in (word, word[1:], rest, rest.removeprefix("ال")) if len(form) > 1)


def numbers(words: Words) -> Counter[str]:
    """The figures and number words among `words` with how often each stands there, letters before and after figures off."""
    return Counter(_bare_number(word) for word in words if is_number(word))


def without_numbers(words: Words) -> Words:
    """`words` without figures and number words."""
    return tuple(word for word in words if not is_number(word))


# ---------------------------------------------------------------- datelines


def dateline(text: str) -> int:
    """How many characters of `text` are a dateline («دبي (رويترز) - »): where a story came from, no part of what it says."""
    found = [m for m in _DASH.finditer(text, 0, _DATELINE_REACH) if len(text[: m.start()].split()) <= _DATELINE_WORDS]
    for m in reversed(found):
        head = text[: m.start()]
        if head.rstrip().endswith((")", "]")) or named(head):
            return m.end()
    return 0


def named(text: str) -> frozenset[str]:
    """The agencies that `text` names in brackets or by itself, in English («(رويترز، أ ف ب)» -> Reuters, ...)."""
    inside = [m[1] for m in _BRACKETS.finditer(text)]
    outside = _BRACKETS.sub(" - ", text)
    pieces = chain.from_iterable(_BETWEEN_NAMES.split(piece) for piece in (*inside, outside, *inside))
    found = (_agency(piece) for piece in (*inside, *pieces))
    return frozenset(known.name_en for known in found if known is not None)


def _agency(name: str) -> Known | None:
    known = by_name(name.replace(".", " ")) or by_name(name)
    return known if known is not None and known.kind == "agency" else None


# ---------------------------------------------------------------- words


def _differences(told: Words, by: Words) -> tuple[list[str], list[str], int]:
    """The words only in `told`, those only in `by`, and how many stand in both in the same order."""
    extra: list[str] = []
    lacking: list[str] = []
    common = 0
    for step in Indel.opcodes(told, by):
        if step.tag == "equal":
            common += step.src_end - step.src_start
        extra += told[step.src_start : step.src_end] if step.tag == "delete" else ()
        lacking += by[step.dest_start : step.dest_end] if step.tag == "insert" else ()
    return extra, lacking, common


def _bare_number(word: str) -> str:
    figures = _FIGURES.search(word)
    return figures[0] if figures else _without_conjunction(word)


def _without_conjunction(word: str) -> str:
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


def _keys(values: Iterable[str]) -> frozenset[str]:
    return frozenset(key(value) for value in values)


@derived
def _number_words() -> frozenset[str]:
    data = table("numbers")
    sections = ("units", "ten", "tens", "hundreds", "scales", "scale_duals", "ordinals")
    return _keys(form.removeprefix("ال") for name in sections for forms in data[name].values() for form in forms)


@derived
def _weekdays() -> frozenset[str]:
    """Days of the week that are also number words: «الأحد»."""
    return _keys(prefix + day for day in ("الأحد", "الاثنين") for prefix in ("", "و", "ف", "ب"))


@derived
def _denials() -> frozenset[str]:
    forms = [*table("grammar")["negation"], "نفى", "نفت", "ينفي", "تنفي", "غير"]
    return _keys(chain.from_iterable((form, f"و{form}", f"ف{form}") for form in forms))


@derived
def _light() -> frozenset[str]:
    """Words that a copy may add without saying more."""
    return _keys(("قد", "وقد", "لقد", "كما", "إن", "أن", "ثم", "هذا", "هذه", "ايضا", "كذلك"))

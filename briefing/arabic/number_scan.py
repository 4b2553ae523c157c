"""Where the numbers stand among the tokens of a plain text: cardinals, ordinals, duals, collectives, and their nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from briefing.arabic.nouns import Form, Noun, followers, forms, noun_form, split_prefix
from briefing.arabic.number_words import Cardinal, Token, cardinal, figure_is_count, figure_value, fractions, tokens, words
from briefing.arabic.plain import plain_word
from briefing.lexicon.tables import derived, remembered, table

Kind = Literal["digits", "words", "dual", "collective"]
_RANGE = re.compile(r"(\d{1,4})[-–−](\d{1,4})")
_ARTICLE = re.compile(r"[وفبك]?ال|[وف]?لل")


@dataclass(frozen=True, slots=True)
class Found:
    """A number in the plain text; `unit` is where its noun stands (start, end), `last` the index of the token after all of it."""

    start: int
    end: int
    last: int
    value: Decimal | None
    kind: Kind
    ordinal: bool = False
    scale: int | None = None
    unit: tuple[int, int] | None = None
    noun: Noun | None = None


def scan(text: str) -> Iterator[Found]:
    """Every number of a plain text, left to right, none overlapping."""
    found = tokens(text)
    i = 0
    while i < len(found):
        at = i
        for number in _at(found, i, text):
            yield number
            at = max(at, number.last)
        i = max(at, i + 1)


def _at(found: Sequence[Token], i: int, text: str) -> Sequence[Found]:
    token = found[i]
    if token.kind == "figure":
        return _figures(found, i, text)
    if token.kind == "other" or not _may_be_number(token.text):
        return ()
    for read in (_ordinal, _several, _collective, _dual):
        number = read(found, i)
        if number is not None:
            return (number,)
    spelled = _spelled(found, i, text)
    return () if spelled is None else (spelled,)


@remembered(1 << 16)
def _may_be_number(word: str) -> bool:
    """Whether a word can begin a number at all; most cannot, and a text repeats its words."""
    tables: tuple[Mapping[str, object], ...] = (words(), forms(), _ordinals(), _collectives(), _several_words(), fractions())
    phrase = any(word.removeprefix("و") == p[0] for p in _several_phrases())
    return word not in _words("never") and (phrase or any(split_prefix(word, known) for known in tables))


# ---------------------------------------------------------------- figures and words


def _figures(found: Sequence[Token], i: int, text: str) -> Sequence[Found]:
    number = cardinal(found, i, text)
    if number is not None:
        return (_with_unit(found, i, _counted(found, i, number)),)
    both = _RANGE.fullmatch(found[i].text)
    if both is None or not figure_is_count(found, i, text):
        return ()
    start = found[i].start
    low = Found(start, start + both.end(1), i + 1, figure_value(both[1]), "digits")
    high = Found(start + both.start(2), start + both.end(2), i + 1, figure_value(both[2]), "digits")
    return [n for n in (low, _with_unit(found, i, high)) if n.value is not None]


def _counted(found: Sequence[Token], i: int, number: Cardinal) -> Found:
    ordinal = number.definite and not number.words and not _after_plural(found, i - 1)
    kind: Kind = "words" if number.words else "digits"
    return Found(number.start, found[number.last - 1].end, number.last, number.value, kind, ordinal)


def _spelled(found: Sequence[Token], i: int, text: str) -> Found | None:
    if i and found[i - 1].kind == "figure" and "ر" in found[i - 1].text:
        return None  # the million of «5ر1 مليون», whose figure cannot be read
    number = cardinal(found, i, text)
    if number is None or (number.definite and _before(found, i).lstrip("وفبلك") in _words("not_cardinal_after")):
        return None
    if number.value == 100 and number.definite and _before(found, i) == "في":  # "20 في المئة"
        return None
    counted = _with_unit(found, i, _counted(found, i, number))
    if number.last == i + 1 and not _stands_alone(found, i, counted):
        return None
    tens_only = number.definite and number.value in range(20, 100, 10) and number.last == i + 1
    if tens_only and counted.unit is None and not _after_plural(found, i):
        return replace(counted, ordinal=True)
    return counted


def _stands_alone(found: Sequence[Token], i: int, number: Found) -> bool:
    """Whether a single number word is a number here: «أحد» is someone, «واحد» counts only after a noun, «ألف» before one."""
    split = split_prefix(found[i].text, words())
    word = split[1] if split else ""
    if number.value == 1:
        return word.startswith("واحد") and number.unit is not None
    if word in _words("only_multiplied") or word in ("احد", "اثنا", "اثني", "اثنتا", "اثنتي"):
        return False
    if word == "اثنين" and split is not None and split[0].endswith(("ال", "لل")):
        return False
    if word in ("الف", "الفي"):
        after = found[i + 1].text if i + 1 < len(found) else ""
        return number.unit is not None or after == "من" or _before(found, i) in ("من", "نحو", "حوالي", "قرابه", "عن")
    return True


def _with_unit(found: Sequence[Token], i: int, number: Found) -> Found:
    """`number` with the noun after it, or before it («الأشخاص الثلاثة», «قتيل واحد»)."""
    after = _noun_at(found, number.last)
    if after is not None and number.value != 1:
        token = found[number.last]
        return replace(number, unit=(token.start, token.end), noun=after.noun, last=number.last + 1)
    back = i - 1
    if back >= 0 and _ARTICLE.fullmatch(found[back].text):
        back -= 1
    for k in (back, back - 1) if number.value == 1 else (back,):
        if k < 0 or found[k].kind != "word":
            break
        form = noun_form(found[k].text)
        definite = found[i].text.startswith(("ال", "لل")) or back < i - 1
        if form is not None and (number.value == 1 or definite):
            return replace(number, unit=(found[k].start + _prefix_length(found[k].text), found[k].end), noun=form.noun)
    return number


def _noun_at(found: Sequence[Token], i: int) -> Form | None:
    """The counted noun at token i when it carries no conjunction or preposition."""
    if i >= len(found) or found[i].kind != "word":
        return None
    split = split_prefix(found[i].text, forms())
    return forms()[split[1]] if split and split[0] in ("", "ال") else None


# ---------------------------------------------------------------- ordinals


def _ordinal(found: Sequence[Token], i: int) -> Found | None:
    split = split_prefix(found[i].text, _ordinals())
    if split is None or not split[0].endswith(("ال", "لل")) or _before(found, i) in _words("not_ordinal_after"):
        return None
    value, last = _ordinals()[split[1]], i + 1
    after = words().get(found[last].text) if last < len(found) else None
    tens = words().get(found[last].text.removeprefix("وال")) if last < len(found) else None
    if after is not None and after[0] == "ten" and value < 10:
        value, last = value + 10, last + 1
    elif tens is not None and tens[0] == "tens" and found[last].text.startswith("وال") and value < 10:
        value, last = value + tens[1], last + 1
    elif split[1].startswith("حادي"):
        return None
    start = found[i].start + len(split[0]) - (2 if split[0].endswith("ال") else 1)
    return Found(start, found[last - 1].end, last, value, "words", ordinal=True)


@derived
def _ordinals() -> Mapping[str, Decimal]:
    return {plain_word(w): Decimal(v) for v, ws in table("numbers")["ordinals"].items() for w in ws}


# ---------------------------------------------------------------- duals


def _dual(found: Sequence[Token], i: int) -> Found | None:
    """«صاروخين», «ضابطي صف», «عسكريين تركيين اثنين»; an adjective of a dual («تركيين») is not another."""
    form = noun_form(found[i].text)
    if form is None:
        return None
    last = _two(found, i)
    unit_last = i + 1
    if form.grammar == "construct" or (form.grammar == "one" and found[i].text.endswith("ا")):
        if i + 1 >= len(found) or found[i + 1].text not in followers():
            return None
        unit_last = i + 2
    elif not (form.grammar == "dual" and not _after_dual(found, i)) and not (form.grammar in ("dual", "dual_or_many") and last):
        return None
    start = found[i].start + _prefix_length(found[i].text)
    end = max(unit_last, last or 0)
    return Found(start, found[end - 1].end, end, Decimal(2), "dual", unit=(start, found[unit_last - 1].end), noun=form.noun)


def _two(found: Sequence[Token], i: int) -> int | None:
    """The index after «اثنين» that follows token i, with at most two adjectives in -ين or -ان between."""
    for k in range(i + 1, min(i + 4, len(found))):
        word = found[k].text.removeprefix("ال")
        if word in ("اثنين", "اثنان", "اثنتين", "اثنتان"):
            return k + 1
        if not word.endswith(("ين", "ان")) or found[k].kind != "word":
            return None
    return None


def _after_dual(found: Sequence[Token], i: int) -> bool:
    before = noun_form(_before(found, i))
    return before is not None and _before(found, i).endswith(("ين", "ان")) and not found[i].text.startswith("و")


def _prefix_length(word: str) -> int:
    """Length of the conjunction and preposition before a noun; the article stays with it."""
    split = split_prefix(word, forms())
    prefix = split[0] if split else ""
    return len(prefix.removesuffix("ال")) if prefix.endswith("ال") else len(prefix) - 1 if prefix.endswith("لل") else len(prefix)


# ---------------------------------------------------------------- collectives


def _collective(found: Sequence[Token], i: int) -> Found | None:
    split = split_prefix(found[i].text, _collectives())
    if split is None:
        return None
    scale, last = _collectives()[split[1]], i + 1
    more = split_prefix(found[last].text, _collectives()) if last < len(found) else None
    if more is not None and more[0] in ("", "ال") and scale < 1000 <= _collectives()[more[1]]:
        scale, last = scale * _collectives()[more[1]], last + 1
    start = found[i].start + len(split[0].removesuffix("ال"))
    return _with_unit(found, i, Found(start, found[last - 1].end, last, None, "collective", scale=scale))


def _several(found: Sequence[Token], i: int) -> Found | None:
    for phrase in _several_phrases():
        said = [t.text for t in found[i : i + len(phrase)]]
        if said in (list(phrase), ["و" + phrase[0], *phrase[1:]]):
            last = i + len(phrase)
            start = found[i].start + len(said[0]) - len(phrase[0])
            return _with_unit(found, i, Found(start, found[last - 1].end, last, None, "collective"))
    split = split_prefix(found[i].text, _several_words())
    if split is None or split[0].endswith(("ال", "لل")):
        return None
    number = Found(found[i].start + len(split[0]), found[i].end, i + 1, None, "collective")
    before = noun_form(_before(found, i))
    if split[1] == "عده" and before is not None and before.grammar == "many":
        start = found[i - 1].start + _prefix_length(found[i - 1].text)
        return replace(number, unit=(start, found[i - 1].end), noun=before.noun)
    number = _with_unit(found, i, number)
    return number if number.unit is not None else None


@derived
def _collectives() -> Mapping[str, int]:
    return {plain_word(w): int(v) for v, ws in table("numbers")["collectives"].items() for w in ws}


@derived
def _several_words() -> Mapping[str, int]:
    return {plain_word(w): 0 for w in table("numbers")["several"]["words"]}


@derived
def _several_phrases() -> tuple[tuple[str, ...], ...]:
    phrases = [tuple(plain_word(w) for w in p.split()) for p in table("numbers")["several"]["phrases"]]
    return tuple(sorted(phrases, key=len, reverse=True))


# ---------------------------------------------------------------- neighbours


@derived
def _words(name: str) -> frozenset[str]:
    """The plain words of a list of lexicon/numbers.toml."""
    return frozenset(plain_word(w) for w in table("numbers")[name]["words"])


def _before(found: Sequence[Token], i: int) -> str:
    return found[i - 1].text if i > 0 else ""


def _after_plural(found: Sequence[Token], i: int) -> bool:
    form = noun_form(_before(found, i))
    return form is not None and form.grammar in ("many", "dual_or_many")

"""Arabic number words and figures -> values: «خمسة وعشرون ألفا و300», «3 آلاف», «2.5 مليون» (lexicon/numbers.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from briefing.arabic.nouns import split_prefix
from briefing.arabic.plain import plain_word
from briefing.lexicon.tables import derived, table

_TOKEN = re.compile(r"(?P<word>[ء-غف-يٱ-ۓ]+)|(?P<figure>\d+(?:[.,٫٬/:\-–−ر]\d+)*)|(?P<other>\n|\S)")
_GROUPED = re.compile(r"(\d{1,3}([.,٬])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,٫](\d+))?")
_DECIMAL = re.compile(r"\d+[.,٫]\d+")
_NOT_A_COUNT_BEFORE = re.compile(r"(?:[A-Za-z/=_#@&]|[^\W\d_][-–]|[A-Za-z]\s?[-–])$")

_ARTICLES = frozenset(("ال", "وال", "بال", "لل", "فال", "كال"))

Rank = Literal["unit", "ten", "tens", "hundreds", "scales", "scale_duals"]
_SECTIONS: tuple[tuple[str, Rank], ...] = (
    ("scale_duals", "scale_duals"),
    ("scales", "scales"),
    ("units", "unit"),
    ("ten", "ten"),
    ("tens", "tens"),
    ("hundreds", "hundreds"),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of figures, or any other character (a full stop, a line end), with offsets into the plain text."""

    start: int
    end: int
    kind: Literal["word", "figure", "other"]
    text: str


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number read from tokens[first:last]; `start` is where it begins without و, ف, ب, ل or ك; `words` holds number words."""

    start: int
    last: int
    value: Decimal
    words: bool
    definite: bool


@dataclass(frozen=True, slots=True)
class _Part:
    value: Decimal
    last: int
    rank: Rank | Literal["closed", "figure"]


def tokens(text: str) -> list[Token]:
    """The tokens of a plain text; spaces are left out."""
    return [Token(m.start(), m.end(), m.lastgroup, m.group()) for m in _TOKEN.finditer(text)]  # type: ignore[arg-type]


def cardinal(found: Sequence[Token], i: int, text: str) -> Cardinal | None:
    """The longest cardinal number that starts at token i of `text`, or None.

    Words run from one to the milliards; magnitudes must fall from left to right («ألف وثلاثة», never «ثلاثة وأربعة»).
    """
    start, at = _opening(found, i)
    total, limit, last, words = Decimal(0), Decimal(10) ** 15, None, found[i].kind == "word"
    while (group := _scaled(found, at, text)) is not None:
        value, scale, after = group
        if scale >= limit or (last is not None and value >= limit):
            break
        total, limit, last = total + value, scale, after
        at = _joined(found, after) if scale > 1 else -1
        if at < 0:
            break
    if last is None:
        return None
    last, total = _half(found, last, total, limit)
    return Cardinal(start, last, total, words, _definite(found[i], i, found))


def figure_value(text: str) -> Decimal | None:
    """The value of figures with separators: "1,500", "1.500" and "1٬500" are 1500, "2,5" is 2.5; None for dates and times.

    None too for «5ر1», which agencies write for 1.5 and others for 5.1: nobody can tell.
    """
    if text.isdecimal():
        return None if (text[0] == "0" and len(text) > 2) or len(text) > 12 else Decimal(text)
    grouped = _GROUPED.fullmatch(text)
    if grouped and not text.startswith("0") and len(text) <= 20:
        return Decimal(re.sub(r"\D", "", grouped[1]) + "." + (grouped[3] or "0"))
    if _DECIMAL.fullmatch(text) and len(text) <= 20:
        return Decimal(re.sub(r"\D", ".", text))
    return None


def figure_is_count(found: Sequence[Token], i: int, text: str) -> bool:
    """False for figures in a Latin word, a model name (إف-16), a link or a file name."""
    token = found[i]
    after = text[token.end : token.end + 1]
    return not _NOT_A_COUNT_BEFORE.search(text[max(0, token.start - 3) : token.start]) and not re.match(r"[A-Za-z_=/@&]", after)


@derived
def words() -> Mapping[str, tuple[Rank, Decimal]]:
    """Every plain number word without prefixes: its rank and value."""
    data = table("numbers")
    found: dict[str, tuple[Rank, Decimal]] = {}
    for section, rank in _SECTIONS:
        for value, spelled in data[section].items():
            times = 2 if rank == "scale_duals" else 1
            found.update((plain_word(word), (rank, Decimal(value) * times)) for word in spelled)
    return found


def _opening(found: Sequence[Token], i: int) -> tuple[int, int]:
    """Where the number itself begins (its conjunction and preposition are not part of it) and its first token."""
    token = found[i]
    split = split_prefix(token.text, words()) if token.kind == "word" else None
    prefix = split[0] if split else ""
    article = 2 if prefix.endswith("ال") else 1 if prefix.endswith("لل") else 0
    return token.start + len(prefix) - article, i


def _definite(token: Token, i: int, found: Sequence[Token]) -> bool:
    if token.kind == "figure":
        return i > 0 and found[i - 1].kind == "word" and found[i - 1].text in _ARTICLES
    split = split_prefix(token.text, words())
    return bool(split and split[0].endswith(("ال", "لل")))


def _entry(found: Sequence[Token], i: int) -> tuple[Rank, Decimal] | None:
    if i >= len(found) or found[i].kind != "word":
        return None
    split = split_prefix(found[i].text, words())
    return words()[split[1]] if split else None


def _unjoined(found: Sequence[Token], i: int, *ranks: str) -> Decimal | None:
    """The value of token i if it is a number word of these ranks that carries no conjunction or preposition."""
    entry = _entry(found, i)
    if entry is None or entry[0] not in ranks:
        return None
    prefix = (split_prefix(found[i].text, words()) or ("", ""))[0]
    return entry[1] if prefix in ("", "ال") else None


def _joined(found: Sequence[Token], i: int) -> int:
    """The index of the part that و joins to what ends before token i, or -1."""
    if i >= len(found) or found[i].kind != "word":
        return -1
    if found[i].text == "و":
        return i + 1 if i + 1 < len(found) and found[i + 1].kind != "other" else -1
    split = split_prefix(found[i].text, words())
    and_eleven = found[i].text == "واحد" and _unjoined(found, i + 1, "ten")  # «وأحد عشر», folded like «واحد»
    return i if and_eleven or (split and split[0] in ("و", "وال")) else -1


def _term(found: Sequence[Token], i: int) -> _Part | None:
    entry = _entry(found, i)
    if entry is None or entry[0] in ("scales", "scale_duals"):
        return None
    rank, value = entry
    if rank == "unit":
        if _unjoined(found, i + 1, "ten") is not None:
            return _Part(value + 10, i + 2, "closed")
        if 3 <= value <= 9 and _unjoined(found, i + 1, "hundreds") == 100:
            return _Part(value * 100, i + 2, "hundreds")
    return _Part(value, i + 1, "closed" if rank == "ten" else rank)


def _group(found: Sequence[Token], i: int, text: str) -> _Part | None:
    """A number below a thousand in words, or figures."""
    if i < len(found) and found[i].kind == "figure":
        return _figures(found, i, text)
    part = _term(found, i)
    if part is not None and part.rank == "hundreds":
        part = _add(found, part, ("unit", "closed", "tens"))
    if part is not None and part.rank == "unit":
        part = _add(found, part, ("tens",))
    return part


def _add(found: Sequence[Token], part: _Part, ranks: tuple[str, ...]) -> _Part:
    at = _joined(found, part.last)
    more = _term(found, at) if at >= 0 else None
    if more is None or more.rank not in ranks:
        return part
    return _Part(part.value + more.value, more.last, more.rank)


def _figures(found: Sequence[Token], i: int, text: str) -> _Part | None:
    if not figure_is_count(found, i, text):
        return None
    value = figure_value(found[i].text)
    if value is not None and re.fullmatch(r"\d\.\d{3}", found[i].text) and _unjoined(found, i + 1, "scales"):
        value = Decimal(found[i].text)  # "2.500 مليون": nobody writes thousands of millions with a dot
    if value is None:
        return None
    bracketed = i > 0 and found[i - 1].text == "(" and i + 1 < len(found) and found[i + 1].text == ")"
    if bracketed and _unjoined(found, i + 2, "scales"):  # «(200) ألف»
        return _Part(value, i + 2, "figure")
    return _Part(value, i + 1, "figure")


def _scaled(found: Sequence[Token], i: int, text: str) -> tuple[Decimal, Decimal, int] | None:
    """(value, scale, index after): a group times its scale, or a scale word alone."""
    entry = _entry(found, i)
    if entry is not None and entry[0] in ("scales", "scale_duals"):
        scale = entry[1] / (2 if entry[0] == "scale_duals" else 1)
        return entry[1], scale, i + 1
    fraction = _fraction(found, i)
    part = _Part(fraction, i + 1, "figure") if fraction is not None else _group(found, i, text)
    if part is None:
        return None
    scale_after = _unjoined(found, part.last, "scales")
    if scale_after is not None:
        return part.value * scale_after, scale_after, part.last + 1
    return None if fraction is not None else (part.value, Decimal(1), part.last)


def _fraction(found: Sequence[Token], i: int) -> Decimal | None:
    if i + 1 >= len(found) or found[i].kind != "word":
        return None
    known = fractions()
    split = split_prefix(found[i].text, known)
    return known[split[1]] if split and split[0] != "ال" else None


@derived
def fractions() -> Mapping[str, Decimal]:
    """Plain words for a part of a scale: «نصف مليون»."""
    data: Mapping[str, Any] = table("numbers")["fractions"]
    return {plain_word(w): Decimal(v) for v, ws in data.items() for w in ws}


def _half(found: Sequence[Token], i: int, total: Decimal, scale: Decimal) -> tuple[int, Decimal]:
    """«مليون ونصف المليون»: half of the last scale is added, and the scale word after it is taken along."""
    if scale <= 1 or i >= len(found) or found[i].kind != "word" or not found[i].text.startswith("و"):
        return i, total
    part = fractions().get(found[i].text[1:])
    if part is None:
        return i, total
    repeated = _unjoined(found, i + 1, "scales") == scale
    return i + (2 if repeated else 1), total + part * scale

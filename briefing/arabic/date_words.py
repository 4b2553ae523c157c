"""The words of dates (lexicon/dates.toml) as tables and as pieces of regular expressions, all for plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.arabic.number_words import words as number_words
from briefing.arabic.plain import plain_word
from briefing.lexicon.tables import derived, table

BEGIN = r"(?<![ء-ي\d])[وف]?[بلك]?"  # conjunction and preposition stay outside the span
END = r"(?![ء-ي\d])"
SPACE = " {1,3}"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
YEAR = r"(?:1[89]\d\d|2[01]\d\d)"
HIJRI_YEAR = r"1[34]\d\d"


def one_of(spelled: Iterable[str]) -> str:
    """An alternation of plain spellings, longest first, any spaces between their words."""
    longest_first = sorted({plain_word(w) for w in spelled}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", SPACE) for w in longest_first) + ")"


def squeezed(found: str) -> str:
    """A match as it stands in the tables: one space between words."""
    return " ".join(found.split())


@derived
def data() -> Mapping[str, Any]:
    """lexicon/dates.toml."""
    return table("dates")


@derived
def lookup(section: str) -> Mapping[str, str]:
    """Plain spelling -> the key it stands under in a section."""
    return {plain_word(word): key for key, words in data()[section].items() for word in words}


@derived
def listed(section: str, name: str) -> frozenset[str]:
    """The plain words of a list."""
    return frozenset(plain_word(word) for word in data()[section][name])


@derived
def ordinal_days() -> Mapping[str, int]:
    """«الأول» 1 ... «الحادي والثلاثين» 31, as days of a month; «غرة» is the first."""
    numbers = table("numbers")
    spelled = {plain_word("غرة"): 1, "اول": 1}
    for value, names in numbers["ordinals"].items():
        for name in map(plain_word, names):
            day = int(value)
            if not name.startswith("حادي"):
                spelled["ال" + name] = day
            if day < 10:
                spelled[f"ال{name} عشر"] = spelled[f"ال{name} عشره"] = 10 + day
                spelled.update({f"ال{name} وال{ten}": 20 + day for ten in ("عشرين", "عشرون")})
            if name == "حادي":
                spelled.update({f"ال{name} وال{ten}": 31 for ten in ("ثلاثين", "ثلاثون")})
    return {**spelled, "العشرين": 20, "العشرون": 20, "الثلاثين": 30, "الثلاثون": 30}


def small_number(word: str) -> int | None:
    """A count in figures or one number word («ثلاثة»); None for anything else."""
    if word.isdecimal():
        return int(word) if len(word) <= 4 else None
    rank, value = number_words().get(word.removeprefix("ال"), ("", None))
    return int(value) if value is not None and rank in ("unit", "ten", "tens") else None

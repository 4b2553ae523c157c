"""Numbers in Arabic text: figures, number words, duals, and words such as «عشرات» that state no figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from briefing.arabic.nouns import Noun
from briefing.arabic.number_scan import Found, Kind, scan
from briefing.arabic.number_words import words
from briefing.arabic.plain import Plain, plain, plain_word
from briefing.lexicon.tables import derived, remembered, table

Qualifier = Literal["exact", "at_least", "more_than", "about", "dozens", "hundreds", "several"]

_BEFORE = 40  # longest stretch looked at for a qualifier, in characters
_AFTER = 80


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number and what it counts; offsets are code points of the raw text, end exclusive.

    `start`-`end` holds the number (with the noun when it is a dual, with the sign when it is a percentage);
    `outer_start`-`outer_end` also takes in its qualifier and unit. `value` is None for a collective; `scale` is then the order of
    magnitude that the word states (10 dozens, 100 hundreds, 1000 thousands; None for "several"); thousands and more have the
    qualifier "several", for there is no finer one. `unit` is the counted noun as written (beside the number, or the dual itself)
    and `noun` its entry in lexicon/counted.toml. Ordinals («الثانية», «الـ21») are no counts.
    """

    start: int
    end: int
    value: int | float | None
    qualifier: Qualifier
    kind: Kind
    unit: str | None
    percent: bool
    ordinal: bool
    outer_start: int
    outer_end: int
    scale: int | None = None
    noun: Noun | None = None


@remembered(64)  # several checks of a line ask for the same
def find_numbers(text: str) -> tuple[NumberMention, ...]:
    """Every number in `text`, left to right, none overlapping. Years and days of a month are numbers too, full dates are not."""
    source = plain(text)
    return tuple(_mention(source, found) for found in scan(source.text))


def _mention(source: Plain, found: Found) -> NumberMention:
    qualifier, first = _qualifier_before(source.text, found)
    unit = found.unit
    percent = _percent().match(source.text, found.end)
    end = percent.end() if percent else found.end
    last = max(end, unit[1] if unit else 0)
    later = _qualifier_after(source.text, last) if qualifier == "exact" and found.value is not None else None
    if later is not None:
        qualifier, last = later
    start, stop = source.span(found.start, end)
    outer_start, outer_end = source.span(min(first, unit[0]) if unit else first, last)
    return NumberMention(
        start, stop, _value(found.value), qualifier, found.kind, source.raw[slice(*source.span(*unit))] if unit else None,
        percent is not None, found.ordinal, outer_start, outer_end, found.scale, found.noun,
    )  # fmt: skip


def _value(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _qualifier_before(text: str, found: Found) -> tuple[Qualifier, int]:
    """The qualifier that stands directly before the number, and where it begins; "exact" and the number's start without one."""
    if found.value is None:
        names: dict[int | None, Qualifier] = {10: "dozens", 100: "hundreds"}
        return names.get(found.scale, "several"), found.start
    match = _before_pattern().search(text, max(0, found.start - _BEFORE), found.start)
    if match is None or found.ordinal:
        return "exact", found.start
    return cast(Qualifier, match.lastgroup), match.start(match.lastgroup or 0)


def _qualifier_after(text: str, end: int) -> tuple[Qualifier, int] | None:
    match = _after_pattern().match(text, end, end + _AFTER)
    if match is None or any(word in words() for word in match[1].split()):
        return None
    return cast(Qualifier, match.lastgroup), match.end()


def _alternatives(section: str) -> str:
    groups = []
    for name, phrases in table("numbers")[section].items():
        longest_first = sorted((plain_word(p) for p in phrases), key=len, reverse=True)
        groups.append(f"(?P<{name}>{'|'.join(re.escape(p) for p in longest_first)})")
    return "|".join(groups)


@derived
def _before_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![ء-ي])[وف]?[بلك]?(?:{_alternatives('qualifiers_before')})\s*\(?(?:ال|[بل])?\Z")


@derived
def _after_pattern() -> re.Pattern[str]:
    return re.compile(rf"((?:\s+(?!وال)[ء-ي]+){{0,4}}?)\s+(?:{_alternatives('qualifiers_after')})(?![ء-ي])")


@derived
def _percent() -> re.Pattern[str]:
    phrases = sorted((plain_word(p) for p in table("numbers")["percent"]["phrases"]), key=len, reverse=True)
    return re.compile(rf"\s?(?:{'|'.join(re.escape(p) for p in phrases)})(?![ء-ي])")

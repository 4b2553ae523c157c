"""The numbers an Arabic source states, and what a translation must say of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.arabic.dates import find_dates
from briefing.arabic.numbers import NumberMention, find_numbers
from briefing.arabic.plain import plain
from briefing.translate.checks.english_numbers import readings

_FIGURE = re.compile(r"\d+(?:[.,٫٬،]\d+)*")
_REVERSED = re.compile(r"(?<![\d.,])(?:\d{3} )+\d{1,3}(?![\d.,])|(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])")
_LIST_NUMBER = re.compile(r"\s*[(\[]?(?:\d{1,4}(?:[-–]\d{1,3}(?= ))?|[ء-ي]{1,2})\s?(?:[-–.)\]ـ/]| )")
_MARKS = str.maketrans({"٬": ",", "،": ",", "٫": "."})
_POINT = re.compile(r"[٫٬]")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:/.](\d{2})(?!\d)")
_HOUR = re.compile(r"(?:الساعه|ساعه) \(?(\d{1,2})(?!\d)")
_DECADE = re.compile(r"(?<![ء-ي])[وفبل]?ل?(?:ال)?(عشرين|ثلاثين|اربعين|خمسين|ستين|سبعين|ثمانين|تسعين)ي?ات(?![ء-ي])")
_DECADES = ("عشرين", "ثلاثين", "اربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين")
_HALF = re.compile(r"(?<![ء-ي])(?:و|ب)?(?:ال)?نصف(?![ء-ي])")
_CENTURIES = range(1000, 2100, 100)
_DEFINITE = re.compile(r"[وف]?[بك]?(?:ال|لل)")


@dataclass(frozen=True, slots=True)
class Demand:
    """A number of the source: as people write it, and the sets of values of which one must be stated whole."""

    shown: str
    options: tuple[frozenset[float], ...]
    figure: bool


def demands(text: str) -> list[Demand]:
    """What a translation of `text` must state. Numbers of list items, ones and rough amounts are left to the translator."""
    mentions = find_numbers(text)
    return [*_figures(text, mentions), *_words(text, mentions)]


def stated(text: str) -> frozenset[float]:
    """Every value `text` may be said to state, list numbers and parts of dates included."""
    source = plain(text).text
    found = {value for match in _FIGURE.finditer(source) for value in _readings(match.group())}
    for match in _REVERSED.finditer(source):
        found |= set().union(*_grouped(match.group()))
    found |= {float(m.value if m.value is not None else m.scale or 0) for m in find_numbers(text)}
    for date in find_dates(text):
        parts = (date.year, date.last_year, date.month, *(date.days or ()))
        found |= {float(part) for part in parts if part is not None}
    return frozenset(found.union(_hours(source), _decades(source), _halves(source, found)))


def _hours(source: str) -> Iterator[float]:
    """A time is written either way round ("00/15") and may have twelve hours more or less in English."""
    for match in _CLOCK.finditer(source):
        for hour in map(float, match.groups()):
            yield from (hour, hour + 12, hour - 12)
        one, two = map(int, match.groups())
        yield from (float(one * 100 + two), float(two * 100 + one))  # "1130 hours"
    for match in _HOUR.finditer(source):
        yield from (float(match[1]) + 12, float(match[1]) - 12)


def _decades(source: str) -> Iterator[float]:
    """«السبعينيات» are the 1970s, or those of another century."""
    for match in _DECADE.finditer(source):
        tens = 10 * (_DECADES.index(match[1]) + 2)
        yield from (float(tens), *(float(century + tens) for century in _CENTURIES))


def _halves(source: str, known: set[float]) -> list[float]:
    """«ساعة ونصف» is 1.5."""
    return [value + 0.5 for value in (*known, 1.0)] + [0.5, 50.0, 30.0] if _HALF.search(source) else []


def _readings(figure: str) -> frozenset[float]:
    return readings(_POINT.sub(".", figure).replace("،", ",")) | readings(figure.translate(_MARKS))


def _figures(text: str, mentions: tuple[NumberMention, ...]) -> Iterator[Demand]:
    source = plain(text)
    known = {m.start: m for m in mentions if m.kind == "digits"}
    listed = _LIST_NUMBER.match(source.text)
    first = listed.end() if listed else 0
    done = first
    for match in sorted([*_REVERSED.finditer(source.text), *_FIGURE.finditer(source.text)], key=lambda m: (m.start(), -m.end())):
        if match.start() < done:
            continue
        done = match.end()
        if " " in match.group():
            yield Demand(match.group(), _grouped(match.group()), True)
            continue
        value = known.get(source.span(match.start(), match.end())[0])
        base = _readings(match.group())
        whole = frozenset({float(value.value)}) if value and value.value is not None else None
        options = (whole,) if whole and value and value.value and value.value not in base else ()
        yield Demand(_shown(value, match.group()), options or tuple(frozenset({one}) for one in base), True)


def _shown(mention: NumberMention | None, figure: str) -> str:
    """The number as a reader of English writes it."""
    if mention is None or mention.value is None:
        return figure
    return f"{mention.value:,}" if mention.value >= 10_000 else str(mention.value)


def _grouped(figure: str) -> tuple[frozenset[float], ...]:
    """Groups of three, read from either side ("000 28" is how the UN's Arabic writes 28,000), or as numbers of their own."""
    parts = figure.split(" ")
    both = (frozenset({float("".join(parts))}), frozenset({float("".join(reversed(parts)))}))
    return (*both, frozenset(map(float, parts))) if len("".join(parts)) <= 15 else (frozenset(map(float, parts)),)


def _words(text: str, mentions: tuple[NumberMention, ...]) -> Iterator[Demand]:
    decade = bool(_DECADE.search(plain(text).text))
    for m in mentions:
        if m.kind == "digits" or m.value is None or m.value in (0, 1) or (decade and m.ordinal):
            continue
        if _points_back(text, m):
            continue
        yield Demand(f"{m.value:,}", (frozenset({float(m.value)}),), False)


def _points_back(text: str, mention: NumberMention) -> bool:
    """«الطرفين», «هذه اللجان الثلاث»: what is known already; "the parties", "these committees" are as good."""
    before = text[max(0, mention.start - 4) : mention.start]
    definite = _DEFINITE.match(plain(text[mention.start : mention.end]).text) or before.endswith(("ال", "لل"))
    return bool(definite) and not mention.ordinal and mention.value is not None and mention.value < 10

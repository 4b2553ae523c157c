"""The numbers an English text states, read generously: figures, number words, ordinals, dozens and what words imply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.lexicon.tables import derived
from briefing.translate.checks.words import data

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[:.](\d{2}))?(?= ?[ap]\.?m\b)|(?<!\d)(\d{1,2})[:.](\d{2})(?!\d)", re.I)
_MILITARY = re.compile(r"(?<!\d)([0-2]\d)([0-5]\d)(?!\d)")
_LONGEST = 15  # digits; longer rows are identifiers and are compared by their groups only


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in figures as it stands in the text, with every value it may mean."""

    text: str
    values: frozenset[float]


def values(text: str) -> frozenset[float]:
    """Every value that `text` may be said to state."""
    words = [m.group().casefold() for m in _TOKEN.finditer(text)]
    found = {value for figure in figures(text) for value in figure.values}
    found |= {value for word in words if word[0].isdecimal() for value in readings(word)}
    return frozenset(found.union(_spelled(words), _implied(words), _halves(words), _clock(text)))


def figures(text: str) -> list[Figure]:
    """The numbers written in figures, left to right, each with its readings (scaled by "million" after it, for one)."""
    found = [Figure(m.group(), frozenset({float(m.group().replace(" ", ""))})) for m in _GROUPED.finditer(text)]
    for match in _TOKEN.finditer(text):
        lettered = match.start() and text[match.start() - 1].isalpha()  # "G7" is a name
        if match.group()[0].isdecimal() and not lettered:
            base = readings(match.group())
            after = _TOKEN.match(text, match.end() + 1) or _TOKEN.match(text, match.end())
            scale = data("scales").get(after.group().casefold(), 1) if after else 1
            found.append(Figure(match.group(), frozenset(base | {value * scale for value in base})))
    return found


def readings(figure: str) -> frozenset[float]:
    """What a figure may mean: "10.18" is 10.18 and 10 and 18; "1,200" is 1200 only, "12.500" both 12.5 and 12500."""
    parts = re.split(r"[.,]", figure)
    if sum(map(len, parts)) > _LONGEST:
        return frozenset(float(part) for part in parts if len(part) <= _LONGEST)
    grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    found = {float("".join(parts))} if grouped or len(parts) == 1 else {float(part) for part in parts}
    if len(parts) == 2 and not (grouped and "," in figure):
        found.add(float(".".join(parts)))
    return frozenset(found)


def _spelled(words: Sequence[str]) -> Iterator[float]:
    """Number words alone and together: "one hundred and twenty-one", "two thousand", "twenty-first"."""
    known = _named()
    total, current, running = 0.0, 0.0, False
    for word in (*words, ""):
        value = known.get(word)
        scale = data("scales").get(word)
        if value is not None:
            yield value
            current = current + value if running and (current % 100 == 0 or (current % 10 == 0 and value < 10)) else value
            running = True
        elif scale is not None and len(word) > 2:
            current = max(current, 1) * scale
            yield current
            if scale >= 1000:
                total, current = total + current, 0.0
            running = True
        elif word == "and" and running:
            continue
        else:
            total, current, running = 0.0, 0.0, False
        if running:
            yield from (current, total + current)


def _implied(words: Sequence[str]) -> Iterator[float]:
    known = data("implied")
    for word in words:
        yield from map(float, known.get(word, ()))


def _halves(words: Sequence[str]) -> Iterator[float]:
    """ "Half a million", "two and a half thousand"."""
    scales = data("scales")
    for i, word in enumerate(words):
        if word == "half" and (after := [w for w in words[i + 1 : i + 3] if w in scales]):
            yield scales[after[0]] / 2


def _clock(text: str) -> Iterator[float]:
    """A time of day is the same with twelve hours more or less, and with or without its colon."""
    for match in _CLOCK.finditer(text):
        hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
        yield from (float(hour), float(hour + 12), float(hour - 12), float(minute), float(hour * 100 + minute))
    for match in _MILITARY.finditer(text):
        if match[1][0] == "0" or re.match(r" ?(?:hours|h\b|UTC|GMT|local)", text[match.end() :]):
            yield from (float(match[1]), float(match[2]), float(match[1]) - 12)


@derived
def _named() -> Mapping[str, float]:
    return {word: float(value) for part in ("cardinals", "ordinals") for word, value in data(part).items()}

"""Whether the months and weekdays of the source stand in the translation, and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.arabic.dates import find_dates
from briefing.lexicon.tables import derived
from briefing.translate.checks.english_numbers import values
from briefing.translate.checks.finding import Finding, listed
from briefing.translate.checks.words import data

_WORD = re.compile(r"[^\W\d_]+")
_AFTER = re.compile(r"\d(?:st|nd|rd|th)? (?:of )?([^\W\d_]+)")
_BEFORE = re.compile(r"([^\W\d_]+) \d")


def check(source: str, english: str) -> list[Finding]:
    """A finding "date" when a month or weekday is another one, or missing, in `english`."""
    found = []
    for part, stated in (("months", _months(source)), ("weekdays", _weekdays(source))):
        said = _said(english, part)
        missing = [] if part == "months" and _in_figures(stated, english) else sorted(stated - set(said.values()))
        added = sorted({n for word, n in said.items() if n not in stated and _sure(word, english, part)})
        if missing and (added or part == "months"):
            found.append(Finding("date", _sentence(part, missing, added)))
    return found


def _months(source: str) -> set[int]:
    return {m.month for m in find_dates(source) if m.month is not None and m.calendar == "gregorian" and m.days is not None}


def _weekdays(source: str) -> set[int]:
    days = [day for m in find_dates(source) for day in (m.weekday, m.last_weekday)]
    return {day for day in days if day is not None}


def _in_figures(months: set[int], english: str) -> bool:
    return bool(months) and bool(re.search(r"\d[./-]\d", english)) and {float(m) for m in months} <= values(english)


def _said(english: str, part: str) -> Mapping[str, int]:
    return {word: _names(part)[word] for word in map(str.casefold, _WORD.findall(english)) if word in _names(part)}


def _sure(word: str, english: str, part: str) -> bool:
    """A month beside a figure is one; "may", "march" and short forms elsewhere need not be."""
    dated = {one.casefold() for one in (*_AFTER.findall(english), *_BEFORE.findall(english))}
    return word in dated or (len(word) > 5 if part == "months" else word.endswith("day"))


def _sentence(part: str, missing: list[int], added: list[int]) -> str:
    words = [_shown(part, n) for n in missing]
    other = [_shown(part, n) for n in added]
    return f"the source says {listed(words)}, the translation {listed(other) if other else 'does not'}"


def _shown(part: str, number: int) -> str:
    name: str = data(part)[str(number)][0]
    return name.capitalize()


@derived
def _names(part: str) -> Mapping[str, int]:
    return {word: int(number) for number, names in data(part).items() for word in names}

"""All checks of one translated line, and the flags they leave on a Translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from briefing.model import Translation
from briefing.translate.checks import dates, leftover, length, marks, names, negation, numbers, percent, repetition
from briefing.translate.checks.finding import Finding
from briefing.translate.doubts import EMPTY, LOOPS, SHORT

Check = Callable[[str, str], list[Finding]]
# In the order in which their findings are shown. Each takes the source and its English, and decides by itself.
CHECKS: Mapping[str, Check] = {
    "leftover": leftover.check,
    "numbers": numbers.check,
    "dates": dates.check,
    "percent": percent.check,
    "names": names.check,
    "negation": negation.check,
    "marks": marks.check,
    "length": length.check,
    "repetition": repetition.check,
}
_FIGURES = ("number", "date", "percent")
# Kinds that say once more what an engine has said of its own answer.
_SAID_BY_ENGINE = {EMPTY: ("empty",), LOOPS: ("repetition", "length", "cut off"), SHORT: ("length", "cut off")}


def findings(source: str, english: str) -> list[Finding]:
    """What all checks find in `english` as a translation of `source`; of an empty or untranslated line only that it is so."""
    whole = leftover.check(source, english)
    if any(found.kind in ("empty", "untranslated") for found in whole):
        return whole
    return [found for check in CHECKS.values() for found in _guarded(check, source, english)]


def figures(source: str, english: str) -> tuple[str, ...]:
    """A flag for each number, date or share of `source` that `english` changed or lost, or has of its own."""
    return tuple(found.flag for found in findings(source, english) if found.kind in _FIGURES)


def checked(source: str, translation: Translation) -> Translation:
    """`translation` with a flag for each finding when a machine made it; terms as they are.

    What a person wrote may word things freely, but not change a figure: of a reviewed line numbers, dates and shares are checked.
    """
    if translation.label == "reviewed":
        return replace(translation, flags=tuple(dict.fromkeys((*translation.flags, *figures(source, translation.en)))))
    if translation.label != "machine":
        return translation
    said = {kind for flag in translation.flags for kind in _SAID_BY_ENGINE.get(flag, ())}
    flags = (found.flag for found in findings(source, translation.en) if found.kind not in said)
    return replace(translation, flags=tuple(dict.fromkeys((*translation.flags, *flags))))


def _guarded(check: Check, source: str, english: str) -> list[Finding]:
    """A fault in a check must not cost the week; the line says that it was not looked at."""
    try:
        return check(source, english)
    except Exception as error:
        return [Finding("not checked", f"a check of this line failed ({type(error).__name__})")]

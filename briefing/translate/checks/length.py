"""Whether the translation is about as long as its source lets expect, and ends where the source ends."""

from __future__ import annotations

import re

from briefing.arabic.plain import plain
from briefing.translate.checks.finding import Finding
from briefing.translate.checks.words import data

_ACRONYM = re.compile(r"\b[A-Z]{3,}\b|\b[A-Z][a-z]?[A-Z]{2,}\w*\b")
_LETTER = re.compile(r"[^\W_]")
_ENDED = re.compile(r"[.!?؟][\s»”\"')\]]*\Z")
_OPEN = re.compile(r"[^\W_][\s]*\Z|,\s*\Z")


def check(source: str, english: str) -> list[Finding]:
    """A finding "length" when `english` is far shorter or longer than `source`, "cut_off" when it stops in mid-sentence."""
    return [*_length(source, english), *_cut_off(source, english)]


def _length(source: str, english: str) -> list[Finding]:
    rules = data("length")
    expected, made = _letters(plain(source).text), _letters(english) + rules["acronym"] * len(_ACRONYM.findall(english))
    slack = rules["slack"]
    if made + slack < rules["shortest"] * expected:
        return [Finding("length", "the translation is much shorter than the source; words may be missing")]
    if _letters(english) > rules["longest"] * expected + rules["slack_above"]:
        return [Finding("length", "the translation is much longer than the source; words may be added")]
    return []


def _cut_off(source: str, english: str) -> list[Finding]:
    whole = _ENDED.search(source) and len(source.split()) >= data("length")["sentence"]
    if whole and english.strip() and _OPEN.search(english):
        return [Finding("cut off", "the source is a whole sentence, the translation stops without an end mark")]
    return []


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))

"""What a line of page chrome says of itself: the phrases of briefing/lexicon/page.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefing.arabic.fold import key
from briefing.arabic.lexicon import table
from briefing.ingest.lines import Line

_EDGE = " .:؛،!؟?|»«\"'-–…<>"
# «سبوتنيك عربي, 1920, 17.02.2021»: credit, image width, date at the end of a caption
_CREDIT = re.compile(r",\s*\d{3,4}\s*,\s*\d{1,2}\.\d{1,2}\.\d{4}\s*$")
_DIGITS = re.compile(r"^[\d\s.,:/%+\-|]+$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of chrome: the reason given, whether it closes the story above it, whether it heads a list."""

    reason: str
    ends_story: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    mark: Mark
    whole: frozenset[str]
    starts: tuple[str, ...]
    contains: tuple[str, ...]
    max_words: int
    needs_digit: bool

    def fits(self, line: Line) -> bool:
        if self.needs_digit and not any(c.isdigit() for c in line.text):
            return False
        if line.folded.strip(_EDGE) in self.whole:
            return True
        if line.words > self.max_words:
            return False
        return line.folded.startswith(self.starts) or any(c in line.folded for c in self.contains)


def _fold(phrase: str) -> str:
    return " ".join(key(w) for w in phrase.split()).lower()


def _rule(row: dict[str, Any]) -> _Rule:
    return _Rule(
        Mark(row["reason"], row.get("ends_story", False), row.get("heading", False)),
        frozenset(_fold(p).strip(_EDGE) for p in row.get("whole", ())),
        tuple(_fold(p) + (" " if p.endswith(" ") else "") for p in row.get("starts", ())),
        tuple(_fold(p) for p in row.get("contains", ())),
        row.get("max_words", 40),
        row.get("needs_digit", False),
    )


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(row) for row in table("page")["mark"])


def mark(line: Line) -> Mark | None:
    """The kind of chrome this line names itself as, or None. Looks at the line alone."""
    if _CREDIT.search(line.text):
        return Mark("photo credit or caption")
    for rule in _rules():
        if rule.fits(line):
            return rule.mark
    if _DIGITS.match(line.text) and line.words < 8:
        return Mark("counter")
    if not line.arabic:
        return Mark("no Arabic")
    return _html_mark(line)


def _html_mark(line: Line) -> Mark | None:
    block = line.block
    if block is None or block.tag == "h1":
        return None
    if block.context in ("nav", "footer", "aside", "form"):
        return Mark("navigation")
    if block.tag == "figcaption" or block.context == "figure":
        return Mark("photo credit or caption")
    if block.link_share > 0.6:
        return Mark("related link inside text")
    return None

"""What a line of page chrome says of itself: the phrases of briefing/lexicon/page.toml, and a few telling shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.arabic.tokens import stems
from briefing.arabic.verbs import reporting_forms
from briefing.ingest.date_line import MOST_WORDS, date_line
from briefing.ingest.lines import Line, fold_line
from briefing.ingest.outlets import by_name
from briefing.lexicon.tables import derived, table

_EDGE = " ./:،؛!؟?|«»\"'-–…<>*_()[]"
# «سبوتنيك عربي, 1920, 17.02.2021»: credit, image width, date at the end of a caption
_CREDIT = re.compile(r",\s*\d{3,4}\s*,\s*\d{1,2}\.\d{1,2}\.\d{4}\s*$")
_DIGITS = re.compile(r"[\d\s.,:/%+\-|]+")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:GMT|UTC|(?:[ء-ي]{1,2}\s?){0,2})")  # «17:15 ت م» below an agency's text
_COUNTED = re.compile(r"\s*\(?\d+\)?$")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)")
_LINK = re.compile(r"\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)")
_MENU_SIGN = re.compile(r"\s*[|»›•·/]\s*|\s+>\s+")
_SLUG = re.compile(r"(?P<first>[^/:–—-]{2,40}?)\s*(?P<sign>[/:–—-])\s*(?P<last>[^/:–—-]{2,40})")
_QUOTED = re.compile(r"[«\"“(][^»\"”)]{2,30}[»\"”)]")
_INITIALS = re.compile(r"(?:[ء-ي]{1,2}\s?\.\s?){1,3}[ء-ي]{0,2}(?:\s?/\s?(?:[ء-ي]{1,2}\s?\.\s?){1,3}[ء-ي]{0,2})*")
_IN_BRACKETS = re.compile(r"\(([^()]{2,30})\)\s*$")
_PARAGRAPH_WORDS = 20  # captions that end with a full stop are shorter
_ENDS_LINKED = 0.6  # more of the line than this inside links: it is one


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of chrome: the reason given, whether it closes the story above it, whether it heads a list."""

    reason: str
    ends_story: bool = False
    heading: bool = False


CAPTION, DATE_LINE, BYLINE = Mark("photo credit or caption"), Mark("date line"), Mark("byline")
NAVIGATION, LINK, COUNTER, FOREIGN = Mark("navigation"), Mark("related link inside text"), Mark("counter"), Mark("no Arabic")


@dataclass(frozen=True, slots=True)
class _Rule:
    mark: Mark
    whole: frozenset[str]
    starts: tuple[str, ...]
    contains: tuple[str, ...]
    max_words: int
    needs_digit: bool

    def fits(self, line: Line, core: str) -> bool:
        if self.needs_digit and not any(c.isdecimal() for c in line.text):
            return False
        if core in self.whole:
            return True
        if line.words > self.max_words:
            return False
        return line.folded.startswith(self.starts) or any(c in line.folded for c in self.contains)


def _rule(row: Mapping[str, Any]) -> _Rule:
    return _Rule(
        Mark(row["reason"], row.get("ends_story", False), row.get("heading", False)),
        frozenset(fold_line(p).strip(_EDGE) for p in row.get("whole", ())) - {""},
        tuple(start + (" " if p.endswith(" ") else "") for p in row.get("starts", ()) if (start := fold_line(p))),
        tuple(part for p in row.get("contains", ()) if (part := fold_line(p))),
        row.get("max_words", 40),
        row.get("needs_digit", False),
    )


@derived
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(row) for row in table("page")["mark"])


@derived
def _buttons() -> dict[str, Mark]:
    """Words that are a menu entry or button on their own."""
    rules = [r for r in _rules() if r.mark.reason in ("share button", "navigation")]
    return {phrase: r.mark for r in rules for phrase in r.whole}


@derived
def _slugs() -> frozenset[str]:
    return frozenset(fold_line(p) for p in table("page")["slugs"])


def mark(line: Line) -> Mark | None:
    """The kind of chrome this line names itself as, or None. Looks at the line alone."""
    if _CREDIT.search(line.text[-60:]):
        return CAPTION
    core = _COUNTED.sub("", line.folded[-60:]).strip(_EDGE) if line.words < 12 else ""
    for rule in _rules():
        if rule.fits(line, core):
            return rule.mark
    if line.words <= MOST_WORDS and date_line(line.text) is not None:
        return DATE_LINE
    if line.words < 8 and _CLOCK.fullmatch(line.text):
        return DATE_LINE
    if line.words < 8 and _DIGITS.fullmatch(line.text):
        return COUNTER
    return _shape(line) or (None if line.arabic else FOREIGN) or _html_mark(line)


def _shape(line: Line) -> Mark | None:
    if line.words <= 40 and (found := _linked(line)):
        return found
    if line.words <= 16 and _is_menu(line):
        return NAVIGATION
    if line.words <= 16 and (buttons := [_buttons().get(w.strip(_EDGE)) for w in line.folded.split()]) and all(buttons):
        return buttons[0]
    if not line.text.endswith((".", "؟", "!", ":")) and (_is_slug(line) or (line.words < 9 and _INITIALS.fullmatch(line.text))):
        return BYLINE
    return CAPTION if _ends_with_credit(line) else None


def _linked(line: Line) -> Mark | None:
    """Markdown: a picture, or a line that is mostly links."""
    if "](" not in line.text:
        return None
    if _IMAGE.search(line.text):
        return CAPTION
    inside = sum(len(m.group()) for m in _LINK.finditer(line.text))
    return LINK if inside > _ENDS_LINKED * len(line.text) else None


def _is_menu(line: Line) -> bool:
    """«الرئيسية | سياسة | أمن», «الرئيسية/أخبار الجنوب»: several short pieces, or one that starts with the home page."""
    pieces = [p.strip(_EDGE) for p in _MENU_SIGN.split(line.folded)]
    pieces = [p for p in pieces if p]
    if len(pieces) < 2 or line.terminal:
        return False
    return pieces[0] in _buttons() or (len(pieces) > 2 and all(len(p.split()) <= 3 for p in pieces))


def _is_slug(line: Line) -> bool:
    """«الرياض - واس», «X/ خاص», «القضارف: «الرواق»»: a place or outlet and an agency, in a few words."""
    if line.words > 7 or any(c.isdecimal() for c in line.text):
        return False
    core = line.folded.strip(_EDGE)
    if core in _slugs() or by_name(core) is not None:
        return True
    m = _SLUG.fullmatch(line.text.strip())
    if m is None:
        return False
    sides = [fold_line(m[side]).strip(_EDGE) for side in ("first", "last")]
    if any(s in _slugs() or by_name(s) is not None for s in sides):
        return True
    if m["sign"] == ":":
        return len(sides[0].split()) <= 2 and bool(_QUOTED.fullmatch(m["last"].strip()))
    return line.words <= 4 and all(len(s.split()) <= 2 for s in sides)


def _ends_with_credit(line: Line) -> bool:
    """«… في دمشق أمس (رويترز)» is a caption; a paragraph has its full stop before the mark, and length or a verb in front."""
    m = _IN_BRACKETS.search(line.text[-40:])
    if m is None or line.words > 40:
        return False
    before = line.text[: len(line.text) - len(line.text[-40:]) + m.start()].rstrip()
    told = any(rest in reporting_forms() for _, rest in stems(line.folded.split(" ", 1)[0]))
    if before.endswith((".", "؟", "»", '"')) and (told or line.words >= _PARAGRAPH_WORDS):
        return False
    return by_name(m[1]) is not None or fold_line(m[1]).strip(_EDGE) in _slugs()


def _html_mark(line: Line) -> Mark | None:
    block = line.block
    if block is None or block.tag == "h1":
        return None
    if block.context in ("nav", "footer", "aside", "form"):
        return NAVIGATION
    if block.tag == "figcaption" or block.context == "figure":
        return CAPTION
    return LINK if block.link_share > _ENDS_LINKED else None

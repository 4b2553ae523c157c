"""What may stand behind a key of a lexicon file: a word, English, a flag, a code, a list of one of these."""

from __future__ import annotations

import math
import re
import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from briefing.arabic.fold import key

_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]")
_HOST = re.compile(r"(?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_NAME = re.compile(r"[^\W_][\w.-]*")


@dataclass(frozen=True, slots=True)
class Value:
    """`says` completes "must be …"; `fits` decides. `choices` are all there are, where they can be listed.

    `script` is "arabic" where the text is looked up word by word as the tokeniser cuts it, "page" where it is compared with a
    page's lines, "" where it is nothing that is looked for. `item`: what a list holds.
    """

    says: str
    fits: Callable[[object], bool]
    choices: tuple[str, ...] = ()
    script: str = ""
    item: Value | None = None


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not any(unicodedata.category(c) == "Cc" for c in value)


def _arabic(value: object) -> bool:
    return _text(value) and bool(_ARABIC.search(key(str(value))))


def _word(value: object) -> bool:
    return _arabic(value) and len(str(value).split()) == 1


def _letters(value: object) -> bool:
    return _text(value) and any(c.isalpha() for c in key(str(value)))


def _english(value: object) -> bool:
    return _text(value) and not _ARABIC.search(key(str(value)))


def _day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def whole(least: int, most: int) -> Value:
    """A whole number between two others, both included."""
    says = f"a whole number from {least} to {most}"
    return Value(says, lambda v: isinstance(v, int) and not isinstance(v, bool) and least <= v <= most)


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def choice(*names: str) -> Value:
    """One of some names."""
    return Value(f"one of {', '.join(names)}", lambda v: v in names, names)


def many(value: Value) -> Value:
    """A list, possibly empty, of such values."""
    says = f"a list, each {value.says}"
    return Value(says, lambda v: isinstance(v, list) and all(value.fits(x) for x in v), (), value.script, value)


def template(*slots: str) -> Value:
    """English with exactly one of these slots in braces, and no other brace."""

    def fits(value: object) -> bool:
        try:
            found = [slot for _, slot, *_ in string.Formatter().parse(str(value)) if slot is not None]
        except ValueError:
            return False
        return _english(value) and len(found) == 1 and found[0] in slots and "!" not in str(value).split("{")[1].split("}")[0]

    return Value(f"English with {' or '.join('{' + s + '}' for s in slots)} in it once", fits)


TEXT = Value("text on one line", _text)
LINE = Value("text on one line", _text, script="page")
PHRASE = Value("Arabic on one line", _arabic, script="page")
ARABIC = Value("Arabic on one line", _arabic, script="arabic")
FORM = Value("a name on one line", _letters, script="arabic")
WORD = Value("one Arabic word", _word, script="arabic")
ENGLISH = Value("English on one line", _english)
FLAG = Value("true or false", lambda v: isinstance(v, bool))
DAY = Value("a day such as 2024-11-12", _day)
CODE = Value('a code of two capital letters such as "SY"', lambda v: isinstance(v, str) and bool(re.fullmatch("[A-Z]{2}", v)))
HOST = Value('a host name such as "news.example.org", without www.', lambda v: isinstance(v, str) and bool(_HOST.fullmatch(v)))
NAME = Value(
    'a name of letters, digits and ". - _" such as "sy.aleppo"', lambda v: isinstance(v, str) and bool(_NAME.fullmatch(v))
)
PRESENT = Value("one Arabic word that begins with ي", lambda v: _word(v) and key(str(v)).startswith("ي"), script="arabic")
PAST = Value("one Arabic word of two letters or more", lambda v: _word(v) and len(key(str(v))) > 1, script="arabic")
PLURAL = Value(
    'an Arabic plural, "+ون" or "+ات"', lambda v: v in ("+ون", "+ات") or (_arabic(v) and "+" not in str(v)), script="page"
)
MONTHS = Value(
    "two months such as [1, 6]",
    lambda v: isinstance(v, list) and len(v) == 2 and all(type(m) is int and 1 <= m <= 12 for m in v) and v[0] <= v[1],
)
POINTS = Value("a number from 0 to 100", lambda v: _number(v) and 0 <= v <= 100)  # type: ignore[operator]
SHARE = Value("a number from 0 to 1", lambda v: _number(v) and 0 <= v <= 1)  # type: ignore[operator]
WEIGHTS = Value(
    "a table of numbers",
    lambda v: isinstance(v, dict) and all(map(_number, v.values())),
)

"""Words, numbers and punctuation of a text, with offsets, and the prefixes a word may carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.arabic.fold import BIDI_CONTROLS, MARKS, key

_WORD = re.compile(
    rf"[^\W\d_][^\W\d_{MARKS}{BIDI_CONTROLS}]*(?:[{MARKS}{BIDI_CONTROLS}\u200b-\u200d]+[^\W\d_]*)*"
    r"|\d+(?:[.,٫٬/:\-]\d+)*"
    r"|[^\s\w]|_"
)
OPENING, CLOSING = '«“„"(', '»”")'
_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or one punctuation mark; `key` is its folded form."""

    start: int
    end: int
    text: str
    key: str

    @property
    def is_word(self) -> bool:
        """Letters, not digits or punctuation."""
        return self.key[:1].isalpha()


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, offsets into `text`. Letters and digits written together are separate tokens."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Token(m.start(), m.end(), m.group(), key(m.group())) for m in found]


@lru_cache(maxsize=200_000)
def stems(word: str) -> tuple[tuple[str, str], ...]:
    """(prefix, rest) for every way to read clitic prefixes off a folded word, the word itself first.

    Prefixes are و or ف, then ب, ل or ك; «لل» stands for ل + ال. The article is not stripped.
    """
    readings = [("", word)]
    for prefix, rest in list(readings):
        if rest.startswith(_CONJUNCTIONS) and len(rest) > 2:
            readings.append((prefix + rest[0], rest[1:]))
    for prefix, rest in list(readings):
        if rest.startswith("لل") and len(rest) > 3:
            readings.append((prefix + "ل", "ال" + rest[2:]))
            readings.append((prefix + "ل", rest[1:]))
        elif rest.startswith(_PREPOSITIONS) and len(rest) > 2:
            readings.append((prefix + rest[0], rest[1:]))
    return tuple(readings)


def bare(word: str) -> str:
    """A folded word without its article («العراق» -> «عراق»)."""
    return word[2:] if word.startswith("ال") and len(word) > 3 else word

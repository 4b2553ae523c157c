"""Raw Arabic text -> the letters that matter for matching, with the way back to raw offsets.

Folding keeps the length, but short vowels, tatweel and bidi controls still stand between letters and presentation forms still
hide them. `plain` leaves the former out and opens the latter, and remembers which raw character each letter came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.arabic.fold import fold

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_INVISIBLE = "\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SPECIAL = re.compile(f"[{_MARKS}{_INVISIBLE}\ufb50-\ufdff\ufe70-\ufefc]")
_TRAILING = re.compile(f"[{_MARKS}\u0640]*")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is what patterns are matched on; `origin[i]` is the raw offset of the character that `text[i]` stands for."""

    raw: str
    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of `text[start:end]` (not empty), with the vowel signs and tatweel of its last letter."""
        last = self.origin[end - 1] + 1
        mark = _TRAILING.match(self.raw, last)
        return self.origin[start], mark.end() if mark else last


def plain(text: str) -> Plain:
    """`text` folded, without vowel signs, tatweel and invisible characters, with presentation forms opened."""
    folded = fold(text)
    if not _SPECIAL.search(folded):
        return Plain(text, folded, range(len(folded)))
    letters: list[str] = []
    origin: list[int] = []
    done = 0
    for special in _SPECIAL.finditer(folded):
        _append(folded[done : special.start()], range(done, special.start()), letters, origin)
        opened = _opened(special.group())
        _append(opened, [special.start()] * len(opened), letters, origin)
        done = special.end()
    _append(folded[done:], range(done, len(folded)), letters, origin)
    return Plain(text, "".join(letters), origin)


def plain_word(word: str) -> str:
    """A word of a data file in the form that `plain` gives it in a text."""
    return plain(word).text


def _append(piece: str, offsets: Sequence[int], letters: list[str], origin: list[int]) -> None:
    letters.append(piece)
    origin.extend(offsets)


def _opened(character: str) -> str:
    """The plain letters inside a presentation form; nothing for a mark or an invisible character."""
    if not ("\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufefc"):
        return ""
    letters = unicodedata.normalize("NFKC", character)
    return _SPECIAL.sub("", fold("".join(c for c in letters if c.isalnum())))

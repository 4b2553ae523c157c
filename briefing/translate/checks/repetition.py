"""Whether the translation says a clause twice that the source says once: the mark of a looping engine."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.arabic import lexicon
from briefing.translate.checks.finding import Finding

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
BESIDE = 3  # words said twice in a row that are a fault
APART = 7  # words said twice anywhere that are one, unless the source repeats itself too
TIMES = 3  # a word or two said so often in a row
IN_SOURCE = 3  # Arabic words said twice that excuse it


def check(source: str, english: str) -> list[Finding]:
    """A finding "repetition" when words stand twice in `english` that `source` says once."""
    words = [word.casefold() for word in _WORD.findall(english)]
    said = [token.key for token in lexicon.found_in(source)[0] if token.is_word]
    twice = _beside(words) if not _again(said, 2) else ()
    twice = twice or (_again(words, APART) if not _again(said, IN_SOURCE) else ())
    if not twice:
        return []
    return [Finding("repetition", f'the translation repeats "{" ".join(twice[:8])}", the source does not')]


def _beside(words: Sequence[str]) -> Sequence[str]:
    """Words directly followed by themselves: three or more twice, one or two three times."""
    for size in range(min(40, len(words) // 2), 0, -1):
        times = 2 if size >= BESIDE else TIMES
        for i in range(len(words) - times * size + 1):
            if words[i] != words[i + size]:
                continue
            piece = words[i : i + size]
            if not "".join(piece).isdecimal() and all(words[i + k * size : i + (k + 1) * size] == piece for k in range(1, times)):
                return piece
    return ()


def _again(words: Sequence[str], size: int) -> Sequence[str]:
    """The first `size` words that come again later, not overlapping."""
    first: dict[tuple[str, ...], int] = {}
    for i in range(len(words) - size + 1):
        piece = tuple(words[i : i + size])
        if i - first.setdefault(piece, i) >= size:
            return piece
    return ()

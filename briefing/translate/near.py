"""Reviewed sentences that are nearly the one at hand: found fast, with what differs. They are offered, never used.

Near is a similarity of at least NEAR: twice the longest common subsequence of characters, over the length of both (rapidfuzz's
`ratio`), in the form of `source_key`. Only entries that share at least half of the words are looked at: that takes a
seventh of the time of looking at all, and misses less than one near sentence in a hundred (bench/memory.py).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from briefing.arabic.fold import key as folded
from briefing.arabic.numbers import find_numbers
from briefing.model import Near, WordDifference
from briefing.translate.entry import Entry, source_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR = 0.9
_SHARED = 0.5  # least share of the different words of the longer of the two
_FIGURE = re.compile(r"\d+(?:[.,٫٬:/]\d+)*")


class NearIndex:
    """Looks for the entry nearest to a sentence."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        """An index of `entries` by their `source_key`; where two are equally near, the earlier is given."""
        import numpy as np

        self._keys, self._entries = list(entries), list(entries.values())
        found = [_words(key) for key in self._keys]
        self._sizes = np.array([len(words) for words in found], dtype=np.intp)
        places: dict[str, list[int]] = {}
        for place, words in enumerate(found):
            for word in words:
                places.setdefault(word, []).append(place)
        self._places = {word: np.array(where, dtype=np.intp) for word, where in places.items()}

    def nearest(self, source: str) -> Near | None:
        """The entry most like `source` with a similarity from NEAR to below 1, or None. `source` itself is no near one."""
        from rapidfuzz import fuzz, process

        key = source_key(source)
        candidates = {int(place): self._keys[place] for place in self._sharing(_words(key))}
        candidates = {place: other for place, other in candidates.items() if other != key}
        match = process.extractOne(key, candidates, scorer=fuzz.ratio, score_cutoff=100 * NEAR)
        return compared(source, self._entries[match[2]], match[1] / 100) if match else None

    def _sharing(self, words: set[str]) -> NDArray[np.intp]:
        """The places of the entries that share enough of `words`."""
        import numpy as np

        lists = [self._places[word] for word in words if word in self._places]
        if not lists:
            return np.empty(0, dtype=np.intp)
        shared = np.bincount(np.concatenate(lists), minlength=len(self._sizes))
        return np.flatnonzero(shared >= _SHARED * np.maximum(self._sizes, len(words)))


def _words(key: str) -> set[str]:
    return {word for word in map(folded, key.split()) if word}


def compared(source: str, entry: Entry, score: float) -> Near:
    """`entry` as one near to `source`, with every run of words that differs."""
    here, there = source_key(source), source_key(entry.ar)
    differences = tuple(_differences(here.split(), there.split()))
    return Near(entry.ar, entry.en, entry.file, cut_score(score), differences, _numbers(here) != _numbers(there))


def cut_score(score: float) -> float:
    """A similarity to three places, never rounded up: 1 means equal."""
    return math.floor(score * 1000 + 1e-9) / 1000


def _differences(here: list[str], there: list[str]) -> Iterator[WordDifference]:
    for tag, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag != "equal":
            yield WordDifference(" ".join(here[a:b]), " ".join(there[c:d]))


def _numbers(text: str) -> list[object]:
    """The numbers of a text in order: figures in any digits as written, and the values of words."""
    figures = [folded(m.group()) for m in _FIGURE.finditer(text)]
    return [*figures, *((m.value, m.qualifier, m.ordinal) for m in find_numbers(text))]

"""Slips of the pen that two texts share: a copy keeps the typing errors of what it was copied from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from briefing.ingest.near_equal import Words

_LETTERS = 6  # shorter words have too many real neighbours
_KNOWN_IN = 3  # articles that write the right word


class Slips:
    """The words of all articles of a run, counted when first asked for."""

    def __init__(self, articles: Sequence[Iterable[Words]]) -> None:
        self._articles = articles

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many articles each word stands."""
        return Counter(chain.from_iterable(set(chain.from_iterable(told)) for told in self._articles))

    def shared(self, one: Iterable[Words], other: Iterable[Words]) -> bool:
        """Whether both texts have a word that no third one has and that is a common word with a slip in it."""
        common = set(chain.from_iterable(one)) & set(chain.from_iterable(other))
        rare = (word for word in common if len(word) >= _LETTERS and self._spread[word] <= 2)
        return any(self._spread[right] >= _KNOWN_IN for word in rare for right in _mended(word))


def _mended(word: str) -> Iterator[str]:
    """The words that `word` becomes when two letters inside it are swapped back or a doubled one is dropped.

    Not at its ends: there Arabic words differ by their prefixes and endings, rightly.
    """
    for n in range(2, len(word) - 2):
        if word[n] == word[n - 1]:
            yield word[:n] + word[n + 1 :]
        else:
            yield word[: n - 1] + word[n] + word[n - 1] + word[n + 1 :]

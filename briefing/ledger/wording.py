"""Two phrases word by word: the same, changed in these words, or not the same phrase at all."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.arabic.tokens import Token
from briefing.ledger.phrases import FEWEST_WORDS, Phrase

ALIKE = 0.6  # the share of the longer phrase's words that stand in both, in one order: below it, it is another phrase


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that were said before and words that are said now in their place; one of them may be empty."""

    was: tuple[Token, ...]
    now: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a phrase differs from an earlier one; no differences: word for word the same. `share` is 0.6 to 1."""

    differences: tuple[Difference, ...]
    share: float


def compare(now: Phrase, was: Phrase) -> Comparison | None:
    """How `now` differs from `was`, or None when they are not the same phrase.

    Letters that are written in several ways are equal, and so are figures of either kind.
    """
    steps = SequenceMatcher(None, was.keys, now.keys, autojunk=False).get_opcodes()
    common = sum(b - a for tag, a, b, _, _ in steps if tag == "equal")
    longest = max(len(was.words), len(now.words))
    if common < FEWEST_WORDS or common < ALIKE * longest:
        return None
    differences = tuple(Difference(was.words[a:b], now.words[c:d]) for tag, a, b, c, d in steps if tag != "equal")
    return Comparison(differences, common / longest)

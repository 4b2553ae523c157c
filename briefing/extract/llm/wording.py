"""Whether an English line says only what other lines say: its numbers, dates and names, and no word of likelihood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.extract.llm.quoted import inert
from briefing.lexicon.tables import derived, table

_WORD = re.compile(r"[^\s\u2014\u2013]+")
_EDGES = ".,;:!?()[]{}\"'“”‘’«»…·→"
_PLAIN = re.compile(r"[a-z]+(?:['’-][a-z]+)*")


@derived
def _lists() -> Mapping[str, Any]:
    return table("highlights")


def unfounded(text: str, lines: str) -> Iterator[str]:
    """What `text` says that `lines` do not bear out, in words for who wrote it; nothing when it holds.

    A word of small Latin letters is free; all else (a capital, a digit, any other sign) must stand in the lines as it is. Number
    words count as the numbers they mean.
    """
    lists, known = _lists(), set(_words(lines))
    plain = {word.replace(",", "").lower() for word in known}
    for n, word in enumerate(_words(text)):
        small = word.lower()
        counted = [part for part in small.split("-") if part in lists["numbers"]]  # «three», «two-day»
        if small in lists["likelihood"] and (small == word or n == 0):
            yield f"«{word}» is a word of likelihood"
        elif counted:
            if not all({lists["numbers"][part], part} & plain for part in counted):
                yield f"the number «{word}» does not stand in the lines of its entries"
        elif not (
            _free(word) or word in known or (n == 0 and (small in lists["openers"] or small in plain)) or _number(word) in plain
        ):
            yield f"«{inert(word, 40)}» does not stand in the lines of its entries"


def _free(word: str) -> bool:
    return bool(_PLAIN.fullmatch(word))


def _number(word: str) -> str:
    """A number without its thousands marks; "" for any other word."""
    digits = word.replace(",", "")
    return digits if digits.isdecimal() else ""


def _words(text: str) -> Iterator[str]:
    """The words without punctuation at their edges; "Syria's" is Syria."""
    for found in _WORD.finditer(text):
        word = found[0].strip(_EDGES)
        for ending in ("'s", "’s", "s'", "s’"):
            if word.endswith(ending) and len(word) > len(ending) + 1:
                word = word.removesuffix(ending) + ("s" if ending[0] == "s" else "")
                break
        if word:
            yield word

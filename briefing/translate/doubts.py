"""What is wrong with a model's answer on the face of it: nothing there, words going round in a loop, or much too little."""

from __future__ import annotations

import re

EMPTY = "translation_empty"
LOOPS = "translation_repeats_itself"
SHORT = "translation_too_short"
JUDGED_FROM = 40  # letters and digits of a source; the length of shorter ones says little
# English has 1.2 times the letters of its Arabic, in the middle. Human translations fall below this share in 0.1% (FLORES-200
# dev) and 1.5% (UN) of the sentences, those with their second half cut off in 76% and 73%: tests/translate/test_doubts.py.
LEAST_SHARE = 0.65
_LONGEST_LOOP = 30  # words
_ONE_WORD_TIMES, _TIMES = 4, 3  # how often one word, or several in their order, must follow themselves
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"\w+")
_STUTTER = re.compile(r"([^\W\d_]\w{0,9}?)\1{7}")


def doubts(source: str, english: str) -> tuple[str, ...]:
    """What is wrong with `english` as the translation of `source`: EMPTY alone, or any of LOOPS and SHORT; mostly nothing."""
    if not _LETTER.search(source):
        return ()
    if not _LETTER.search(english):
        return (EMPTY,)
    found = [LOOPS] if loops(english) and not loops(source) else []
    return (*found, SHORT) if too_short(source, english) else tuple(found)


def too_short(source: str, english: str) -> bool:
    """Whether `english` has far fewer letters than its source needs; never for a short source."""
    wanted = len(_LETTER.findall(source))
    return wanted >= JUDGED_FROM and len(_LETTER.findall(english)) < LEAST_SHARE * wanted


def loops(text: str) -> bool:
    """Whether the same words follow themselves again and again, or one word is the same syllable eight times over.

    Numbers do not count: a row of zeros may be a table's.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    longest = min(_LONGEST_LOOP, len(words) // _TIMES)
    return _STUTTER.search(text) is not None or any(_repeats(words, period) for period in range(1, longest + 1))


def _repeats(words: list[str], period: int) -> bool:
    wanted = period * ((_ONE_WORD_TIMES if period == 1 else _TIMES) - 1)
    run = 0
    for n in range(period, len(words)):
        run = run + 1 if words[n] == words[n - period] else 0
        if run >= wanted and not all(word.isdecimal() for word in words[n - period + 1 : n + 1]):
            return True
    return False

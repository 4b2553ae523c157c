"""What an English reader can be told of an Arabic sentence without translating it: names, numbers, dates and terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.arabic import lexicon
from briefing.arabic.dates import find_dates, resolve
from briefing.arabic.numbers import NumberMention, find_numbers
from briefing.arabic.tokens import tokenise

_Piece = tuple[int, int, str]


def terms(text: str) -> Sequence[_Piece]:
    """(start, end, English) of every known name, number, date and term, in order, none overlapping.

    Longer pieces win; dates are given only as far as the text itself fixes them, and their numbers never stand alone.
    """
    taken: list[_Piece] = []
    for piece in sorted([*_dates(text), *_numbers(text), *_entries(text)], key=lambda p: (p[0], -p[1])):
        if not taken or piece[0] >= taken[-1][1]:
            taken.append(piece)
    return [piece for piece in taken if piece[2]]


def _entries(text: str) -> Iterator[_Piece]:
    for match in lexicon.load().find(tokenise(text)):
        yield match.start, match.end, match.entry.en


def _dates(text: str) -> Iterator[_Piece]:
    for mention in find_dates(text):
        when = resolve(mention, None)
        known = f"{when.earliest} to {when.latest}" if when.earliest and when.latest else ""
        yield mention.start, mention.end, when.value or known


_WORDS = {"at_least": "at least ", "more_than": "more than ", "about": "about "}
_COLLECTIVES = {10: "dozens", 100: "hundreds", 1000: "thousands"}


def _numbers(text: str) -> Iterator[_Piece]:
    for mention in find_numbers(text):
        if not mention.ordinal:
            yield mention.outer_start, mention.outer_end, _number(mention)


def _number(mention: NumberMention) -> str:
    noun = mention.noun
    if mention.value is None:
        figure = _COLLECTIVES.get(mention.scale or 0, "several") + (" of" if noun and mention.scale else "")
    else:
        # a number that counts nothing named may be one of a resolution or a year: no thousands separator
        figure = (f"{mention.value:,}" if noun else str(mention.value)) + ("%" if mention.percent else "")
    what = (noun.en if mention.value == 1 else noun.many) if noun else ""
    return f"{_WORDS.get(mention.qualifier, '')}{figure} {what}".strip()

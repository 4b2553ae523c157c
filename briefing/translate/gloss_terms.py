"""What an English reader can be told of an Arabic sentence without translating it: names, numbers, dates and terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefing.arabic import lexicon
from briefing.arabic.dates import find_dates, resolve
from briefing.arabic.numbers import NumberMention, find_numbers
from briefing.arabic.romanise import is_given_name, romanise
from briefing.arabic.tokens import Token, tokenise
from briefing.lexicon import glossary
from briefing.lexicon.tables import derived, table
from briefing.translate.checks.names import sure

_Piece = tuple[int, int, str]
_NAMES = (lexicon.COUNTRY, lexicon.ADJECTIVE, lexicon.PLACE)
_CLITICS = "وفبلك"
_BODIES = (lexicon.BODY, "common_body")
_SLOT = "{body}"  # of a role that takes a body: "spokesman for {body}"
_OF_A_BODY = re.compile(r"(?: (?:for|of|in|at|to|with))?(?: the)? \{body\}")
_LONGEST_NAME = 4  # words


def terms(text: str) -> Sequence[_Piece]:
    """(start, end, English) of every known name, number, date and term, in order, none overlapping.

    Longer pieces win; dates are given only as far as the text itself fixes them, and their numbers never stand alone. A name
    of a person that no lexicon has is spelled in Latin letters, where a title or another given name shows that it is one. The
    user's glossary wins over all else.
    """
    tokens = tokenise(text)
    matches = lexicon.load().find(tokens)
    found = [*_dates(text), *_numbers(text), *_phrases(tokens), *_people(tokens, matches), *_entries(matches, tokens)]
    own = [(match.start, match.end, match.entry.en) for match in glossary.in_use().find(tokens)]
    found = own + [piece for piece in found if all(piece[1] <= start or piece[0] >= end for start, end, _ in own)]
    taken: list[_Piece] = []
    for piece in sorted(found, key=lambda p: (p[0], -p[1])):  # sorted() is stable: of equals the first kind wins
        if not taken or piece[0] >= taken[-1][1]:
            taken.append(piece)
    return [piece for piece in taken if piece[2]]


def _entries(matches: Sequence[lexicon.Match], tokens: Sequence[Token]) -> Iterator[_Piece]:
    for match, after in zip(matches, [*matches[1:], None], strict=False):
        named = match.kind not in _NAMES or sure(match, tokens[match.first - 1].key if match.first else "")
        of_body = after if after is not None and after.kind in _BODIES and after.first == match.last else None
        if of_body is not None and _SLOT in match.entry.en:
            yield match.start, of_body.end, match.entry.en.replace(_SLOT, of_body.entry.en)
        english = _OF_A_BODY.sub("", match.entry.en)
        yield match.start, match.end, english if named and english not in _stop() else ""


@derived
def _stop() -> frozenset[str]:
    return frozenset(table("gloss")["stop"])


@derived
def _own() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """By its first word, each phrase of gloss.toml as the keys of its words, with its English; the longest first."""
    rows = {**dict.fromkeys(table("gloss")["silent"], ""), **table("gloss")["phrases"]}
    phrases = sorted(((tuple(t.key for t in tokenise(ar)), en) for ar, en in rows.items()), key=lambda p: -len(p[0]))
    return {first: tuple(p for p in phrases if p[0][0] == first) for first in {words[0] for words, _ in phrases}}


def _phrases(tokens: Sequence[Token]) -> Iterator[_Piece]:
    for i, token in enumerate(tokens):
        for cut in (0, 1) if token.key[:1] and token.key[0] in _CLITICS else (0,):
            rest = (token.key[cut:], *(t.key for t in tokens[i + 1 : i + 8]))
            known = next((p for p in _own().get(rest[0], ()) if rest[: len(p[0])] == p[0]), None)
            if known is not None:
                yield token.start, tokens[i + len(known[0]) - 1].end, known[1]


def _people(tokens: Sequence[Token], matches: Sequence[lexicon.Match]) -> Iterator[_Piece]:
    """Names after a title or role, or of two given names: «العميد فهد الحربي»."""
    known = {i for match in matches for i in range(match.first, match.last)}
    titled = {match.last for match in matches if match.kind == lexicon.ROLE}
    i = 0
    while i < len(tokens):
        last = _name_end(tokens, i, known)
        if last - i > 1 and (i in titled or is_given_name(tokens[i + 1].key)):
            yield tokens[i].start, tokens[last - 1].end, romanise(" ".join(t.text for t in tokens[i:last]))
        i = max(last, i + 1)


def _name_end(tokens: Sequence[Token], first: int, known: set[int]) -> int:
    """The token after a name that begins at `first` with a given name; `first` where none does."""
    i = first
    while i < len(tokens) and i - first < _LONGEST_NAME and i not in known and tokens[i].is_word:
        word = tokens[i].key
        of_family = i > first and word.startswith("ال") and len(word) > 4
        if not (is_given_name(word) or of_family):
            break
        i += 1
        if of_family:
            break
    return i


def _dates(text: str) -> Iterator[_Piece]:
    for mention in find_dates(text):
        when = resolve(mention, None)
        known = f"{when.earliest} to {when.latest}" if when.earliest and when.latest else ""
        yield mention.start, mention.end, when.value or known


_WORDS = {"at_least": "at least ", "more_than": "more than ", "about": "about "}
_COLLECTIVES = {10: "dozens", 100: "hundreds", 1000: "thousands"}


def _numbers(text: str) -> Iterator[_Piece]:
    for mention in find_numbers(text):
        if not mention.ordinal and (mention.value is not None or mention.scale):
            yield mention.outer_start, mention.outer_end, _number(mention)


def _number(mention: NumberMention) -> str:
    noun = mention.noun
    if mention.value is None:
        figure = _COLLECTIVES.get(mention.scale or 0, "many") + (" of" if noun else "")
    else:
        # a number that counts nothing named may be one of a resolution or a year: no thousands separator
        figure = (f"{mention.value:,}" if noun else str(mention.value)) + ("%" if mention.percent else "")
    what = (noun.en if mention.value == 1 else noun.many) if noun else ""
    return f"{_WORDS.get(mention.qualifier, '')}{figure} {what}".strip()

"""Who an agreement is between, as a set that does not change with spelling, order or style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing.arabic import lexicon
from briefing.arabic.lexicon import Match
from briefing.arabic.tokens import Token, bare, stems, tokenise
from briefing.extract.agreement_words import reads, words
from briefing.extract.clause import is_a
from briefing.item_model import Name

_ENTITIES = (lexicon.COUNTRY, lexicon.BODY, lexicon.PERSON, lexicon.PLACE)
_UNNAMED = ("both", "both_states", "collective", "side", "stands_for")


def parties(names: Iterable[Name]) -> frozenset[str]:
    """The parties of an agreement: ids of the lexicon, folded words where it has none; empty when nobody is named.

    «وفود روسيا وتركيا وإيران» and «الدول الضامنة» are one set; «الطرفان» and «المجتمعون» are nobody in particular.
    """
    return frozenset(one for name in names for one in _of(tokenise(name.ar)))


def named(text: str) -> frozenset[str]:
    """Everything a sentence names, and its words: a party is in it when all of its set is."""
    tokens = tokenise(text)
    found = {one for match in lexicon.load().find(tokens) for one in ids(match)}
    plain = {bare(rest) for token in tokens if token.is_word for _, rest in stems(token.key)}
    return frozenset(found | plain)


def _of(tokens: Sequence[Token]) -> Iterator[str]:
    matches = lexicon.load().find(tokens)
    covered = {k for m in matches for k in range(m.first, m.last)}
    for match in matches:
        yield from ids(match)
    for k, token in enumerate(tokens):
        if k not in covered and token.is_word and not _says_nobody(token.key):
            yield bare(token.key)


def ids(match: Match) -> Iterator[str]:
    """What a match stands for: the members of a group of states, a state for its adjective, nothing for an unnamed group."""
    if members := match.entry.data.get("members"):
        yield from members
    elif match.kind in _ENTITIES or match.kind == lexicon.ADJECTIVE:
        yield match.entry.id
    elif match.entry.data.get("kind") != "group":
        yield from (bare(t.key) for t in tokenise(match.entry.ar) if not _says_nobody(t.key))


def _says_nobody(word: str) -> bool:
    """Words that name no party by themselves: a side, a delegation, a government, a conjunction."""
    return any(reads(word, words(name)) for name in _UNNAMED) or is_a(word, "prepositions") or is_a(word, "connectors")

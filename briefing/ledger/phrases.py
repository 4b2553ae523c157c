"""The phrases of an agreement's sentences: what was affirmed, agreed or called for, without the verb and who spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.arabic import lexicon
from briefing.arabic.tokens import Token, stems, tokenise
from briefing.arabic.verbs import reading
from briefing.extract.agreement_words import reads, verbs, words
from briefing.extract.clause import is_a, is_exactly
from briefing.ledger.parties import ids

FEWEST_WORDS = 5  # fewer words in a row say nothing about wording
_CONJUNCTIONS = ("", "و", "ف")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands after one verb; `words` are its words and figures, offsets in the document's text."""

    words: tuple[Token, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The words folded: hamza, tatweel, vowel signs and digits of either kind make no difference."""
        return tuple(word.key for word in self.words)

    @property
    def start(self) -> int:
        """Where it begins in the document's text."""
        return self.words[0].start

    def ar(self, text: str) -> str:
        """The phrase as the document writes it."""
        return raw(self.words, text)


def raw(tokens: Sequence[Token], text: str) -> str:
    """The text from the first of `tokens` to the last, or "" for none."""
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def phrases(text: str, start: int, end: int, parties: frozenset[str]) -> tuple[Phrase, ...]:
    """The phrases of `text[start:end]` that have words enough to be compared, in order; `parties` are whose words they are."""
    tokens = tokenise(text, start, end)
    found = (Phrase(tuple(_said(piece, parties))) for piece in _pieces(tokens))
    return tuple(phrase for phrase in found if len(phrase.words) - _naming(phrase.words) >= FEWEST_WORDS)


def _naming(spoken: Sequence[Token]) -> int:
    """How many words at the beginning name somebody: who speaks is no wording."""
    last = 0
    for match in lexicon.load().find(spoken):
        if match.first > last + 1 or match.kind == lexicon.TERM:
            break
        last = match.last
    return last


def _pieces(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The words between one verb of affirming, agreeing or calling and the next; all of them where there is none."""
    before = ["", *(token.key for token in tokens)]
    opened = [i for i, token in enumerate(tokens) if opens(token.key) and not is_a(before[i], "relative")]
    if not opened:
        opened = [-1]
    for i, until in zip(opened, [*opened[1:], len(tokens)], strict=True):
        yield [t for t in tokens[i + 1 : until] if t.key[:1].isalnum()]


def _said(spoken: Sequence[Token], parties: frozenset[str]) -> Sequence[Token]:
    """Without the words that only say who speaks and where («الدول الثلاث في بيان مشترك»), and that join them to what is said."""
    theirs = {k for m in lexicon.load().find(spoken) if parties.issuperset(ids(m)) for k in range(m.first, m.last)}
    said = (k for k, t in enumerate(spoken) if k not in theirs and not reads(t.key, words("frame")))
    return spoken[next(said, len(spoken)) :]


def opens(word: str) -> bool:
    """Whether a folded word is a verb of saying or agreeing, or its participle («مؤكدين»)."""
    if is_exactly(word, "prepositions"):  # «بين» is also a verb
        return False
    rests = [rest for prefix, rest in stems(word) if prefix in _CONJUNCTIONS]
    return any(rest in verbs() or rest in words("affirming") or reading(rest) for rest in rests)

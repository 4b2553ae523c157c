"""Sentences that tell that a meeting was held: who is named there, and which numbered meeting it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.arabic.meetings import find_meetings, grammar
from briefing.arabic.tokens import tokenise
from briefing.extract.agreement_words import reads, words
from briefing.extract.clause import is_a
from briefing.ledger.parties import named
from briefing.ledger.uses import Round
from briefing.model import Article, Sentence

_TOLD = ("opens_past", "closes_past", "held_past")


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence of an article that tells of a meeting; `first` and `last` are the days the article was published between."""

    article: Article
    sentence: Sentence
    first: str
    last: str
    named: frozenset[str]
    rounds: tuple[Round, ...]


def held(article: Article, sentences: Iterable[Sentence]) -> Iterator[Held]:
    """The sentences of an article that tell of a meeting that opened, was held or closed; none that deny it or put it off."""
    published = article.published
    if published.earliest is None or published.latest is None:
        return
    for sentence in sentences:
        text = article.document.text[sentence.start : sentence.end]
        if tells(text):
            rounds = tuple((m.series, m.number) for m in find_meetings(text) if m.number is not None)
            yield Held(article, sentence, published.earliest, published.latest, named(text), rounds)


def tells(text: str) -> bool:
    """Whether a sentence has a verb of holding a meeting and, after it, a word for a meeting."""
    keys = [token.key for token in tokenise(text)]
    verb = next((i for i, word in enumerate(keys) if _is_told(word, keys[i - 1] if i else "")), None)
    if verb is None or any(word in grammar("put_off") or word in grammar("negations") for word in keys[:verb]):
        return False
    return any(reads(word, words("meeting")) for word in keys[verb + 1 :])


def _is_told(word: str, before: str) -> bool:
    """«عقدت»; but not the noun in «على عقد اجتماع», nor what only a relative clause tells («التي عقدت»)."""
    verb = word[1:] if word[:1] in ("و", "ف") and len(word) > 3 else word
    held_back = is_a(before, "prepositions") or is_a(before, "relative")
    return not held_back and any(verb in grammar(kind) for kind in _TOLD)

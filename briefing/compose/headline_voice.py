"""Whether a headline tells in its own voice, or says or hints whose word it is."""

from __future__ import annotations

from briefing.arabic.tokens import stems
from briefing.arabic.verbs import reading
from briefing.extract.clause import head_is, is_a, parse
from briefing.model import Sentence

# A colon stands after a speaker, quotation marks around words that are not the outlet's, a question mark after what is not known.
_MARKS = frozenset(":|؟?«»\"“”„‘’'")


def own_voice(title: str) -> bool:
    """Whether nothing in a headline gives what it tells to somebody: no mark, «وفق», verb of saying or word of hearsay."""
    if not _MARKS.isdisjoint(title):
        return False
    words = (token.key for token in parse(title, Sentence(1, 0, len(title))).tokens)
    return not any(is_a(word, "attribution") or head_is(word, "hearsay") or _says(word) for word in words)


def _says(word: str) -> bool:
    return any(reading(rest) for _, rest in stems(word))

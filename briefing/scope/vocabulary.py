"""The words of an article that tell its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.arabic.lexicon import TERM, Entry, Lexicon
from briefing.arabic.tokens import Token, tokenise
from briefing.lexicon.tables import derived, table
from briefing.model import Article

_LOOKED_AT = 4000  # characters of a text; later paragraphs wander
_LEAD = 60  # tokens of a text that say what it is about
_NAMED = 6  # words given as the reason
_SURE = 2
_MOST_HINTS = 6  # hints that count


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a headline and of the first characters of a text, and that text."""

    title: tuple[Token, ...]
    body: tuple[Token, ...]
    text: str


def words_of(article: Article) -> Words:
    """The words of an article that its kind is read from."""
    raw = article.document.text
    text = "\n".join(span.within(raw) for span in article.kept)[:_LOOKED_AT]
    return Words(tuple(tokenise(article.title.ar)) if article.title else (), tuple(tokenise(text)), text)


@derived
def phrases(section: str, name: str) -> Lexicon:
    """A list of kinds.toml as something to find its phrases with, prefixes and article taken off."""
    return Lexicon((Entry(word, TERM, word, word), (word,)) for word in table("kinds")[section][name])


def found(tokens: Iterable[Token], section: str, name: str) -> list[str]:
    """The phrases of a list that stand among the tokens, each once, in reading order."""
    return list(dict.fromkeys(match.entry.id for match in phrases(section, name).find(tuple(tokens))))


def arts(read: Words) -> tuple[int, list[str]]:
    """Points for words of arts and entertainment, and the words to name; none where fewer than two words are sure.

    None either where no sure word stands in the headline or the lead: what comes up only later is not what the article is about.
    """
    sure = _in(read, "sure")
    if len(sure) < _SURE or not found((*read.title, *read.body[:_LEAD]), "arts", "sure"):
        return 0, []
    hints = _in(read, "hints")
    return 2 * len(sure) + min(len(hints), _MOST_HINTS) // 2, [*sure, *hints][:_NAMED]


def _in(read: Words, name: str) -> list[str]:
    return list(dict.fromkeys(found(read.title, "arts", name) + found(read.body, "arts", name)))


def hard_news(read: Words) -> str:
    """The words of hard news that outweigh sport and culture; "" where there are none or one in passing."""
    title, body = found(read.title, "hard", "words"), found(read.body, "hard", "words")
    return ", ".join(dict.fromkeys([*title, *body][:_NAMED])) if title or len(body) >= 2 else ""


def horoscope_signs(read: Words) -> int:
    """How many signs of the zodiac the text names."""
    return len(found(read.body, "zodiac", "signs"))

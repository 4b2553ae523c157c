"""What kind of piece an article is: news, sport, culture, opinion, advert, horoscope or listing.

The marks are those of briefing/lexicon/kinds.toml, the words of sport those of topics.toml. In doubt an article is news, because
leaving news out is the worse mistake.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.compose.topics import topic_of_article
from briefing.model import Article
from briefing.scope.page_marks import Sign, section_of, signs_around
from briefing.scope.vocabulary import Words, arts, hard_news, horoscope_signs, words_of
from briefing.scope.voice import voice

NEWS = "news"
_SPORT = 15  # points of words of sport (compose/topics.py)
_ARTS = 6  # points of words of the arts
_OPINION = 4  # points of a columnist's voice
_ZODIAC = 7  # signs of twelve
_PLENTY = 60  # words of a text whose voice can be judged


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind and the marks it was known by, for people."""

    name: str
    why: str


def kind_of(article: Article) -> Kind:
    """The kind of an article: by its section, then by what the page says around it, then by its words and its voice."""
    read = words_of(article)
    hard = hard_news(read)
    sign = section_of(article) or next(iter(signs_around(article)), None)
    if sign is not None and not (hard and sign.kind in ("sport", "culture")):
        return Kind(sign.kind, sign.why)
    found = _by_words(read, article) if not hard else None
    return found or _by_voice(read, article, sign) or Kind(NEWS, _doubt(sign, hard))


def _doubt(sign: Sign | None, hard: str) -> str:
    return f"{sign.why}, but hard news: {hard}" if sign is not None and hard else "no mark of another kind"


def _by_words(read: Words, article: Article) -> Kind | None:
    if (zodiac := horoscope_signs(read)) >= _ZODIAC:
        return Kind("horoscope", f"{zodiac} signs of the zodiac")
    topic = topic_of_article(article)
    if topic.topic.id == "sport" and sum(points for _, points in topic.why) >= _SPORT:
        return Kind("sport", topic.reason)
    points, named = arts(read)
    return Kind("culture", f"words of the arts: {', '.join(named)}") if points >= _ARTS else None


def _by_voice(read: Words, article: Article, sign: Sign | None) -> Kind | None:
    heard = voice(read, article)
    if len(read.body) >= _PLENTY and heard.points >= _OPINION:
        return Kind("opinion", ", ".join(heard.why))
    return None

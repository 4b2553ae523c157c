"""What an article and each of its items is about: points for the words of lexicon/topics.toml, the most points win.

An item's own sentences decide where they speak for one topic clearly; else it is about what its article is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.arabic.fold import key
from briefing.arabic.sentences import sentences
from briefing.arabic.tokens import Token, bare, stems, tokenise
from briefing.brief_model import Heading
from briefing.item_model import Event, Item, Statement
from briefing.lexicon.shapes import Table
from briefing.lexicon.tables import derived, remembered, table
from briefing.lexicon.topic_sections import NO_TOPIC
from briefing.model import Article

_AFTER_TA = ("ت", ("ه", "ها", "هم", "هما", "نا", "ان", "ين"))  # what follows a feminine noun in a genitive or a dual
_PLAIN = ("ه", "ات", "ين", "ون", "ان", "ها", "هم", "هما", "نا", "ا")
_PATTERNS = ("sure", "words", "bodies")
_SOME = 1e-9  # no points are too few whatever the weights say
_SHOWN = 5  # words named in a reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """A topic and how it was found: in the "sentence" or the "article"; `why` are its words with their points, most first."""

    topic: Heading
    basis: str
    why: tuple[tuple[str, float], ...] = ()

    @property
    def reason(self) -> str:
        """In one line: "Sport (article: كرة القدم 9, فريق 3)"."""
        words = ", ".join(f"{word} {points:g}" for word, points in self.why[:_SHOWN])
        return f"{self.topic.en} ({self.basis}: {words})" if words else f"{self.topic.en} ({self.basis})"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words that speak for a topic, and the points they give."""

    topic: str
    text: str
    words: tuple[str, ...]
    points: float


Scores = dict[str, dict[str, float]]  # topic -> word -> points


@derived
def topics() -> tuple[Heading, ...]:
    """The topics in the reader's order, that of the file; the one for what has no other comes last."""
    rows = sorted(table("topics")["topic"], key=lambda row: row["id"] == NO_TOPIC)
    return tuple(Heading(row["id"], row["en"], row["ar"]) for row in rows)


def topic_of_article(article: Article) -> Verdict:
    """What an article is about, by its headline and its text."""
    weights = table("topics")["weights"]
    headline = tokenise(article.title.ar) if article.title else []
    scores = _summed(_points([(headline, weights["headline"])], weights["headline"]), _points(_text(article), weights["most"]))
    return _verdict(scores, "article", weights["least"]) or Verdict(topics()[-1], "article")


def _text(article: Article) -> Iterator[tuple[list[Token], float]]:
    """The words of an article, those of its first sentences with their weight."""
    text, weights = article.document.text, table("topics")["weights"]
    opening = sentences(text, article.kept)[: int(weights["lead"])]
    end = opening[-1].end if opening else 0
    for span in article.kept:
        yield tokenise(text, span.start, min(span.end, max(span.start, end))), weights["opening"]
        yield tokenise(text, max(span.start, min(end, span.end)), span.end), 1


def topic_of(item: Item, article: Verdict) -> Verdict:
    """What an item is about: by its own words and, for an event, its type; where these are not clear, what its article is."""
    quotes = dict.fromkeys(citation.quote for citation in item.citations)
    scores = _points([(tokenise(_without_speaker(quote, item)), 1.0) for quote in quotes], table("topics")["weights"]["most"])
    if isinstance(item, Event):
        for topic in _of_type(item.type):
            scores.setdefault(topic, {})[item.type.lower()] = table("topics")["weights"]["events"]
    found = _verdict(scores, "sentence", table("topics")["weights"]["item"])
    rival = sum(scores.get(article.topic.id, {}).values())
    return found if found is not None and sum(points for _, points in found.why) > rival else article


# ---------------------------------------------------------------- points


def _without_speaker(quote: str, item: Item) -> str:
    """A ministry of health speaks of many things."""
    name = item.speaker.as_written if isinstance(item, Statement) else None
    return quote.replace(name, " ", 1) if name else quote


def _verdict(scores: Scores, basis: str, least: float) -> Verdict | None:
    """The topic with the most points, the first of several; None when it has too few."""
    totals = {topic: sum(words.values()) for topic, words in scores.items()}
    best = max(topics(), key=lambda t: totals.get(t.id, 0))
    if totals.get(best.id, 0) < max(least, _SOME):
        return None
    return Verdict(best, basis, tuple(sorted(scores[best.id].items(), key=lambda w: (-w[1], w[0]))))


def _points(parts: Iterable[tuple[Sequence[Token], float]], most: float) -> Scores:
    """The points of every pattern in the parts, each with how much it weighs there, up to `most` times its own."""
    scores: Scores = {}
    for tokens, times in parts:
        for pattern in _found(tokens):
            held = scores.setdefault(pattern.topic, {})
            held[pattern.text] = min(held.get(pattern.text, 0.0) + pattern.points * times, pattern.points * most)
    return scores


def _summed(one: Scores, other: Scores) -> Scores:
    return {
        topic: {word: one.get(topic, {}).get(word, 0) + other.get(topic, {}).get(word, 0) for word in words}
        for topic in dict.fromkeys((*one, *other))
        for words in [dict.fromkeys((*one.get(topic, {}), *other.get(topic, {})))]
    }


def _found(tokens: Sequence[Token]) -> Iterator[_Pattern]:
    """For each topic the longest pattern that starts at each word."""
    for i, token in enumerate(tokens):
        if token.is_word and (begun := _begun_by(token.key)):
            yield from {pattern.topic: pattern for pattern in reversed(begun) if _goes_on(pattern, tokens, i)}.values()


def _goes_on(pattern: _Pattern, tokens: Sequence[Token], i: int) -> bool:
    rest = pattern.words[1:]
    return not rest or tuple(bare(t.key) for t in tokens[i + 1 : i + 1 + len(rest)]) == rest


@remembered(100_000)
def _begun_by(word: str) -> tuple[_Pattern, ...]:
    """The patterns whose first word a folded word may be, the longest first."""
    found = (pattern for _, rest in stems(word) for pattern in _index().get(bare(rest), ()))
    return tuple(sorted(dict.fromkeys(found), key=lambda pattern: -len(pattern.words)))


# ---------------------------------------------------------------- the table


@derived
def _index() -> Mapping[str, tuple[_Pattern, ...]]:
    """Every form of a first word -> the patterns that begin with it, the longest first, those that weigh most before others."""
    index: dict[str, dict[_Pattern, None]] = {}
    for pattern in sorted(_patterns(), key=lambda p: (-len(p.words), -p.points)):
        for form in _forms(pattern.words[0]) if len(pattern.words) == 1 else pattern.words[:1]:
            index.setdefault(form, {}).setdefault(pattern)
    return {form: tuple(patterns) for form, patterns in index.items()}


def _patterns() -> Iterator[_Pattern]:
    weights = table("topics")["weights"]
    for row in table("topics")["topic"]:
        for kind, texts in zip(_PATTERNS, (row.get("sure", ()), row.get("words", ()), _bodies(row)), strict=True):
            for text in texts:
                words = tuple(bare(key(word)) for word in text.split())
                yield _Pattern(row["id"], text, words, weights[kind])


def _bodies(row: Table) -> Iterable[str]:
    ids, kinds = row.get("bodies", ()), row.get("body_kinds", ())
    listed = (body for body in table("organisations")["organisation"] if body["id"] in ids or body["kind"] in kinds)
    return (name for body in listed for name in (body["ar"], *body.get("forms", ())))


def _forms(word: str) -> Iterator[str]:
    """A folded word without article with its regular endings: feminine, dual, plural, possessive."""
    yield word
    if word.endswith("ه"):
        stem, (ta, endings) = word[:-1], _AFTER_TA
        yield from (stem + "ات", *(stem + ta + ending for ending in endings))
    elif len(word) > 2:
        yield from (word + ending for ending in _PLAIN)
        yield from (word.removesuffix("ا") + "ي", word + "يا") if word.endswith("ا") else ()


def _of_type(event_type: str) -> list[str]:
    return [row["id"] for row in table("topics")["topic"] if event_type in row.get("events", ())]

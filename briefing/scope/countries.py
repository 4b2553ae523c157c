"""The countries an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, Entry, Match, country_names
from briefing.arabic.sentences import sentences
from briefing.extract.clause import parse
from briefing.model import Article, Sentence

LEAD = 2  # sentences that say what an article is about
OFTEN = 2  # mentions in all of a text that say so too


def countries_of(article: Article) -> frozenset[str]:
    """Codes of the countries named in the headline or the lead, or more than once in the text.

    A country is named by its own name, a place in it, its adjective, or a person or body of it that the lexicon has.
    """
    text = article.document.text
    cut = sentences(text, article.kept)
    lead = [article.title.ar] if article.title else []
    lead += [text[s.start : s.end] for s in cut[:LEAD]]
    often = Counter(code for s in cut for code in _named(text[s.start : s.end]))
    return frozenset(_all(lead)) | {code for code, n in often.items() if n >= OFTEN}


def _all(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _named(text)


def _named(text: str) -> Iterator[str]:
    parsed = parse(text, Sentence(1, 0, len(text)))
    matches = (parsed.match_at(i) for i in range(len(parsed.tokens)))
    yield from (code for match in matches if match is not None and (code := _code(match)) is not None)


def _code(match: Match) -> str | None:
    entry: Entry = match.entry
    if len({e.data.get("country") for e in (entry, *match.namesakes)}) > 1:
        return None  # a town that two countries have
    if match.kind in (COUNTRY, ADJECTIVE):
        return entry.id if entry.id in country_names() else None
    return entry.data.get("country") if match.kind in (PLACE, PERSON, BODY) else None

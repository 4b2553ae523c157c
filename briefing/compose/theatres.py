"""Where an item belongs: the country it is about, by what is named in it and in its article.

An event belongs to the country of its place. Anything else belongs to the one country whose places or name its own words
hold, if the article names that one too, at least a quarter as often as the country it names most; else to that country. Names in
a headline count three times. An article that names no place belongs to the country of the bodies it names most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefing.arabic.lexicon import ADJECTIVE, COUNTRY, PLACE, country_names, load
from briefing.arabic.tokens import tokenise
from briefing.brief_model import Heading
from briefing.compose.areas import area, country_of
from briefing.item_model import Event, Item, Mention, Reading
from briefing.lexicon.tables import derived, table

INTERNATIONAL = Heading("international", "International and other", "دولي ومتفرقات")
ELSEWHERE = Heading("elsewhere", "Other countries", "بلدان أخرى")
_HEADLINE = 3
_SHARE = 0.25  # of the most named country's names: what a country needs for an item of its own in the article
_PREFIXES = "[وفبلك]{0,2}"


@dataclass(frozen=True, slots=True)
class Theatre:
    """A country, or `INTERNATIONAL`, and how it was found: by the item's "place" or "words", or by its "article"."""

    heading: Heading
    basis: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What an article names: countries with how often, places with theirs, all mentions; and the theatre it belongs to."""

    theatre: Theatre
    mentions: tuple[Mention, ...]
    named: Mapping[str, int]
    places: Mapping[str, str]


def scene(reading: Reading) -> Scene:
    """What an article names of places."""
    places = {m.ar: code for m in reading.mentions if m.kind == "place" and (code := _country_of(m.id))}
    named = Counter(places[m.ar] for m in reading.mentions if m.kind == "place" and m.ar in places)
    for code in _in_headline(reading):
        named[code] += _HEADLINE
    if not named:
        named.update(code for m in reading.mentions if m.kind == "body" and (code := _country_of_body().get(m.id or "")))
    most = max(named, key=lambda code: named[code], default="")  # of several the first one named
    return Scene(Theatre(_heading(most), "article"), reading.mentions, named, places)


def theatre_of(item: Item, where: Scene) -> Theatre:
    """The theatre of an item of the article."""
    if isinstance(item, Event) and (code := area(item.place, where.mentions).country) in country_names():
        return Theatre(_heading(code or ""), "place")
    own = {code for citation in item.citations for code in _held(citation.quote, where.places)}
    if len(own) == 1 and where.named.get(only := own.pop(), 0) >= _SHARE * max(where.named.values()):
        return Theatre(_heading(only), "words")
    return where.theatre


def _held(quote: str, places: Mapping[str, str]) -> Iterator[str]:
    return (code for name, code in places.items() if re.search(rf"(?<!\w){_PREFIXES}{re.escape(name)}(?!\w)", quote))


def _in_headline(reading: Reading) -> Iterator[str]:
    title = reading.article.title
    for match in load().find(tokenise(title.ar)) if title else ():
        sure = not match.namesakes and not match.entry.data.get("ambiguous")
        if match.kind in (PLACE, COUNTRY, ADJECTIVE) and sure and (code := _country_of(match.entry.id)):
            yield code


def _heading(code: str) -> Heading:
    names = country_names().get(code)
    return Heading(code, names[1], names[0]) if names else INTERNATIONAL


def _country_of(ident: str | None) -> str | None:
    """The country of a place or country, where the lexicon lists that country."""
    code = country_of(ident)
    return code if code in country_names() else None


@derived
def _country_of_body() -> Mapping[str, str]:
    return dict(_with_country(table("organisations")["organisation"]))


def _with_country(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    return ((row["id"], row["country"]) for row in rows if row.get("country") in country_names())

"""What has to stand in the English of a sentence: the names and terms of its Arabic, each with its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.arabic import lexicon
from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, TERM, Entry, Match
from briefing.arabic.tokens import Token
from briefing.lexicon.glossary import Glossary
from briefing.lexicon.tables import derived, table
from briefing.translate.checks.names import sure
from briefing.translate.locks.wording import Wording, wording

_NAMES = (PERSON, PLACE, COUNTRY, BODY)
_PARTICLE = re.compile(r"(?:^|[\s-])(?:al|el|de|bin|ibn|abu|abdul|van|von)[\s-]+\w+$", re.I)


@dataclass(frozen=True, slots=True)
class Demand:
    """A name or term at source[start:end] (code points) and how it stands in English.

    `own`: the glossary says so, hence it is missed when it is not there. `spelled`: it is looked for in other spellings,
    `arab`: more generously, for Arabic names are romanised in many ways. `again`: it is clear enough to be put into the source.
    """

    start: int
    end: int
    arabic: str
    kind: str
    wording: Wording
    own: bool = False
    spelled: bool = False
    arab: bool = False
    again: bool = False
    surname: Wording | None = None


def demands(source: str, glossary: Glossary) -> list[Demand]:
    """The names and terms of `source`, in order; those of the glossary win over those of the lexicon."""
    tokens, entries = lexicon.found_in(source)
    own = glossary.find(tokens)
    taken = {n for match in own for n in range(match.first, match.last)}
    known = [m for m in entries if taken.isdisjoint(range(m.first, m.last))]
    found = [*(_own(match, source) for match in own), *_known(known, tokens, source)]
    return sorted(found, key=lambda demand: demand.start)


def _own(match: Match, source: str) -> Demand:
    name, form = match.kind == PERSON, wording(match.entry, True)
    return Demand(match.start, match.end, source[match.start : match.end], match.kind, form, True, name, name, True)


def _known(matches: Sequence[Match], tokens: Sequence[Token], source: str) -> Iterator[Demand]:
    for match in matches:
        before = tokens[match.first - 1].key if match.first else ""
        if match.kind == ADJECTIVE and match.entry.id in lexicon.country_names():
            yield _of_country(match, source)
        elif match.kind == TERM or (match.kind in _NAMES and sure(match, before) and not _several(match)):
            yield _lexical(match, source)


def _several(match: Match) -> bool:
    """Whether it may be a place of another English name."""
    return any(same.en != match.entry.en for same in match.namesakes)


def _of_country(match: Match, source: str) -> Demand:
    """An adjective asks for nothing, but where the machine writes the country for it, it writes it in its form."""
    ident = match.entry.id
    ar, en, _ = lexicon.country_names()[ident]
    form = wording(Entry(ident, COUNTRY, ar, en), False)
    return Demand(match.start, match.end, source[match.start : match.end], ADJECTIVE, form)


def _lexical(match: Match, source: str) -> Demand:
    arabic, arab = source[match.start : match.end], _arab(match.entry)
    words, form = match.last - match.first, wording(match.entry, False)
    if match.kind != PERSON:
        place = match.kind == PLACE
        return Demand(match.start, match.end, arabic, match.kind, form, False, place, place and arab, words > 1)
    surname = _surname(form)
    if words >= len(match.entry.ar.split()):
        return Demand(match.start, match.end, arabic, PERSON, form, False, True, arab, True, surname)
    alone = replace(surname, also=(*surname.also, form.en, *form.also), variants=form.variants)
    return Demand(match.start, match.end, arabic, PERSON, alone, False, True, arab)


def _surname(form: Wording) -> Wording:
    """The last name, which may stand with or without its article."""
    tail = _PARTICLE.search(form.en)
    last = tail[0].strip(" -") if tail else form.en.rsplit(" ", 1)[-1]
    bare = re.sub(r"^[Aa]l-", "", last)
    return Wording(last, tuple(dict.fromkeys((bare, f"Al-{bare}", f"al-{bare}"))))


def _arab(entry: Entry) -> bool:
    return entry.data.get("country") in _romanised()


@derived
def _romanised() -> frozenset[str]:
    return frozenset(table("english")["romanised"])

"""[scope] as it was written -> what is looked for: countries by code, topics by id, the watchlist by lexicon entry."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.arabic.fold import key
from briefing.arabic.lexicon import COUNTRY, entries
from briefing.compose.topics import topics
from briefing.config import Config
from briefing.errors import ConfigError
from briefing.lexicon.tables import derived
from briefing.scope.watch import NOBODY, Watch, resolved


@dataclass(frozen=True, slots=True)
class Wanted:
    """Country codes, topic ids and kinds to leave out; an empty set of countries or topics asks for all."""

    countries: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    watch: Watch = NOBODY
    leave_out: frozenset[str] = frozenset()


def wanted(config: Config) -> Wanted:
    """The scope that the settings ask for. Raises ConfigError for a name that neither the lexicon nor topics.toml has."""
    scope, where = config.scope, config.file or "briefing.toml"
    watch, lost = resolved(scope.watch)
    if lost:
        step = "Write it in Arabic as articles spell it, or list it in lexicon/people.toml or lexicon/organisations.toml."
        raise ConfigError(f"{where}: scope.watch: no person or body in the lexicon is called {lost[0]!r}", step)
    return Wanted(
        _found(scope.countries, _countries(), f"{where}: scope.countries: no country is called", "an ISO code or a name"),
        _found(scope.topics, _topics(), f"{where}: scope.topics: no topic is called", "an id or a heading of topics.toml"),
        watch,
        frozenset(scope.leave_out),
    )


def _found(names: Iterable[str], known: Mapping[str, str], message: str, what: str) -> frozenset[str]:
    found = set()
    for name in names:
        if (ident := known.get(_folded(name))) is None:
            close = difflib.get_close_matches(_folded(name), known, 1)
            hint = f"Did you mean {close[0]}? " if close else ""
            listed = f"{hint}Write {what}: {', '.join(sorted(set(known.values())))}."
            raise ConfigError(f"{message} {name!r}", listed)
        found.add(ident)
    return frozenset(found)


def _folded(name: str) -> str:
    return " ".join(key(word) for word in name.split()).casefold()


@derived
def _countries() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry, forms in entries():
        if entry.kind == COUNTRY:
            for name in (entry.id, entry.en, *forms):
                found.setdefault(_folded(name), entry.id)
    return found


@derived
def _topics() -> Mapping[str, str]:
    return {_folded(name): topic.id for topic in topics() for name in (topic.id, topic.en, topic.ar)}

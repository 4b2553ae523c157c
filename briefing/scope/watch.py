"""The people and bodies a reader watches: found in a text in any spelling that the lexicon knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefing.arabic.lexicon import BODY, PERSON, Entry, Lexicon, entries, load
from briefing.arabic.tokens import tokenise
from briefing.extract.clause import parse
from briefing.lexicon.tables import derived
from briefing.model import Sentence


@dataclass(frozen=True, slots=True)
class Watch:
    """`known` are ids of lexicon entries with the names to show; `spelled` are Arabic names that no lexicon has."""

    known: Mapping[str, str] = field(default_factory=dict)
    spelled: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.known or self.spelled)

    def named_in(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The watched names that stand in the texts, each once, as they are shown, in order."""
        return tuple(dict.fromkeys(name for text in texts for name in self._in(text))) if self else ()

    def _in(self, text: str) -> Iterator[str]:
        parsed = parse(text, Sentence(1, 0, len(text)))
        for match in filter(None, map(parsed.match_at, range(len(parsed.tokens)))):
            if match.kind in (PERSON, BODY) and match.entry.id in self.known:
                yield self.known[match.entry.id]
        if self.spelled:
            yield from (match.entry.id for match in _spelled(self.spelled).find(parsed.tokens))


NOBODY = Watch()


def resolved(names: Iterable[str]) -> tuple[Watch, tuple[str, ...]]:
    """The watchlist for names as a user writes them, and those that can be found in no article: not Arabic, and not known."""
    known: dict[str, str] = {}
    spelled, lost = [], []
    for name in names:
        entry = _in_english().get(name.strip().casefold()) or _in_arabic(name)
        if entry is not None:
            known[entry.id] = entry.en
        elif any("\u0621" <= c <= "\u064a" for c in name):
            spelled.append(" ".join(name.split()))
        else:
            lost.append(name)
    return Watch(known, tuple(dict.fromkeys(spelled))), tuple(lost)


def _in_arabic(name: str) -> Entry | None:
    tokens = tokenise(name)
    match = next(iter(load().find(tokens)), None)
    whole = match is not None and match.first == 0 and match.last == len(tokens)
    return match.entry if match is not None and whole and match.kind in (PERSON, BODY) else None


@derived
def _in_english() -> Mapping[str, Entry]:
    named = [entry for entry, _ in entries() if entry.kind in (PERSON, BODY)]
    return {name.casefold(): entry for entry in reversed(named) for name in (entry.en, entry.id)}


def _spelled(names: tuple[str, ...]) -> Lexicon:
    return Lexicon((Entry(name, PERSON, name, name), (name,)) for name in names)

"""One entity for the many spellings of a person, body or place across articles; never one for two people.

What the lexicon knows is one by its entry. A person it does not know is another's variant only in context: the given names
agree, the surnames are alike, and the role is the same. Likeness of surnames alone says nothing: «علي أصغر حاج» is «علي أصغر
خاجي» by two given names and an office, while two men called al-Hamad are two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from briefing.arabic.fold import key
from briefing.arabic.tokens import bare
from briefing.brief_model import Section
from briefing.item_model import Agreement, Entity, Event, Mention, Name, Reading, Speaker, Statement

ItemT = TypeVar("ItemT", Statement, Agreement, Event)

_ALIKE = 75.0  # rapidfuzz ratio of two spellings of one surname: one letter of four may differ
_LOOSELY = 50.0  # the same, where two given names and the role agree
_ROLE = 80.0  # token_set_ratio of two wordings of one role in English
_SLIPS = 1  # letters in which two spellings of one given name may differ


@dataclass(frozen=True)
class Person:
    """Someone no lexicon has: the folded words of the name, and the role in English."""

    words: tuple[str, ...]
    role: str | None


def entities(readings: Sequence[Reading]) -> tuple[Entity, ...]:
    """The people, bodies and places named in the articles, each with every spelling seen, the most frequent first.

    Ordered by kind, then by how many articles name them, then by English name.
    """
    named = [(r.article.id, m) for r in readings for m in r.mentions]
    groups: dict[tuple[str, str], list[tuple[str, Mention]]] = {}
    variants = _variants([m for _, m in named if m.id is None])
    for article, mention in named:
        label = mention.id or variants[_folded(mention.ar), mention.role_en]
        groups.setdefault((mention.kind, label), []).append((article, mention))
    found = [_entity(kind, group) for (kind, _), group in groups.items()]
    order = ("person", "body", "place")
    return tuple(sorted(found, key=lambda e: (order.index(e.kind), -e.articles, e.en)))


def _entity(kind: str, group: Sequence[tuple[str, Mention]]) -> Entity:
    spelled = Counter(" ".join(m.ar.split()) for _, m in group)
    # the fullest of the usual spellings stands for the entity, so that a surname never replaces a whole name
    usual = max(spelled, key=lambda ar: (len(ar.split()), spelled[ar], ar))
    first = next(m for _, m in group if " ".join(m.ar.split()) == usual)
    roles = Counter(m.role_en for _, m in group if m.role_en)
    role = min(roles, key=lambda r: (-roles[r], r)) if roles else None
    articles = len({article for article, _ in group})
    return Entity(kind, first.en, usual, role, tuple(ar for ar, _ in spelled.most_common()), articles, first.id)


# ---------------------------------------------------------------- people no lexicon has


def _variants(mentions: Iterable[Mention]) -> dict[tuple[str, str | None], str]:
    """(folded name, role) -> the folded name that stands for the person."""
    people = sorted({(_folded(m.ar), m.role_en) for m in mentions}, key=lambda p: (p[0], p[1] or ""))
    chosen: dict[tuple[str, str | None], str] = {}
    leaders: list[tuple[Person, str]] = []
    for name, role in people:
        person = Person(tuple(name.split()), role)
        label = next((label for other, label in leaders if one_person(person, other)), None)
        if label is None:
            label = f"{name}|{role or ''}"  # no id of the lexicon has this form
            leaders.append((person, label))
        chosen[name, role] = label
    return chosen


def one_person(a: Person, b: Person) -> bool:
    """Whether two names are one person's. In doubt they are not."""
    if min(len(a.words), len(b.words)) < 2:
        return False
    same_role = a.role is not None and b.role is not None and fuzz.token_set_ratio(a.role, b.role) >= _ROLE
    if a.words == b.words:
        return same_role or not (a.role and b.role)
    given = _given_in_common(a.words, b.words)
    if not same_role or given == 0:
        return False
    surnames = fuzz.ratio(bare(a.words[-1]), bare(b.words[-1]))
    return surnames >= _ALIKE or (given >= 2 and surnames >= _LOOSELY)


def _given_in_common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many given names agree from the first on; 0 when one that both have does not."""
    pairs = list(zip(a[:-1], b[:-1], strict=False))
    return len(pairs) if all(OSA.distance(x, y) <= (_SLIPS if min(len(x), len(y)) > 3 else 0) for x, y in pairs) else 0


def _folded(name: str) -> str:
    return " ".join(key(word) for word in name.split())


def used(found: Sequence[Entity], sections: Sequence[Section]) -> tuple[Entity, ...]:
    """Those of the entities that an item names, in the order given."""
    spoken = (e.item for s in sections for group in s.statements for e in group.entries)
    others = (e.item for s in sections for e in (*s.agreements, *s.events))
    names = {name.en for item in (*spoken, *others) for name in _names(item)}
    return tuple(e for e in found if e.en in names)


def _names(item: Statement | Agreement | Event) -> Iterator[Name | Speaker]:
    for f in fields(item):
        value = getattr(item, f.name)
        yield from (v for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, Name | Speaker))


# ---------------------------------------------------------------- one name for each


def unified(readings: Sequence[Reading], found: Sequence[Entity]) -> tuple[Reading, ...]:
    """The readings with every spelling of an entity no lexicon has replaced by its usual one, in both languages.

    What an article writes stays in `as_written` and in the quotes. A spelling that two people share is left as it is.
    """
    shared = Counter(s for e in found for s in e.spellings)
    names = {s: (e.ar, e.en) for e in found if e.kind == "person" for s in e.spellings if shared[s] == 1}
    return tuple(
        replace(
            r,
            statements=tuple(_renamed(s, names) for s in r.statements),
            agreements=tuple(_renamed(a, names) for a in r.agreements),
            events=tuple(_renamed(e, names) for e in r.events),
        )
        for r in readings
    )


def _renamed(item: ItemT, names: Mapping[str, tuple[str, str]]) -> ItemT:
    """The item with its names replaced, also in its English line."""
    changes = {f.name: _named(getattr(item, f.name), names) for f in fields(item)}
    line = item.en
    for name in fields(item):
        was, now = getattr(item, name.name), changes[name.name]
        if isinstance(now, Speaker | Name) and was.en:
            line = line.replace(was.en, now.en)
    return replace(item, **(changes | {"en": line}))


def _named(value: Any, names: Mapping[str, tuple[str, str]]) -> Any:
    if isinstance(value, tuple):
        return tuple(_named(v, names) for v in value)
    if isinstance(value, Speaker | Name) and value.ar in names:
        ar, en = names[value.ar]
        return replace(value, ar=ar, en=en)
    return value

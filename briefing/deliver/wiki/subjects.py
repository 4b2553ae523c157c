"""Who has a page: people and bodies that items name, each with what they said by week. One page is never two known people.

What a lexicon knows is one by the id of its entry. Anyone else is one by the letters of the name, never by likeness; the page
says that it is that of a name, and gives the role at each line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.deliver.wiki.lines import agreements, day, events, labels_of, line, statements
from briefing.deliver.wiki.model import Line, Subject, Told, WeekBrief
from briefing.deliver.wiki.names import slug, upper_first

KINDS = ("person", "body")
_TOLD_BY = ("asserted_by", "actor", "target")


@dataclass(frozen=True, slots=True)
class _Found:
    """An entity of one week with what that week has of it."""

    entity: Mapping[str, Any]
    told: Told


def subjects(briefs: Sequence[WeekBrief]) -> tuple[Subject, ...]:
    """The people and bodies of `briefs` (newest week first) that said, agreed or did something, by kind and English name."""
    found: dict[str, list[_Found]] = {}
    for brief in briefs:
        for one in _of_week(brief):
            found.setdefault(key_of(one.entity), []).append(one)
    made = [_subject(key, weeks) for key, weeks in found.items()]
    return tuple(sorted(made, key=lambda s: (KINDS.index(s.kind), s.en.casefold(), s.key)))


def key_of(entity: Mapping[str, Any]) -> str:
    """What makes an entity the same one in another week: the id of its entry, else its kind and the letters of its name."""
    if entity.get("id"):
        return f"{entity['kind']}:{entity['id']}"
    return f"{entity['kind']}|{unicodedata.normalize('NFC', ' '.join(str(entity['ar']).split()))}"


def _of_week(brief: WeekBrief) -> Iterator[_Found]:
    entities = _by_key(e for e in brief.tree["names"] if e["kind"] in KINDS)
    lookup = _lookup(entities)
    labels = labels_of(brief)
    said: dict[str, list[Line]] = {}
    agreed: dict[str, list[Line]] = {}
    told: dict[str, list[Line]] = {}
    for item in statements(brief):
        for key in _named([item["speaker"]], lookup):
            said.setdefault(key, []).append(line(brief, item, labels, item["speaker"]["role_en"] or "", day(item["date"])))
    for item in agreements(brief):
        for key in _named(item["parties"], lookup):
            agreed.setdefault(key, []).append(line(brief, item, labels))
    for item in events(brief):
        for key in _named([item[field] for field in _TOLD_BY], lookup):
            told.setdefault(key, []).append(line(brief, item, labels))
    for key in dict.fromkeys((*said, *agreed, *told)):
        lines = (tuple(kind.get(key, ())) for kind in (said, agreed, told))
        roles = dict.fromkeys(str(e["role_en"]) for e in entities[key] if e["role_en"])
        yield _Found(entities[key][0], Told(brief.week, tuple(roles), *lines))


def _by_key(entities: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The entities by key: a week may hold one name apart by role, which stands on one page."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entity in entities:
        found.setdefault(key_of(entity), []).append(entity)
    return found


def _lookup(entities: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[tuple[str, str], str]:
    """(English, Arabic) of a name in an item -> the key of whom it names; what two share names nobody."""
    found: dict[tuple[str, str], set[str]] = {}
    for key, group in entities.items():
        for entity in group:
            for spelling in (entity["ar"], *entity["spellings"]):
                found.setdefault((entity["en"].casefold(), spelling), set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def _named(names: Iterable[Mapping[str, Any] | None], lookup: Mapping[tuple[str, str], str]) -> Iterator[str]:
    found = (lookup.get((name["en"].casefold(), " ".join(name["ar"].split()))) for name in names if name)
    yield from dict.fromkeys(key for key in found if key)


def _subject(key: str, found: Sequence[_Found]) -> Subject:
    """`found` newest week first. The page is named after the oldest, so that a new week does not rename it."""
    newest, oldest = found[0].entity, found[-1].entity
    spellings = dict.fromkeys(s for one in found for s in one.entity["spellings"])
    roles = dict.fromkeys(role for one in found for role in one.told.roles)
    known = bool(newest.get("id"))
    name = slug(str(newest["id"] if known else oldest["en"]), key)
    weeks = tuple(one.told for one in found)
    en = upper_first(newest["en"])
    return Subject(key, newest["kind"], name, en, newest["ar"], known, tuple(roles), tuple(spellings), weeks)

"""A user's lexicon table laid over ours. Both are of the right form (conform.py); nothing is checked here.

An entry of theirs that ours does not have is added. One that ours has changes the keys it gives: a list is added to, anything
else replaced. `remove = true` takes an entry out, `remove = ["…"]` some of its spellings, the table [remove] words of lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from briefing.lexicon.flaw import folded, name_of
from briefing.lexicon.removal import REMOVE
from briefing.lexicon.shapes import Entries, Lists, Pairs, Rows, Section, Table, Weights, Words


def laid(ours: Table, theirs: Table, sections: Sequence[Section]) -> dict[str, Any]:
    """Our table with theirs over it."""
    gone = theirs.get(REMOVE, {})
    return {s.name: _section(s, ours[s.name], theirs.get(s.name), gone.get(s.name)) for s in sections}


def _section(section: Section, ours: Any, theirs: Any, gone: Any) -> Any:
    if isinstance(section, Words):
        return _words(ours, theirs or (), gone or ())
    if isinstance(section, Lists):
        parts = [part or {} for part in (ours, theirs, gone)]
        return {name: _words(*(part.get(name, ()) for part in parts)) for name in section.names}
    if isinstance(section, Weights):
        return {name: {**ours.get(name, {}), **(theirs or {}).get(name, {})} for name in section.names}
    if isinstance(section, Pairs):
        return _by_word(ours, theirs or {}, gone or ())
    if isinstance(section, Entries):
        changed = {word: _changed(_held(ours, word), row) for word, row in (theirs or {}).items()}
        out = [word for word, row in (theirs or {}).items() if row.get(REMOVE) is True]
        return _by_word(ours, {word: row for word, row in changed.items() if word not in out}, out)
    return _rows(section, ours, theirs or ()) if section.by else _rows_by_words(section, ours, theirs or ())


def _words(ours: Iterable[Any], theirs: Collection[Any], gone: Iterable[str] = ()) -> list[Any]:
    """Ours without those that are gone or that theirs replace, then theirs."""
    out = {_known_by(w) for w in (*gone, *(w for w in theirs if isinstance(w, Mapping)))}
    kept = [w for w in ours if _known_by(w) not in out]
    held = {_known_by(w) for w in kept}
    return kept + [w for w in theirs if _known_by(w) not in held]


def _known_by(item: Any) -> object:
    """What tells one item of a list from another: a word folded, a meeting's number, label or first day."""
    if isinstance(item, Mapping):
        return next((item[k] for k in ("number", "label", "first_day") if k in item), None)
    return folded(item)


def _by_word(ours: Table, theirs: Table, gone: Iterable[str]) -> dict[str, Any]:
    out = {folded(w) for w in (*gone, *theirs)}
    return {**{word: value for word, value in ours.items() if folded(word) not in out}, **theirs}


def _held(ours: Table, word: str) -> Table:
    return next((row for other, row in ours.items() if folded(other) == folded(word)), {})


def _changed(held: Table, row: Table) -> dict[str, Any]:
    """An entry of ours (or nothing) with the keys of theirs."""
    gone = row.get(REMOVE)
    fewer = {k: _words(v, (), gone) if isinstance(v, (list, tuple)) and isinstance(gone, list) else v for k, v in held.items()}
    more = {k: _words(fewer.get(k, ()), v) if isinstance(v, list) else v for k, v in row.items() if k != REMOVE}
    return {**fewer, **more}


def _rows(section: Rows, ours: Sequence[Table], theirs: Sequence[Table]) -> list[Table]:
    changes = {name_of(row, section): row for row in theirs}
    rows = [_changed(row, changes[name]) if (name := name_of(row, section)) in changes else row for row in ours]
    held = {name_of(row, section) for row in ours}
    added = [_changed({}, row) for name, row in changes.items() if name not in held]
    out = {name for name, row in changes.items() if row.get(REMOVE) is True}
    return [row for row in (*rows, *added) if name_of(row, section) not in out]


def _rows_by_words(section: Rows, ours: Sequence[Table], theirs: Sequence[Table]) -> list[Table]:
    """Their words leave every entry of ours; what an entry of theirs does not say is said by the first of ours that is alike."""
    taken = {name: {folded(w) for row in theirs for w in row.get(name, ())} for name in section.words}
    rows = [{k: _words(v, (), taken[k]) if k in taken else v for k, v in row.items()} for row in ours]
    added = [{**_alike(section, ours, row), **row} for row in theirs if row.get(REMOVE) is not True]
    return [row for row in (*rows, *added) if any(row.get(name) for name in section.words)]


def _alike(section: Rows, ours: Sequence[Table], row: Table) -> Table:
    """The keys without which an entry cannot be, from the first entry of ours that is alike."""
    must = [key.name for key in section.keys if key.required]
    other = next((r for r in ours if r[section.like] == row[section.like]), {})
    return {name: other[name] for name in must if name in other}

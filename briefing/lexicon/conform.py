"""Whether a lexicon table is what its schema says: the mistakes that would stop the program, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.lexicon import removal
from briefing.lexicon.flaw import At, Flaw, folded, hint, name_of, short
from briefing.lexicon.removal import REMOVE
from briefing.lexicon.shapes import Entries, Key, Lists, Pairs, Rows, Section, Table, Weights, Words
from briefing.lexicon.values import WEIGHTS, Value


def flaws(table: Table, sections: Sequence[Section], ours: Table | None) -> Iterator[Flaw]:
    """Every mistake of form. `ours` is the packaged table when `table` is a user's, which changes it, None when it is ours."""
    known = [s.name for s in sections]
    for name in table:
        if name not in known and not (ours is not None and name == REMOVE):
            yield Flaw(At(name), "unknown section", hint(name, known, "Known sections"))
    for section in sections:
        if section.name in table:
            yield from _in_section(table, section, ours)
        elif ours is None:
            yield Flaw(At(section.name), "is missing", "The installation is incomplete: install the program again.")
    if ours is not None and REMOVE in table:
        yield from removal.of_file(table[REMOVE], sections, ours)


def broken_rules(table: Table, sections: Sequence[Section]) -> Iterator[Flaw]:
    """What is wrong with entries whose keys are right one by one, in a whole table (ours, with a user's laid over it)."""
    for section in sections:
        if isinstance(section, Rows):
            for row in table.get(section.name, ()):
                if wrong := section.rule(row, table):
                    yield Flaw(At(section.name, name=str(row.get(section.by, ""))), wrong, "Mend the entry.")


def _in_section(table: Table, section: Section, ours: Table | None) -> Iterator[Flaw]:
    value = table[section.name]
    if isinstance(section, Words):
        yield from _wrong(At(section.name), section.name, value, section.value)
    elif isinstance(section, Rows):
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            yield from _rows(table, section, ours)
        else:
            yield Flaw(At(section.name), "must be a list of tables", f"Write [[{section.name}]], and the keys of an entry below.")
    elif not isinstance(value, dict):
        yield Flaw(At(section.name), "must be a table", f"Write [{section.name}].")
    elif isinstance(section, (Lists, Weights)):
        yield from _lists(value, section.name, section.names, WEIGHTS if isinstance(section, Weights) else section.value)
    elif isinstance(section, Pairs):
        yield from _pairs(value, section)
    else:
        yield from _entries(value, section, ours)


def _wrong(at: At, name: str, value: object, kind: Value) -> Iterator[Flaw]:
    if kind.fits(value):
        return
    if kind.item is not None and isinstance(value, list):
        stray = next(v for v in value if not kind.item.fits(v))
        yield Flaw(at, f"{name} holds {short(stray)}", _allowed(stray, kind.item))
    else:
        yield Flaw(at, f"{name} is {short(value)}", _allowed(value, kind))


def _allowed(value: object, kind: Value) -> str:
    return hint(str(value), kind.choices, "Choose from") if kind.choices else f"It must be {kind.says}."


def _lists(value: Table, section: str, names: Sequence[str], kind: Value) -> Iterator[Flaw]:
    for name, held in value.items():
        at = At(section, name=name)
        if name not in names:
            yield Flaw(at, f"unknown key {name}", hint(name, names))
        else:
            yield from _wrong(at, name, held, kind)


def _pairs(value: Table, section: Pairs) -> Iterator[Flaw]:
    for word, other in value.items():
        at = At(section.name, name=word)
        yield from _wrong(at, "the word", word, section.word)
        yield from _wrong(at, "its value", other, section.value)


def _entries(value: Table, section: Entries, ours: Table | None) -> Iterator[Flaw]:
    held = {folded(word): row for word, row in (ours or {}).get(section.name, {}).items()}
    for word, row in value.items():
        at = At(section.name, name=word)
        yield from _wrong(at, "the word", word, section.word)
        if not isinstance(row, dict):
            yield Flaw(at, "must be a table", f'Write "{word}" = {{ … }}.')
            continue
        yield from _row(at, row, section.keys, folded(word) in held, ours is not None)
        if ours is not None and REMOVE in row:
            yield from removal.of_entry(at, row, held.get(folded(word)))


def _rows(file: Table, section: Rows, ours: Table | None) -> Iterator[Flaw]:
    ours_here = (ours or {}).get(section.name, ())
    held = {name_of(row, section): row for row in ours_here if section.by}
    seen: set[str] = set()
    for n, row in enumerate(file[section.name]):
        at, name = At(section.name, n, str(row.get(section.by or section.like, ""))), name_of(row, section)
        like = section.like and any(row.get(section.like) == other[section.like] for other in ours_here)
        found = list(_row(at, row, section.keys, bool(name in held or like), ours is not None))
        if ours is not None and REMOVE in row:
            own = section.by == ""
            found += removal.of_words(at, row, section, ours_here) if own else removal.of_entry(at, row, held.get(name))
        yield from found
        if section.by and name in seen:
            step = "Join the two, or give one of them a name of its own."
            yield Flaw(at, f"{section.by} = {row.get(section.by)!r} stands here a second time", step)
        seen.add(name)


def _row(at: At, row: Table, keys: Sequence[Key], known: bool, own: bool) -> Iterator[Flaw]:
    """`known`: what the entry leaves out is taken from one of ours. `own`: it is a user's."""
    allowed = {k.name: k.value for k in keys}
    for name, value in row.items():
        if name in allowed:
            yield from _wrong(at, name, value, allowed[name])
        elif not (own and name == REMOVE):
            yield Flaw(at, f"unknown key {name}", hint(name, [*allowed, *([REMOVE] if own else [])]))
    must = [k.name for k in keys if k.required]
    missing = [name for name in must if name not in row]
    if missing and not known and REMOVE not in row:
        yield Flaw(at, f"lacks {', '.join(missing)}", f"A new entry has {', '.join(must)}.")

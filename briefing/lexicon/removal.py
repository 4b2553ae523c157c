"""What a user's file takes out of ours: whether it is there, and whether anything is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing.lexicon.flaw import At, Flaw, folded, hint, short
from briefing.lexicon.shapes import Lists, Pairs, Rows, Section, Table, Words

REMOVE = "remove"
_FIND = "Run `briefing lexicon find` with the word to see what it is called, or take this out of your file."


def of_entry(at: At, row: Table, held: Table | None) -> Iterator[Flaw]:
    """Mistakes in `remove` of an entry; `held` is the entry of ours that it changes, None when there is none."""
    value = row[REMOVE]
    if value is not True and not _is_words(value):
        yield Flaw(at, f"remove is {short(value)}", "It must be true, or a list of the spellings to take out.")
    elif held is None:
        yield Flaw(at, "takes out an entry that the lexicon does not have", _FIND)
    elif value is not True:
        yield from _not_in(at, value, words_of(held), "among its spellings")


def of_words(at: At, row: Table, section: Rows, rows: Sequence[Table]) -> Iterator[Flaw]:
    """The same for an entry that is known by its words: all of them are taken out of ours, wherever they stand."""
    if row[REMOVE] is not True:
        yield Flaw(at, f"remove is {short(row[REMOVE])}", f"It must be true; the words stand under {', '.join(section.words)}.")
        return
    for name in section.words:
        words, held = row.get(name, ()), [w for other in rows for w in other.get(name, ())]
        yield from _not_in(at, words if _is_words(words) else (), held, f"among our {name}")


def words_of(row: Table) -> list[str]:
    """Every word in the lists of an entry."""
    return [w for value in row.values() if isinstance(value, (list, tuple)) for w in value if isinstance(w, str)]


def of_file(value: object, sections: Sequence[Section], ours: Table) -> Iterator[Flaw]:
    """Mistakes in the table [remove]: for each section of words, those to take out of ours."""
    lists = {s.name: s for s in sections if isinstance(s, (Words, Lists, Pairs))}
    if not isinstance(value, dict):
        yield Flaw(At(REMOVE), "must be a table", "Write [remove], and below it the section and its words.")
        return
    for name, words in value.items():
        if name not in lists:
            step = hint(name, lists, "Words can be taken out of") if lists else "Write remove = true in the entry itself."
            yield Flaw(At(REMOVE, name=name), f"unknown section {name}", step)
        elif isinstance(lists[name], Lists):
            yield from _of_lists(name, words, ours.get(name, {}))
        else:
            yield from _of_list(name, words, ours.get(name, ()))


def _of_lists(name: str, value: object, ours: Table) -> Iterator[Flaw]:
    at = At(REMOVE, name=name)
    if not isinstance(value, dict):
        yield Flaw(at, "must be a table", f"Write [remove.{name}], and below it a list and its words.")
        return
    for part, words in value.items():
        if part in ours:
            yield from _of_list(f"{name}.{part}", words, ours[part])
        else:
            yield Flaw(at, f"unknown key {part}", hint(part, ours))


def _of_list(name: str, words: object, ours: Iterable[str]) -> Iterator[Flaw]:
    at = At(REMOVE, name=name)
    if not isinstance(words, list) or not _is_words(words):
        yield Flaw(at, f"{name} is {short(words)}", "It must be a list of words.")
        return
    yield from _not_in(at, words, ours, f"in {name}")
    if {folded(w) for w in ours} <= {folded(w) for w in words}:
        yield Flaw(at, f"leaves nothing in {name}", "Leave at least one word.")


def _not_in(at: At, words: Iterable[str], held: Iterable[str], where: str) -> Iterator[Flaw]:
    known = {folded(w) for w in held}
    for word in words:
        if folded(word) not in known:
            yield Flaw(at, f"takes out {word!r}, which is not {where}", _FIND)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)

"""The parts of a clause, and which of them tell which event: «اعتقلت القوات 23 شخصا، وأبطلت مفعول عبوة» tells of two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from briefing.arabic.lexicon import PLACE
from briefing.extract.clause import Parsed, is_a, is_exactly
from briefing.extract.triggers import CASUALTY, Trigger, is_light

_MARKS = "،؛"


def starts(parsed: Parsed, first: int, last: int, triggers: Sequence[Trigger]) -> tuple[int, ...]:
    """The tokens of [first, last) that a part begins with: after a comma, at «بعد» or «فيما», at «و» and a verb of events."""
    verbs = {t.first for t in triggers if t.verb}
    return (first, *(k for k in range(first + 1, last) if _begins(parsed, k, verbs)))


def _begins(parsed: Parsed, k: int, verbs: Collection[int]) -> bool:
    if not parsed.tokens[k].is_word:
        return False
    word = parsed.word(k)
    joined = word.startswith(("و", "ف")) and (k in verbs or is_light(word))
    return joined or parsed.tokens[k - 1].text in _MARKS or parting(parsed, k)


def parting(parsed: Parsed, k: int) -> bool:
    """«بعد», «فيما»: another part of the sentence begins; not at «على بعد كيلومترين»."""
    return is_a(parsed.word(k), "parting") and parsed.word(k - 1) not in ("علي", "عن")


def part_of(begins: Sequence[int], k: int) -> int:
    """The number of the part that token k stands in."""
    return bisect_right(begins, k) - 1


def anew(parsed: Parsed, begins: Sequence[int], group: Sequence[Trigger], t: Trigger) -> bool:
    """Whether a trigger tells another event than those of its family before it in the clause.

    It is of another type, in a part of its own after a comma, not known from before; a verb makes either of them happen.
    Or it is of the same type, and «فيما» sets it against the other at a place of its own.
    """
    if _elsewhere(parsed, begins, group, t):
        return True
    types = {g.kind.type for g in group}
    if t.definite or CASUALTY in (t.kind.rank, *(g.kind.rank for g in group)) or _alike(t.kind.type, types):
        return False
    marked = any(parsed.tokens[k].text in _MARKS for k in range(group[-1].last, t.first))
    return marked and _happens(parsed, begins, t) and any(_happens(parsed, begins, g) for g in group)


def _elsewhere(parsed: Parsed, begins: Sequence[int], group: Sequence[Trigger], t: Trigger) -> bool:
    """«…اعتقلت سبعة في الحضر، فيما ألقت قوة أخرى القبض على أربعة في الحويجة»."""
    part, held = part_of(begins, t.first), {part_of(begins, g.first) for g in group}
    if t.definite or part in held or not is_exactly(parsed.word(begins[part]), "meanwhile"):
        return False
    here, there = _places(parsed, begins, part), set().union(*(_places(parsed, begins, n) for n in held))
    return bool(here and there) and here.isdisjoint(there)


def _places(parsed: Parsed, begins: Sequence[int], part: int) -> set[str]:
    """The ids of the places that a part names."""
    end = begins[part + 1] if part + 1 < len(begins) else len(parsed.tokens)
    matches = (parsed.match_at(k) for k in range(begins[part], end))
    return {m.entry.id for m in matches if m is not None and m.kind == PLACE}


def _alike(event_type: str, types: Collection[str]) -> bool:
    """«هجوم» and «قصف جوي» may name what «قصف» does."""
    known = {"ASSAULT", event_type, *(("AIRSTRIKE", "SHELLING") if event_type in ("AIRSTRIKE", "SHELLING") else ())}
    return event_type == "ASSAULT" or not known.isdisjoint(types)


def _happens(parsed: Parsed, begins: Sequence[int], t: Trigger) -> bool:
    """A verb tells it, or one in its part makes it happen."""
    part = part_of(begins, t.first)
    end = begins[part + 1] if part + 1 < len(begins) else len(parsed.tokens)
    return t.verb or t.told or any(is_light(parsed.word(k)) for k in range(begins[part], end))


def extents(parsed: Parsed, begins: Sequence[int], last: int, owned: Sequence[Collection[int]]) -> list[tuple[int, int]]:
    """(first token, end) of each event, given the parts that it is told in.

    Parts of no event stay with the one before, those ahead of all with the first; not across «فيما» where there are two, and
    not those before «بعد» and what happened then.
    """
    taken = {part for parts in owned for part in parts}
    parted = {n for n, k in enumerate(begins) if parting(parsed, k)} if len(owned) > 1 else set()
    found = []
    for parts in owned:
        low, high = min(parts), max(parts)
        after = next((begins[n] for n in range(high + 1, len(begins)) if n in taken | parted), last)
        later = is_a(parsed.word(begins[low]), "after")
        found.append((begins[0] if low == min(taken) and not later else begins[low], after))
    return found

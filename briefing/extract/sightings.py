"""Where an article's sentences tell of events: each event of a clause with its part of it and its counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.extract import event_parts, telling, tolls, triggers
from briefing.extract.clause import Parsed
from briefing.extract.dating import Dating
from briefing.extract.sighting import Sighting
from briefing.extract.statements import Found
from briefing.extract.triggers import CASUALTY, Trigger
from briefing.item_model import Count


def find(parsed: Parsed, said: Sequence[Found], dating: Dating) -> list[Sighting]:
    """At most one event of a family in each part of a clause; any of its triggers may tell it."""
    seen = triggers.find(parsed)
    cut = clauses(parsed, said) if seen else []
    dates = dating.spans(parsed) if seen else ()
    found: list[Sighting] = []
    for first, last, statement in cut:
        inside = [t for t in seen if first <= t.first < last]
        if inside:
            counts = tolls.counts(parsed, *parsed.span(first, last), dates)
            whole = Sighting(parsed, inside[0], first, last, counts, statement, definite=False, clause=(first, last))
            found += _told_in(whole, inside)
    return found


def _told_in(whole: Sighting, inside: Sequence[Trigger]) -> list[Sighting]:
    """The events of one clause, each with its own part of it and its counts."""
    parsed, (first, last) = whole.parsed, whole.clause
    begins = event_parts.starts(parsed, first, last, inside)
    groups = _groups(parsed, begins, inside)
    best = [_naming(parsed, begins, group, whole.counts) for group in groups]
    counted = [_nearest(parsed, begins, trigger, best, whole.counts) for trigger in best]
    owned = [_owned(parsed, begins, group, counts) for group, counts in zip(groups, counted, strict=True)]
    extents = event_parts.extents(parsed, begins, last, owned)
    return [
        replace(
            whole, trigger=best[n], first=a, last=b, counts=tolls.linked(parsed.text, counted[n]),
            definite=any(t.definite for t in groups[n]),
        )
        for n, (a, b) in enumerate(extents)
        if _is_told(whole, groups[n], counted[n])
    ]  # fmt: skip


def _groups(parsed: Parsed, begins: Sequence[int], inside: Sequence[Trigger]) -> list[list[Trigger]]:
    """Triggers that tell one event: of one family, until one of them tells of another."""
    groups: list[list[Trigger]] = []
    for trigger in inside:
        alike = next((g for g in reversed(groups) if g[0].family == trigger.family), None)
        if alike is None or event_parts.anew(parsed, begins, alike, trigger):
            groups.append([trigger])
        else:
            alike.append(trigger)
    return groups


def _naming(parsed: Parsed, begins: Sequence[int], group: Sequence[Trigger], counts: Sequence[Count]) -> Trigger:
    """The trigger of the highest rank; of those up to the toll, when one of them newly tells what caused it."""
    parts = [event_parts.part_of(begins, parsed.index_at(c.start)) for c in counts if any(fate in c.what for fate in _FATES)]
    ahead = [t for t in group if parts and event_parts.part_of(begins, t.first) <= max(parts)]
    caused = any(t.kind.rank > CASUALTY and not t.definite for t in ahead)
    return max(ahead if caused else group, key=lambda t: t.kind.rank)


def _is_told(whole: Sighting, group: Sequence[Trigger], counts: Sequence[Count]) -> bool:
    if whole.statement is not None and triggers.judging(whole.statement.act):
        return False
    counted = any(tolls.tells(whole.parsed, c) for c in counts)
    return any(telling.is_told(whole.parsed, t, counted) for t in group)


def _owned(parsed: Parsed, begins: Sequence[int], group: Sequence[Trigger], counts: Sequence[Count]) -> set[int]:
    """The parts of a clause that tell an event: where its triggers and its counts stand."""
    tokens = [t.first for t in group] + [parsed.index_at(c.start) for c in counts]
    return {event_parts.part_of(begins, k) for k in tokens}


def _nearest(
    parsed: Parsed, begins: Sequence[int], trigger: Trigger, rivals: Sequence[Trigger], counts: Sequence[Count]
) -> list[Count]:
    """The counts of this event among several in a clause: of its kind of fate, else in its part, else nearest to its trigger."""

    def distance(t: Trigger, c: Count) -> tuple[bool, bool, int]:
        fits = any(fate in c.what and t.family in families for fate, families in _FATES.items())
        apart = event_parts.part_of(begins, t.first) != event_parts.part_of(begins, parsed.index_at(c.start))
        return not fits, apart, min(abs(parsed.tokens[t.first].start - c.start), abs(parsed.tokens[t.last - 1].end - c.end))

    return [c for c in counts if min(rivals, key=lambda t: distance(t, c)) is trigger]


# what became of people -> the families of events that do it
_FATES = {
    "killed": ("attack", "accident"), "wounded": ("attack", "accident"), "detained": ("custody",), "abducted": ("custody",),
    "missing": ("attack", "accident"), "released": ("release",), "displaced": ("displacement", "evacuation"),
}  # fmt: skip


def clauses(parsed: Parsed, said: Sequence[Found]) -> list[tuple[int, int, Found | None]]:
    """The sentence cut at its statements: (first token, end, the statement there or None)."""
    found: list[tuple[int, int, Found | None]] = []
    at = 0
    for s in said:
        if s.first > at:
            found.append((at, s.first, None) if s.first - at > 6 else (at, at, None))
        found.append((s.first if s.first - at > 6 or not found else at, s.last, s))
        at = s.last
    if at < len(parsed.tokens):
        found.append((at, len(parsed.tokens), None))
    cleaned = [c for c in found if c[1] > c[0]]
    return [(0 if k == 0 else c[0], c[1] if k + 1 < len(cleaned) else len(parsed.tokens), c[2]) for k, c in enumerate(cleaned)]

"""Highlights: two to five lines for the top, chosen by a stated rule from facts already cited."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from briefing.brief_model import Difference, Entry, Highlight, Section
from briefing.extract.draft import limited
from briefing.item_model import Agreement, Event, Statement

FEWEST, MOST, WORDS = 2, 5, 35
RULE = "method.highlights"  # the key of the rule's words
_DIFFERS = " Accounts differ."


def highlights(
    sections: Iterable[Section], copies: Mapping[int, int], differences: Sequence[Difference] = ()
) -> tuple[Highlight, ...]:
    """Up to five entries of the dated section (of the undated one when there is no other).

    `copies` are the numbers of sources that are copies, with that of the used one. Of accounts that differ one is chosen, and its
    line says that they do.
    """
    # where a headline says as fact what its text attributes, nothing else is said of the event
    disputes = [{e for side in d.sides for e in side.entries} for d in differences if d.kind != "attribution"]
    best = next((found for section in sections if (found := ranked(section, copies, disputes))), [])
    chosen: list[Entry] = []
    for entry in best:
        same = [c for c in chosen if type(c.item) is type(entry.item) and _story(c, copies) == _story(entry, copies)]
        if len(chosen) < MOST and not same:
            chosen.append(entry)
    chosen += [e for e in best if e not in chosen][: max(0, FEWEST - len(chosen))]
    return tuple(_line(e, any(e.id in one for one in disputes)) for e in chosen)


def shortened(text: str) -> str:
    """A text with as many words as a highlight may have."""
    return limited(text, WORDS)


def _story(entry: Entry, copies: Mapping[int, int]) -> int:
    source = entry.references[0].source
    return copies.get(source, source)


def _outlets(entry: Entry, copies: Mapping[int, int]) -> int:
    """How many stories of their own tell it: copies of one text are one voice."""
    return len({copies.get(r.source, r.source) for r in entry.references})


def _line(entry: Entry, differs: bool) -> Highlight:
    text = limited(entry.item.en, WORDS - len(_DIFFERS.split()) * differs)
    text = text.rstrip(".…") + "." + _DIFFERS if differs else text
    return Highlight(text, (entry.id,), tuple(dict.fromkeys(r.number for r in entry.references)))


def ranked(section: Section, copies: Mapping[int, int], disputes: Sequence[Container[str]] = ()) -> list[Entry]:
    """The entries of a section, the most telling first: two of each kind, then the rest of each.

    Of the events of one dispute, given by their ids, only the first is among them.
    """
    statements = [e for group in section.statements for e in group.entries]
    events = sorted(section.events, key=lambda e: (-_outlets(e, copies), *_weight(e), e.references[0].number))
    deals = sorted(section.agreements, key=lambda e: (e.told_before, _standing(e), -_outlets(e, copies), e.references[0].number))
    voices = sorted(statements, key=lambda e: (e.told_before, _voice(e), e.references[0].number))
    events = [e for n, e in enumerate(events) if not any(e.id in d and other.id in d for d in disputes for other in events[:n])]
    return [*events[:2], *deals[:2], *voices[:2], *events[2:], *deals[2:], *voices[2:]]


def _weight(entry: Entry) -> tuple[float, bool, int]:
    """Sorts events: most killed first, half as many where it is told before; of equals the new one, then most counts."""
    counts = entry.item.counts if isinstance(entry.item, Event) else ()
    killed = max((c.number or 0 for c in counts if "killed" in c.what), default=0)
    return -killed / (2 if entry.told_before else 1), entry.told_before, -len(counts)


def _standing(entry: Entry) -> int:
    order = ("new", "scheduled", "implemented", "alleged_breach", "reaffirmed", "call")
    return order.index(entry.item.status) if isinstance(entry.item, Agreement) and entry.item.status in order else len(order)


def _voice(entry: Entry) -> int:
    return {"explicit": 0, "pronoun": 1}.get(entry.item.speaker.resolution, 2) if isinstance(entry.item, Statement) else 3

"""brief.json -> lines that pages quote: each item's English with its label, Arabic, and what is noted at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.deliver.wiki.model import Line, WeekBrief

Tree = Mapping[str, Any]


def statements(brief: WeekBrief) -> Iterator[Tree]:
    """The statements of a brief, in its order."""
    for section in brief.tree["sections"]:
        for group in section["statements"]:
            yield from group["items"]


def agreements(brief: WeekBrief) -> Iterator[Tree]:
    """The agreements of a brief, in its order."""
    for section in brief.tree["sections"]:
        yield from section["agreements"]


def events(brief: WeekBrief) -> Iterator[Tree]:
    """The field events of a brief, in its order."""
    for section in brief.tree["sections"]:
        yield from section["events"]


def promises(brief: WeekBrief) -> Iterator[Tree]:
    """The lines of the ledger of a brief, in its order."""
    yield from (brief.tree.get("ledger") or {}).get("lines", ())


def line(brief: WeekBrief, item: Tree, labels: Mapping[int, str], *notes: str) -> Line:
    """An item, or a line of the ledger, as pages quote it; `labels` are those of `labels_of`."""
    cited = dict.fromkeys(labels[c["number"]] for c in item["citations"] if c["number"] in labels)
    shown = tuple(note for note in notes if note)
    return Line(brief.week, str(item["id"]), str(item["en"]), str(item["ar"]), tuple(cited), shown)


def labels_of(brief: WeekBrief) -> dict[int, str]:
    """The label of every cited sentence's English (machine, reviewed, terms, none), by the number it is cited under."""
    earlier = (brief.tree.get("ledger") or {}).get("earlier", ())
    cited = (one for source in (*brief.tree["sources"], *earlier) for one in source["cited"])
    return {one["number"]: one["translation"]["label"] for one in cited}


def day(when: Tree | None) -> str:
    """A date of an item as ISO days: "2024-11-12", "2024-11-12 to 2024-11-14", "" where none is known."""
    if not when:
        return ""
    first, last = when.get("earliest"), when.get("latest")
    if when.get("value") or first == last:
        return str(when.get("value") or first or "")
    return f"{first or '…'} to {last or '…'}"

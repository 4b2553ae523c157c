"""brief.json -> what the mail about it says: counts, highlights with their sources, and where its English comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.language import english
from briefing.render.inline import plain, safe_url
from briefing.render.words import day_text, moment_text, named, period_text

HIGHLIGHTS = 12  # more do not help a reader of mail, and long mails are cut off by some readers of theirs
TEXT = 400  # code points of a line
QUOTE = 300  # code points of a quotation
_SOURCES = 6  # named at a highlight
_OPEN = {"state": "stale"}
_WORST_FIRST = ("none", "terms", "machine", "reviewed")


@dataclass(frozen=True, slots=True)
class Cited:
    """Citations of one source: their numbers, its outlet, its day (perhaps "") and its web address if that is safe."""

    numbers: tuple[int, ...]
    outlet: str
    day: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A highlight. `ar` is the sentence it rests on first; `label` says where its English comes from."""

    text: str
    ar: str
    label: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What is said about a brief. `counts` and `english` are phrases; `more` highlights are in the brief only.

    `first` and `last` are days in words, "" without a week; `cut_off` is a time in words.
    """

    title: str
    week: str
    period: str
    first: str
    last: str
    cut_off: str
    counts: tuple[str, ...]
    english: tuple[str, ...]
    highlights: tuple[Line, ...]
    more: int


def contents(tree: Mapping[str, Any]) -> Contents:
    """What to say about the brief that `tree`, the object in brief.json, is of."""
    first, last = tree["first_day"], tree["last_day"]
    period = period_text(first, last, english()) if first and last else "all articles"
    chosen = tuple(tree["highlights"])
    cited = _cited(tree)
    lines = tuple(_reviewed(_line(one, cited), one["entries"], looked_at(tree)) for one in chosen[:HIGHLIGHTS])
    days = (day_text(first, english()) if first else "", day_text(last, english()) if last else "")
    week = tree["week"] or "all articles"
    return Contents(
        plain(tree["title"]), week, period, *days, moment_text(tree["cut_off"], english()), _counts(tree), _english(tree), lines,
        len(chosen) - len(lines),
    )  # fmt: skip


def looked_at(tree: Mapping[str, Any]) -> frozenset[str]:
    """The ids of the items that a person accepted or corrected as they stand there."""
    sections = tree["sections"]
    items = [item for section in sections for group in section["statements"] for item in group["items"]]
    items += [item for section in sections for kind in ("agreements", "events") for item in section[kind]]
    return frozenset(item["id"] for item in items if (item.get("review") or _OPEN)["state"] != "stale")


def _reviewed(line: Line, entries: Sequence[str], known: frozenset[str]) -> Line:
    return replace(line, label=f"{line.label}; reviewed") if known.issuperset(entries) else line


def shortened(text: str, most: int) -> str:
    """`text` as one line of at most `most` code points, cut at a word where there is one, with "…" for what is left out."""
    line = plain(text)
    if len(line) <= most:
        return line
    head = line[: most - 1]
    return (head[: head.rfind(" ")] if " " in head[most // 2 :] else head).rstrip() + "…"


def _cited(tree: Mapping[str, Any]) -> dict[int, tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Source and sentence of each number."""
    return {cited["number"]: (source, cited) for source in tree["sources"] for cited in source["cited"]}


def _line(highlight: Mapping[str, Any], cited: Mapping[int, tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Line:
    known = [number for number in highlight["numbers"] if number in cited]
    by_source: dict[int, list[int]] = {}
    for number in known:
        by_source.setdefault(cited[number][0]["number"], []).append(number)
    sources = tuple(_source(numbers, cited[numbers[0]][0]) for numbers in list(by_source.values())[:_SOURCES])
    quote = shortened(cited[known[0]][1]["ar"], QUOTE) if known else ""
    labels = [cited[number][1]["translation"]["label"] for number in known]
    return Line(shortened(highlight["text"], TEXT), quote, _label(highlight, labels), sources)


def _label(highlight: Mapping[str, Any], labels: Sequence[str]) -> str:
    if highlight["made_by"] != "rule":
        return "written by a language model from the entries cited"
    if all(entry.startswith("E") for entry in highlight["entries"]):
        return "put together from the facts cited"
    worst = next((label for label in _WORST_FIRST if label in labels), "none")
    return named("label", worst, english())


def _source(numbers: Sequence[int], source: Mapping[str, Any]) -> Cited:
    outlet = source["outlet"]["name"] if source["outlet"] else "outlet unknown"
    day = day_text(source["published"]["value"], english()) if source["published"]["value"] else ""
    return Cited(tuple(numbers), shortened(outlet, 80), day, safe_url(plain(source["url"])) if source["url"] else None)


def _counts(tree: Mapping[str, Any]) -> tuple[str, ...]:
    sections = tree["sections"]
    statements = sum(len(group["items"]) for section in sections for group in section["statements"])
    return (
        _many(tree["articles_used"], "article"),
        _many(statements, "statement"),
        _many(sum(len(section["agreements"]) for section in sections), "agreement"),
        _many(sum(len(section["events"]) for section in sections), "field event"),
        _many(len(tree["differences"]), "place") + " where accounts differ",
        _many(len(tree["problems"]), "problem"),
    )


def _english(tree: Mapping[str, Any]) -> tuple[str, ...]:
    labels = Counter(_labels(tree))
    return tuple(
        f"{named('label', label, english())}: {_many(labels[label], 'sentence')}"
        for label in reversed(_WORST_FIRST)
        if labels[label]
    )


def _labels(tree: Mapping[str, Any]) -> Iterator[str]:
    return (cited["translation"]["label"] for source in tree["sources"] for cited in source["cited"])


def _many(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"

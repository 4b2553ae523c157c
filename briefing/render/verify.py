"""What must hold before a brief is written: every citation leads somewhere, and all formats hold the same items."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from briefing.brief_model import Brief, Entry, Section
from briefing.compose.listing import FAILED, UNREAD
from briefing.errors import OutputError
from briefing.render.inline import anchor
from briefing.render.markdown import entries
from briefing.source_model import CitedSentence, Reference

_NEXT = "This is a fault of the program, not of your files: please report it with the inputs."
_ANCHOR = re.compile(r'<a id="([^"]+)">')
# Only in tags and links of ours: an article may write such things as text, where the < or the # is escaped.
_LINK = re.compile(r'\]\(#([^)]+)\)|<a [^<>]*href="#([^"]+)"')
_ROW = re.compile(r'<a id="row-([^"]+)">')
_REVIEWED = '<span class="reviewed">'  # of ours alone: what an article writes is escaped
_ID = re.compile(r'<[a-z0-9]+ [^<>]*?\bid="([^"]+)"')


def item_ids(brief: Brief) -> list[str]:
    """The ids of all items in the order they are read."""
    return [entry.id for section in brief.sections for entry in entries(section)]


def line_ids(brief: Brief) -> list[str]:
    """The ids of the ledger's lines in the order they are read."""
    return [line.id for line in brief.ledger.lines] if brief.ledger else []


def check_brief(brief: Brief) -> None:
    """Every citation number has one sentence of the annex and every quote stands in it. Raises OutputError if not."""
    for message in _faults(brief):
        raise OutputError(f"The brief was not written: {message}", _NEXT)


def event_ids(brief: Brief) -> list[str]:
    """The ids of the field events in the order of their tables."""
    return [entry.id for section in brief.sections for entry in section.events]


def check_outputs(brief: Brief, made: Mapping[str, bytes]) -> None:
    """The rendered formats hold the brief's items in its order, and their inner links land. Raises OutputError if not."""
    wanted, tabled = [anchor(one) for one in item_ids(brief)], [anchor(one) for one in event_ids(brief)]
    for name, content in made.items():
        read = _READERS.get(name)
        if read is not None and (found := read(content.decode("utf-8"), wanted)) != wanted:
            raise OutputError(f"The brief was not written: {name} holds the items {found}, not {wanted}", _NEXT)
        if name in ("md", "html") and (rows := _ROW.findall(content.decode("utf-8"))) not in ([], tabled):
            raise OutputError(f"The brief was not written: {name} has the events {rows} in its table, not {tabled}", _NEXT)
        reviewed = sum(_is_reviewed(entry) for section in brief.sections for entry in entries(section))
        if name in ("md", "html") and (marks := content.decode("utf-8").count(_REVIEWED)) != reviewed:
            raise OutputError(f"The brief was not written: {name} calls {marks} items reviewed, not {reviewed}", _NEXT)
        lines = [anchor(one) for one in line_ids(brief)]
        if (look := _LINES.get(name)) is not None and (there := look(content.decode("utf-8"), lines)) != lines:
            raise OutputError(f"The brief was not written: {name} holds the lines {there} of the ledger, not {lines}", _NEXT)
        if name in ("md", "html") and (dead := _dead_links(content.decode("utf-8"))):
            raise OutputError(f"The brief was not written: {name} has links that lead nowhere: {', '.join(dead)}", _NEXT)


def _is_reviewed(entry: Entry) -> bool:
    return entry.review is not None and entry.review.state != "stale"


def _faults(brief: Brief) -> Iterator[str]:
    earlier = brief.ledger.earlier if brief.ledger else ()
    cited = [(source.number, one) for source in (*brief.sources, *earlier) for one in source.cited]
    numbers = {one.number: (source, one) for source, one in cited}
    ids = item_ids(brief)
    if len(numbers) != len(cited):
        yield "a citation number stands at two sentences"
    lines = line_ids(brief)
    if len({anchor(one) for one in (*ids, *lines)}) != len(ids) + len(lines):
        yield "two items have the same id"
    for section in brief.sections:
        yield from _torn(section)
        for entry in entries(section):
            told = (r for one in entry.wording for r in one.references)
            yield from _entry_faults(entry.id, entry.references, told, numbers)
    for line in brief.ledger.lines if brief.ledger else ():
        yield from _entry_faults(line.id, line.references, line.kept_by, numbers)
    yield from _listing_faults(brief)
    for highlight in brief.highlights:
        yield from (f"highlight cites [{one}], which no source has" for one in highlight.numbers if one not in numbers)
    for side in (side for one in brief.differences for side in one.sides):
        yield from (f"a difference cites [{one}], which no source has" for one in side.numbers if one not in numbers)
        yield from (f"a difference leads to {one}, which is no item" for one in side.entries if one not in ids)
    yield from _count_faults(brief)
    back = {one for _, sentence in cited for one in sentence.entries}
    yield from (f"the source annex leads back to {one}, which is no item" for one in sorted(back - {*ids, *lines}))


def _torn(section: Section) -> Iterator[str]:
    """Every heading of statements stands once, with all that belongs under it."""
    for name, headings in (
        ("theatre", [group.theatre.id for group in section.statements]),
        ("topic", [f"{group.theatre.id} {group.topic.id}" for group in section.statements]),
    ):
        met = [one for one, _ in groupby(headings)]
        yield from (f"the {name} {one!r} stands in two places" for one in sorted({one for one in met if met.count(one) > 1}))


def _listing_faults(brief: Brief) -> Iterator[str]:
    """What is listed by title is told nowhere, and what was left out is counted once."""
    told = {source.article_id for source in brief.sources}
    titles = (one for one in (*brief.also, *brief.left_out) if one.article_id in told)
    yield from (f"{one.file} is told and listed by title only" for one in titles)
    counts = {one.reason: one.articles for one in brief.left_out_by}
    for reason in sorted({one.reason for one in brief.left_out} | counts.keys() - {UNREAD, FAILED}):
        if counts.get(reason) != sum(one.reason == reason for one in brief.left_out):
            yield f"the header counts {counts.get(reason, 0)} articles left out as {reason!r}, the list has another number"


def _entry_faults(
    ident: str, references: Sequence[Reference], more: Iterable[Reference], numbers: Mapping[int, tuple[int, CitedSentence]]
) -> Iterator[str]:
    """What is wrong with the citations an item or line rests on, and with those it has besides."""
    if not references:
        yield f"item {ident} has no citation"
    for reference in (*references, *more):
        source, sentence = numbers.get(reference.number, (None, None))
        if sentence is None or source != reference.source:
            yield f"item {ident} cites [{reference.number}], which source {reference.source} does not have"
        elif not _stands_in(reference, sentence):
            yield f"item {ident}: the quote of [{reference.number}] is not what its sentence says there"


def _count_faults(brief: Brief) -> Iterator[str]:
    counts = brief.event_counts
    if counts is None:
        return
    if counts.total.events != sum(row.events for row in counts.areas):
        yield "the events of all areas are not as many as those of each"
    # weeks are compared by all their stories, also those that are listed by title only
    if not brief.also and counts.total.events > len(brief.sections[0].events):
        yield "more events are counted than there are"
    killed = (sum(row.killed.number for row in counts.areas), sum(row.killed.unclear for row in counts.areas))
    if killed != (counts.total.killed.number, counts.total.killed.unclear):
        yield "the people killed in all areas are not as many as those in each"


def _stands_in(reference: Reference, sentence: CitedSentence) -> bool:
    start, end = reference.start - sentence.start, reference.end - sentence.start
    if start < 0 or reference.end > sentence.end:  # a quote may run on into the next sentence
        return True
    return sentence.ar[start:end] == reference.quote


def _in_markup(text: str, wanted: list[str]) -> list[str]:
    known = set(wanted)
    return [one for one in _ANCHOR.findall(text) if one in known]


def _in_json(text: str, wanted: list[str]) -> list[str]:
    items = (item for section in json.loads(text)["sections"] for item in _json_items(section))
    return [anchor(item["id"]) for item in items]


def _json_items(section: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for group in section["statements"]:
        yield from group["items"]
    yield from section["agreements"]
    yield from section["events"]


def _dead_links(text: str) -> list[str]:
    return sorted({one or two for one, two in _LINK.findall(text)} - set(_ID.findall(text)))


def _lines_in_json(text: str, wanted: list[str]) -> list[str]:
    return [anchor(line["id"]) for line in (json.loads(text)["ledger"] or {"lines": []})["lines"]]


_LINES: dict[str, Callable[[str, list[str]], list[str]]] = {"md": _in_markup, "html": _in_markup, "json": _lines_in_json}
_READERS: dict[str, Callable[[str, list[str]], list[str]]] = {"md": _in_markup, "html": _in_markup, "json": _in_json}

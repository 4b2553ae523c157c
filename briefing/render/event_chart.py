"""Counts of field events -> a bar chart as SVG: text and rectangles of ours, with a title and a description to be read out.

The chart never goes through Markdown: an article's text cannot be SVG, and the page gets the chart after it was sanitised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.brief_model import Brief
from briefing.event_model import Area, AreaCount, EventCounts
from briefing.language import Language
from briefing.render.context import RenderContext
from briefing.render.event_words import area_text
from briefing.render.inline import plain
from briefing.render.templating import render_html

TEMPLATE = "events-chart.svg.j2"
PLACE = '<div id="events-chart"></div>'  # where the page wants the chart; what an article writes is escaped and cannot be this
MOST = 8  # areas
_LABEL = 23  # characters that fit beside the bars
_LEFT, _FULL = 140, 160  # user units: where bars begin, how long the longest is
_BAR, _GAP, _TOP = 11, 8, 30
_NO_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its top and length in user units, its number, and whether it is the week before's."""

    top: int
    length: int
    number: int
    before: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One area: its label, where the label stands, its bars."""

    label: str
    middle: int
    bars: tuple[Bar, ...]


def with_chart(html: str, brief: Brief, context: RenderContext) -> str:
    """A sanitised page body with the chart where its template leaves room for it; without one when there is nothing to draw."""
    counts = brief.event_counts
    return html.replace(PLACE, chart(counts, context) if counts and bars(counts, context.language) else "", 1)


def chart(counts: EventCounts, context: RenderContext) -> str:
    """The chart as an <svg> element. Raises ConfigError when the template is broken."""
    groups = bars(counts, context.language)
    height = groups[-1].bars[-1].top + _BAR + _GAP if groups else _TOP
    rest = len(counts.areas) - len(groups)
    values = {"counts": counts, "groups": groups, "height": height, "left": _LEFT, "thick": _BAR, "rest": rest}
    return render_html(TEMPLATE, context.templates, values, context.language).strip()


def bars(counts: EventCounts, language: Language) -> tuple[Group, ...]:
    """The areas drawn, each with one bar or with two where there is a week to compare with.

    They are those with most events in one of the weeks, as many as fit, in the order of the table; never events without a place.
    """
    placed = [row for row in counts.areas if row.area != Area()]
    drawn = sorted(range(len(placed)), key=lambda n: -max(placed[n].events, placed[n].before or 0))[:MOST]
    rows = [placed[n] for n in sorted(drawn)]
    longest = max((n for row in rows for n in (row.events, row.before or 0)), default=0) or 1
    step = (1 if counts.total.before is None else 2) * _BAR + _GAP
    return tuple(_group(row, _TOP + n * step, longest, language) for n, row in enumerate(rows))


def _group(row: AreaCount, top: int, longest: int, language: Language) -> Group:
    numbers = (row.events,) if row.before is None else (row.events, row.before)
    drawn = tuple(Bar(top + n * _BAR, round(_FULL * number / longest), number, n == 1) for n, number in enumerate(numbers))
    return Group(_cut(plain(area_text(row.area, language))), top + len(numbers) * _BAR // 2, drawn)


def _cut(label: str) -> str:
    label = _NO_XML.sub("", label)
    return label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip(" ,،") + "\u2026"

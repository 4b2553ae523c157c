"""Brief -> Markdown. The HTML and the PDF are made from this text, so they cannot hold anything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.brief_model import Brief, Entry, Section
from briefing.render.context import RenderContext
from briefing.render.ledger_words import STATES
from briefing.render.templating import render_markdown
from briefing.render.words import LABELS, day_text, period_text

if TYPE_CHECKING:
    from briefing.render.rendition import Rendition

TEMPLATE = "brief.md.j2"
_BLANK_LINES = re.compile(r"\n{3,}")


def render(rendition: Rendition) -> bytes:
    """The brief as UTF-8 Markdown. Raises ConfigError when a template is broken."""
    return rendition.markdown.encode("utf-8")


def markdown(brief: Brief, context: RenderContext) -> str:
    """The brief as Markdown text."""
    values = {
        "brief": brief, "period": period(brief), "labels": LABELS, "states": STATES, "totals": _totals(brief.sections),
        "layout": context.layout,
    }  # fmt: skip
    text = render_markdown(TEMPLATE, context.templates, values)
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def period(brief: Brief) -> str:
    """The period in words: "Week 2024-W46, 11-17 November 2024", or "All articles" when there is no week."""
    days = ""
    if brief.first_day and brief.last_day:
        days = period_text(brief.first_day, brief.last_day)
    elif brief.first_day or brief.last_day:
        days = day_text(brief.first_day or brief.last_day or "")
    head = f"Week {brief.week}" if brief.week else "All articles"
    return f"{head}, {days}" if days else head


def entries(section: Section) -> list[Entry]:
    """All items of a section in the order they are read."""
    spoken = [entry for group in section.statements for entry in group.entries]
    return [*spoken, *section.agreements, *section.events]


def _totals(sections: tuple[Section, ...]) -> dict[str, int]:
    return {
        "statements": sum(len(group.entries) for section in sections for group in section.statements),
        "agreements": sum(len(section.agreements) for section in sections),
        "events": sum(len(section.events) for section in sections),
    }

"""Brief -> Markdown. The HTML and the PDF are made from this text, so they cannot hold anything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.brief_model import Brief, Entry, Section
from briefing.language import TITLE, Language
from briefing.render.context import RenderContext
from briefing.render.templating import render_markdown
from briefing.render.words import day_text, period_text

if TYPE_CHECKING:
    from briefing.render.rendition import Rendition

_OPENING = 40  # code points of English by which a sentence is known: a long one is cut at its end
TEMPLATE = "brief.md.j2"
_BLANK_LINES = re.compile(r"\n{3,}")


def render(rendition: Rendition) -> bytes:
    """The brief as UTF-8 Markdown. Raises ConfigError when a template is broken."""
    return rendition.markdown.encode("utf-8")


def markdown(brief: Brief, context: RenderContext) -> str:
    """The brief as Markdown text."""
    values = {
        "brief": brief, "title": title(brief, context.language), "period": period(brief, context.language),
        "totals": _totals(brief.sections), "layout": context.layout,
        "told": {entry.id: entry.item for section in brief.sections for entry in entries(section)},
        "alike": of_one_sentence(brief),
    }  # fmt: skip
    text = render_markdown(TEMPLATE, context.templates, values, context.language)
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def title(brief: Brief, language: Language) -> str:
    """The title of the settings; one that was left as it was is in the language of the brief."""
    return language.text("title.brief") if brief.title == TITLE else brief.title


def period(brief: Brief, language: Language) -> str:
    """The period in words: "Week 2024-W46, 11-17 November 2024", or "All articles" when there is no week."""
    days = ""
    if brief.first_day and brief.last_day:
        days = period_text(brief.first_day, brief.last_day, language)
    elif brief.first_day or brief.last_day:
        days = day_text(brief.first_day or brief.last_day or "", language)
    head = language.text("title.week", week=brief.week) if brief.week else language.text("title.all")
    return language.text("title.period", head=head, days=days) if days else head


def entries(section: Section) -> list[Entry]:
    """All items of a section in the order they are read."""
    spoken = [entry for group in section.statements for entry in group.entries]
    return [*spoken, *section.agreements, *section.events]


def of_one_sentence(brief: Brief) -> dict[str, tuple[str, ...]]:
    """Id of a statement -> the others whose English is that of the same sentence, which tells what each of them said."""
    statements = {e.id: e.item.en for section in brief.sections for group in section.statements for e in group.entries}
    found: dict[str, tuple[str, ...]] = {}
    for one in (cited for source in brief.sources for cited in source.cited):
        opening = one.translation.en[:_OPENING]
        sharing = [entry for entry in one.entries if opening and opening in statements.get(entry, "")]
        found |= {entry: tuple(other for other in sharing if other != entry) for entry in sharing if len(sharing) > 1}
    return found


def _totals(sections: tuple[Section, ...]) -> dict[str, int]:
    return {
        "statements": sum(len(group.entries) for section in sections for group in section.statements),
        "agreements": sum(len(section.agreements) for section in sections),
        "events": sum(len(section.events) for section in sections),
    }

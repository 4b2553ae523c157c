"""The pages in Markdown: each from its template, the week's from its brief.md; articles' text goes through its filters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from briefing.deliver.wiki.layout import COMMITMENTS, INDEX, PEOPLE, Layout, Page
from briefing.deliver.wiki.marked import marked
from briefing.deliver.wiki.model import Standing, Wiki
from briefing.language import ENGLISH, language
from briefing.render.inline import anchor
from briefing.render.templating import render_markdown

LABELS = {"reviewed": "reviewed translation", "machine": "machine translation", "terms": "terms only", "none": "no English"}
STATES = {
    "fulfilled": "fulfilled", "listed": "held, by the list of meetings", "due": "falls due", "overdue": "was due",
    "open": "promised, with no day set", "new": "agreed",
}  # fmt: skip
_DATED = ("due", "overdue")
_BLANK_LINES = re.compile(r"\n{3,}")
_TEMPLATES = {
    "index": "wiki-index.md.j2", "people": "wiki-people.md.j2", "commitments": "wiki-commitments.md.j2",
    "week": "wiki-week.md.j2", "person": "wiki-subject.md.j2", "body": "wiki-subject.md.j2",
    "commitment": "wiki-commitment.md.j2",
}  # fmt: skip


def pages(wiki: Wiki, layout: Layout, standing: Collection[str], templates: tuple[Path, ...]) -> dict[str, str]:
    """Place -> page, for every page that can be made: of a week only where its brief.md is at hand.

    `standing` are the weeks whose page stands at the target already; a week without a page is named, but never linked.
    Raises ConfigError when a template is broken.
    """
    linked = {week.name for week in wiki.weeks if week.brief.markdown is not None} | set(standing)
    return {layout.place(page): _page(page, values, wiki, layout, linked, templates) for page, values in all_pages(wiki)}


def all_pages(wiki: Wiki, every_week: bool = False) -> Iterator[tuple[Page, Mapping[str, Any]]]:
    """The pages with what their templates get; weeks only with a brief.md, unless every one is asked for."""
    yield INDEX, {}
    yield PEOPLE, {}
    yield COMMITMENTS, {}
    for week in wiki.weeks:
        if every_week or week.brief.markdown is not None:
            yield Page("week", week.name), {"week": week}
    for subject in wiki.subjects:
        yield Page("person" if subject.kind == "person" else "body", subject.slug), {"subject": subject}
    for commitment in wiki.commitments:
        yield Page("commitment", commitment.slug), {"commitment": commitment}


def stands(standing: Standing) -> str:
    """Where a commitment stood, in words: "falls due 2025-01-01 to 2025-06-30"."""
    said = STATES.get(standing.state, standing.state.replace("_", " "))
    return f"{said} {standing.due}" if standing.due and standing.state in _DATED else said


def page_of(thing: Any) -> Page:
    """The page of a subject (which has a kind) or a commitment."""
    return Page(getattr(thing, "kind", "commitment"), thing.slug)


def _page(
    page: Page, values: Mapping[str, Any], wiki: Wiki, layout: Layout, linked: Collection[str], templates: tuple[Path, ...]
) -> str:  # fmt: skip
    week = values.get("week")
    given = {
        "wiki": wiki, "labels": LABELS, "states": STATES, "stands": stands, "linked": linked,
        "index": _target(layout, page, INDEX), "people": _target(layout, page, PEOPLE),
        "commitments": _target(layout, page, COMMITMENTS),
        "to": lambda thing: _target(layout, page, page_of(thing)),
        "to_week": lambda name, item="": _target(layout, page, Page("week", name), anchor(item)),
        "brief": Markup(week.brief.markdown or "") if week else Markup(""),
        **values,
    }  # fmt: skip
    text = render_markdown(_TEMPLATES[page.kind], templates, given, language(ENGLISH, templates))
    return marked(_BLANK_LINES.sub("\n\n", text).strip() + "\n")


def _target(layout: Layout, here: Page, there: Page, item: str = "") -> Markup:
    # Places are ours, in letters that Markdown leaves alone
    return Markup(layout.link(here, there, item))

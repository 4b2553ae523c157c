"""The pages in wikitext of MediaWiki, every week's too, from the same model as those in Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from briefing.deliver.wiki.layout import COMMITMENTS, INDEX, PEOPLE, Layout, Page, Titles
from briefing.deliver.wiki.lines import day
from briefing.deliver.wiki.markdown_pages import LABELS, STATES, all_pages, page_of, stands
from briefing.deliver.wiki.marked import marked
from briefing.deliver.wiki.model import Wiki
from briefing.deliver.wiki.wikitext import wiki_arabic, wiki_english, wiki_link, wiki_text
from briefing.render.inline import anchor
from briefing.render.templating import errors_named

if TYPE_CHECKING:
    from jinja2 import Environment

_BLANK_LINES = re.compile(r"\n{3,}")
_TEMPLATES = {
    "index": "wiki-index.wiki.j2", "people": "wiki-people.wiki.j2", "commitments": "wiki-commitments.wiki.j2",
    "week": "wiki-week.wiki.j2", "person": "wiki-subject.wiki.j2", "body": "wiki-subject.wiki.j2",
    "commitment": "wiki-commitment.wiki.j2",
}  # fmt: skip


def wikitext_pages(wiki: Wiki, layout: Titles, templates: tuple[Path, ...]) -> dict[str, str]:
    """Title -> page. The list of titles stands in the first page, for the next run. Raises ConfigError for a broken template."""
    found = list(all_pages(wiki, every_week=True))
    titles = [layout.place(page) for page, _ in found]
    return {layout.place(page): _page(page, values, wiki, layout, titles, templates) for page, values in found}


def listed_in(index: str | None) -> tuple[str, ...]:
    """The titles that the first page says were made with it."""
    found = _LIST.search(index or "")
    return tuple(found[1].split(" | ")) if found else ()


_LIST = re.compile(r"^<!-- briefing-pages: ([^\n]*) -->$", re.MULTILINE)


def _page(
    page: Page, values: Mapping[str, Any], wiki: Wiki, layout: Layout, titles: list[str], templates: tuple[Path, ...]
) -> str:  # fmt: skip
    given = {
        "wiki": wiki, "labels": LABELS, "states": STATES, "stands": stands, "titles": Markup(" | ".join(titles)),
        "index": _target(layout, page, INDEX), "people": _target(layout, page, PEOPLE),
        "commitments": _target(layout, page, COMMITMENTS),
        "to": lambda thing: _target(layout, page, page_of(thing)),
        "to_week": lambda name, item="": _target(layout, page, Page("week", name), anchor(item)),
        **values,
    }  # fmt: skip
    name = _TEMPLATES[page.kind]
    with errors_named(name, templates):
        text = str(_environment(templates).get_template(name).render(given))
    return marked(_BLANK_LINES.sub("\n\n", text).strip() + "\n")


def _target(layout: Layout, here: Page, there: Page, item: str = "") -> Markup:
    return Markup(layout.link(here, there, item))  # titles are ours, but for the prefix, which the settings check


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_as_wikitext,
    )
    environment.filters.update({"en": wiki_english, "ar": wiki_arabic, "link": wiki_link, "anchor": anchor, "day": day})
    return environment


def _as_wikitext(value: Any) -> Any:
    from jinja2 import Undefined

    # An undefined value must reach Jinja2, which raises; numbers and Markup are safe as they are.
    return value if isinstance(value, (Markup, Undefined, int)) else wiki_text(str(value))

"""The pages of an order beside those that stand at a target: what is written, what is removed, and the list of what is ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from briefing.deliver.wiki.changes import Changes, changes
from briefing.deliver.wiki.layout import Files, Flat, Layout, Page
from briefing.deliver.wiki.markdown_pages import pages
from briefing.deliver.wiki.order import Order
from briefing.deliver.wiki.settings import Publish, is_inside
from briefing.deliver.wiki.weeks import wiki
from briefing.errors import OutputError

LIST = ".briefing-pages.json"
SCHEMA = "briefing.pages/1"
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")


@dataclass(frozen=True, slots=True)
class PageSet:
    """`write` are pages by place and `remove` places; `listed` the list of ours that stands before all that, `list` after it."""

    changes: Changes
    write: dict[str, str]
    remove: tuple[str, ...]
    listed: str | None
    list: str


def page_set(order: Order, read: Callable[[str], str | None]) -> PageSet:
    """What to do at a target whose file at a place is what `read` gives (None: there is none).

    Raises OutputError when the target has weeks that the order lacks, or when the list of ours cannot be used.
    """
    layout, before = layout_of(order.settings), read(LIST)
    listed = _listed(before)
    there = {week: place for place in listed if (week := week_at(layout, place)) and read(place) is not None}
    check_weeks(order, there)
    wanted = pages(wiki(order.title, order.briefs), layout, there, order.templates)
    standing = {place: page for place in {*wanted, *listed} if (page := read(place)) is not None}
    found = changes(wanted, standing, set(listed) - set(there.values()))
    edited = set(found.conflicts) & set(listed) & set(wanted)
    weeks = {place for week, place in there.items() if week in {brief.week for brief in order.briefs}}
    ours = {*found.created, *found.updated, *found.unchanged, *weeks, *edited}
    write = {place: wanted[place] for place in (*found.created, *found.updated)}
    return PageSet(found, write, found.removed, before, _as_list(ours))


def layout_of(settings: Publish) -> Layout:
    """How the pages of a folder or a git repository are laid out and linked."""
    if settings.links == "page":
        return Flat(settings.index or Flat().index, settings.address)
    return Files(settings.index or Files().index)


def week_at(layout: Layout, place: str) -> str | None:
    """The week whose page lies at this place, None when it is no place of a week's page."""
    found = _WEEK.search(place)
    return found[0] if found and layout.place(Page("week", found[0])) == place else None


def check_weeks(order: Order, there: Collection[str]) -> None:
    """Raises OutputError when pages were made of weeks that the order does not have, unless it says to drop them."""
    missing = sorted(set(there) - {brief.week for brief in order.briefs})
    if missing and not order.drop:
        message = f"publish {order.settings.name}: its pages tell of weeks that this store does not have: {', '.join(missing)}"
        step = (
            "Use the store they were published from, or a backup of it; give another store a folder of its own; "
            "or publish with --drop-weeks: lists, people and commitments then lose these weeks."
        )
        raise OutputError(message, step)


def both_lists(one: str | None, other: str) -> str:
    """A list of the places in either: it stands while pages are written, so that a run that was killed loses none."""
    return _as_list({*_listed(one), *_listed(other)})


def _as_list(places: Iterable[str]) -> str:
    return json.dumps({"schema": SCHEMA, "pages": sorted(places)}, indent=1) + "\n"


def _listed(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    try:
        places = list(_places(json.loads(text)))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        step = "Take the last good version of this file back, or delete it: pages that are no longer made then stay."
        raise OutputError(f"{LIST}: is no list of pages of this program", step) from error
    return tuple(places)


def _places(table: dict[str, object]) -> Iterator[str]:
    if table["schema"] != SCHEMA or not isinstance(places := table["pages"], list):
        raise ValueError("not ours")
    for place in places:
        if not isinstance(place, str) or not place.endswith(".md") or not is_inside(place):
            raise ValueError("no place of a page")
        yield place

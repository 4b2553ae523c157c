"""Pages in a MediaWiki. Nothing is deleted there, which needs rights that bots rarely have: what is no longer made is named."""

from __future__ import annotations

import os
from collections.abc import Mapping

from briefing.deliver.wiki.changes import Changes, changes
from briefing.deliver.wiki.layout import INDEX, Titles
from briefing.deliver.wiki.marked import is_ours, same
from briefing.deliver.wiki.mediawiki_client import MediaWiki, Revision
from briefing.deliver.wiki.order import Done, Order
from briefing.deliver.wiki.page_set import check_weeks, week_at
from briefing.deliver.wiki.weeks import wiki
from briefing.deliver.wiki.wikitext_pages import listed_in, wikitext_pages
from briefing.errors import ConfigError

PASSWORD = "BRIEFING_WIKI_PASSWORD"


def publish(order: Order) -> Done:
    """Saves the pages that differ. Raises ConfigError without a password, OutputError when the wiki does not do what is asked."""
    password = os.environ.get(PASSWORD, "")
    if not password:
        step = f"Put the bot password (Special:BotPasswords) into the environment variable {PASSWORD}."
        raise ConfigError(f"publish {order.settings.name}: there is no password", step)
    layout = Titles(order.settings.prefix)
    with MediaWiki(order.settings.url, order.wait, order.settings.retries) as site:
        site.login(order.settings.user, password)
        return _published(site, order, layout)


def _published(site: MediaWiki, order: Order, layout: Titles) -> Done:
    index = layout.place(INDEX)
    first = site.pages([index]).get(index)
    listed = listed_in(first.text if first else None)
    check_weeks(order, [week for title in listed if (week := week_at(layout, title))])
    wanted = wikitext_pages(wiki(order.title, order.briefs), layout, order.templates)
    there = site.pages([*wanted, *(title for title in listed if title not in wanted)])
    found = changes(wanted, {title: revision.text for title, revision in there.items()}, ())
    gone = [title for title in listed if title not in wanted and title in there and week_at(layout, title) is None]
    notes = tuple(f"{title} is no longer made; delete it in the wiki" for title in gone)
    if order.dry:
        return Done(found, notes=notes)
    # the first page first: its list has every page that is ours, also when this run is killed
    titles = sorted((*found.created, *found.updated), key=lambda title: title != index)
    lost = {title for title in titles if not _saved(site, order, title, wanted, there.get(title))}
    return Done(_without(found, lost), notes=notes)


def _saved(site: MediaWiki, order: Order, title: str, wanted: Mapping[str, str], base: Revision | None) -> bool:
    """Whether our page stands there in the end; False when somebody else's does. An edit that came between is looked at anew."""
    for _ in range(order.settings.retries + 1):
        if site.edit(title, wanted[title], order.summary, base):
            return True
        base = site.pages([title]).get(title)
        if base is not None and same(base.text, wanted[title]):
            return True
        if base is not None and not is_ours(base.text):
            return False
    return False


def _without(found: Changes, lost: set[str]) -> Changes:
    """What was done, when pages were edited by others while we worked."""
    created = tuple(title for title in found.created if title not in lost)
    updated = tuple(title for title in found.updated if title not in lost)
    return Changes(created, updated, (), (*found.conflicts, *sorted(lost)), found.unchanged)

"""The feeds and pages of the settings -> the store. One that fails is a Problem, and the others go on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from briefing.config import Config, Subscription
from briefing.errors import StoreError
from briefing.ingest import feeds, pages
from briefing.ingest.decode import UnreadableDocument
from briefing.ingest.failures import FetchFailed
from briefing.ingest.feeds import Item
from briefing.ingest.fetch import Answer, Fetcher, Validators
from briefing.model import Problem
from briefing.store.documents import Documents, Origin, now

AT_ONCE = 8  # feeds and pages that are worked on at a time; a host is asked by one of them at a time


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one feed or page gave: how many documents are new in the store, of how many it names, and what went wrong."""

    url: str
    new: int
    named: int
    problems: tuple[Problem, ...] = ()


async def gather(config: Config, documents: Documents, fetcher: Fetcher, done: Callable[[Gathered], None]) -> list[Gathered]:
    """Fetches every feed, the pages of its new items, and every single page; in the order of the settings.

    `done` is told of each when it is finished. What is in the store stays there whatever comes later. Raises StoreError.
    """
    run = _Run(config, documents, fetcher)
    turns = asyncio.Semaphore(AT_ONCE)

    async def turn(work: Callable[[Subscription], Awaitable[Gathered]], wanted: Subscription) -> Gathered:
        async with turns:
            gathered = await _guarded(work, wanted)
        done(gathered)
        return gathered

    return await asyncio.gather(*(turn(run.feed, f) for f in config.feed), *(turn(run.page, p) for p in config.page))


async def _guarded(work: Callable[[Subscription], Awaitable[Gathered]], wanted: Subscription) -> Gathered:
    try:
        return await work(wanted)
    except StoreError:
        raise
    except (FetchFailed, UnreadableDocument) as error:
        return Gathered(wanted.url, 0, 0, (Problem(wanted.url, error.message, error.next_step),))
    except Exception as error:
        message = f"was not fetched: it failed inside the program ({type(error).__name__}: {error})"
        return Gathered(wanted.url, 0, 0, (Problem(wanted.url, message, "Please report this address as a bug."),))


class _Run:
    """One run over the settings; an item that two feeds name is fetched once."""

    def __init__(self, config: Config, documents: Documents, fetcher: Fetcher) -> None:
        self._most = config.fetch.items
        self._documents = documents
        self._fetcher = fetcher
        self._claimed: set[str] = set()

    async def page(self, wanted: Subscription) -> Gathered:
        """A single page: fetched unless it has not changed."""
        last = self._documents.last(wanted.url)
        answer = await self._fetcher.get(wanted.url, last and _validators(last[0]))
        origin = _origin(wanted.url, "page", answer, wanted)
        if answer.status == 304 and last is not None:
            self._documents.note(_as_before(origin, last[0]), last[1])
            return Gathered(wanted.url, 0, 1)
        return Gathered(wanted.url, self._keep(answer, origin), 1)

    async def feed(self, wanted: Subscription) -> Gathered:
        """A feed and its new items. Its ETag is kept only when nothing is left to fetch: else 304 would hide the rest."""
        last = self._documents.last(wanted.url)
        answer = await self._fetcher.get(wanted.url, last and _validators(last[0]))
        origin = _origin(wanted.url, "feed", answer, wanted)
        if answer.status == 304 and last is not None:
            self._documents.note(_as_before(origin, last[0]))
            return Gathered(wanted.url, 0, 0)
        found = feeds.parse(answer.body, answer.url)
        fresh = self._claim(found.items)
        results = [await _guarded(partial(self._item, item, wanted.url), replace(wanted, url=item.url)) for item in fresh]
        problems = [*_faults(wanted.url, found.fault), *(p for r in results for p in r.problems)]
        whole = not problems and len(fresh) < self._most
        self._documents.note(origin if whole else replace(origin, etag=None, last_modified=None))
        return Gathered(wanted.url, sum(r.new for r in results), len(found.items), tuple(problems))

    def _claim(self, items: Sequence[Item]) -> list[Item]:
        """The first items that are neither in the store nor being fetched."""
        fresh = [i for i in items if i.url not in self._claimed and self._documents.last(i.url) is None][: self._most]
        self._claimed.update(item.url for item in fresh)
        return fresh

    async def _item(self, item: Item, feed: str, wanted: Subscription) -> Gathered:
        """An item: what the feed itself holds when that is the whole article, else its page."""
        if item.is_whole:
            answer = Answer(item.url, 200, {"content-type": "text/html"}, item.content.encode("utf-8"))
        else:
            answer = await self._fetcher.get(item.url)
        origin = replace(_origin(item.url, "item", answer, wanted), feed=feed, title=item.title, published=item.published)
        return Gathered(item.url, self._keep(answer, origin), 1)

    def _keep(self, answer: Answer, origin: Origin) -> int:
        """How many documents are new (0 or 1). One without an article is noted, so that it is not fetched again and again."""
        try:
            kind = pages.checked(answer.body, answer.headers.get("content-type", ""))
        except UnreadableDocument:
            self._documents.note(replace(origin, etag=None, last_modified=None))
            raise
        return int(self._documents.add(answer.body, kind, origin))


def _faults(url: str, fault: str) -> list[Problem]:
    return [Problem(url, f"the feed {fault}", "What could be read was taken; tell the site's operator.")] if fault else []


def _validators(last: Origin) -> Validators:
    return Validators(last.url or last.source, last.etag, last.last_modified)


def _origin(source: str, kind: str, answer: Answer, wanted: Subscription) -> Origin:
    headers = pages.kept_headers(answer.headers)
    etag, changed = (_sendable(headers.get(name)) for name in ("etag", "last-modified"))
    return Origin(source, kind, now(), answer.url, answer.status, etag, changed, headers, outlet=wanted.outlet or None)


def _sendable(value: str | None) -> str | None:
    """A header's value when it can be sent back: ASCII, as ours are."""
    return value if value and value.isascii() else None


def _as_before(origin: Origin, last: Origin) -> Origin:
    """A 304 need not repeat what makes the next request conditional."""
    etag, changed = origin.etag or last.etag, origin.last_modified or last.last_modified
    return replace(origin, etag=etag, last_modified=changed)

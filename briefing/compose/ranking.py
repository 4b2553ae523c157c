"""Which stories matter most, by a stated rule of points; accounts of one event keep together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.compose.copies import Story
from briefing.compose.differences import one_event
from briefing.item_model import Agreement, Event, Item, Statement
from briefing.scope.watch import Watch

PAGE = 8  # items and cited sentences
WATCHED, KILLED, KILLED_MOST, EVENTS_MOST, DEALS_MOST, VOICES_MOST, OUTLETS_MOST = 20, 4, 10, 4, 8, 4, 6


@dataclass(frozen=True, slots=True)
class Cluster:
    """Stories that tell of one event (most hold one story): the articles used, their points, roughly their pages."""

    articles: tuple[str, ...]
    points: int
    pages: float

    @property
    def worth(self) -> float:
        """Points for each page."""
        return self.points / max(self.pages, 1)


def ranked(told: Sequence[Story], watch: Watch, again: Collection[str] = ()) -> tuple[Cluster, ...]:
    """The stories in clusters, those worth most first; of equals the one that comes first in the brief.

    `again` are the ids of the items that an earlier week told.
    """
    clusters = [_cluster([told[n] for n in group], watch, again) for group in _together(told)]
    return tuple(sorted(clusters, key=lambda cluster: -cluster.worth))


def _cluster(stories: Sequence[Story], watch: Watch, again: Collection[str]) -> Cluster:
    ids = tuple(story.used.article.id for story in stories)
    outlets = {r.outlet.name if r.outlet else r.document.file for r in (story.used.article for story in stories)}
    found = sum(points(story, watch, again) for story in stories) + min(2 * (len(outlets) - 1), OUTLETS_MOST)
    return Cluster(ids, found, sum(map(_lines, stories)) / PAGE)


def _lines(story: Story) -> int:
    """Items and cited sentences of a story."""
    cited = {(told.reading.article.id, c.sentence) for told in story.told for c in told.item.citations}
    return len(story.told) + len(cited)


def points(story: Story, watch: Watch, again: Collection[str] = ()) -> int:
    """The points of one story, other outlets apart."""
    items = [told.item for told in story.told]
    killed = [_of_event(e) // _part(e, again) for e in items if isinstance(e, Event) and _deaths(e)]
    others = sum(_of_event(e) // _part(e, again) for e in items if isinstance(e, Event) and not _deaths(e))
    deals = sum((4 if a.status in ("new", "scheduled") else 1) // _part(a, again) for a in items if isinstance(a, Agreement))
    spoken = [s for s in items if isinstance(s, Statement) and s.id not in again]
    voices = {s.speaker.en for s in spoken if s.speaker.resolution == "explicit"}
    watched = bool(watch.named_in(quote for item in items for quote in (c.quote for c in item.citations)))
    return sum((
        WATCHED * watched, max(killed, default=0), min(others, EVENTS_MOST),
        min(deals, DEALS_MOST), min(len(voices), VOICES_MOST),
    ))  # fmt: skip


def _part(item: Item, again: Collection[str]) -> int:
    """What the points of an item are divided by."""
    return 2 if item.id in again else 1


def _of_event(event: Event) -> int:
    deaths = _deaths(event)
    return min(KILLED + deaths // 10, KILLED_MOST) if deaths else 1 + bool(event.counts)


def _deaths(event: Event) -> int:
    return max((count.number or 0 for count in event.counts if "killed" in count.what), default=0)


# ---------------------------------------------------------------- accounts of one event


def _together(told: Sequence[Story]) -> Iterator[list[int]]:
    """The numbers of the stories in groups: two with one item, or an event of one type, place and day, are in one group."""
    leader = list(range(len(told)))
    first: dict[tuple[str, ...], int] = {(story.used.article.id,): n for n, story in enumerate(told)}
    first |= {(copy.article.id,): n for n, story in enumerate(told) for copy in story.copies}
    for n, story in enumerate(told):
        for key in (*_events(story), *((echo.reading.article.id,) for one in story.told for echo in one.echoes)):
            one, other = _lead(leader, first.setdefault(key, n)), _lead(leader, n)
            leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for n in range(len(told)):
        groups.setdefault(_lead(leader, n), []).append(n)
    yield from groups.values()


def _lead(leader: Sequence[int], n: int) -> int:
    while leader[n] != n:
        n = leader[n]
    return n


def _events(story: Story) -> list[tuple[str, str, str]]:
    found: Mapping[tuple[str, str, str], None] = dict.fromkeys(
        key for told in story.told if isinstance(told.item, Event) and (key := one_event(told.item)) is not None
    )
    return list(found)

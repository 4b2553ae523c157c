"""Stories -> stories: what several articles tell alike is one item of the fullest of them, and cites all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.compose.copies import Echo, Story, Told
from briefing.compose.sameness import bucket, compatible, fullness, repeats
from briefing.compose.speakers import Speakers


@dataclass(slots=True)
class _Cluster:
    """The fullest telling of a thing, and the others with the stories they are from."""

    fullest: Told
    others: list[Told] = field(default_factory=list)
    stories: set[int] = field(default_factory=set)

    def takes(self, told: Told, story: int) -> bool:
        """Whether an item of another story is one with this: nothing in it is at odds with what is here already."""
        dates = (other.item.date for other in self.others)
        return story not in self.stories and repeats(told, self.fullest) and all(compatible(told.item.date, d) for d in dates)


def merged(stories: Sequence[Story], who: Speakers, tiers: Sequence[Collection[str]]) -> tuple[Story, ...]:
    """The stories with every thing told once. `tiers` are ids of articles: only items of one tier become one.

    No citation is lost, and the order of the stories changes nothing but the order of what comes out.
    """
    gone: set[int] = set()
    fuller: dict[int, Told] = {}
    for cluster in _clusters(stories, who, tiers):
        gone.update(id(told) for told in cluster.others)
        fuller[id(cluster.fullest)] = _joined(cluster)
    return tuple(
        replace(story, told=tuple(fuller.get(id(told), told) for told in story.told if id(told) not in gone)) for story in stories
    )


def _clusters(stories: Sequence[Story], who: Speakers, tiers: Sequence[Collection[str]]) -> Iterator[_Cluster]:
    """Those with more than one item."""
    buckets: dict[tuple[object, ...], list[tuple[Told, int]]] = {}
    for n, story in enumerate(stories):
        for told in story.told:
            if (key := bucket(told, who)) is not None:
                tier = next((k for k, ids in enumerate(tiers) if told.reading.article.id in ids), len(tiers))
                buckets.setdefault((tier, *key), []).append((told, n))
    for found in buckets.values():
        clusters: list[_Cluster] = []
        for told, number in sorted(found, key=lambda one: _order(one[0])):
            _put(clusters, told, number)
        yield from (cluster for cluster in clusters if cluster.others)


def _put(clusters: list[_Cluster], told: Told, story: int) -> None:
    cluster = next((one for one in clusters if one.takes(told, story)), None)
    if cluster is None:
        clusters.append(_Cluster(told, stories={story}))
    else:
        cluster.others.append(told)
        cluster.stories.add(story)


def _order(told: Told) -> tuple[object, ...]:
    """The fullest first, then by date of publication; never by where in the list a story stands."""
    facts, words = fullness(told)
    article, citation = told.reading.article, told.item.citations[0]
    return (-facts, -words, article.published.earliest or "9999", article.id, citation.start, told.item.id)


def _joined(cluster: _Cluster) -> Told:
    echoes = list(cluster.fullest.echoes)
    for told in cluster.others:
        echoes += [Echo(told.reading, citation, None) for citation in told.item.citations]
        echoes += [replace(echo, of=echo.of or told.reading) for echo in told.echoes]
    parts = tuple(part for told in (cluster.fullest, *cluster.others) for part in told.parts)
    return replace(cluster.fullest, echoes=tuple(echoes), parts=parts)

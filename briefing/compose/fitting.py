"""How many stories a page budget holds: the best first, then whatever still fits in the room that is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from briefing.brief_model import Brief
from briefing.compose.ranking import Cluster

_TRIED = 12  # clusters tried for the room that is left
_FULL = 0.97  # of the budget: no more is tried

Make = Callable[[tuple[str, ...]], Brief]  # the brief in which the stories of these articles are listed by title only
Measure = Callable[[Brief], float]  # pages


def fitted(make: Make, clusters: Sequence[Cluster], budget: int, measure: Measure) -> Brief:
    """The brief with as many clusters as the budget holds, the others listed by title; all of them when it is 0.

    Where none fits, the first is told all the same: a brief tells at least one story.
    """
    if not budget:
        return make(())

    def fits(chosen: Set[int]) -> bool:
        return measure(make(_others(clusters, chosen))) <= budget

    chosen = set(range(_most(len(clusters), lambda n: fits(set(range(n))))))
    for n in range(len(chosen) + 1, min(len(chosen) + 1 + _TRIED, len(clusters))):  # the next one is known not to fit
        if measure(make(_others(clusters, chosen))) >= _FULL * budget:
            break
        if fits(chosen | {n}):
            chosen.add(n)
    return make(_others(clusters, chosen or {0}))


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """The largest n up to `count` that fits: steps are doubled first, so that nothing much longer than the budget is made."""
    low, high = 0, 1
    while high < count and fits(high):
        low, high = high, 2 * high
    high = min(high, count) + (1 if high >= count and fits(count) else 0)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _others(clusters: Sequence[Cluster], chosen: Set[int]) -> tuple[str, ...]:
    return tuple(article for n, cluster in enumerate(clusters) if n not in chosen for article in cluster.articles)

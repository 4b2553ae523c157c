"""What has to be done so that the pages at a target are those we made, without touching what a person wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.deliver.wiki.marked import is_ours, same


@dataclass(frozen=True, slots=True)
class Changes:
    """Places of pages by what happens to them.

    `conflicts` are left as they are: a person edited them, or they were there before us.
    """

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether something is written or removed."""
        return bool(self.created or self.updated or self.removed)


def changes(wanted: Mapping[str, str], standing: Mapping[str, str], listed: Iterable[str]) -> Changes:
    """How `standing` becomes `wanted` (place -> page); `listed` are the places we wrote before, of which some are wanted no more.

    A page is ours as long as its first line agrees with the rest of it. Only such pages are written over or removed.
    """
    kinds: dict[str, list[str]] = {name: [] for name in ("created", "updated", "removed", "conflicts", "unchanged")}
    for place, page in wanted.items():
        kinds[_kind(page, standing.get(place))].append(place)
    for place in sorted(set(listed) - set(wanted)):
        if place in standing:
            kinds["removed" if is_ours(standing[place]) else "conflicts"].append(place)
    return Changes(**{name: tuple(places) for name, places in kinds.items()})


def _kind(page: str, there: str | None) -> str:
    if there is None:
        return "created"
    if same(page, there):
        return "unchanged"
    return "updated" if is_ours(there) else "conflicts"

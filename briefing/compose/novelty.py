"""What an earlier week told already: such items stand behind new ones in highlights and in the page budget."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from briefing.compose.copies import Story, Told
from briefing.compose.sameness import is_exact, said_before
from briefing.compose.speakers import Speakers
from briefing.event_model import WeekBefore
from briefing.item_model import Event, Statement


def told_before(stories: Iterable[Story], who: Speakers, before: WeekBefore | None, agreed: Collection[str]) -> frozenset[str]:
    """The ids of the items of `stories` that an earlier week told.

    Agreements are those whose ids `agreed` holds: their parties used all their words before. A statement counts when the week
    `before` has it, by the same known speaker in the same words; an event when that week has one of its type at its place, unless
    the place is a whole country. Without a week before, nothing is known of statements and events.
    """
    told = [one for story in stories for one in story.told]
    spoken = _again(told, who, before) if before is not None else ()
    happened = _recurring(told, before) if before is not None else ()
    return frozenset((*(one.item.id for one in told if one.item.id in agreed), *spoken, *happened))


def _again(told: Iterable[Told], who: Speakers, before: WeekBefore) -> Iterator[str]:
    for one in told:
        item = one.item
        if not isinstance(item, Statement) or who.known(item, one.reading.article.id) is None:
            continue
        if any(said_before(item, earlier) for earlier in before.said):
            yield item.id


def _recurring(told: Iterable[Told], before: WeekBefore) -> Iterator[str]:
    earlier = {_key(one.event) for one in before.happened if one.event.status != "denied"}
    return (one.item.id for one in told if isinstance(one.item, Event) and is_exact(one.item.place) and _key(one.item) in earlier)


def _key(event: Event) -> tuple[str, str]:
    return event.type, event.place.en if event.place else ""

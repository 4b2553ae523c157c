"""The theatre and the topic of every item, each article looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from briefing.brief_model import Entry, Heading
from briefing.compose.copies import Story, Told
from briefing.compose.theatres import Scene, scene, theatre_of
from briefing.compose.topics import Verdict, topic_of, topic_of_article
from briefing.item_model import Reading


@dataclass(frozen=True, slots=True)
class Placing:
    """What articles are about and where, by article id."""

    _topics: Mapping[str, Verdict]
    _scenes: Mapping[str, Scene]

    def topic(self, told: Told) -> Heading:
        """What an item is about."""
        return topic_of(told.item, self._topics[told.reading.article.id]).topic

    def theatre(self, told: Told) -> Heading:
        """Where an item belongs."""
        return theatre_of(told.item, self._scenes[told.reading.article.id]).heading

    def placed(self, entry: Entry, told: Told) -> Entry:
        """The entry of an item with its theatre and topic."""
        return replace(entry, theatre=self.theatre(told), topic=self.topic(told))


def placing(stories: Iterable[Story]) -> Placing:
    """The placing of all items in these stories."""
    readings: list[Reading] = [t.reading for story in stories for t in story.told]
    by_id = {reading.article.id: reading for reading in readings}
    return Placing(
        {ident: topic_of_article(reading.article) for ident, reading in by_id.items()},
        {ident: scene(reading) for ident, reading in by_id.items()},
    )

"""Articles with one text -> one story: an item that several of them tell is told once and cites all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.ingest.duplicates import Group
from briefing.ingest.near_equal import Words, says, words_of
from briefing.item_model import Agreement, Citation, Event, Item, Reading, Statement
from briefing.review_model import Mark


@dataclass(frozen=True, slots=True)
class Echo:
    """Where another article says what an item rests on.

    In a copy, `twin` is the citation that says the same in the text it copies: that of the item, or of the article `of`.
    """

    reading: Reading
    citation: Citation
    twin: Citation | None
    of: Reading | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An item, the article it is taken from, and where others say the same; `parts` are the marks of all its tellings."""

    item: Item
    reading: Reading
    echoes: tuple[Echo, ...] = ()
    parts: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Articles with one text: the one that is used, its copies, and the items of all of them, each once."""

    used: Reading
    copies: tuple[Reading, ...]
    told: tuple[Told, ...]


@dataclass(slots=True)
class _Open:
    item: Item
    reading: Reading
    echoes: list[Echo] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)  # articles that have told it
    parts: list[Mark] = field(default_factory=list)


def stories(groups: Sequence[Group], readings: Mapping[str, Reading]) -> tuple[Story, ...]:
    """The groups whose articles could be read; the first of a group that could is the one that is used."""
    read = ([readings[a.id] for a in (group.used, *group.copies) if a.id in readings] for group in groups)
    return tuple(Story(found[0], tuple(found[1:]), told(found)) for found in read if found)


def told(readings: Sequence[Reading]) -> tuple[Told, ...]:
    """The items of articles with one text, those of the first one first; what a later one repeats is an echo.

    An item of a copy is its own unless all its sentences are said by those an earlier item of its kind rests on.
    """
    found: list[_Open] = []
    words = {r.article.id: _words(r) for r in readings}
    for reading in readings:
        for item in _items(reading):
            if not any(_echoed(item, reading, one, words) for one in found):
                found.append(_Open(item, reading, heard={reading.article.id}, parts=_marks(item, reading)))
    return tuple(Told(one.item, one.reading, tuple(one.echoes), tuple(one.parts)) for one in found)


def _marks(item: Item, reading: Reading) -> list[Mark]:
    return [reading.marks[item.id]] if item.id in reading.marks else []


def _items(reading: Reading) -> tuple[Item, ...]:
    return (*reading.statements, *reading.agreements, *reading.events)


def _words(reading: Reading) -> dict[int, Words]:
    text = reading.article.document.text
    return {s.n: words_of(text[s.start : s.end]) for s in reading.sentences}


def _echoed(item: Item, reading: Reading, one: _Open, words: Mapping[str, Mapping[int, Words]]) -> bool:
    """Whether `item` is what `one` tells; if so, it is noted there."""
    if reading.article.id in one.heard or not _agree(item, one.item):
        return False
    theirs, own = words[one.reading.article.id], words[reading.article.id]
    twins = [_twin(own.get(c.sentence, ()), one.item.citations, theirs) for c in item.citations]
    if any(twin is None for twin in twins):
        return False
    one.heard.add(reading.article.id)
    one.parts += _marks(item, reading)
    one.echoes += [Echo(reading, c, twin) for c, twin in zip(item.citations, twins, strict=True) if twin is not None]
    return True


def _twin(sentence: Words, citations: Iterable[Citation], words: Mapping[int, Words]) -> Citation | None:
    return next((c for c in citations if sentence and says(sentence, words.get(c.sentence, ()))), None)


def _agree(item: Item, other: Item) -> bool:
    """Two items of the same sentence are one when nothing that was read out of it differs; a copy may say less."""
    if isinstance(item, Statement) and isinstance(other, Statement):
        return item.speaker.en == other.speaker.en or item.speaker.resolution != "explicit"
    if isinstance(item, Agreement) and isinstance(other, Agreement):
        return item.status == other.status
    if isinstance(item, Event) and isinstance(other, Event):
        return item.type == other.type and set(_tolls(item)) <= set(_tolls(other))
    return False


def _tolls(event: Event) -> Iterator[tuple[int | None, str]]:
    return ((count.number, count.what) for count in event.counts)

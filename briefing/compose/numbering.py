"""Citation numbers: one for each cited sentence, in the order the reader meets them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from briefing.brief_model import Entry
from briefing.compose.copies import Told
from briefing.item_model import Citation, Reading
from briefing.review.standpoint import entry_review
from briefing.scope.watch import NOBODY, Watch
from briefing.source_model import Reference

Place = tuple[str, int]  # article id, number of the sentence


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited sentence of an article: its citation number, its number in the article, the items, the number it repeats."""

    number: int
    sentence: int
    entries: tuple[str, ...]
    same_as: int | None


@dataclass
class Numbering:
    """Hands out numbers to cited sentences, to their articles as sources, and ids to items.

    `again` are the ids of the items that an earlier week told.
    """

    watch: Watch = NOBODY
    again: Collection[str] = ()
    _numbers: dict[Place, int] = field(default_factory=dict)
    _sources: dict[str, int] = field(default_factory=dict)
    _readings: dict[str, Reading] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _citing: dict[Place, list[str]] = field(default_factory=dict)
    _same: dict[Place, Place] = field(default_factory=dict)

    def entry(self, letter: str, told: Told) -> Entry:
        """The item with its id in the brief ("S1") and numbered references, those to other articles last."""
        self._counts[letter] = self._counts.get(letter, 0) + 1
        ident = f"{letter}{self._counts[letter]}"
        references = [self._reference(ident, told.reading, c) for c in told.item.citations]
        for echo in told.echoes:
            references.append(self._reference(ident, echo.reading, echo.citation))
            if echo.twin is not None:
                at = (echo.reading.article.id, echo.citation.sentence)
                self._same.setdefault(at, ((echo.of or told.reading).article.id, echo.twin.sentence))
        watched = self.watch.named_in(c.quote for c in told.item.citations)
        item, found_by = told.item, told.reading.found_by.get(told.item.id, ())
        return Entry(
            ident, item, tuple(references), found_by, watched=watched, told_before=item.id in self.again,
            review=entry_review(told.parts), parts=told.parts,
        )  # fmt: skip

    def _reference(self, ident: str, reading: Reading, c: Citation) -> Reference:
        article = reading.article
        at = (article.id, c.sentence)
        number = self._numbers.setdefault(at, len(self._numbers) + 1)
        source = self._sources.setdefault(article.id, len(self._sources) + 1)
        self._readings[article.id] = reading
        self._citing.setdefault(at, []).append(ident)
        document = article.document
        return Reference(number, source, document.file, document.sha256, c.start, c.end, c.quote, c.sentence)

    def source_order(self) -> list[tuple[int, Reading]]:
        """(source number, reading) of every cited article."""
        return [(number, self._readings[ident]) for ident, number in self._sources.items()]

    def cited(self, reading: Reading) -> list[Cited]:
        """The cited sentences of an article, in text order."""
        mine = sorted((n, number) for (ident, n), number in self._numbers.items() if ident == reading.article.id)
        return [self._cited((reading.article.id, n), number) for n, number in mine]

    def _cited(self, at: Place, number: int) -> Cited:
        same = self._same.get(at)
        return Cited(number, at[1], tuple(dict.fromkeys(self._citing[at])), self._numbers[same] if same else None)

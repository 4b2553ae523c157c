"""Citation numbers: one for each cited sentence, in the order the reader meets them."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.model import Entry, Item, Reading, Reference


@dataclass
class Numbering:
    """Hands out numbers to cited sentences, to their articles as sources, and ids to items."""

    _numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    _sources: dict[str, int] = field(default_factory=dict)
    _readings: dict[str, Reading] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _citing: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    def entry(self, letter: str, item: Item, reading: Reading) -> Entry:
        """The item with its id in the brief ("S1") and numbered references."""
        self._counts[letter] = self._counts.get(letter, 0) + 1
        ident = f"{letter}{self._counts[letter]}"
        document = reading.article.document
        references = []
        for c in item.citations:
            at = (reading.article.id, c.sentence)
            number = self._numbers.setdefault(at, len(self._numbers) + 1)
            source = self._sources.setdefault(reading.article.id, len(self._sources) + 1)
            self._readings[reading.article.id] = reading
            self._citing.setdefault(at, []).append(ident)
            references.append(Reference(number, source, document.file, document.sha256, c.start, c.end, c.quote, c.sentence))
        return Entry(ident, item, tuple(references))

    def source_order(self) -> list[tuple[int, Reading]]:
        """(source number, reading) of every cited article."""
        return [(number, self._readings[ident]) for ident, number in self._sources.items()]

    def cited(self, reading: Reading) -> list[tuple[int, int, tuple[str, ...]]]:
        """(citation number, sentence number, citing entries) of an article, in text order."""
        mine = [(n, number) for (ident, n), number in self._numbers.items() if ident == reading.article.id]
        return [(number, n, tuple(dict.fromkeys(self._citing[reading.article.id, n]))) for n, number in sorted(mine)]

"""The annex as the ledger adds to it: sentences of this week that no item cites yet, and articles of earlier weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.compose.sources import date_line
from briefing.item_model import Agreement, Citation, Reading
from briefing.model import Translation
from briefing.source_model import CitedSentence, Reference, Source

_NO_ENGLISH = Translation("", "none", "none")


class Annex:
    """Hands out references to sentences by article; numbers go on where those of the brief end."""

    def __init__(self, sources: Sequence[Source], readings: Sequence[Reading], recalled: Sequence[Reading]) -> None:
        """`sources` are the brief's, `readings` the articles of the week, `recalled` those of earlier weeks."""
        self._week = {source.article_id: source for source in sources}
        self._earlier: dict[str, Source] = {}
        self._readings = {r.article.id: r for r in (*readings, *recalled)}
        self._recalled = {r.article.id for r in recalled}
        self._last = max((one.number for source in sources for one in source.cited), default=0)

    def may_cite(self, article: str) -> bool:
        """Whether an article is in the brief or an earlier one that was recalled."""
        return article in self._week or article in self._recalled

    def cite(self, ident: str, article: str, citation: Citation) -> tuple[Reference, ...]:
        """A reference for the entry or line `ident`; none when the article is neither in the brief nor an earlier one."""
        source = self._source(article)
        if source is None:
            return ()
        found = next((one for one in source.cited if one.start <= citation.start < one.end), None)
        if found is None:
            found = self._added(article, citation)
        cited = replace(found, entries=tuple(dict.fromkeys((*found.entries, ident))))
        others = [one for one in source.cited if one.number != cited.number]
        known = self._week if article in self._week else self._earlier
        known[article] = replace(source, cited=tuple(sorted((*others, cited), key=lambda one: one.start)))
        place = (source.number, source.file, source.text_sha256)
        return (Reference(cited.number, *place, citation.start, citation.end, citation.quote, citation.sentence),)

    def agreement(self, article: str, ident: str) -> Agreement | None:
        """The agreement with this id, in English."""
        reading = self._readings.get(article)
        return next((a for a in reading.agreements if a.id == ident), None) if reading else None

    def sources(self) -> tuple[Source, ...]:
        """The brief's sources, with the sentences that were added."""
        return tuple(self._week.values())

    def earlier(self) -> tuple[Source, ...]:
        """The articles of earlier weeks that are cited, in the order they were met."""
        return tuple(self._earlier.values())

    def _source(self, article: str) -> Source | None:
        if (known := self._week.get(article) or self._earlier.get(article)) is not None:
            return known
        if article not in self._recalled:
            return None
        found, number = self._readings[article].article, len(self._week) + len(self._earlier) + 1
        document = found.document
        return Source(
            number, found.id, document.file, document.sha256, found.title, found.outlet, found.url, found.published,
            date_line(found.published), (), wires=found.wires,
        )  # fmt: skip

    def _added(self, article: str, citation: Citation) -> CitedSentence:
        self._last += 1
        reading = self._readings[article]
        sentence = next(s for s in reading.sentences if s.start <= citation.start < s.end)
        ar = reading.article.document.text[sentence.start : sentence.end]
        english = reading.translations.get(sentence.n, _NO_ENGLISH)
        return CitedSentence(self._last, ar, sentence.start, sentence.end, english, ())

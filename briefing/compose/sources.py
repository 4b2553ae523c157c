"""The source annex: every article used, with its date and the sentences cited from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.compose.copies import Story
from briefing.compose.numbering import Numbering
from briefing.item_model import Reading
from briefing.language import Language, english
from briefing.model import Article, Published, Translation
from briefing.source_model import CitedSentence, Copy, Source

_NO_ENGLISH = Translation("", "none", "none")


def sources(told: Sequence[Story], numbering: Numbering) -> tuple[Source, ...]:
    """Cited articles by number, then those used that gave no item, so that every article used is listed with its copies."""
    cited = numbering.source_order()
    seen = {r.article.id for _, r in cited}
    rest = [story.used for story in told if story.used.article.id not in seen]
    numbered = cited + list(enumerate(rest, len(cited) + 1))
    numbers = {reading.article.id: number for number, reading in numbered}
    story_of = {r.article.id: story for story in told for r in (story.used, *story.copies)}
    return tuple(_source(reading, story_of[reading.article.id], numbers, numbering) for _, reading in numbered)


def _source(reading: Reading, story: Story, numbers: Mapping[str, int], numbering: Numbering) -> Source:
    article, text = reading.article, reading.article.document.text
    spans = {s.n: s for s in reading.sentences}
    cited = tuple(
        CitedSentence(
            c.number,
            text[spans[c.sentence].start : spans[c.sentence].end],
            spans[c.sentence].start,
            spans[c.sentence].end,
            reading.translations.get(c.sentence, _NO_ENGLISH),
            c.entries,
            c.same_as,
        )
        for c in numbering.cited(reading)
    )
    document, used = article.document, reading is story.used
    return Source(
        numbers[article.id], article.id, document.file, document.sha256, article.title, article.outlet, article.url,
        article.published, date_line(article.published), cited,
        copies=tuple(_copy(r.article, numbers) for r in story.copies) if used else (),
        copy_of=None if used else numbers[story.used.article.id],
        wires=article.wires,
    )  # fmt: skip


def _copy(article: Article, numbers: Mapping[str, int]) -> Copy:
    document = article.document
    return Copy(
        article.id, document.file, document.sha256, article.title, article.outlet, article.url, article.published,
        date_line(article.published), numbers.get(article.id),
    )  # fmt: skip


def date_line(when: Published, language: Language | None = None) -> str:
    """A publication date with its basis, in English unless told otherwise: never finer than what is known."""
    words = language or english()
    basis, confidence = (f"{kind}.{name}" for kind, name in (("published_basis", when.basis), ("confidence", when.confidence)))
    said = {
        "basis": words.text(basis) if basis in words else "",
        "confidence": words.text(confidence) if confidence in words else when.confidence,
    }
    if when.value and when.confidence == "low" and when.precision == "day":
        return words.text("published.contradicted", day=when.value, **said)
    if when.value:
        return words.text("published.known", day=when.value, **said)
    if when.earliest and when.latest:
        return words.text("published.between", first=when.earliest, last=when.latest, **said)
    if when.earliest or when.latest:
        return words.text(f"published.{'after' if when.earliest else 'until'}", day=when.earliest or when.latest, **said)
    return words.text("published.unknown_because", **said) if said["basis"] else words.text("published.unknown")

"""What the extractor makes of a text of our own: an article around it, its items finished without any translation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.arabic.sentences import sentences
from briefing.extract import rules
from briefing.extract.draft import finish
from briefing.item_model import Agreement, Event, Item, Statement
from briefing.model import UNDATED, Article, Document, Metadata, Published, Sentence, Span


@dataclass(frozen=True)
class Extracted:
    """An article, its sentences and its items by kind."""

    article: Article
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    agreements: tuple[Agreement, ...]
    events: tuple[Event, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items: statements, agreements, events."""
        return (*self.statements, *self.agreements, *self.events)


def published_on(day: str | None) -> Published:
    """A publication date known to the day, or none."""
    return Published(day, day, day, "day", "metadata", "high") if day else UNDATED


def article(text: str, published: str | None = None, ident: str = "a1", spans: Sequence[Span] | None = None) -> Article:
    """An article whose body is `spans` of `text` (all of it when not given)."""
    document = Document(f"{ident}.txt", text, f"sha-of-{ident}", Metadata())
    kept = tuple(spans) if spans is not None else (Span(0, len(text)),)
    return Article(ident, document, "ar", None, None, None, published_on(published), kept)


def extract(text: str, published: str | None = None, ident: str = "a1", spans: Sequence[Span] | None = None) -> Extracted:
    """The items of `text`, their English made from facts alone."""
    found_in = article(text, published, ident, spans)
    cut = sentences(text, found_in.kept)
    drafts = rules.find(found_in, cut)
    done = [finish(draft, None, {}) for draft in drafts]
    return Extracted(
        found_in,
        cut,
        tuple(i for i in done if isinstance(i, Statement)),
        tuple(i for i in done if isinstance(i, Agreement)),
        tuple(i for i in done if isinstance(i, Event)),
    )

"""The frozen types of what is found in an article: names, items, and the Reading that holds them all.

Offsets are those of `Document.text`, as in model.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefing.model import Article, Sentence, Translation, When
from briefing.review_model import Mark

Resolution = Literal["explicit", "pronoun", "role_only"]
QuoteType = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where an article writes it: `kind` is person, body or place; `id` that of its lexicon entry, or None."""

    kind: str
    id: str | None
    ar: str
    en: str
    role_en: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body or place of the week; `spellings` as written, the most frequent first; `articles` name it.

    `id` is that of its lexicon entry, which is the same in every week; None for what no lexicon knows.
    """

    kind: str
    en: str
    ar: str
    role_en: str | None
    spellings: tuple[str, ...]
    articles: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A person, body or place in both languages."""

    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: resolved name, what the text writes (None for a pronoun), role in English, how it was resolved."""

    ar: str
    en: str
    as_written: str | None
    role_en: str | None
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence: `quote == text[start:end]`, letter for letter; `sentence` is the sentence's number."""

    start: int
    end: int
    quote: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things in an event; `number` is None for "dozens"; `part_of` is the index of its total."""

    number: int | None
    qualifier: str
    what: str
    start: int
    end: int
    quote: str
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what to whom."""

    id: str
    speaker: Speaker
    addressee: Name | None
    venue: Name | None
    date: When
    quote_type: QuoteType
    ar: str
    en: str
    citations: tuple[Citation, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed, reaffirmed, scheduled or called for, and between whom."""

    id: str
    parties: tuple[Name, ...]
    status: str
    ar: str
    en: str
    date: When
    citations: tuple[Citation, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on the ground, where, and who says so."""

    id: str
    type: str
    actor: Name | None
    target: Name | None
    place: Name | None
    counts: tuple[Count, ...]
    date: When
    asserted_by: Name | None
    status: str
    ar: str
    en: str
    citations: tuple[Citation, ...]
    flags: tuple[str, ...] = ()


Item = Statement | Agreement | Event


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with everything found in it; `translations[n]` is the English of sentence n.

    `found_by[id]` are the signatures of the extractors that found an item, `marks[id]` is what a review knows it by.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    translations: Mapping[int, Translation]
    statements: tuple[Statement, ...]
    agreements: tuple[Agreement, ...]
    events: tuple[Event, ...]
    mentions: tuple[Mention, ...] = ()
    found_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)

"""The frozen types of the walk: Document, Article, Sentence, Translation, items, Reading. Those of a brief: brief_model.py.

All offsets are Unicode code points of `Document.text`, end exclusive. Types that are printed by
`inspect --json` have exactly the fields of its contract, in its order, so `dataclasses.asdict` is their JSON form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefing.review_model import Mark

Precision = Literal["day", "range", "month", "year", "unknown"]
Resolution = Literal["explicit", "pronoun", "role_only"]
QuoteType = Literal["direct", "indirect", "mixed"]
Label = Literal["machine", "reviewed", "terms", "none"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text; `end` is exclusive."""

    start: int
    end: int

    def within(self, text: str) -> str:
        """The characters of this span in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A span that is not part of any article, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader must know: where (file or article), what, and what to do about it."""

    where: str
    message: str
    next_step: str = ""


# ---------------------------------------------------------------- document


@dataclass(frozen=True, slots=True)
class Metadata:
    """What came with a document, as written there; nothing is inferred.

    `published_basis` names the place the date string came from: stated_by_user (header block or dates.toml),
    metadata (JSON field), json_ld, html_meta, feed (the item of a feed). `section` is the part of the paper or site.
    """

    title: str | None = None
    url: str | None = None
    published: str | None = None
    published_basis: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A hint from HTML: one block of visible text.

    `tag` is the block element ("p", "h1", "li", "figcaption", "td", ...), `context` the nearest telling ancestor
    ("nav", "header", "footer", "aside", "figure", "article", "main", "form" or ""), `link_share` the share (0 to 1) of its
    visible characters that stand inside <a>, `voted_body` whether trafilatura counts it as main text.
    """

    span: Span
    tag: str
    context: str
    link_share: float
    voted_body: bool


@dataclass(frozen=True, slots=True)
class Document:
    """One file or one entry of a .jsonl file, decoded and otherwise untouched.

    `file` is the name shown to people ("seeds/a.txt", "seeds/b.jsonl#3"); `header` spans the `Key: value` block at the
    top of a text file, if there is one; `blocks` is empty unless the source was HTML.
    """

    file: str
    text: str
    sha256: str
    metadata: Metadata = Metadata()
    header: Span | None = None
    blocks: tuple[Block, ...] = ()


# ---------------------------------------------------------------- dates


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as the text fixes it. `value` is YYYY, YYYY-MM or YYYY-MM-DD or None; bounds are YYYY-MM-DD."""

    value: str | None
    earliest: str | None
    latest: str | None
    precision: str
    basis: str


@dataclass(frozen=True, slots=True)
class Published:
    """An article's publication date with the spans that say so."""

    value: str | None
    earliest: str | None
    latest: str | None
    precision: str
    basis: str
    confidence: str
    evidence: tuple[Span, ...] = ()


UNDATED = Published(None, None, None, "unknown", "none", "none")
NO_DATE = When(None, None, None, "unknown", "none")


# ---------------------------------------------------------------- article


@dataclass(frozen=True, slots=True)
class Title:
    """An article's headline; offsets are None when it came as metadata."""

    ar: str
    en: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published the article and how that is known ("metadata", "header", "url", "source_line", "masthead")."""

    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news story in a document; `kept` are the spans of its body in reading order.

    `wires` are the news agencies it says it relays.
    """

    id: str
    document: Document
    language: str
    title: Title | None
    outlet: Outlet | None
    url: str | None
    published: Published
    kept: tuple[Span, ...]
    wires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A numbered sentence (from 1 within its article)."""

    n: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordDifference:
    """Where two sentences differ: the words of the one at hand and of the reviewed one; one of the two may be ""."""

    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Near:
    """A reviewed translation of a sentence much like the one at hand, for people to compare with; never used.

    `score` is the similarity of the two Arabic sentences (0.9 to below 1), `file` the memory's. `differences` are all, in order.
    """

    ar: str
    en: str
    file: str
    score: float
    differences: tuple[WordDifference, ...]
    numbers_differ: bool


@dataclass(frozen=True, slots=True)
class Replacement:
    """A name or term of a machine's English put as the glossary or the lexicon has it.

    `start` and `end` are where it stands in the Arabic of the segment, `before` is what the machine wrote ("" when it had left
    the name out), `why` one of "variant" (a known other form), "spelling", "second attempt".
    """

    start: int
    end: int
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Translation:
    """English for one segment and where it comes from.

    `label`: machine (an engine), reviewed (translation memory), terms (gloss: names, numbers and terms only), none.
    `engine` is the signature of what made it, for example "ctranslate2:opus-mt-ar-en@1f3a2b7c:int8:beam4".
    `near` is what was reviewed for a sentence much like it, unless it is reviewed itself. `replaced` are
    the names and terms that were put into it.
    """

    en: str
    engine: str
    label: Label
    flags: tuple[str, ...] = ()
    near: Near | None = None
    replaced: tuple[Replacement, ...] = ()


# ---------------------------------------------------------------- names


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


# ---------------------------------------------------------------- items


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


# ---------------------------------------------------------------- what made it, and all that was read


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What made the English: `line` is the one line printed after a build; `notice` (or "") stands on the first page."""

    name: str
    model: str
    licence: str
    line: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ExtractorInfo:
    """What found items: equal signatures give equal items; `line` says for people how it works."""

    name: str
    model: str
    signature: str
    line: str


@dataclass(frozen=True, slots=True)
class OwnLexicon:
    """The user's lexicon that a brief was made with: the names of its files, and the sha256 of their names and texts."""

    files: tuple[str, ...]
    sha256: str


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

"""The frozen types of the walk as far as text goes: Document, Article, Sentence, Translation.

Those of what is found in it are in item_model.py, those of a brief in brief_model.py and source_model.py.

All offsets are Unicode code points of `Document.text`, end exclusive. Types that are printed by
`inspect --json` have exactly the fields of its contract, in its order, so `dataclasses.asdict` is their JSON form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "range", "month", "year", "unknown"]
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


# ---------------------------------------------------------------- what made it


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

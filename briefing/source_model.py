"""The frozen types of a brief's annex: its sources with the sentences that are cited, and what is listed or left out."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import Outlet, Published, Title, Translation


@dataclass(frozen=True, slots=True)
class Reference:
    """An item's citation within the brief: `number` is what the reader sees as [7], `source` the source's number."""

    number: int
    source: int
    file: str
    text_sha256: str
    start: int
    end: int
    quote: str
    sentence: int


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of the source annex; `entries` are the items that cite it.

    In a copy, `same_as` is the number of the sentence of the used text that says the same.
    """

    number: int
    ar: str
    start: int
    end: int
    translation: Translation
    entries: tuple[str, ...]
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """An article with the same text as the one that is used; `source` is its number in the annex when items cite it too."""

    article_id: str
    file: str
    text_sha256: str
    title: Title | None
    outlet: Outlet | None
    url: str | None
    published: Published
    date_line: str
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One article of the annex, with the sentences cited from it. `date_line` says the date and its basis in English.

    `copies` are the other articles with its text; a source that is a copy itself names the used one's number in `copy_of`.
    `wires` are the agencies it says it relays.
    """

    number: int
    article_id: str
    file: str
    text_sha256: str
    title: Title | None
    outlet: Outlet | None
    url: str | None
    published: Published
    date_line: str
    cited: tuple[CitedSentence, ...]
    copies: tuple[Copy, ...] = ()
    copy_of: int | None = None
    wires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An article that stands in the brief by its title only.

    `reason`: "pages" (it did not fit), a kind, "scope" or "undated"; `why` in words; `outlets` are those of its copies.
    """

    article_id: str
    file: str
    title: Title | None
    outlet: Outlet | None
    url: str | None
    published: Published
    date_line: str
    reason: str
    why: str = ""
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many articles were left out for one reason; "unread": files without an article, "failed": faults of the program."""

    reason: str
    articles: int

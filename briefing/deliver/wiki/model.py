"""The frozen types of the pages: what the kept briefs say, by week, by person or body, and by commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WeekBrief:
    """A brief that went out: `tree` is its brief.json, `markdown` its brief.md, None where that is gone."""

    week: str
    tree: Mapping[str, Any]
    markdown: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An item as a page quotes it: `id` in the brief of `week` ("S1"), English with its `labels`, Arabic, and notes."""

    week: str
    id: str
    en: str
    ar: str
    labels: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What one week has of a person or body: what they said, what they are party to, and the events they tell of or act in."""

    week: str
    roles: tuple[str, ...]
    said: tuple[Line, ...]
    agreed: tuple[Line, ...]
    events: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person or a body; `key` is theirs in every week, `slug` the name of their page.

    `known`: a lexicon has them. Else the page is that of a name, and `roles` of several kinds may be several people.
    """

    key: str
    kind: str
    slug: str
    en: str
    ar: str
    known: bool
    roles: tuple[str, ...]
    spellings: tuple[str, ...]
    weeks: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stood in one week: its `state` in the ledger, and the lines.

    When only an agreement tells of it, that one's status is the state. `due` as ISO days, "" where none is set.
    """

    week: str
    state: str
    lines: tuple[Line, ...]
    due: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise or agreement through the weeks, newest first; `key` is the oldest sentence that it cites."""

    key: str
    slug: str
    parties: tuple[tuple[str, str], ...]
    weeks: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week in the index; `subjects` and `commitments` are the keys of the pages it has something for."""

    brief: WeekBrief
    subjects: tuple[Subject, ...]
    commitments: tuple[Commitment, ...]

    @property
    def name(self) -> str:
        """ "2024-W46"."""
        return self.brief.week

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day, YYYY-MM-DD."""
        return str(self.brief.tree.get("first_day") or ""), str(self.brief.tree.get("last_day") or "")

    @property
    def first_line(self) -> str:
        """The first highlight, "" without one."""
        highlights = self.brief.tree.get("highlights") or [{}]
        return str(highlights[0].get("text", ""))

    @property
    def articles(self) -> int:
        """How many articles the brief tells in full."""
        return int(self.brief.tree.get("articles_used", 0))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many statements, agreements and events it has."""
        sections = self.brief.tree.get("sections", ())
        return {
            "statements": sum(len(group["items"]) for section in sections for group in section["statements"]),
            "agreements": sum(len(section["agreements"]) for section in sections),
            "events": sum(len(section["events"]) for section in sections),
        }


@dataclass(frozen=True, slots=True)
class Wiki:
    """Everything the pages are made of; weeks newest first, people and bodies by kind and name, commitments newest first."""

    title: str
    weeks: tuple[Week, ...]
    subjects: tuple[Subject, ...]
    commitments: tuple[Commitment, ...]

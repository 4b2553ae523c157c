"""The frozen types of a brief: everything a renderer needs, in the reader's order.

Those of its annex are in source_model.py, those of the walk up to it in model.py and item_model.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.event_model import Area, EventCounts
from briefing.item_model import Entity, Item, Name
from briefing.model import NO_DATE, EngineInfo, ExtractorInfo, OwnLexicon, Problem, When
from briefing.review_model import BriefReview, Mark, Review
from briefing.source_model import LeftOut, Listed, Reference, Source


@dataclass(frozen=True, slots=True)
class Change:
    """Words that were said before and what is said in their place, either of them perhaps none; English as far as it is known."""

    was_ar: str
    was_en: str
    now_ar: str
    now_en: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase of an agreement beside the last time the same parties used it.

    `kind` is "repeated" (word for word), "changed" or "new"; `since` is when the earlier text was published, and `references`
    cite it. For "new", all else is empty.
    """

    kind: str
    ar: str
    since: When
    references: tuple[Reference, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A theatre or a topic that items stand under, in both languages. The `id` of a theatre is that of its country."""

    id: str
    en: str
    ar: str


NO_HEADING = Heading("", "", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as it stands in the brief. `id` is unique in the brief ("S1", "A1", "E1").

    `found_by` are the signatures of the extractors that found it; `area` is where an event lies, `wording` is for agreements;
    `theatre` is the country it belongs to and `topic` what it is about; `watched` are the names of the watchlist in it.
    `told_before`: an earlier week told it (`compose/novelty.py` has the rule).
    `review` is what a person said of it, `parts` what a review knows each telling of it by, that of the item itself first.
    """

    id: str
    item: Item
    references: tuple[Reference, ...]
    found_by: tuple[str, ...] = ()
    area: Area | None = None
    wording: tuple[Wording, ...] = ()
    theatre: Heading = NO_HEADING
    topic: Heading = NO_HEADING
    watched: tuple[str, ...] = ()
    told_before: bool = False
    review: Review | None = None
    parts: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """One speaker's statements on one topic in one theatre.

    `theatre` is the heading they stand under, which several countries with little to tell share; `topic` is the small heading
    below it, `NO_HEADING` where a theatre has too few statements for such headings. `titled`: the speaker is a heading too.
    """

    speaker_en: str
    speaker_ar: str
    role_en: str | None
    entries: tuple[Entry, ...]
    theatre: Heading = NO_HEADING
    topic: Heading = NO_HEADING
    titled: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """The three kinds of items of one group of articles: `key` is "dated" or "undated". Events stand by area, place and date."""

    key: str
    statements: tuple[StatementGroup, ...]
    agreements: tuple[Entry, ...]
    events: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """One line for the top of the brief, with the entries it rests on and their citation numbers.

    `made_by` is the signature of the model that wrote it, or "rule" for an entry's own line.
    """

    text: str
    entries: tuple[str, ...]
    numbers: tuple[int, ...]
    made_by: str = "rule"


@dataclass(frozen=True, slots=True)
class Side:
    """One account in a difference: what it says, who says so, in which outlets, items and citations.

    `by` is a name, "" for the article itself, or what of an item it is: total, parts, headline, text. A headline has no entry.
    """

    text: str
    by: str
    outlets: tuple[str, ...]
    entries: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Accounts that do not go together: `kind` is toll, denied, actor, sum, headline, attribution or date.

    `about` names what they are of. "attribution": a headline tells as fact what the text attributes.
    `one_event_assumed`: they are of different items, which only type, place and day (or parties and plan) make one.
    """

    id: str
    kind: str
    about: str
    sides: tuple[Side, ...]
    one_event_assumed: bool


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One promise and where it stands at the end of the week; `id` is "L1".

    `state` is "fulfilled" this week, "listed" (held this week by the list of meetings alone), "due" later, "overdue" or "open".
    `entry` is the item of this brief that makes the promise, or None; `promised` are the days it was published, first and last.
    `references` cite the promise, `kept_by` what says it was kept, which is a "meeting" or an "implementation" (`kept_as`);
    `held` are the days of the meeting in the list of meetings.
    """

    id: str
    state: str
    entry: str | None
    status: str
    parties: tuple[Name, ...]
    ar: str
    en: str
    promised: tuple[When, ...]
    due: When
    references: tuple[Reference, ...]
    kept_as: str | None = None
    kept_by: tuple[Reference, ...] = ()
    held: When = NO_DATE


@dataclass(frozen=True, slots=True)
class Ledger:
    """Promises by state, and the earlier articles that they and the wordings cite: sources outside the week.

    `more` counts lines that are not shown, `articles` the earlier articles that were looked at.
    """

    lines: tuple[LedgerLine, ...]
    more: int
    articles: int
    earlier: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the method: its key in the tables of words (templates/words.*.toml), and what its {names} are filled with."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a renderer needs; renderers decide nothing about content or order.

    `articles_used` counts the stories told in full, `also` lists those that did not fit the budget of `pages` (0: none),
    `left_out` the articles that the scope left out, `left_out_by` all that are left out by reason.
    `week` is "2024-W46" or None (everything in one brief); `first_day`/`last_day` are YYYY-MM-DD or None;
    `cut_off` is an ISO 8601 time with offset; `lexicon` is None when only ours was used. `articles_duplicate` counts the copies
    of articles used, which are neither among these nor among those left out. `names` are the people, bodies and places that items
    name, `differences` the places where accounts do not go together. `event_counts` counts the events of the dated section, None
    where it has none. `ledger` is None without a week, `review` when nothing was said of the week's items.
    """

    title: str
    week: str | None
    first_day: str | None
    last_day: str | None
    timezone: str
    cut_off: str
    engine: EngineInfo
    articles_used: int
    articles_left_out: int
    highlights: tuple[Highlight, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    method: tuple[Line, ...] = field(default=())
    names: tuple[Entity, ...] = ()
    articles_duplicate: int = 0
    differences: tuple[Difference, ...] = ()
    extractors: tuple[ExtractorInfo, ...] = ()
    lexicon: OwnLexicon | None = None
    event_counts: EventCounts | None = None
    ledger: Ledger | None = None
    pages: int = 0
    left_out_by: tuple[LeftOut, ...] = ()
    left_out: tuple[Listed, ...] = ()
    also: tuple[Listed, ...] = ()
    review: BriefReview | None = None

"""When a story was published, with the basis and the spans that say so. What the text does not fix stays a range or open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from briefing.arabic.dates import DateMention, find_dates, parse_stamp, resolve
from briefing.ingest.bounds import inferred
from briefing.ingest.date_line import DateLine, date_line
from briefing.ingest.lines import Line
from briefing.model import Document, Published, Span, When

# with separators anywhere in the address; without them only at the start of a path's piece that goes on, for a number
# of eight figures alone is more often an article's
_URL_DATE = re.compile(
    r"(?<!\d)(?P<y>20\d\d|19\d\d)(?P<s>[/_-])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01]|[1-9])(?!\d)"
    r"|/(?P<y2>20\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])[-_/](?=\w)"
)
# «سبوتنيك عربي, 1920, 17.02.2021»: the last part of a credit is the day the page was made, the others are not
_CREDIT_DATE = re.compile(r",\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$")
_DATELINE_REACH = 90  # characters into the lead where «دمشق، 12 نوفمبر (…)» may stand
_DATELINE_STOP = re.compile(r"\s[-–—ـ]{1,2}\s|:|\)\s")
_CONTRADICTS = timedelta(3)  # a page is published and put in the archive within days of each other
_CONFIDENCE = {
    "stated_by_user": "high", "metadata": "high", "json_ld": "high", "html_meta": "high", "date_line": "high", "dateline": "high",
    "caption": "medium", "url": "medium", "feed": "high",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """The excluded lines about a story: `above` its first paragraph and `below` its last, each with the nearest first.

    `first` says that the document's metadata and address are this story's.
    """

    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()
    first: bool = True


def published(document: Document, kept: Sequence[Span], around: Around, zone: ZoneInfo) -> Published:
    """The publication date of the story in `kept`.

    In this order: metadata, a line above the story that is a date, the lead picture's credit, the dateline of the lead, a date
    line below the story, the address, and what the words of the story themselves allow (see ingest/bounds.py). Metadata that
    a full date line contradicts by more than three days stands, with confidence "low" and the line among the evidence.
    """
    stated = _from_metadata(document, zone) if around.first else None
    if stated is not None:
        return _compared(stated, _from_lines(around.above))
    found = _from_lines(around.above) or _from_caption(around.above) or _dateline(document, kept[0])
    found = found or _from_lines(around.below) or (_from_url(document.metadata.url) if around.first else None)
    return found or inferred(document, kept)


def _day(value: date, basis: str, evidence: tuple[Span, ...] = ()) -> Published:
    iso = value.isoformat()
    return Published(iso, iso, iso, "day", basis, _CONFIDENCE[basis], evidence)


def _from_metadata(document: Document, zone: ZoneInfo) -> Published | None:
    meta = document.metadata
    day = parse_stamp(meta.published, zone) if meta.published else None
    if day is None:
        return None
    evidence: tuple[Span, ...] = ()
    if document.header is not None and meta.published:
        at = document.text.find(meta.published, document.header.start, document.header.end)
        evidence = (Span(at, at + len(meta.published)),) if at >= 0 else ()
    return _day(day, meta.published_basis or "metadata", evidence)


def _compared(stated: Published, line: Published | None) -> Published:
    if line is None or line.value is None or stated.value is None:
        return stated
    apart = abs(date.fromisoformat(stated.value) - date.fromisoformat(line.value))
    if apart <= _CONTRADICTS or stated.basis == "stated_by_user":
        return stated
    return replace(stated, confidence="low", evidence=(*stated.evidence, *line.evidence))


def _from_lines(lines: Iterable[Line]) -> Published | None:
    """The best of the lines that are a date: one that says «نُشر» before one that says nothing, the nearest first."""
    found = [(line, said) for line in lines if (said := date_line(line.text)) is not None and said.when.earliest is not None]
    if not found:
        return None
    line, said = min(found, key=lambda f: f[1].rank)
    return _from_date_line(said, Span(line.start + said.start, line.start + said.end))


def _from_date_line(said: DateLine, evidence: Span) -> Published:
    """A Gregorian day is the day; a Hijri one, or figures that can be read two ways, are a range."""
    when = said.when
    if when.precision == "day" and when.value is not None:
        return _day(date.fromisoformat(when.value), "date_line", (evidence,))
    return Published(None, when.earliest, when.latest, "range", "date_line", "medium", (evidence,))


def _from_caption(above: Iterable[Line]) -> Published | None:
    for line in above:
        if m := _CREDIT_DATE.search(line.text[-60:]):
            offset = line.end - len(line.text[-60:])
            try:
                day = date(int(m[3]), int(m[2]), int(m[1]))
            except ValueError:
                continue
            return _day(day, "caption", (Span(offset + m.start(1), offset + m.end(3)),))
    return None


def _dateline(document: Document, lead: Span) -> Published | None:
    """«دمشق، 12 نوفمبر 2024 (…) - …»: a full date before the first dash, colon or bracket of the lead."""
    text = document.text[lead.start : min(lead.end, lead.start + _DATELINE_REACH)]
    stop = _DATELINE_STOP.search(text)
    if stop is None:
        return None
    days = [(m, when) for m in find_dates(text[: stop.end()]) if _is_day(m, when := resolve(m, None))]
    if not days or days[0][1].value is None:
        return None
    m, when = days[0]
    return _day(date.fromisoformat(when.value or ""), "dateline", (Span(lead.start + m.start, lead.start + m.end),))


def _is_day(m: DateMention, when: When) -> bool:
    return m.kind == "absolute" and m.offset is None and when.precision == "day" and when.value is not None


def _from_url(url: str | None) -> Published | None:
    if m := _URL_DATE.search(unquote(url or "")):
        try:
            return _day(date(*(int(m[g] or m[g + "2"]) for g in "ymd")), "url")
        except ValueError:
            return None
    return None

"""When a story was published, with the basis and the spans that say so. What the text does not fix stays a range or open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from briefing.arabic.dates import DateMention, find_dates, parse_stamp, resolve
from briefing.arabic.tokens import tokenise
from briefing.ingest.lines import Line
from briefing.model import UNDATED, Document, Published, Span

_URL_DATE = re.compile(r"(?<!\d)(20\d\d|19\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
# «سبوتنيك عربي, 1920, 17.02.2021»: the last part of a credit is the day the page was made, the others are not
_CREDIT_DATE = re.compile(r",\s*(\d{1,2}\.\d{1,2}\.\d{4})\s*$")
_DATELINE_REACH = 90  # characters into the lead where «دمشق، 12 نوفمبر (…)» may stand
_CONFIDENCE = {"stated_by_user": "high", "metadata": "high", "json_ld": "high", "html_meta": "high", "date_line": "high", "dateline": "high", "caption": "medium", "url": "medium"}


def published(document: Document, kept: Sequence[Span], above: Sequence[Line], below: Sequence[Line], first: bool, zone: ZoneInfo) -> Published:
    """The publication date of the story in `kept`.

    `above` are the excluded lines right before its first paragraph (headline not among them), `below` the other excluded lines
    of its part of the page; `first` says that the document's metadata and URL are this story's.
    """
    lead = kept[0]
    found = (_from_metadata(document, zone) if first else None) or _from_lines(document, [*above]) or _from_caption(above) or _dateline(document, lead)
    found = found or _from_lines(document, [*below]) or (_from_url(document.metadata.url) if first else None)
    return found or _inferred(document, kept)


def _day(value: date, basis: str, evidence: tuple[Span, ...] = ()) -> Published:
    iso = value.isoformat()
    return Published(iso, iso, iso, "day", basis, _CONFIDENCE[basis], evidence)


def _from_metadata(document: Document, zone: ZoneInfo) -> Published | None:
    meta = document.metadata
    day = parse_stamp(meta.published, zone) if meta.published else None
    if day is None:
        return None
    evidence = ()
    if document.header is not None and meta.published and (at := document.text.find(meta.published, document.header.start, document.header.end)) >= 0:
        evidence = (Span(at, at + len(meta.published)),)
    return _day(day, meta.published_basis or "metadata", evidence)


def _from_lines(document: Document, lines: Iterable[Line]) -> Published | None:
    """A line that is little more than one full date: «الثلاثاء 12 نوفمبر 2024 - 10:30»."""
    for line in lines:
        if line.words > 16 or _CREDIT_DATE.search(line.text) or "©" in line.text:
            continue
        full = [m for m in find_dates(line.text) if _is_full_day(m)]
        covered = sum(m.end - m.start for m in full)
        if full and (covered * 2 >= len(line.text) or line.words <= 12 and _says_published(line)):
            m = full[0]
            return _absolute(m, line.start, "date_line")
    return None


def _says_published(line: Line) -> bool:
    return any(word in line.folded for word in ("نشر", "تاريخ", "تحديث", "اضيف", "publish", "update"))


def _is_full_day(m: DateMention) -> bool:
    when = resolve(m, None)
    return when.precision == "day" and when.value is not None or (m.kind == "absolute" and m.calendar == "hijri" and when.earliest is not None)


def _absolute(m: DateMention, offset: int, basis: str) -> Published | None:
    when = resolve(m, None)
    if when.value is None or when.precision != "day":
        return None
    return _day(date.fromisoformat(when.value), basis, (Span(offset + m.start, offset + m.end),))


def _from_caption(above: Sequence[Line]) -> Published | None:
    for line in above:
        if m := _CREDIT_DATE.search(line.text):
            day, month, year = (int(p) for p in m.group(1).split("."))
            try:
                return _day(date(year, month, day), "caption", (Span(line.start + m.start(1), line.start + m.end(1)),))
            except ValueError:
                continue
    return None


def _dateline(document: Document, lead: Span) -> Published | None:
    """«دمشق، 12 نوفمبر 2024 (…) - …»: a full date before the first dash or bracket of the lead."""
    text = document.text[lead.start : min(lead.end, lead.start + _DATELINE_REACH)]
    stop = re.search(r"\s[-–—ـ]{1,2}\s|[:]|\)\s", text)
    if stop is None:
        return None
    mentions = [m for m in find_dates(text[: stop.end()]) if _is_full_day(m)]
    return _absolute(mentions[0], lead.start, "dateline") if mentions else None


def _from_url(url: str | None) -> Published | None:
    if m := _URL_DATE.search(unquote(url or "")):
        try:
            return _day(date(int(m.group(1)), int(m.group(2)), int(m.group(3))), "url")
        except ValueError:
            return None
    return None


# ---------------------------------------------------------------- inference


def _inferred(document: Document, kept: Sequence[Span]) -> Published:
    """What the story's own words allow: «اليوم الثلاثاء 12 نوفمبر 2024» fixes the day, other dates only bound it."""
    mentions = [(span, m) for span in kept for m in find_dates(document.text[span.start : span.end])]
    fixed = {d: Span(span.start + m.start, span.start + m.end) for span, m in mentions if (d := _said_on(m)) is not None}
    if len(fixed) == 1:
        day, evidence = next(iter(fixed.items()))
        iso = day.isoformat()
        return Published(iso, iso, iso, "day", "inferred", "medium", (evidence,))
    return _bounded(document, mentions)


def _said_on(m: DateMention) -> date | None:
    """The day of publication that a full date with «اليوم» or «أمس» gives away."""
    if m.kind != "absolute" or m.offset is None:
        return None
    when = resolve(m, None)
    return date.fromisoformat(when.value) - timedelta(days=m.offset) if when.value and when.precision == "day" else None


def _bounded(document: Document, mentions: Sequence[tuple[Span, DateMention]]) -> Published:
    """Not before the latest day that is told as past, not after the first that is told as to come."""
    low: tuple[str, Span] | None = None
    high: tuple[str, Span] | None = None
    for span, m in mentions:
        if m.kind != "absolute":
            continue
        when = resolve(m, None)
        here = Span(span.start + m.start, span.start + m.end)
        if when.earliest is None or when.latest is None:
            continue
        if _to_come(document.text, span, here):
            if high is None or when.latest < high[0]:
                high = (when.latest, here)
        elif _past(document.text, span, here) and (low is None or when.earliest > low[0]):
            low = (when.earliest, here)
    if low is None and high is None:
        return UNDATED
    if low and high and low[0] > high[0]:
        return replace(UNDATED, basis="conflict", evidence=(low[1], high[1]))
    evidence = tuple(b[1] for b in (low, high) if b)
    return Published(None, low[0] if low else None, high[0] if high else None, "range" if low and high else "unknown", "inferred", "low", evidence)


_FUTURE = frozenset("سيعقد ستعقد يعقد تعقد المقبل القادم المقبله القادمه مقرر المقرر عقد قد سوف سيتم ستتم موعد تنظيم يبدا سيبدا ستبدا الي حتي".split())
_PAST = frozenset("منذ الموقع الموقعه قمه اعتمد صدر الصادر بدا وقع عقدت عقد انعقد كان كانت شهد شهدت لاول المنصوص الختامي تاسس اندلع".split())


def _near(text: str, span: Span, here: Span) -> set[str]:
    begin = max(span.start, text.rfind("،", span.start, here.start), text.rfind(".", span.start, here.start))
    return {t.key for t in tokenise(text, begin, here.start)[-12:]}


def _to_come(text: str, span: Span, here: Span) -> bool:
    near = _near(text, span, here)
    return bool(near & (_FUTURE - {"عقد"})) or ("عقد" in near and bool(near & {"علي", "واتفقت", "اتفقت", "اتفقوا", "واتفقوا"}))


def _past(text: str, span: Span, here: Span) -> bool:
    return bool(_near(text, span, here) & _PAST)

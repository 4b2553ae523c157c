"""The gazetteer of dated, numbered meetings (lexicon/meetings.toml), and where a text names one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from briefing.arabic.dates import find_dates
from briefing.arabic.numbers import NumberMention, find_numbers
from briefing.arabic.plain import plain, plain_word
from briefing.item_model import Name
from briefing.lexicon.tables import derived, table

_REACH = 160  # characters before a name in which its unit and ordinal stand («الجولة الـ17 من …»)
_AFTER = 60
_GAP = r"[ \"«»“”'()\[\]]{1,3}"  # between the words of a name: «صيغة "أستانا"»
_SENTENCE = re.compile(r"[.؟!؛:\n]")
_YEAR = re.compile(r"[\"»”]? ?(?:ل?(?:ال)?(?:عام|سنه) )?[(]?(20\d\d)(?!\d|[-/.]\d)")
_PREFIX = r"(?<![ء-ي\d])[وف]?[بلك]?"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; `sure_first` and `sure_last` say whether the day is (else it may be a day out)."""

    series: str
    number: int | None
    first: date
    last: date
    place: Name
    sure_first: bool = True
    sure_last: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """A series of meetings; `complete` says that none is missing, `single` that there was only one."""

    id: str
    meetings: tuple[Meeting, ...]
    units: tuple[str, ...]
    topic_units: tuple[str, ...]
    bare: bool
    complete: bool
    single: bool
    needs_number: bool


@dataclass(frozen=True, slots=True)
class MeetingMention:
    """A series named in a text, with the number that the text gives it, from its unit to its end (offsets of the raw text).

    `meeting` is None where the text leaves open which one is meant, or the gazetteer does not know it; `place` is the meeting's.
    """

    start: int
    end: int
    series: str
    number: int | None
    meeting: Meeting | None

    @property
    def place(self) -> Name | None:
        """Where the meeting was held."""
        return self.meeting.place if self.meeting else None


def find_meetings(text: str) -> tuple[MeetingMention, ...]:
    """Every mention of a series in `text`, left to right, none overlapping."""
    source = plain(text)
    if not any(all(word in source.text for word in words) for words in _name_words()):
        return ()  # most texts: much faster than the pattern
    found: list[MeetingMention] = []
    done = 0
    for match in _names().finditer(source.text):
        placed = _placed(source.text, match)
        if placed is None or placed[0] < done:
            continue
        start, end, series, number, meeting = placed
        found.append(MeetingMention(*source.span(start, end), series.id, number, meeting))
        done = end
    return tuple(found)


def meetings_of(series: str) -> tuple[Meeting, ...]:
    """The meetings of a series by its id, oldest first."""
    return _series()[series].meetings


def is_complete(series: str) -> bool:
    """Whether every meeting of the series is in the gazetteer."""
    return _series()[series].complete


@derived
def grammar(kind: str) -> frozenset[str]:
    """The plain words of one list of [grammar]."""
    return frozenset(plain_word(word) for word in table("meetings")["grammar"][kind])


# ---------------------------------------------------------------- one mention

_Placed = tuple[int, int, Series, int | None, Meeting | None]


def _placed(text: str, match: re.Match[str]) -> _Placed | None:
    kind, _, index = (match.lastgroup or "").partition("_")
    series = list(_series().values())[int(index)]
    start, end = match.span(match.lastgroup or 0)
    before = _numbered_before(text, start, series.topic_units if kind == "topic" else series.units)
    if before is not None:
        return before[0], end, series, before[1], _by_number(series, before[1])
    if kind == "topic":
        return None
    after = _numbered_after(text, end, series)
    if after is not None:
        return start, end + after[0], series, after[1], _by_number(series, after[1])
    if kind == "body" or series.needs_number:
        return None
    return _by_year(text, start, end, series)


def _numbered_before(text: str, start: int, units: tuple[str, ...]) -> tuple[int, int] | None:
    """Where «الجولة الـ17 من » before a name begins, and its number."""
    if not units:
        return None
    base = max(0, start - _REACH)
    window = _SENTENCE.split(text[base:start])[-1]
    base = start - len(window)
    for number in reversed(find_numbers(window)):
        if not number.ordinal or not isinstance(number.value, int) or not _links().fullmatch(window[number.end :]):
            continue
        if unit := _unit_end(units).search(window[: number.start]):
            return base + unit.start("unit"), number.value
    return None


def _numbered_after(text: str, end: int, series: Series) -> tuple[int, int] | None:
    """How far behind a name its number ends («القمة العربية الـ32», «أستانا 13»), and the number."""
    window = _SENTENCE.split(text[end : end + _AFTER])[0]
    number = next(iter(find_numbers(window)), None)
    if number is None or not isinstance(number.value, int):
        return None
    gap = window[: number.start]
    if number.ordinal and _adjectives(series.units).fullmatch(gap):
        return number.end, number.value
    if series.bare and re.fullmatch(r"[\"»”]? ?-? ?", gap) and _is_bare(window, number):
        return number.end, number.value
    return None


def _is_bare(window: str, number: NumberMention) -> bool:
    """A figure of one or two digits that counts nothing and is no day of a month."""
    figures = re.fullmatch(r"\d{1,2}", window[number.start : number.end])
    dated = any(m.start < number.end and number.start < m.end for m in find_dates(window))
    return figures is not None and number.unit is None and not dated and not re.match(r" ?[-/–.:,%]\d|%", window[number.end :])


def _by_number(series: Series, number: int) -> Meeting | None:
    return next((m for m in series.meetings if m.number == number), None)


def _by_year(text: str, start: int, end: int, series: Series) -> _Placed:
    """A name with a year («مؤتمر ميونيخ للأمن 2023») is the only meeting of that year, a single meeting needs neither."""
    if series.single:
        return start, end, series, series.meetings[0].number, series.meetings[0]
    if year := _YEAR.match(text, end):
        held = [m for m in series.meetings if m.first.year == int(year[1])]
        if len(held) == 1:
            return start, year.end(1), series, held[0].number, held[0]
    return start, end, series, None, None


# ---------------------------------------------------------------- patterns


def _written(phrase: str) -> str:
    """A phrase as it stands in a text: quotes between its words, «لل» for its article."""
    words = [re.escape(plain_word(w)) for w in phrase.split()]
    if words[0].startswith("ال"):
        contracted = "|(?<=ل)" if words[0].startswith("الل") else ""  # «للجنة» is ل + اللجنة
        words[0] = f"(?:ال|(?<=ل)ل{contracted}){words[0][2:]}"
    return _GAP.join(words)


def _one_of(phrases: Iterable[str]) -> str:
    return "|".join(_written(p) for p in sorted(set(phrases), key=lambda p: (-len(p), p)))


@derived
def _names() -> re.Pattern[str]:
    return re.compile(rf"{_PREFIX}(?:{'|'.join(_alternatives())})(?![ء-ي])")


def _plain_names(row: Mapping[str, Any]) -> list[str]:
    return [*row.get("names", ()), *(f"{h} {b}" for h in row.get("heads", ()) for b in row.get("bodies", ()))]


@derived
def _name_words() -> tuple[tuple[str, ...], ...]:
    """The words without article of all names, topics and bodies: a text that lacks one of each names no meeting."""
    rows = table("meetings")["series"]
    phrases = [p for row in rows for p in (*_plain_names(row), *row.get("topics", ()), *row.get("bodies", ()))]
    return tuple({tuple(plain_word(w).removeprefix("ال") for w in p.split()) for p in phrases})


def _alternatives() -> Iterator[str]:
    rows = list(enumerate(table("meetings")["series"]))
    for i, row in rows:
        names = _plain_names(row)
        names += [f"ال{n}" for n in names if not n.startswith("ال") and " " in n and n.split()[1].startswith("ال")]
        yield f"(?P<name_{i}>{_one_of(names)})"
        if row.get("topics"):
            yield f"(?P<topic_{i}>{_one_of(row['topics'])})"
    for i, row in rows:
        if row.get("bare") and row.get("bodies"):
            yield f"(?P<body_{i}>{_one_of(row['bodies'])})"


@derived
def _unit_end(units: tuple[str, ...]) -> re.Pattern[str]:
    """A unit at the end of a text, with up to three adjectives and «رقم» after it."""
    adjective = "|".join(sorted(map(re.escape, grammar("adjectives"))))
    return re.compile(rf"(?<![ء-ي])[وف]?[بلك]?(?P<unit>{_one_of(units)})(?: (?:{adjective})){{0,3}}(?: رقم)? ?(?:ال)? ?\Z")


@derived
def _adjectives(units: tuple[str, ...]) -> re.Pattern[str]:
    """What may stand between a name and its ordinal: adjectives, and a unit («القمة العربية في دورتها الـ32»)."""
    adjective = "|".join(sorted(map(re.escape, grammar("adjectives"))))
    unit = rf"(?: (?:في )?[بل]?(?:{_one_of(units)}))?" if units else ""
    return re.compile(rf"[\"»”]?(?: (?:{adjective})){{0,3}}{unit}(?: (?:{adjective})){{0,2}} ?(?:ال)? ?")


@derived
def _links() -> re.Pattern[str]:
    word = "|".join(sorted(map(re.escape, grammar("links")), key=len, reverse=True))
    return re.compile(rf"(?:[ \"«“(]+(?:و?[بلك]?(?:ال|ل)?(?:{word})))*[ \"«“(]+[بل]?ل?")


# ---------------------------------------------------------------- loading


@derived
def _series() -> Mapping[str, Series]:
    data = table("meetings")
    return {row["id"]: _read_series(row, data["place"]) for row in data["series"]}


def _read_series(row: Mapping[str, Any], places: Mapping[str, Any]) -> Series:
    meetings = sorted((_read_meeting(row["id"], m, places) for m in row["meetings"]), key=lambda m: m.first)
    return Series(
        row["id"], tuple(meetings), tuple(row.get("units", ())), tuple(row.get("topic_units", ())),
        *(bool(row.get(flag)) for flag in ("bare", "complete", "single", "needs_number")),
    )  # fmt: skip


def _read_meeting(series: str, row: Mapping[str, Any], places: Mapping[str, Any]) -> Meeting:
    place, unsure = places[row["place"]], row.get("unsure", "")
    name = Name(place["ar"], place["en"])
    return Meeting(series, row.get("number"), row["first_day"], row["last_day"], name, unsure != "both", unsure == "")

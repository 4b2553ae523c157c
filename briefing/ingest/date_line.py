"""Lines that are little more than a date: «الثلاثاء 12 نوفمبر 2024», «نُشر: 17:05-6 نوفمبر 2024 م ـ 04 جمادى الأولى 1446»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.arabic.dates import DateMention, find_dates, resolve
from briefing.arabic.fold import key
from briefing.ingest.lines import fold_line
from briefing.lexicon.tables import derived, table
from briefing.model import NO_DATE, When

MOST_WORDS = 16
# a time of day hides the date beside it («17:05-6 نوفمبر»), so it is blanked out before dates are looked for
_TIME = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)\s*[-–—|]?")
_AGO = re.compile(r"(?:قبل|منذ)\s+(?:\d+\s+)?(?:دقيقه|دقائق|ساعه|ساعات|ساعتين|ثانيه|ثوان|دقيقتين)")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_OTHERS = 4  # a place or the outlet's name may stand beside the date


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a date line says: `start` and `end` are offsets in the line; `when` is NO_DATE for «أمس 16:40».

    `rank` is 0 where the line says that this is the day of publication, 1 where it says nothing, 2 where it is an update's.
    """

    when: When
    start: int
    end: int
    rank: int


def date_line(text: str) -> DateLine | None:
    """The date of a short line that is little more than that, else None.

    A Gregorian day is preferred to the Hijri day beside it, which is only sure to within a day and so stays a range.
    """
    if not any(c.isdecimal() for c in text) or len(text.split()) > MOST_WORDS:
        return None
    bare = _TIME.sub(lambda m: " " * len(m.group()), text)
    mentions = [m for m in find_dates(bare) if _names_day(m)]
    if not mentions:
        return DateLine(NO_DATE, 0, len(text), 1) if _AGO.search(fold_line(text)) else None
    return _made(text, bare, mentions) if _little_else(bare, mentions) else None


@derived
def _words(kind: str) -> frozenset[str]:
    """The words of one list of [date_line] in lexicon/page.toml, folded."""
    return frozenset(key(word) for word in table("page")["date_line"][kind])


def _names_day(m: DateMention) -> bool:
    return m.kind in ("relative_day", "absolute", "named_month") and (m.days is not None or m.kind == "relative_day")


def _little_else(text: str, mentions: list[DateMention]) -> bool:
    rest = list(text)
    for m in mentions:
        rest[m.start : m.end] = " " * (m.end - m.start)
    words = _WORD.findall(fold_line("".join(rest)))
    others = [w for w in words if w not in _words("around")]
    covered = sum(m.end - m.start for m in mentions)
    if mentions[0].kind != "absolute":
        return not others
    return len(others) <= 2 or (len(others) <= _MOST_OTHERS and covered * 2 >= len(text.strip()))


def _made(text: str, bare: str, mentions: list[DateMention]) -> DateLine:
    best = min(mentions, key=lambda m: (_rank(bare[: m.start]), _vagueness(resolve(m, None))))
    return DateLine(resolve(best, None), best.start, best.end, min(_rank(text[: best.start]), _rank(text)))


def _rank(text: str) -> int:
    folded = fold_line(text)
    last = max((folded.rfind(w), 0) for w in _words("published"))
    update = max((folded.rfind(w), 2) for w in _words("updated"))
    place, rank = max(last, update)
    return rank if place >= 0 else 1


def _vagueness(when: When) -> int:
    if when.earliest is None:
        return 2
    return 0 if when.precision == "day" else 1

"""Date expressions that name a calendar date: figures, months with or without day and year, years."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.arabic.date_mention import END_OF_MONTH, Calendar, DateMention, Direction
from briefing.arabic.date_words import (
    BEGIN,
    DAY,
    END,
    HIJRI_YEAR,
    SPACE,
    YEAR,
    data,
    listed,
    lookup,
    one_of,
    ordinal_days,
    squeezed,
)
from briefing.arabic.nouns import noun_form
from briefing.arabic.plain import Plain, plain_word
from briefing.lexicon.tables import derived

_OPEN_FIGURES = r"(?<![\d.,/:\-])"
_PERIOD_DAYS = {"start": (1, 10), "middle": (11, 20), "end": (21, END_OF_MONTH)}
_PERIOD_MONTHS = {"start": (1, 4), "middle": (5, 8), "end": (9, 12)}
_RELATIVE_YEAR = {"past": -1, "before_past": -2, "current": 0, "next": 1}
_OF_YEAR = r"(?:[,،] ?| )(?:من )?(?:(?:ال)?(?:عام|سنه) )?"
_CONTEXT = 90  # characters looked back for signs of the future


# ---------------------------------------------------------------- figures


@derived
def numeric_pattern() -> re.Pattern[str]:
    """2024-11-12 (with or without a time), 2024/11/12, 17.02.2021, 17/02/2021, 26/10/1436هـ, 1436/10/12 هـ."""
    year = rf"(?:{YEAR}|{HIJRI_YEAR})"
    first = rf"(?P<y1>{year})(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)"
    last = rf"(?P<d2>\d\d?) ?(?P<s2>[-/.]) ?(?P<m2>\d\d?) ?(?P=s2) ?(?P<y2>{year})"
    clock = r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    return re.compile(rf"{_OPEN_FIGURES}(?:{first}(?!\d){clock}|{last}(?!\d))(?: ?(?P<mark>[هم])(?![ء-ي]))?(?![/\d]|[.\-]\d)")


def numeric(match: re.Match[str], _source: Plain) -> DateMention | None:
    """A date in figures. Day first, except after a year; with / or - both orders stay possible when both fit."""
    year = int(match["y1"] or match["y2"])
    month, day = int(match["m1"] or match["m2"]), int(match["d1"] or match["d2"])
    hijri = match["mark"] == "ه" or year < 1600
    swapped = False
    if match["d2"] and not hijri and match["s2"] != ".":
        if month > 12 >= day:
            month, day = day, month
        swapped = day <= 12 and month != day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    calendar: Calendar = "hijri" if hijri else "gregorian"
    span = match.start(), match.end()
    return DateMention(*span, "absolute", year=year, month=month, days=(day, day), calendar=calendar, swapped=swapped)


# ---------------------------------------------------------------- months


def _day_part() -> str:
    figures = rf"(?<![\d.,/:\-])(?P<d1>{DAY})(?: ?(?:-|–|/|الي|و|حتي) ?(?P<d2>{DAY}))?(?!\d)"
    return rf"(?:(?:{figures}|(?P<spelled>{one_of(ordinal_days())}))(?:{SPACE}من)?(?:{SPACE}شهر)?(?: ?[-/] ?|{SPACE})"


def _month_pattern(section: str, years: str) -> re.Pattern[str]:
    name = one_of(lookup(section))
    period = one_of(lookup("periods"))
    direction = one_of(lookup("direction"))
    second = rf"(?: ?/ ?(?P<second>{name})| ?\( ?(?P<third>{name}) ?\)| ?(?P<gap>-|–| ) ?(?P<fourth>{name})|(?P<bracket>\)))?"
    before = rf"(?:{_day_part()}|(?P<period>{period})(?:{SPACE}شهر)?{SPACE}|(?P<shahr>شهر){SPACE}))?\(?"
    which_year = rf"(?:هذا{SPACE}العام|(?:العام|السنه){SPACE}(?P<year_direction>{direction}))"
    year = rf"{_OF_YEAR}(?P<year>{years})(?!\d)(?: ?[هم](?![ء-ي]))?"
    joined = rf"(?:[-/](?P<joined>{years})(?!\d))"
    after = rf"(?:{SPACE}(?:من{SPACE})?(?P<which>{which_year})|{joined}|{year}|{SPACE}(?P<direction>{direction}))?"
    return re.compile(rf"{BEGIN}(?P<all>{before}(?P<name>{name}){second}{after}){END}")


@derived
def gregorian_pattern() -> re.Pattern[str]:
    """«19 يوليو 2022», «تموز/يوليو», «مارس (آذار) 2013», «7-8 من يوليو الجاري», «بداية يونيو الماضي», «يناير من العام الماضي»."""
    return _month_pattern("gregorian", YEAR)


@derived
def hijri_pattern() -> re.Pattern[str]:
    """«15 رمضان 1436», «8 ذي القعدة المقبل», «رمضان الماضي»."""
    return _month_pattern("hijri", HIJRI_YEAR)


def gregorian(match: re.Match[str], source: Plain) -> DateMention | None:
    """A Gregorian month with what stands around it; None where the word is not shown to be a month."""
    return _month(match, source, "gregorian")


def hijri(match: re.Match[str], source: Plain) -> DateMention | None:
    """A Hijri month; a bare name is a person's or a common word, so it needs a day, a year, «شهر» or «الماضي»."""
    return _month(match, source, "hijri")


def _month(match: re.Match[str], source: Plain, calendar: Calendar) -> DateMention | None:
    number = int(lookup(calendar)[squeezed(match["name"])])
    second = match["second"] or match["third"] or match["fourth"]
    other = int(lookup(calendar)[squeezed(second)]) if second else number
    if not _is_month(match, source, calendar):
        return None
    year = match["year"] or match["joined"]
    start, end = _trimmed(match)
    if other != number:  # «يناير - مارس 2015»
        months = (number, other) if match["gap"] and year and number < other and not match["d1"] else None
        return DateMention(start, end, "absolute", year=int(year), months=months) if months and calendar == "gregorian" else None
    named = DateMention(start, end, "named_month", calendar=calendar, month=number, days=_days(match))
    if year:
        return replace(named, kind="absolute", year=int(year))
    if match["which"]:
        of_year = lookup("direction")[squeezed(match["year_direction"])] if match["year_direction"] else "current"
        return replace(named, kind="relative_year", offset=_RELATIVE_YEAR[of_year])
    return replace(named, direction=_direction(match, source.text))


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The span, without a bracket that has no partner in it."""
    start, end = match.span("all")
    found = match["all"]
    if found.count("(") < found.count(")") and found.endswith(")"):
        end -= 1
    if found.startswith("(") and ")" not in found:
        start += 1
    return start, end


def period_days(word: str | None) -> tuple[int, int] | None:
    """The days of a month that «بداية», «منتصف» or «نهاية» means."""
    return _PERIOD_DAYS[lookup("periods")[squeezed(word)]] if word else None


def _days(match: re.Match[str]) -> tuple[int, int] | None:
    if match["period"]:
        return period_days(match["period"])
    if match["spelled"]:
        day = ordinal_days()[squeezed(match["spelled"])]
        return day, day
    if match["d1"]:
        return int(match["d1"]), int(match["d2"] or match["d1"])
    return None


def _is_month(match: re.Match[str], source: Plain, calendar: Calendar) -> bool:
    name = squeezed(match["name"])
    if match["year"] or match["joined"] or match["second"] or match["third"] or match["fourth"]:
        return True
    by_figures = name in listed("strength", "figures")
    if by_figures and source.raw[source.origin[match.start("name")]] == "آ":
        by_figures = False
    if match["d1"] or match["spelled"]:
        return name not in ("صفر", "محرم") or bool(match["direction"])
    if by_figures:
        return False
    if match["direction"] or match["which"] or match["period"] or match["shahr"]:
        return True
    if calendar == "hijri":
        return False
    return (name not in listed("strength", "weak") and name != "اب") or _has_context(match, source.text)


def _has_context(match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start("all") - 12) : match.start("all")].split()
    return bool(before) and before[-1].lstrip("و") in listed("strength", "context")


def _direction(match: re.Match[str], text: str) -> Direction | None:
    if match["direction"]:
        return lookup("direction")[squeezed(match["direction"])]  # type: ignore[return-value]
    before = re.split(r"[.؟!\n]", text[max(0, match.start() - _CONTEXT) : match.start("all")])[-1].split()
    if before and before[-1].lstrip("و") == "منذ":
        return "since"
    future = any(word in listed("future", "words") or re.fullmatch(r"[وف]?س[ينت][ء-ي]{3,}", word) for word in before)
    return "next" if future else None


# ---------------------------------------------------------------- years


@derived
def year_pattern() -> re.Pattern[str]:
    """«عام 2024», «عامي 2014 و2015», «في 2011», «2015م», «عام 1436هـ», «النصف الثاني من عام 2024», «نهاية 2014»."""
    part, period = one_of(data()["year_parts"]), one_of(lookup("periods"))
    before = rf"(?:(?P<part>{part})(?:{SPACE}من)?{SPACE}|(?P<period>{period}){SPACE})"
    named = rf"(?:ال)?(?:عام|سنه)(?:{SPACE}(?:ال)?ميلادي)?{SPACE}\(?(?P<y1>{YEAR}|{HIJRI_YEAR})"
    two = rf"(?:عامي|سنتي|العامين){SPACE}(?P<y2>{YEAR}) ?(?:و|-|–) ?(?P<y3>{YEAR})"
    bare = rf"(?P<y4>{YEAR})(?![\d/:]|[.,\-]\d)"
    marked = rf"{_OPEN_FIGURES}(?P<y5>{YEAR}|{HIJRI_YEAR})(?=[مه](?![ء-ي])| ه(?![ء-ي]))"
    after = rf"(?:(?<=في )|(?<=منذ )|(?<=خلال )|(?<=حتي )|(?<=بحلول )){bare}"
    year = rf"(?:{before}?(?:{named}|{two}|{marked})|{before}(?P<y6>{YEAR})|{after})"
    return re.compile(_once(rf"{BEGIN}(?P<all>{year})(?!\d|[./-]\d)(?P<mark> ?[هم](?![ء-ي]))?"))


def _once(pattern: str) -> str:
    """`pattern` with repeated group names made distinct: the second "part" and "period" get a 2."""
    for name in ("part", "period"):
        first, *rest = pattern.split(f"(?P<{name}>")
        pattern = first + "".join(f"(?P<{name}{'' if n == 0 else n + 1}>" + piece for n, piece in enumerate(rest))
    return pattern


def year(match: re.Match[str], source: Plain) -> DateMention | None:
    """A year, two years, or a part of one; a four-figure count («في 2000 منزل») is none."""
    stated = next(match[f"y{n}"] for n in (1, 2, 4, 5, 6) if match[f"y{n}"])
    if match["y4"] and (_counts(source.text, match.end()) or not 1900 <= int(stated) <= 2100):
        return None
    hijri = int(stated) < 1600
    months = _months(match["part"] or match["part2"], match["period"] or match["period2"])
    end = match.end() if match["mark"] else match.end("all")
    return DateMention(
        match.start("all"), end, "absolute", year=int(stated), last_year=int(match["y3"]) if match["y3"] else None,
        months=None if hijri else months, calendar="hijri" if hijri else "gregorian",
    )  # fmt: skip


def _counts(text: str, end: int) -> bool:
    after = re.match(r" {1,3}([ء-ي]+)", text[end : end + 30])
    return after is not None and noun_form(after[1]) is not None and not after[1].startswith(("و", "ب", "ل"))


def _months(part: str | None, period: str | None) -> tuple[int, int] | None:
    if part:
        first, last = year_parts()[squeezed(part)]
        return first, last
    return _PERIOD_MONTHS[lookup("periods")[squeezed(period)]] if period else None


@derived
def year_parts() -> dict[str, tuple[int, int]]:
    """Plain «النصف الثاني» -> (7, 12)."""
    return {plain_word(words): (first, last) for words, (first, last) in data()["year_parts"].items()}


@derived
def relative_year_pattern() -> re.Pattern[str]:
    """«العام الماضي», «هذا العام», «نهاية العام الجاري», «النصف الأول من العام المقبل», a bare «الربع الأول» after في or خلال."""
    part, period, direction = one_of(data()["year_parts"]), one_of(lookup("periods")), one_of(lookup("direction"))
    before = rf"(?:(?P<part>{part})(?:{SPACE}من)?{SPACE}|(?P<period>{period}){SPACE})?"
    which = rf"(?:هذ[اه]{SPACE}(?:العام|السنه)|(?:العام|السنه){SPACE}(?P<direction>{direction}))"
    alone = r"(?:(?<=في )|(?<=خلال ))(?P<quarter>الربع (?:الاول|الثاني|الثالث|الرابع))(?! من)"
    return re.compile(rf"{BEGIN}(?P<all>{before}{which}|{alone}){END}")


def relative_year(match: re.Match[str], _source: Plain) -> DateMention | None:
    """A year, or part of one, counted from the reference."""
    start, end = match.span("all")
    if match["quarter"]:
        return DateMention(start, end, "relative_year", months=_months(match["quarter"], None))
    direction = lookup("direction")[squeezed(match["direction"])] if match["direction"] else "current"
    months = _months(match["part"], match["period"])
    return DateMention(start, end, "relative_year", offset=_RELATIVE_YEAR[direction], months=months)

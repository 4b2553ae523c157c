"""Date expressions that count from the day of publication: «أمس», «الأربعاء الماضي», «28 من الشهر الماضي», «قبل ثلاثة أيام»."""

from __future__ import annotations

import re

from briefing.arabic.date_mention import DateMention, Direction
from briefing.arabic.date_patterns import period_days
from briefing.arabic.date_words import BEGIN, DAY, END, SPACE, listed, lookup, one_of, small_number, squeezed
from briefing.arabic.nouns import noun_form
from briefing.arabic.plain import Plain
from briefing.lexicon.tables import derived

_OFFSETS = {"past": -1, "before_past": -2, "current": 0, "next": 1}
_UNITS = (("one", "units"), ("many", "unit_plurals"), ("dual", "unit_duals"))
_MARK_OPEN, _MARK_CLOSE = r"[(«\"“'\[]", r"[)»\"”'\]]"


def _time() -> str:
    """A time of day before a day, with «يوم» or «ليلة» after it or instead of it."""
    return rf"(?:(?P<time>{one_of(lookup('times'))}){SPACE}(?:من{SPACE})?)?(?:(?P<day_word>يوم|نهار|ليله){SPACE})?"


def _part(match: re.Match[str]) -> str | None:
    found = match["time"]
    if found:
        return lookup("times")[squeezed(found)]
    return "night" if match["day_word"] == "ليله" else None


# ---------------------------------------------------------------- days


@derived
def day_pattern() -> re.Pattern[str]:
    """«أمس», «مساء أمس الأربعاء», «أول من أمس», «اليوم (الثلاثاء)», «يوم غد», «الجمعة أمس»."""
    weekday = one_of(lookup("weekdays"))
    inside = rf"(?:يوم{SPACE})?(?P<weekday>{weekday})"
    beside = rf"(?: ?[,،]?{SPACE}{inside}| ?[,،]? ?{_MARK_OPEN} ?{inside.replace('weekday', 'marked')} ?{_MARK_CLOSE})"
    front = rf"(?:(?P<front>{weekday}){SPACE})?"
    return re.compile(rf"{BEGIN}(?P<all>{front}{_time()}(?P<word>{one_of(lookup('days'))})(?:{END}{beside})?){END}")


def day(match: re.Match[str], source: Plain) -> DateMention | None:
    """A day counted from the reference, with the weekday that stands beside it."""
    weekday = match["weekday"] or match["marked"] or match["front"]
    word = squeezed(match["word"])
    has_day_word = bool(match["time"] or match["day_word"] or weekday)
    if word in listed("needs_day_word", "words") and not has_day_word and word != "الليله":
        return None
    after = _word_after(source.text, match.end())
    if not _is_day(word, _word_before(source.text, match.start()), after, bool(weekday)):
        return None
    start, end = match.span("all")
    number = int(lookup("weekdays")[weekday]) if weekday else None
    return DateMention(start, end, "relative_day", weekday=number, offset=int(lookup("days")[word]), part=_part(match))


def _is_day(word: str, before: str, after: str, weekday: bool) -> bool:
    if word.endswith("امس") and after in listed("not_yesterday", "after"):
        return False
    if word != "اليوم":
        return True
    if before in listed("not_today", "before") or after in listed("not_today", "after"):
        return False
    return weekday or before.lstrip("و") not in listed("not_today", "per_day")


def _word_after(text: str, end: int) -> str:
    return (text[end : end + 24].split() or [""])[0].strip(',.،؛:)»"')


def _word_before(text: str, start: int) -> str:
    word = re.search(r"([ء-ي]+) *\Z", text[max(0, start - 24) : start])
    return word[1] if word else ""


@derived
def night_pattern() -> re.Pattern[str]:
    """«الليلة الماضية», «الليلة قبل الماضية»: a night belongs to two days."""
    return re.compile(rf"{BEGIN}(?P<all>الليله{SPACE}(?P<before>(?:ما{SPACE})?قبل{SPACE})?(?:الماضيه|الفائته)){END}")


def night(match: re.Match[str], _source: Plain) -> DateMention | None:
    """Last night: from the day before to the day itself."""
    start, end = match.span("all")
    if match["before"]:
        return DateMention(start, end, "relative_day", offset=-2, part="night")
    return DateMention(start, end, "relative_days", offset=-1, part="night")


# ---------------------------------------------------------------- weekdays


@derived
def weekday_pattern() -> re.Pattern[str]:
    """«يوم الاثنين», «الأربعاء الماضي», «ليل الجمعة - السبت», «يومي الجمعة والسبت»."""
    name, direction = one_of(lookup("weekdays")), one_of(lookup("direction"))
    pair = rf" ?(?:-|–|/|الي|حتي) ?(?:ليله )?(?P<last>{name})"
    two = rf"(?P<both>(?:يومي|ايام|ليلتي)){SPACE}(?P<first>{name}) ?و ?(?P<second>{name})"
    one = rf"{_time()}(?:{_MARK_OPEN} ?(?P<marked>{name}) ?{_MARK_CLOSE}|(?P<weekday>{name})(?:{pair})?)"
    return re.compile(rf"{BEGIN}(?P<all>(?:{two}|{one})(?:{SPACE}(?P<direction>{direction}))?){END}")


def weekday(match: re.Match[str], source: Plain) -> DateMention | None:
    """A weekday; a bare «الاثنين» after a dual is "both", not Monday."""
    first, last = match["first"] or match["marked"] or match["weekday"], match["second"] or match["last"]
    plainly = match["time"] or match["day_word"] or match["direction"] or last
    if match["marked"] and not plainly:
        return None
    before = source.text[match.start() : match.start("all")] or _word_before(source.text, match.start())
    if not plainly and not _is_weekday(first, before):
        return None
    start, end = match.span("all")
    direction: Direction | None = lookup("direction")[squeezed(match["direction"])] if match["direction"] else None  # type: ignore[assignment]
    end_of_pair = int(lookup("weekdays")[last]) if last else None
    part = None if match["both"] else _part(match)
    return DateMention(
        start, end, "weekday", weekday=int(lookup("weekdays")[first]), last_weekday=end_of_pair, direction=direction, part=part
    )


def _is_weekday(name: str, before: str) -> bool:
    if before in listed("not_a_weekday", "before"):
        return False
    if not name.endswith("ثنين"):
        return True
    after_dual = before.endswith(("ين", "ان")) and (noun_form(before) is not None or before.startswith("ال"))
    return not after_dual and before not in ("ب", "ل", "ك")


# ---------------------------------------------------------------- weeks, months


@derived
def week_pattern() -> re.Pattern[str]:
    """«الأسبوع الماضي», «هذا الأسبوع»."""
    return re.compile(rf"{BEGIN}(?P<all>هذا{SPACE}الاسبوع|الاسبوع{SPACE}(?P<direction>{one_of(lookup('direction'))})){END}")


def week(match: re.Match[str], _source: Plain) -> DateMention | None:
    """A week counted from the reference."""
    start, end = match.span("all")
    return DateMention(start, end, "relative_week", offset=_offset(match))


def _offset(match: re.Match[str]) -> int:
    return _OFFSETS[lookup("direction")[squeezed(match["direction"])]] if match["direction"] else 0


@derived
def month_pattern() -> re.Pattern[str]:
    """«الشهر الماضي», «28 من الشهر الماضي», «منتصف الشهر المقبل», «هذا الشهر», «28 الجاري»."""
    figures = rf"(?<![\d.,/:\-])(?P<d1>{DAY})(?: ?(?:-|–|الي|و|حتي) ?(?P<d2>{DAY}))?(?!\d)(?:{SPACE}من)?{SPACE}"
    before = rf"(?:{figures}|(?P<period>{one_of(lookup('periods'))}){SPACE})?"
    which = rf"(?:هذا{SPACE}الشهر|الشهر{SPACE}(?P<direction>{one_of(lookup('direction'))}))"
    short = rf"(?<=في )(?<![\d.,/:\-])(?P<d3>{DAY}){SPACE}(?:الجاري|الحالي)"
    return re.compile(rf"{BEGIN}(?P<all>{before}{which}|{short}){END}")


def month(match: re.Match[str], _source: Plain) -> DateMention | None:
    """A month counted from the reference, or days in it."""
    start, end = match.span("all")
    day = match["d1"] or match["d3"]
    days = (int(day), int(match["d2"] or day)) if day else period_days(match["period"])
    return DateMention(start, end, "relative_month", offset=_offset(match), days=days)


# ---------------------------------------------------------------- so long ago


@derived
def ago_pattern() -> re.Pattern[str]:
    """«قبل ثلاثة أيام», «منذ أسبوعين», «قبل عام»; what is before another event («قبل يومين من») is not counted from today."""
    number = rf"(?P<number>\d+|[ء-ي]+){SPACE}"
    one, many, dual = one_of(lookup("units")), one_of(lookup("unit_plurals")), one_of(lookup("unit_duals"))
    distance = rf"(?:{number}(?P<many>{many})|(?:{number.replace('number', 'figure')})?(?P<one>{one})|(?P<dual>{dual}))"
    return re.compile(rf"{BEGIN}(?P<all>(?:قبل|منذ){SPACE}{distance}){END}")


def ago(match: re.Match[str], source: Plain) -> DateMention | None:
    """A distance back from the reference."""
    after = _word_after(source.text, match.end())
    stated = match["number"] or match["figure"]
    number = 2 if match["dual"] else small_number(stated) if stated else 1
    names_one = match["one"] and not stated and re.match(r"\d|ال", after)  # «قبل عام 2015», «منذ يوم الأحد»
    if number is None or after == "من" or names_one or after in lookup("hijri") or after in lookup("gregorian"):
        return None
    start, end = match.span("all")
    unit = next(lookup(section)[match[group]] for group, section in _UNITS if match[group])
    if unit == "day":
        return DateMention(start, end, "relative_day", offset=-number)
    if unit == "week":
        return DateMention(start, end, "relative_day", offset=-7 * number, loose=True)
    if unit == "month":
        return DateMention(start, end, "relative_month", offset=-number, loose=True)
    return DateMention(start, end, "relative_year", offset=-number)


@derived
def last_days_pattern() -> re.Pattern[str]:
    """«اليومين الماضيين», «الأيام الثلاثة الماضية», «الـ24 ساعة الماضية», «الساعات الـ48 المقبلة»."""
    two = r"اليومين (?P<two>الماضيين|المقبلين|القادمين|الاخيرين)"
    days = r"الايام (?P<days>ال[ء-ي]+|ال ?\d{1,2}) (?P<days_way>الماضيه|المقبله|القادمه|الاخيره)"
    hours = r"(?:ال ?(?P<h1>24|48|72) ساعه|الساعات ال ?(?P<h2>24|48|72)) (?P<hours_way>الماضيه|المقبله|القادمه|الاخيره)"
    return re.compile(rf"{BEGIN}(?P<all>{two}|{days}|{hours}){END}")


def last_days(match: re.Match[str], _source: Plain) -> DateMention | None:
    """Some days up to the reference, or from it."""
    start, end = match.span("all")
    way = match["two"] or match["days_way"] or match["hours_way"]
    hours = match["h1"] or match["h2"]
    number = 2 if match["two"] else int(hours) // 24 if hours else small_number(match["days"].removeprefix("ال").strip())
    if number is None:
        return None
    sign = 1 if way.startswith(("المقبل", "القادم")) else -1
    return DateMention(start, end, "relative_days", offset=sign * number)

"""How values of the model read in a language: dates, counts, labels, citation links. Filters of the Markdown template."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from markupsafe import Markup

from briefing.item_model import Count, Statement
from briefing.language import Language
from briefing.model import Near, When, WordDifference
from briefing.render.inline import anchor, markdown_text
from briefing.review_model import Review
from briefing.source_model import Reference

_QUALIFIERS = {"exact": "", "at_least": "at least ", "more_than": "more than ", "about": "about "}


def cites(references: Iterable[Reference] | Iterable[int]) -> Markup:
    """Citation links, each number once, in order: [1], [2].

    The brackets are escaped because Gollum and Obsidian read two of them as a link to a page.
    """
    numbers = dict.fromkeys(one if isinstance(one, int) else one.number for one in references)
    return Markup("\u00a0").join(Markup(f"[\\[{number}\\]](#c{number})") for number in numbers)


def item_links(entries: Iterable[str], language: Language) -> Markup:
    """Links back to the items with these ids: S1, A2."""
    links = (Markup(f"[{markdown_text(one)}](#{anchor(one)})") for one in entries)
    return Markup(language.text("common.comma")).join(links)


def word(value: str) -> str:
    """A name of the contract as English words: "CEASEFIRE_VIOLATIONS" -> "Ceasefire violations", "at_least" -> "at least"."""
    words = value.replace("_", " ")
    return words.capitalize() if words.isupper() else words


def named(kind: str, value: str, language: Language) -> str:
    """The words of a name of the contract: ("status", "denied") -> "denied"; of one that no table has, the name itself."""
    key = f"{kind}.{value}"
    return language.text(key) if key in language else word(value)


def flag_text(flag: str, language: Language) -> tuple[str, str]:
    """A flag in plain words and, apart, what is English in it.

    ("found by rules only", "") for one of ours; ("number: ", "the source says 41") for that of a check; ("", flag) for another.
    """
    kind, colon, message = flag.partition(": ")
    if not colon:
        return (language.text(key), "") if (key := f"flag.{flag}") in language else ("", word(flag))
    if f"check.{kind}" not in language:
        return "", flag
    return language.text(f"check.{kind}") + language.text("common.colon"), message


def differences_text(near: Near) -> str:
    """What tells a sentence from the reviewed one near to it: "the numbers differ: «41» here, «14» there; «لم» only there"."""
    told = "; ".join(map(_difference, near.differences))
    return f"the numbers differ: {told}" if near.numbers_differ else f"differs: {told}"


def reviewed_text(review: Review, language: Language) -> str:
    """That a person looked at an item, and what they corrected: "reviewed", "reviewed: speaker, date corrected"."""
    fields = language.text("common.comma").join(named("corrected", one.field, language) for one in review.corrected)
    return language.text("review.corrected", fields=fields) if fields else language.text("review.reviewed")


def near_text(near: Near) -> str:
    """A near match as an offer: that it was not used, what its English is, and what differs. English in every brief."""
    score = f"{int(near.score * 100) / 100:.2f}"
    english = " ".join(near.en.split())
    return f"not used: for a near sentence ({score}, {near.file}) “{english}” was reviewed; {differences_text(near)}"


def _difference(found: WordDifference) -> str:
    here, there = (words.strip("،؛.,:") for words in (found.here, found.there))
    if not (here or there) or here == there:  # the mark is the difference
        here, there = found.here, found.there
    if here and there:
        return f"«{here}» here, «{there}» there"
    return f"«{here}» only here" if here else f"«{there}» only there"


def when_text(when: When, language: Language) -> str:
    """A date of an item as words, with its basis: "12 November 2024 (stated)"; "" when the text fixes none."""
    if when.value is None and when.earliest is None and when.latest is None:
        return ""
    day = _span_text(when, language)
    if when.basis in ("", "none", "unknown"):
        return day
    return language.text("dates.basis", day=day, basis=named("basis", when.basis, language))


def day_text(value: str, language: Language) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD as words: "12 November 2024", "July 2021", "2015"; anything else unchanged."""
    parts = value.split("-")
    try:
        numbers = [int(part) for part in parts]
        month = language.row("dates.months")[numbers[1] - 1] if len(numbers) > 1 else ""
    except (ValueError, IndexError):
        return value
    return " ".join([*(str(day) for day in numbers[2:3]), *([month] if month else []), parts[0]])


def moment_text(value: str, language: Language) -> str:
    """An ISO 8601 time with offset as words: "18 November 2024, 06:00 (UTC+03:00)"; anything else unchanged."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    zone = moment.strftime("%z")
    offset = "" if not zone else " (UTC)" if zone in ("+0000", "-0000") else f" (UTC{zone[:3]}:{zone[3:5]})"
    day = day_text(moment.date().isoformat(), language)
    return language.text("dates.moment", day=day, time=f"{moment.hour:02}:{moment.minute:02}", zone=offset)


def period_text(first: str, last: str, language: Language) -> str:
    """Two days as one period: "11\u201317 November 2024", "30 December 2024 \u2013 5 January 2025"."""
    if first == last:
        return day_text(first, language)
    one, two = date.fromisoformat(first), date.fromisoformat(last)
    if (one.year, one.month) == (two.year, two.month):
        return f"{one.day}\u2013{day_text(last, language)}"
    months = language.row("dates.months")
    start = day_text(first, language) if one.year != two.year else f"{one.day} {months[one.month - 1]}"
    return f"{start} \u2013 {day_text(last, language)}"


def count_text(count: Count) -> str:
    """A count as English words: "at least 12 killed", "dozens of people wounded", "3 children (included in the total)"."""
    if count.number is None:
        amount = f"{word(count.qualifier)} of" if count.qualifier in ("dozens", "hundreds") else word(count.qualifier)
    else:
        amount = f"{_QUALIFIERS.get(count.qualifier, word(count.qualifier) + ' ')}{count.number:,}"
    part = " (part of the total)" if count.part_of is not None else ""
    return f"{amount} {word(count.what)}{part}"


def attribution(statement: Statement, language: Language) -> str:
    """How the words are given and how the speaker is known: "direct quotation; speaker resolved from a pronoun"."""
    notes = [named("statements", statement.quote_type, language)]
    if (key := f"statements.{statement.speaker.resolution}") in language:
        notes.append(language.text(key))
    return language.text("common.semicolon").join(note for note in notes if note)


def _span_text(when: When, language: Language) -> str:
    if when.value is not None and when.precision != "range":
        return day_text(when.value, language)
    if when.earliest is not None and when.latest is not None:
        try:
            return period_text(when.earliest, when.latest, language)
        except ValueError:
            return f"{when.earliest} \u2013 {when.latest}"
    bound, known = ("from", when.earliest) if when.earliest is not None else ("until", when.latest)
    if known is None:
        return day_text(when.value or "", language)
    return language.text(f"dates.{bound}", day=day_text(known, language))

"""How field events read in narrow columns: dates, areas, tolls. Filters of the Markdown and chart templates."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from briefing.compose.areas import in_arabic
from briefing.event_model import Area, Toll
from briefing.item_model import Name
from briefing.language import ENGLISH, Language
from briefing.model import When
from briefing.render.inline import arabic_text, markdown_text
from briefing.render.words import when_text


def short_when(when: When, language: Language) -> Markup:
    """A date of an event in few letters: "12 Nov 2024", "Oct 2024", "11\u201317 Nov 2024"; "" when the text fixes none."""
    shortened = dict(zip(language.row("dates.months"), language.row("dates.short_months"), strict=True))
    words = " ".join(shortened.get(word, word) for word in when_text(replace(when, basis=""), language).split(" "))
    if language.code != ENGLISH:
        return arabic_text(words)
    return Markup(str(markdown_text(words)).replace(" ", "\u00a0").replace("\u00a0\u2013\u00a0", " \u2013 "))


def area_text(area: Area, language: Language) -> str:
    """An area as words: "Taiz, Yemen", "Yemen", "Red Sea", "Place not stated or not known"."""
    known = dict.fromkeys(name for name in _names(area, language) if name)
    return language.text("common.comma").join(known) or language.text("events.nowhere")


def around(area: Area, place: Name, language: Language) -> str:
    """What `area` adds to the name of a place in it: "Khartoum, Sudan" for Omdurman, "Yemen" for Taiz, "" for the Red Sea."""
    if not area.country:
        return ""
    known = dict.fromkeys(name for name in _names(area, language) if name and name not in (place.en, place.ar))
    return language.text("common.comma").join(known)


def toll_text(toll: Toll | None, language: Language) -> str:
    """People killed: "21", "at least 30", "14 + 1 unclear" (an event without one clear figure), "\u2013" where none is told."""
    if toll is None:
        return "\u2013"
    known = f"{toll.number:,}" if toll.number else ""
    known = language.text("events.at_least", n=known) if known and toll.at_least else known
    unclear = language.text("events.unclear", n=toll.unclear) if toll.unclear else ""
    return " + ".join(part for part in (known, unclear) if part) or "\u2013"


def _names(area: Area, language: Language) -> tuple[str | None, str | None]:
    """First-level division, and the country or else the place's own name."""
    return (area.division, area.country_en or area.place) if language.code == ENGLISH else in_arabic(area)

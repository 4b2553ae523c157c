"""How field events read in narrow columns: dates, areas, tolls. Filters of the Markdown and chart templates."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from briefing.event_model import Area, Toll
from briefing.model import When
from briefing.render.inline import markdown_text
from briefing.render.words import MONTHS, when_text

NO_PLACE = "Place not stated"


def short_when(when: When) -> Markup:
    """A date of an event in few letters: "12 Nov 2024", "Oct 2024", "11\u201317 Nov 2024"; "" when the text fixes none."""
    plain = replace(when, basis="")
    words = (word[:3] if word in MONTHS else word for word in when_text(plain).split(" "))
    return Markup(str(markdown_text(" ".join(words))).replace(" ", "\u00a0").replace("\u00a0\u2013\u00a0", " \u2013 "))


def area_text(area: Area) -> str:
    """An area as words: "Taiz, Yemen", "Yemen", "Red Sea", "Place not stated"."""
    known = dict.fromkeys(name for name in (area.division, area.country_en or area.place) if name)
    return ", ".join(known) or NO_PLACE


def around(area: Area, place: str) -> str:
    """What `area` adds to the name of a place in it: "Khartoum, Sudan" for Omdurman, "Yemen" for Taiz, "" for the Red Sea."""
    known = dict.fromkeys(name for name in (area.division, area.country_en) if name and name != place)
    return ", ".join(known)


def toll_text(toll: Toll | None) -> str:
    """People killed: "21", "at least 30", "14 + 1 unclear" (an event without one clear figure), "\u2013" where none is told."""
    if toll is None:
        return "\u2013"
    known = f"{'at least ' if toll.at_least else ''}{toll.number:,}" if toll.number else ""
    unclear = f"{toll.unclear:,} unclear" if toll.unclear else ""
    return " + ".join(part for part in (known, unclear) if part) or "\u2013"

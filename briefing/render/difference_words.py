"""How the head of a difference reads in the language of a brief, and who gives an account. Filters of its template."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from briefing.brief_model import Difference, Side
from briefing.item_model import Event, Item
from briefing.language import ENGLISH, Language
from briefing.render.framing import embedded, frame, name
from briefing.render.inline import arabic_text
from briefing.render.words import day_text, named

_OF_AN_EVENT = ("toll", "denied", "actor", "sum")  # kinds whose sides are accounts of an event


def about(one: Difference, told: Mapping[str, Item], language: Language) -> Markup:
    """What accounts differ about, with a full stop; `told` are the items by their ids in the brief.

    In Arabic an event is named by its type, place and day; a meeting, a plan or a headline stays in English.
    """
    item = next((told[entry] for side in one.sides for entry in side.entries), None)
    if language.code == ENGLISH or one.kind not in _OF_AN_EVENT or not isinstance(item, Event):
        return embedded(f"{one.about[:1].upper()}{one.about[1:]}.", language)
    day = day_text(item.date.value, language) if item.date.value else ""
    parts = [frame(named("event_type", item.type, language), language), *([name(item.place, language)] if item.place else [])]
    parts += [arabic_text(day)] if day else []
    return Markup(language.text("common.comma")).join(parts) + language.text("common.stop")


def teller(side: Side, told: Mapping[str, Item], language: Language) -> Markup:
    """Who gives an account, in Arabic where one of its items says so."""
    items = (told[entry] for entry in side.entries)
    tellers = (item.asserted_by for item in items if isinstance(item, Event) and item.asserted_by)
    known = next((who for who in tellers if who.en == side.by), None)
    return name(known, language) if known else embedded(side.by, language)

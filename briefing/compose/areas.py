"""Where a place lies: its country and first-level division, looked up in the lexicon by the place's names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from briefing.arabic.lexicon import COUNTRY, PLACE, Entry, country_names, entries
from briefing.event_model import Area
from briefing.item_model import Event, Mention, Name
from briefing.lexicon.tables import derived

NOWHERE = Area()
_LAST = "\uffff"  # sorts after every name
_RANKS = {"capital": 1, "division": 2}  # of what bears one name, the last counts


def area(place: Name | None, mentions: Iterable[Mention] = ()) -> Area:
    """The area of a place; of several places of one name the one whose country `mentions` name most often.

    Of «صور وبعلبك» it is what both lie in.
    """
    if place is None:
        return NOWHERE
    found = _places().get((place.ar, place.en), ())
    if not found:
        return _of_two(place, mentions)
    codes = tuple(dict.fromkeys(_code(entry) for entry in found))
    if len(codes) > 1:
        named = Counter(country_of(m.id) for m in mentions)
        code = max(codes, key=lambda code: named[code])
        found = [entry for entry in found if _code(entry) == code]
    return _area(found)


def _of_two(place: Name, mentions: Iterable[Mention]) -> Area:
    (ar, _, other_ar), (en, _, other_en) = place.ar.partition(" و"), place.en.partition(" and ")
    if not other_ar or (ar, en) not in _places() or (other_ar, other_en) not in _places():
        return NOWHERE if _unlisted(place) else Area(place=place.en)
    named = tuple(mentions)
    one, other = area(Name(ar, en), named), area(Name(other_ar, other_en), named)
    if one.country != other.country or one.country is None:
        return Area(place=place.en)
    return replace(one, division=one.division if one.division == other.division else None)


def _unlisted(place: Name) -> bool:
    """«حي الروضة»: a place that no lexicon has stands in English as it is written, and nobody knows where it is."""
    return "«" in place.en


def in_arabic(where: Area) -> tuple[str | None, str | None]:
    """The Arabic names of the division and of the country (or the place) of an area; the English one where none is known."""
    names, place = country_names().get(where.country or ""), where.country_en or where.place
    country = names[0] if names else _arabic().get((where.country or "", place or ""), place)
    return _arabic().get((where.country or "", where.division or ""), where.division), country


def country_of(ident: str | None) -> str | None:
    """The id of the country that a place or country of the lexicon lies in, by its own id; None where it is not known."""
    return _codes().get(ident)


def reading_order(event: Event, where: Area) -> tuple[str, ...]:
    """Sorts events by country, first-level division, place and date; what is not stated comes last."""
    last = ("1", "") if where == NOWHERE else ("0", where.country_en or _LAST)
    day = event.date.earliest or event.date.latest or event.date.value or _LAST
    return (*last, where.division or _LAST, event.place.en if event.place else "", day)


def _area(found: Sequence[Entry]) -> Area:
    """The area of a place. What places.toml says of its division goes before what is known of a capital; of two it is neither."""
    code = _code(found[0])
    if code is None:
        return Area(place=found[0].en)
    capital, listed = (
        {str(e.data["division"]) for e in found if e.data.get("division") and (e.data["kind"] == "capital") is known}
        for known in (True, False)
    )
    divisions = listed or capital
    return Area(code, _country(code), divisions.pop() if len(divisions) == 1 else None)


def _country(code: str) -> str:
    return country_names()[code][1] if code in country_names() else code


def _code(entry: Entry) -> str | None:
    return entry.id if entry.kind == COUNTRY else entry.data.get("country")


@derived
def _places() -> Mapping[tuple[str, str], Sequence[Entry]]:
    """(Arabic name, English name) -> the places and countries of that name."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry, _ in entries():
        if entry.kind in (PLACE, COUNTRY):
            found.setdefault((entry.ar, entry.en), []).append(entry)
    return found


@derived
def _arabic() -> Mapping[tuple[str, str], str]:
    """(id of the country or "", English name) -> the Arabic name of a place, of several that of a division, then of a capital."""
    listed = sorted((e for e, _ in entries() if e.kind == PLACE), key=lambda e: _RANKS.get(e.data["kind"], 0))
    return {(entry.data.get("country") or "", entry.en): entry.ar for entry in listed}


@derived
def _codes() -> Mapping[str | None, str | None]:
    """Id of a place or country -> the id of its country."""
    return {entry.id: _code(entry) for entry, _ in entries() if entry.kind in (PLACE, COUNTRY)}

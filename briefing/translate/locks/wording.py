"""How a name or term stands in English: the form to use, what is as right, and what is replaced (lexicon/english.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.arabic.lexicon import COUNTRY, PLACE, TERM, Entry, country_names
from briefing.lexicon.tables import derived, remembered, table

_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
# Two spellings of one word in the names of bodies; either may stand.
_SPELLINGS = (("Organisation", "Organization"), ("Defence", "Defense"), ("Co-operation", "Cooperation"), ("Centre", "Center"))
_CONTINENTS = ("America", "Asia", "Africa", "Europe")
_STATES = (("UN ", "United Nations "), ("US ", "United States "), ("US ", "American "))


@dataclass(frozen=True, slots=True)
class Wording:
    """`en` is what to write (without brackets); `also` is as right, `variants` are replaced.

    A term may stand in the plural, which is `plural`, "" for a name. `bare`: no "the" goes before it.
    """

    en: str
    also: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    plural: str = ""
    bare: bool = False


def wording(entry: Entry, own: bool) -> Wording:
    """How an entry of the lexicon (`own`: of the user's glossary) stands in English."""
    return _own(entry) if own else _of(entry.kind, entry.id, entry.en)


def _own(entry: Entry) -> Wording:
    data = entry.data
    return Wording(entry.en, tuple(data.get("also", ())), tuple(data.get("variants", ())), _plural(entry, data))


@remembered(20_000)
def _of(kind: str, ident: str, en: str) -> Wording:
    row = _renderings().get(en, {})
    bare_name = _BRACKETS.sub("", en)
    names = dict.fromkeys((*_short(en), *row.get("also", ()), *_adjective(kind, ident, bare_name)))
    return Wording(
        bare_name,
        tuple(name for name in names if name != bare_name),
        tuple(row.get("variants", ())),
        _plural(Entry(ident, kind, "", en), row),
        bool(row.get("bare")),
    )


def _plural(entry: Entry, row: Mapping[str, Any]) -> str:
    return (str(row.get("plural", "")) or f"{entry.en}s") if entry.kind == TERM else ""


def _short(en: str) -> Iterator[str]:
    """Shorter and longer forms of a name: without its brackets, what is in them, "UN" written out or left out."""
    base = _BRACKETS.sub("", en)
    yield from (inside for inside in _BRACKETS.findall(en) if inside.isupper())
    for form in (base, *(long + base.removeprefix(short) for short, long in _STATES if base.startswith(short))):
        yield from _spelled(form)
    if base.startswith(("UN ", "US ")):
        yield from _spelled(base[3:])


def _spelled(form: str) -> Iterable[str]:
    forms = {form: None}
    for one, other in _SPELLINGS:
        forms |= dict.fromkeys(f.replace(a, b) for f in list(forms) for a, b in ((one, other), (other, one)))
    return forms


def _adjective(kind: str, ident: str, en: str) -> Iterable[str]:
    """English has "Syrian" and "South American" where Arabic has the name; an airport may be called international."""
    if kind == COUNTRY and ident in country_names():
        return (country_names()[ident][2],)
    if kind == PLACE and en.endswith(_CONTINENTS):
        return (f"{en}an" if en.endswith("e") else f"{en}n",)
    return (f"{en.removesuffix('airport')}International Airport",) if kind == PLACE and en.endswith(" airport") else ()


@derived
def _renderings() -> Mapping[str, Mapping[str, Any]]:
    return {row["en"]: row for row in table("english")["rendering"]}

"""What a form of the page says -> the changes it asks for. Pure; what makes no sense is an error in plain words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from briefing.errors import InputError, UsageError
from briefing.review.apply import counted_thing
from briefing.review.cards import Card, Tree
from briefing.store.revisions import ACCEPT, REJECT, Change
from briefing.translate.pairs import one_pair

Form = Mapping[str, str]
QUALIFIERS = ("exact", "at_least", "more_than", "about", "dozens", "hundreds", "several")
_WITHOUT_NUMBER = ("dozens", "hundreds", "several")
_MOST = 1_000_000_000
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_RANGE = re.compile(r"\s*(?:\.\.|/|\bto\b|–)\s*")
_LONGEST = 2_000  # characters of a name or reason


def changes(act: str, form: Form, card: Card, names: Mapping[str, str]) -> tuple[list[Change], str]:
    """The changes that `act` asks for on an item, and the note that goes with them.

    `names` are Arabic names of the people and bodies of the brief by their English. Raises UsageError for what is not
    filled in right.
    """
    if act not in ACTS:
        raise UsageError(f"There is no such act: {act}")
    field, read = ACTS[act]
    value = read(form, card, names)
    shown = {"id": card.id, "kind": card.kind, "en": str(card.item["en"]), "ar": str(card.item["ar"])}
    note = _text(form, "reason") if act == "reject" else ""
    return [Change(key, field, value, seen, shown) for key, seen in card.seen.items()], note


def _accept(form: Form, card: Card, names: Mapping[str, str]) -> str:
    return ACCEPT


def _reject(form: Form, card: Card, names: Mapping[str, str]) -> str:
    if not _text(form, "reason"):
        raise UsageError("A rejection needs a reason", "Say in a few words why the item is left out.")
    return REJECT


def _english(form: Form, card: Card, names: Mapping[str, str]) -> dict[str, str]:
    of, arabic, _ = card.wording
    try:
        pair = one_pair("the edited English", arabic, " ".join(form.get("english", "").split()), "", "")
    except InputError as error:
        raise UsageError(error.message, "Write the English of the Arabic that is marked.") from error
    return {"of": of, "ar": pair.ar, "en": pair.en}


def _speaker(form: Form, card: Card, names: Mapping[str, str]) -> dict[str, str | None]:
    if card.kind != "statement":
        raise UsageError("Only a statement has a speaker")
    english, arabic, role = (_text(form, name) for name in ("speaker_en", "speaker_ar", "speaker_role"))
    known = {name.lower(): ar for name, ar in names.items()}.get(english.lower())
    if known and arabic in ("", card.item["speaker"]["ar"]):
        arabic = known
    if not english or not arabic:
        step = "Give the name in both languages, or the English of one of the names of this brief."
        raise UsageError("The speaker has no name in one of the languages", step)
    return {"en": english, "ar": arabic, "role_en": role or None}


def _date(form: Form, card: Card, names: Mapping[str, str]) -> dict[str, str | None]:
    return when(_text(form, "date"))


def _count(form: Form, card: Card, names: Mapping[str, str]) -> list[dict[str, Any]]:
    new = [_counted(n, one, form) for n, one in enumerate(card.read("counts") or ())]
    found = [one for one in new if one is not None]
    if not found:
        raise UsageError("Every number is what the program read", "Change one, or take an earlier correction back.")
    return found


ACTS: Mapping[str, tuple[str, Callable[[Form, Card, Mapping[str, str]], Any]]] = {
    "accept": ("verdict", _accept),
    "reject": ("verdict", _reject),
    "english": ("english", _english),
    "speaker": ("speaker", _speaker),
    "date": ("date", _date),
    "count": ("count", _count),
}


def _counted(n: int, count: Tree, form: Form) -> dict[str, Any] | None:
    """A count with what the form says of it; None when that is what the program read."""
    text, qualifier = _text(form, f"number-{n}").replace(",", ""), form.get(f"qualifier-{n}", "")
    if qualifier not in QUALIFIERS:
        raise UsageError(f"{qualifier or 'Nothing'} cannot stand before a number", f"Choose from {', '.join(QUALIFIERS)}.")
    if (text == "") != (qualifier in _WITHOUT_NUMBER):
        raise UsageError("A number is missing, or stands beside “dozens”, “hundreds” or “several”", "Give one of the two.")
    if text and (not text.isascii() or not text.isdecimal() or len(text) > 10 or int(text) > _MOST):
        raise UsageError(f"{text!r} is no number", f"Give a whole number from 0 to {_MOST:,}.")
    number = int(text) if text else None
    if (number, qualifier) == (count["number"], count["qualifier"]):
        return None
    thing = counted_thing(count["what"])
    return {"what": thing, "was": [count["number"], count["qualifier"]], "number": number, "qualifier": qualifier}


def when(text: str) -> dict[str, str | None]:
    """A date as `When` has it: "2024-11-12", "2024-11", "2024", two of them with ".." or "to" between, or "" for none.

    Raises UsageError for anything else.
    """
    if not text:
        return {"value": None, "earliest": None, "latest": None, "precision": "unknown", "basis": "reviewed"}
    ends = [_bounds(part, text) for part in _RANGE.split(text)]
    if len(ends) > 2 or ends[0][0] > ends[-1][1]:
        raise _no_date(text)
    value = text if len(ends) == 1 else None
    precision = "range" if value is None else {4: "year", 7: "month", 10: "day"}[len(value)]
    return {"value": value, "earliest": ends[0][0], "latest": ends[-1][1], "precision": precision, "basis": "reviewed"}


def _bounds(part: str, whole: str) -> tuple[str, str]:
    """The first and last day of a day, month or year."""
    found = _DAY.fullmatch(part)
    if found is None:
        raise _no_date(whole)
    year, month, day = (int(one) if one else None for one in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or calendar.monthrange(first.year, month or 12)[1])
    except ValueError as error:
        raise _no_date(whole) from error
    return first.isoformat(), last.isoformat()


def _no_date(text: str) -> UsageError:
    return UsageError(f"{text!r} is no date", "Write 2024-11-12, 2024-11, 2024, or 2024-11-12..2024-11-14; nothing for no date.")


def _text(form: Form, name: str) -> str:
    """A short text of a form as one line."""
    return " ".join(form.get(name, "").split())[:_LONGEST]

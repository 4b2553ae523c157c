"""Revisions in plain words, for the page, the list and a conflict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.language import english
from briefing.model import When
from briefing.render.words import when_text, word
from briefing.store.revisions import ACCEPT, Revision


def told(row: Revision) -> str:
    """What a row says: "accepted", "rejected: of last year", "date: 11 November 2024 (reviewed)", "took back"."""
    if row.undoes is not None:
        return f"took back: {_FIELDS[row.field]}"
    if row.field == "verdict":
        return "accepted" if row.value == ACCEPT else f"rejected: {row.note}"
    return f"{_FIELDS[row.field]}: {_value(row.field, row.value)}"


def asked(form: Mapping[str, str]) -> str:
    """What a form asked for, in words, as it was typed."""
    act = form.get("act", "undo")
    typed = [value for name, value in form.items() if name.startswith(_TYPED.get(act, ("?",)))]
    return f"{act}: {', '.join(filter(None, typed))}" if any(typed) else act


_TYPED = {
    "reject": ("reason",), "english": ("english",), "speaker": ("speaker_",), "date": ("date",),
    "count": ("qualifier-", "number-"),
}  # fmt: skip
_FIELDS = {"verdict": "the verdict", "english": "English", "speaker": "speaker", "date": "date", "count": "numbers"}


def _value(field: str, value: Any) -> str:
    if field == "english":
        return str(value["en"])
    if field == "speaker":
        role = f" ({value['role_en']})" if value["role_en"] else ""
        return f"{value['en']}{role}, {value['ar']}"
    if field == "date":
        return when_text(When(**value), english()) or "none"
    return "; ".join(f"{_number(*one['was'])} {one['what']} → {_number(one['number'], one['qualifier'])}" for one in value)


def _number(number: int | None, qualifier: str) -> str:
    return " ".join(filter(None, ("" if qualifier == "exact" else word(qualifier), "" if number is None else f"{number:,}")))

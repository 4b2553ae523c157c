"""The HTML of the page, from templates/review; every text of an article is escaped, and turns nothing round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from briefing.language import english
from briefing.render.templating import read_asset, render_html
from briefing.resources import packaged
from briefing.review.apply import counted_thing
from briefing.review.cards import Card
from briefing.review.desk import View
from briefing.review.forms import QUALIFIERS
from briefing.review.standpoint import Said
from briefing.review.told import told
from briefing.review.walking import ALL_ITEMS, FILTERS, beside, chosen, flagged
from briefing.store.revisions import Revision

ASSETS = {"review.css": "text/css", "review.js": "text/javascript"}
STATES = {
    "open": "not looked at", "accepted": "accepted", "corrected": "corrected", "rejected": "rejected",
    "stale": "to be looked at again",
}  # fmt: skip
_LISTED = 120  # characters of a line in the list


@dataclass(frozen=True, slots=True)
class Shown:
    """What every page needs: the path it lies under, the value its forms carry, who reviews, and the filter."""

    home: str
    secret: str
    who: str
    show: str = ALL_ITEMS


def asset(name: str) -> str:
    """The style sheet or the script."""
    return read_asset(name, (packaged("templates") / "review",))


def list_page(view: View, shown: Shown) -> str:
    """All items that the filter shows, what was said of items that are not in the brief, and how to build again."""
    rows = [(card, view.status(card), _cut(str(card.item["en"])), flagged(card)) for card in chosen(view, shown.show)]
    gone = [_elsewhere(view, key, said) for key, said in view.elsewhere()]
    return _rendered("list.html.j2", view, shown, {"rows": rows, "gone": gone})


def item_page(view: View, card: Card, shown: Shown, typed: Mapping[str, str] | None = None, notice: str = "") -> str:
    """One item with its forms, filled with what stands, or with what was `typed` and could not be taken."""
    before, after = beside(view, card, shown.show)
    values = {
        "card": card,
        "item": card.item,
        "status": view.status(card),
        "before": before,
        "after": after,
        "place": view.cards.index(card) + 1,
        "expected": view.newest(card.keys),
        "history": [(row, told(row)) for row in view.history(card.keys)],
        "filled": _filled(card, view.said(card)) | dict(typed or {}),
        "qualifiers": QUALIFIERS,
        "doubts": _doubts(view.said(card)),
        "notice": notice,
        "people": view.names(),
    }
    return _rendered("item.html.j2", view, shown, values)


def conflict_page(view: View, card: Card | None, shown: Shown, form: Mapping[str, str], conflict: Conflict) -> str:
    """What stands by now beside what was to be written, which can be written still."""
    values = {"card": card, "form": {k: v for k, v in form.items() if k not in ("csrf", "expected")}, "conflict": conflict}
    return _rendered("conflict.html.j2", view, shown, values)


@dataclass(frozen=True, slots=True)
class Conflict:
    """`theirs` was written meanwhile, `mine` (in words) was to be; `expected` is the row that a second try has seen."""

    theirs: tuple[tuple[Revision, str], ...]
    mine: str
    action: str
    expected: int


def trouble_page(title: str, text: str, home: str) -> str:
    """What went wrong, and a way back."""
    values = {"title": title, "text": text, "home": home}
    return render_html("trouble.html.j2", (packaged("templates") / "review",), values, english())


def _rendered(name: str, view: View, shown: Shown, values: Mapping[str, Any]) -> str:
    common = {
        "shown": shown,
        "home": shown.home,
        "tree": view.built.tree,
        "week": view.built.week,
        "command": "briefing build" if view.built.week == "all" else f"briefing build --week {view.built.week}",
        "done": view.done(),
        "total": len(view.cards),
        "filters": [(one, label, len(chosen(view, one))) for one, (label, _) in FILTERS.items()],
        "outdated": view.outdated(),
        "states": STATES,
        "query": Markup("") if shown.show == ALL_ITEMS else f"?show={shown.show}",
    }
    return render_html(name, (packaged("templates") / "review",), common | dict(values), english())


def _filled(card: Card, said: Said) -> dict[str, str]:
    """The values of the fields: what a person said where they did, else what the brief has."""
    value = {name: row.value for name, row in said.items()}
    speaker = value.get("speaker") or card.read("speaker") or {"en": "", "ar": "", "role_en": None}
    english = value["english"]["en"] if "english" in value else card.wording[2]
    filled = {"english": english, "date": _date_field(value.get("date") or card.read("date")), "reason": ""}
    filled |= {"speaker_en": speaker["en"], "speaker_ar": speaker["ar"], "speaker_role": speaker["role_en"] or ""}
    for n, count in enumerate(_counts(card, value.get("count", ()))):
        filled |= {f"number-{n}": "" if count["number"] is None else str(count["number"]), f"qualifier-{n}": count["qualifier"]}
    return filled


def _counts(card: Card, corrections: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    new = {(one["what"], *one["was"]): one for one in corrections}
    return [new.get((counted_thing(one["what"]), one["number"], one["qualifier"]), one) for one in card.read("counts") or ()]


def _date_field(date: Mapping[str, Any]) -> str:
    if date["value"]:
        return str(date["value"])
    return f"{date['earliest']}..{date['latest']}" if date["earliest"] and date["latest"] else ""


def _doubts(said: Said) -> list[str]:
    """What the checks on translations find in English that a person wrote: a hint, and no more."""
    from briefing.translate.checks.line import findings

    if "english" not in said:
        return []
    value = said["english"].value
    return [found.flag for found in findings(value["ar"], value["en"])]


def _elsewhere(view: View, key: str, said: Said) -> dict[str, Any]:
    latest = max(said.values(), key=lambda row: row.id)
    words = "; ".join(told(row) for row in said.values())
    return {"key": key, "lost": view.lost(key), "row": latest, "told": words, "expected": view.newest([key])}


def _cut(text: str) -> str:
    return text if len(text) <= _LISTED else text[:_LISTED].rsplit(" ", 1)[0] + " …"

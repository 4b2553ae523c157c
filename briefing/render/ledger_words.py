"""How the ledger reads in English: the state of a promise, the days of it, words that changed. Filters of its template."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from briefing.brief_model import Change, LedgerLine
from briefing.render.inline import arabic_text, english_text
from briefing.render.words import when_text

STATES = {
    "fulfilled": "Fulfilled this week, as these articles tell it",
    "listed": "Held this week by the list of meetings",
    "due": "Falls due",
    "overdue": "Was due",
    "open": "Promised, with no day set",
}


def standing(line: LedgerLine) -> str:
    """When it was promised and is due, and what is known of its keeping: "promised 13 November 2024 · due 20 November 2024"."""
    made = [when_text(when) for when in line.promised]
    notes = ["promised " + (f"{made[0]}, last {made[-1]}" if len(made) > 1 else made[0])]
    if due := when_text(replace(line.due, basis="")):
        notes.append(f"{'was due' if line.state == 'overdue' else 'due'} {due}")
    if held := when_text(line.held):
        notes.append(f"the list of meetings has it on {held}")
    if line.state in ("overdue", "open"):
        notes.append("nothing in these articles says it was done")
    if line.state == "listed":
        notes.append("no article here says what came of it")
    return " \u00b7 ".join(notes)


def change(one: Change) -> Markup:
    """Words that changed: "X [terms: …] became Y", "added Y", "left out X", with the Arabic isolated."""
    was, now = _words(one.was_ar, one.was_en), _words(one.now_ar, one.now_en)
    if not was:
        return Markup("added {}").format(now)
    return Markup("{} became {}").format(was, now) if now else Markup("left out {}").format(was)


def _words(arabic: str, english: str) -> Markup:
    if not arabic:
        return Markup("")
    shown = Markup('<bdi dir="rtl" lang="ar">{}</bdi>').format(arabic_text(arabic))
    return shown + Markup(" ") + english_text(f"[terms: {english}]") if english else shown

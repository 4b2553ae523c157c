"""How the ledger reads: the state of a promise, the days of it, words that changed. Filters of its template."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from briefing.brief_model import Change, LedgerLine
from briefing.language import ENGLISH, Language
from briefing.render.inline import arabic_text, english_text
from briefing.render.words import when_text


def standing(line: LedgerLine, language: Language) -> str:
    """When it was promised and is due, and what is known of its keeping: "promised 13 November 2024 · due 20 November 2024"."""
    made = [when_text(when, language) for when in line.promised]
    again = len(made) > 1
    notes = [language.text("ledger.promised_again" if again else "ledger.promised", first=made[0], last=made[-1])]
    if due := when_text(replace(line.due, basis=""), language):
        notes.append(language.text("ledger.was_due" if line.state == "overdue" else "ledger.due", day=due))
    if held := when_text(line.held, language):
        notes.append(language.text("ledger.held", day=held))
    if line.state in ("overdue", "open"):
        notes.append(language.text("ledger.not_done"))
    if line.state == "listed":
        notes.append(language.text("ledger.not_told"))
    return " \u00b7 ".join(notes)


def change(one: Change, language: Language) -> Markup:
    """Words that changed: "X [terms: …] became Y", "added Y", "left out X", with the Arabic isolated."""
    was, now = _words(one.was_ar, one.was_en, language), _words(one.now_ar, one.now_en, language)
    kind = "added" if not was else "became" if now else "gone"
    return Markup(language.pattern(f"ledger.{kind}")).format(was=was, now=now)


def _words(arabic: str, english: str, language: Language) -> Markup:
    if not arabic:
        return Markup("")
    shown = Markup('<bdi dir="rtl" lang="ar">{}</bdi>').format(arabic_text(arabic))
    if not english or language.code != ENGLISH:  # an Arabic reader needs no terms
        return shown
    return shown + Markup(" ") + english_text(language.text("ledger.terms", english=english))

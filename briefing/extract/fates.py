"""What became of people, by the words of [victims] in lexicon/events.toml, verbs in every form."""

from __future__ import annotations

from briefing.arabic.fold import key
from briefing.arabic.tokens import bare, stems
from briefing.arabic.verbs import past_forms
from briefing.lexicon.tables import derived, remembered, table


@remembered(50_000)
def fate_of(word: str) -> str:
    """ "killed", "wounded", … for a folded word, clitic prefixes and article allowed; "" when it tells of no fate."""
    words = fates()
    return next((fate for _, rest in stems(word) if (fate := words.get(rest) or words.get(bare(rest)))), "")


@derived
def conjugated() -> dict[str, str]:
    """Folded finite verb -> fate: a listed word that is a verb of events, in every form («أصيب», «أصيبا»)."""
    events = table("events")
    verbs = {verb for row in events["event"] for verb in row.get("verbs", ())}
    listed = {word: fate for fate, words in events["victims"].items() for word in words}
    return {key(form): fate for word, fate in listed.items() if word in verbs for form, *_ in past_forms(word)}


@derived
def fates() -> dict[str, str]:
    """Folded word -> fate, action nouns and what people are called after it among them («مقتل», «جرحى»)."""
    return conjugated() | {key(w): fate for fate, words in table("events")["victims"].items() for w in words}

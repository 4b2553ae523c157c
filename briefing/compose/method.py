"""Method and limits: how the brief was made, in a few lines."""

from __future__ import annotations

from briefing.compose import ranking
from briefing.compose.event_counts import RULE as EVENTS_RULE
from briefing.compose.highlights import RULE
from briefing.config import Config
from briefing.model import EngineInfo, OwnLexicon


def method(engine: EngineInfo, config: Config, own: OwnLexicon | None) -> tuple[str, ...]:
    """The lines, in English; `own` is the user's lexicon where there is one."""
    return (
        engine.line + (f". Licence of the model: {engine.licence}." if engine.licence else "."),
        "“Reviewed” marks English from the translation memory, “machine” that of the engine, “terms” only the names, numbers, "
        "dates and terms a lexicon knows. A name in «Arabic» is one that no lexicon here has.",
        *_lexicon(own),
        "A speaker marked as resolved from a pronoun or a title is the program's reading; check it against the sentence.",
        "Field events are what a source says happened; “claimed by” names who says so. Nothing here was verified on the ground.",
        EVENTS_RULE,
        f"Days and weeks (ISO 8601) are counted in the time zone {config.timezone}. "
        "A date is never given finer than the text fixes it.",
        "Articles with one text are one story: the fullest is used, its copies are listed with it and count as one voice, so "
        "several citations behind an item can be one report. What only a copy says is cited from that copy.",
        "Statements are grouped by the country and the topic they are about. What several articles tell alike (one speaker in "
        "the same words; one event or agreement with nothing that differs) is one item that cites them all.",
        RULE,
        *([ranking.RULE] if config.scope.pages else []),
        "The kind of an article is told by its section, rubrics, words and the writer's voice; in doubt it is news.",
    )


def _lexicon(own: OwnLexicon | None) -> list[str]:
    if own is None:
        return []
    files = f"{', '.join(own.files)} (sha256 {own.sha256})"
    return [f"Names and words were looked up in this program's lexicon with the user's own over it: {files}."]

"""What topics.toml may hold."""

from __future__ import annotations

from briefing.lexicon.shapes import Key, Pairs, Rows, Section, Table
from briefing.lexicon.values import ARABIC, ENGLISH, FORM, NAME, POINTS, choice, many

NO_TOPIC = "other"
SIGNS = ("sure", "words", "bodies", "body_kinds", "events")
WEIGHTS = ("sure", "words", "bodies", "events", "headline", "opening", "lead", "most", "least", "item")


def sections(body_kinds: tuple[str, ...], event_types: tuple[str, ...]) -> tuple[Section, ...]:
    """Its sections; a topic is known by its `id`."""
    keys = (
        *(Key(name, value, True) for name, value in (("id", NAME), ("en", ENGLISH), ("ar", ARABIC))),
        Key("sure", many(FORM)),
        Key("words", many(FORM)),
        Key("bodies", many(NAME)),
        Key("body_kinds", many(choice(*body_kinds))),
        Key("events", many(choice(*event_types))),
    )
    return (Pairs("weights", choice(*WEIGHTS), POINTS), Rows("topic", "id", keys, rule=_rule))


def _rule(row: Table, file: Table) -> str:
    """Every topic has something to be known by but the one for what has no topic, and that one is there."""
    if all(other["id"] != NO_TOPIC for other in file["topic"]):
        return f"there is no topic {NO_TOPIC!r} any more, where what has no other stands"
    if row["id"] == NO_TOPIC or any(row.get(name) for name in SIGNS):
        return ""
    return f"has nothing to be known by: give it one of {', '.join(SIGNS)}"

"""What kinds.toml may hold."""

from __future__ import annotations

from briefing.lexicon.shapes import Lists, Section
from briefing.lexicon.values import LINE, PHRASE, many
from briefing.scope.settings import KINDS


def kind_sections() -> tuple[Section, ...]:
    """Its sections: marks of a page by kind of article, then words."""
    return (
        *(Lists(name, KINDS, many(LINE)) for name in ("sections", "sites", "rubrics", "headlines")),
        Lists("arts", ("sure", "hints"), many(PHRASE), exclusive=True),
        Lists("voice", ("self", "appeal"), many(PHRASE)),
        Lists("signature", ("writers", "disclaimers"), many(LINE)),
        Lists("zodiac", ("signs",), many(PHRASE)),
        Lists("hard", ("words",), many(PHRASE)),
    )

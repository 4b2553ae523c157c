"""The table [scope] of briefing.toml: what a brief is about, and how long it may be."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("sport", "culture", "opinion", "advert", "horoscope", "listing")
LEFT_OUT = ("sport", "culture", "opinion")  # unless the settings say otherwise
PAGES = (0, 1000)


@dataclass(frozen=True, slots=True)
class Scope:
    """What belongs in a brief; an empty list asks for everything.

    `countries` are ISO codes or names, `topics` ids or headings of topics.toml, `watch` people and bodies in any known spelling,
    `leave_out` kinds of article, `pages` the most pages of the whole brief (0: as many as it takes).
    """

    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = LEFT_OUT
    pages: int = 40


def mistake(scope: Scope) -> tuple[str, str] | None:
    """What is wrong with the values as far as no lexicon is needed to see it, and the next step; None when nothing is."""
    wrong = [kind for kind in scope.leave_out if kind not in KINDS]
    if wrong:
        return f"scope.leave_out: {', '.join(wrong)}", f"Choose from {', '.join(KINDS)}."
    if not PAGES[0] <= scope.pages <= PAGES[1]:
        return f"scope.pages is {scope.pages}", f"It must lie between {PAGES[0]} and {PAGES[1]}; 0 sets no limit."
    empty = next((name for name in ("countries", "topics", "watch") if any(not v.strip() for v in getattr(scope, name))), None)
    return (f"scope.{empty} holds an empty name", "Take it out.") if empty else None

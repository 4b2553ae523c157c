"""Edited English in the user's translation memory: put there, and taken out again when the edit is taken back."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.config import Config
from briefing.translate.entry import Entry, source_key
from briefing.translate.merging import Merged, merged
from briefing.translate.own_memory import own_file, update
from briefing.translate.pairs import now, one_pair
from briefing.translate.tmx import read_tmx


def remember(config: Config, arabic: str, english: str, who: str) -> None:
    """Puts the pair into the memory, dated now; another English for the same Arabic gives way.

    Raises ConfigError or OutputError as `own_memory.update` does, InputError for a side that is empty.
    """
    entry = one_pair("the edited English", arabic, english, now(), who)
    update(own_file(config), lambda own: merged(own, [entry], replace=True))


def held(config: Config, arabic: str) -> str | None:
    """The English that the memory has for this Arabic, or None. Raises ConfigError when it cannot be read."""
    path = own_file(config)
    if not path.exists():
        return None
    key = source_key(arabic)
    return next((entry.en for entry in reversed(read_tmx(path).entries) if source_key(entry.ar) == key), None)


def forget(config: Config, arabic: str, english: str, before: str | None, who: str) -> None:
    """Puts back what the memory had `before` this English; nothing is done when it has other English by now.

    Raises as `remember` does.
    """
    key = source_key(arabic)

    def without(own: Mapping[str, Entry]) -> Merged:
        found = own.get(key)
        if found is None or found.en != english:
            return Merged(own, ())
        rest = {k: entry for k, entry in own.items() if k != key}
        return merged(rest, [one_pair("the memory", arabic, before, now(), who)] if before else [])

    if own_file(config).exists():
        update(own_file(config), without)

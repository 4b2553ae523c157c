"""The API key: from the environment only, into one header only, and into nothing that is kept, shown or printed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import unquote

from briefing.errors import ConfigError

VARIABLE = "BRIEFING_LLM_KEY"
_SHORTEST = 8  # characters; what is shorter is no key, but what people write for a server that wants any
_PIECE = 12  # characters of a key that no other text has in a row by chance


class Secret:
    """An API key, or none. Its text form never shows it."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        """Raises ConfigError, without showing it, for a key that no header can hold."""
        self._value = value.strip()
        if not (self._value.isascii() and self._value.isprintable()):
            raise ConfigError(
                f"{VARIABLE} holds a character that no key has", "Set it to the key alone, without quotes or line breaks."
            )

    def __repr__(self) -> str:
        return "Secret(set)" if self._value else "Secret(none)"

    @property
    def is_set(self) -> bool:
        """Whether there is a key."""
        return bool(self._value)

    def headers(self) -> dict[str, str]:
        """What a request carries it in."""
        return {"Authorization": f"Bearer {self._value}"} if self._value else {}

    def stands_in(self, text: str) -> bool:
        """Whether `text` repeats the key, whole or a good part of it, plain or percent-encoded."""
        if len(self._value) < _SHORTEST:
            return False
        size = min(_PIECE, len(self._value))
        parts = [self._value[n : n + size] for n in range(len(self._value) - size + 1)]
        return any(part in form for form in {text, unquote(text)} for part in parts)


def from_environment(environment: Mapping[str, str] = os.environ) -> Secret:
    """The key that BRIEFING_LLM_KEY holds, if any. Raises ConfigError when it cannot be one."""
    return Secret(environment.get(VARIABLE, ""))

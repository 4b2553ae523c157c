"""Words of strangers inside our own messages: short, on one line, without what could act on a terminal or a page."""

from __future__ import annotations

import re

_MOST = 60  # characters
_ACTIVE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]+")


def inert(text: str, most: int = _MOST) -> str:
    """`text` on one line, at most `most` characters, without controls, bidi controls, hidden characters and lone surrogates."""
    line = " ".join(_ACTIVE.sub(" ", text[: 4 * most]).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def clipped(text: str) -> str:
    """`text` for a message, in guillemets."""
    return f"«{inert(text)}»"

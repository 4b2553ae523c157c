"""English as its forms are compared: one character for each, small, without accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans(dict.fromkeys("’‘ʼ`´ʻʿʾ", "'") | dict.fromkeys("‐‑–", "-") | {"\u00a0": " ", "ı": "i"})

_APOSTROPHE = r"(?:'|\s?&apos;\s?)"  # models trained on texts from the web write it as they found it


def plain(text: str) -> str:
    """`text` in small letters without accents, apostrophes and hyphens of one kind; exactly as long as before."""
    return unaccented(text).lower()


def unaccented(text: str) -> str:
    """`text` without accents, apostrophes and hyphens of one kind; exactly as long as before."""
    return text if text.isascii() else "".join(map(_letter, text.translate(_ALIKE)))


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[:1] or character
    return next((c for c in (base, character) if len(c.lower()) == 1), " ")


def pattern(form: str, ending: str = "") -> re.Pattern[str]:
    """What finds `form`, spaces and hyphens in it alike, as whole words of a plain text; `ending` may follow its last word."""
    words = [re.escape(word).replace("'", _APOSTROPHE) for word in re.split(r"[\s-]+", plain(form)) if word]
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(words) + ending + r"(?!\w)")

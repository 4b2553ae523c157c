"""Folding: one spelling for the many ways Arabic letters are written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_IGNORED = re.compile(f"[{MARKS}{BIDI_CONTROLS}\u200b-\u200d\ufeff]+")
_ALIKE = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ھ": "ه", "ہ": "ه"}
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_TABLE: dict[int, str] = {
    **{ord(a): b for a, b in _ALIKE.items()},
    **{ord(c): " " for c in _SPACES},
    **{0x660 + i: str(i) for i in range(10)},
    **{0x6F0 + i: str(i) for i in range(10)},
    0x66A: "%",
}


def _presentation_forms() -> dict[int, str]:
    forms = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            forms[code] = _ALIKE.get(plain, plain)
    return forms


_TABLE.update(_presentation_forms())


def fold(text: str) -> str:
    """`text` with letter variants, digits and spaces unified, exactly as long as before.

    Alef with hamza or madda -> alef, alef maqsura -> ya, ta marbuta -> ha, Arabic-Indic and Persian digits -> ASCII,
    special spaces -> space. Marks, tatweel, controls and ligatures stay where they are, so offsets hold.
    """
    return text.translate(_TABLE)


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """The form a word is looked up by: folded, without marks, tatweel, controls; ligatures taken apart."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", word)).translate(_TABLE)

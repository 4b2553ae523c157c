"""Names of pages that every file system and every wiki takes, each of its own for each key."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 60  # letters of a name, all of them ASCII
_DIGEST = 10  # hexadecimal digits: with 10,000 pages a chance of one in 20,000 that two names are one


def slug(text: str, key: str) -> str:
    """A name made of `text` for people and of `key` for identity: lower-case ASCII letters, digits and single hyphens.

    Equal keys with equal texts give equal names, different keys different ones, also where capitals do not count. No name is
    reserved on any system (CON, NUL), begins with a dot, or changes under Unicode normalisation.
    """
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")
    return f"{words[: LONGEST - _DIGEST - 1].strip('-') or 'name'}-{digest}"


def upper_first(name: str) -> str:
    """A name as it begins a line: "government forces" becomes "Government forces"."""
    return name[:1].upper() + name[1:]

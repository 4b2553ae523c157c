"""Punctuation inside a noun phrase: brackets, quoted names, and the comma before a name in apposition."""

from __future__ import annotations

from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, ROLE
from briefing.extract.clause import Parsed
from briefing.extract.name_words import may_be_verb, name_like

MAX_NAME = 4  # words of a name that no lexicon has
_NAMES = (BODY, "common_body", COUNTRY)


def mark(parsed: Parsed, i: int, start: int, end: int, role: bool, open_: bool) -> int:
    """How many tokens from the mark at i still belong to the phrase that began at `start` and may run to `end`; 0 ends it.

    `role`: an office has been read; `open_`: an office or a body has, and no person yet, so a name may follow a comma.
    """
    text = parsed.tokens[i].text
    if text == "(" and i > start:
        return _until(parsed, i, end, ")", 8)
    if text == "«" or text == '"' or text == "“":
        size = _until(parsed, i, end, {"«": "»", "“": "”"}.get(text, '"'), 12)
        inside = [parsed.match_at(k) for k in range(i + 1, i + max(size - 1, 1))]
        if parsed.word(i - 1) == "ل":
            return 0
        known = any(m is not None and m.kind in (*_NAMES, ADJECTIVE, PERSON) for m in inside)
        return size if size and (known or size <= 5) and i + size < end and not _sentence_end(parsed, i + size) else 0
    if text == "،" and i > start and open_:
        return _apposition(parsed, i, end, role)
    if text in "-/" and i > start:
        after = parsed.match_at(i + 1) if i + 1 < end else None
        joins = parsed.tokens[i - 1].end == parsed.tokens[i].start or (after is not None and after.kind in (ADJECTIVE, COUNTRY))
        return int(joins)  # «المغربي - الإسباني»; «كامل الحربي -وكان مستقلا-» opens an aside
    if text == "." and i > start and len(parsed.word(i - 1)) == 1:
        return 1  # «د. فلان»
    return 0


def _sentence_end(parsed: Parsed, i: int) -> bool:
    return i >= len(parsed.tokens) or parsed.tokens[i].text in ".؟!"


def _until(parsed: Parsed, i: int, end: int, closer: str, most: int) -> int:
    for k in range(i + 1, min(end, i + most)):
        if parsed.tokens[k].text == closer:
            return k - i + 1
    return 0


def _apposition(parsed: Parsed, i: int, end: int, role: bool) -> int:
    """«وزير الخارجية الروسي، سيرغي لافروف، …»: the comma belongs to the phrase when a name or role follows it."""
    match = parsed.match_at(i + 1) if i + 1 < end else None
    if match is not None and not match.prefix and match.kind in (PERSON, ROLE, BODY, "common_body"):
        return 1
    if match is None and role and i + 2 < end and name_like(parsed, i + 1):
        words = next((k - i - 1 for k in range(i + 1, min(end, i + 6)) if parsed.tokens[k].text == "،"), 0)
        plain = all(name_like(parsed, k) and not may_be_verb(parsed, k) for k in range(i + 1, i + 1 + words))
        return 1 if 1 <= words <= MAX_NAME and plain else 0
    return 0

"""The optional `Key: value` block at the very top of a .txt or .md file; the text itself is never edited."""

from __future__ import annotations

import re

from briefing.model import Span

_KEYS = {
    "title": "title",
    "url": "url",
    "link": "url",
    "published": "published",
    "date": "published",
    "outlet": "outlet",
    "source": "outlet",
    "author": "author",
    "language": "language",
    "lang": "language",
    "العنوان": "title",
    "الرابط": "url",
    "التاريخ": "published",
    "تاريخ النشر": "published",
    "المصدر": "outlet",
    "الكاتب": "author",
    "اللغة": "language",
}
MOST_LINES = 40

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_PAIR = re.compile(r"\s*([^:：]{1,20}?)\s*[:：](.*)", re.DOTALL)
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
# Front matter also holds what other programs keep there: a Latin key of one word, a list item or a comment.
_FOREIGN = re.compile(r"[A-Za-z][\w-]*:(\s.*)?|\s*-\s.*|\s+\S.*|#.*|")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_DATE = re.compile(
    r"(?:[^\W\d_]+[،,]?\s+)?(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[T\s].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}\s+[^\W\d_]+(?:[\s/]+[^\W\d_]+){0,2}[،,]?\s+\d{4}).{0,12}"
)


def split_header(text: str) -> tuple[Span | None, dict[str, str]]:
    """The span of the header block (without its last newline) and its values by canonical key, or (None, {}).

    The block starts at the first character, has only lines of known keys (Title, URL, Published or Date, Outlet or
    Source, Author, Language, or العنوان، الرابط، التاريخ، المصدر، الكاتب، اللغة) and ends at a blank line; or it stands
    between two lines `---`. Canonical keys: title, url, published, outlet, author, language; empty values are left out.
    """
    lines = _first_lines(text)
    if lines and lines[0][0].rstrip() == "---":
        return _fenced(lines)
    return _plain(lines)


def _first_lines(text: str) -> list[tuple[str, int]]:
    """The first lines, each with the offset where it ends (before its newline)."""
    lines: list[tuple[str, int]] = []
    at = 0
    while at < len(text) and len(lines) < MOST_LINES:
        found = _LINE.match(text, at)
        if found is None:  # cannot be: the pattern ends at \Z at the latest
            break
        lines.append((found[1], found.end(1)))
        at = found.end()
    return lines


def _plain(lines: list[tuple[str, int]]) -> tuple[Span | None, dict[str, str]]:
    pairs: list[tuple[str, str]] = []
    for n, (line, _) in enumerate(lines):
        pair = _known(line)
        if pair is None:
            ends_well = not line.strip() and _is_header(pairs)
            return (Span(0, lines[n - 1][1]), _values(pairs)) if ends_well else (None, {})
        pairs.append(pair)
    return None, {}


def _fenced(lines: list[tuple[str, int]]) -> tuple[Span | None, dict[str, str]]:
    pairs: list[tuple[str, str]] = []
    for line, end in lines[1:]:
        if line.rstrip() in ("---", "..."):
            return (Span(0, end), _values(pairs)) if pairs else (None, {})
        pair = _known(line)
        if pair is not None:
            pairs.append((pair[0], _unquoted(pair[1])))
        elif not _FOREIGN.fullmatch(line):
            return None, {}
    return None, {}


def _known(line: str) -> tuple[str, str] | None:
    """The key as written (lower case) and its value, if the line has a known key."""
    found = _PAIR.fullmatch(line)
    if found is None:
        return None
    key = " ".join(found[1].translate(_INVISIBLE).lower().split())
    return (key, found[2].strip()) if key in _KEYS else None


def _is_header(pairs: list[tuple[str, str]]) -> bool:
    """Is the block more than one Arabic headline that happens to begin with such a word («المصدر: لن نتراجع»)?"""
    if len(pairs) != 1 or pairs[0][0].isascii():
        return bool(pairs)
    key, value = _KEYS[pairs[0][0]], pairs[0][1].translate(_INVISIBLE)
    return bool((key == "url" and _URL.fullmatch(value)) or (key == "published" and _DATE.fullmatch(value)))


def _values(pairs: list[tuple[str, str]]) -> dict[str, str]:
    values: dict[str, str] = {}
    for key, value in pairs:
        name = _KEYS[key]
        shown = value.translate(_INVISIBLE).strip() if name in ("url", "published", "language") else value
        if shown:
            values.setdefault(name, shown)
    return values


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value

"""Text of an article or of ours -> inline Markdown that says exactly that text and nothing else.

Nothing an article writes may become markup: not HTML, not Markdown, not a link that a wiki makes of a bare address, not a
bidi control that turns the rest of a line round. Whatever leaves this module can stand anywhere in a Markdown paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

# Marks, embeddings, overrides and isolates (UAX #9) decide the order of a whole line; direction here comes from `dir`.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Invisible and without meaning for a reader: C0/C1 controls, soft hyphen, byte order mark, annotation marks, tag characters.
_INVISIBLE = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_DROP = re.compile(f"[{_BIDI}{_INVISIBLE}]")
_SURROGATE = re.compile("[\ud800-\udfff]")

# Python-Markdown and CommonMark both let these stand after a backslash; the others go as entities, because one processor
# or another prints the backslash.
_ENTITY = {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {one: f"&#{ord(one)};" for one in "~|$^=:"}
# The last three alternatives break bare addresses and mentions, which GitHub, GitLab and linkifiers turn into links.
_SPECIAL = re.compile(r"[\\`*_{}\[\]!#&<>~|$^=@]|:(?=//)|(?<=mailto):|(?<=[^\W_])\.(?=[^\W_])")
# At the start of a line these would open a list, a heading underline or a definition.
_LINE_START = re.compile(r"^[-+:]|^(\d+)([.)])")

_LONG_WORD = re.compile(r"\S{40}")

_LATIN = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
_WORD = f"[{_LATIN}{_DIGIT}]+"
_JOIN = r"(?:://|[.,:/@&'\u2019_+\-\u2010-\u2014\u2212\u066b\u066c\u00d7])"
# One unit that reads left to right inside Arabic: Latin words with the numbers after them; else a number, date, time,
# ISO string, percentage or range. It is what the bidi algorithm keeps together, plus the ranges it would turn round.
_LTR = re.compile(
    rf"[{_LATIN}][{_LATIN}{_DIGIT}]*(?:(?:{_JOIN}|[ ]){_WORD})*"
    rf"|(?:(?<!\S)[+\-\u2212])?[$\u20ac\u00a3]?{_WORD}(?:(?:{_JOIN}|[ ][\-\u2013\u2014][ ]){_WORD})*[%\u066a]?"
)
_ARABIC = "\u0600-\u060b\u060d-\u061a\u061c-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe"
_RTL = re.compile(f"[{_ARABIC}](?:[{_ARABIC}\u060c\u200c\u200d \u00ab\u00bb0-9]*[{_ARABIC}])?")


def plain(text: str) -> str:
    """`text` as one line for display: no bidi or other controls, white space collapsed, lone surrogates replaced."""
    shown = _SURROGATE.sub("\ufffd", _DROP.sub("", text))
    return " ".join(shown.split())


def markdown_text(text: str) -> Markup:
    """`text` escaped for Markdown and HTML; safe at the start of a line, in a table cell and in link text."""
    return Markup(_escape_line_start(_escape(plain(text))))


def arabic_text(text: str) -> Markup:
    """Arabic text for a right-to-left block: escaped, with everything that reads left to right isolated in <bdi>."""
    return _isolate(plain(text), *_IN_ARABIC)


def english_text(text: str) -> Markup:
    """English text: escaped, with Arabic words isolated in <bdi> and marked as Arabic."""
    return _isolate(plain(text), *_IN_ENGLISH)


def arabic_html(text: str) -> Markup:
    """Arabic text for an HTML page: as `arabic_text`, but with white space at its ends kept, for a part of a sentence."""
    return _isolated_html(text, _LTR, '<bdi dir="ltr">')


def english_html(text: str) -> Markup:
    """English text for an HTML page, with Arabic words isolated in <bdi> and marked as Arabic."""
    return _isolated_html(text, _RTL, '<bdi dir="rtl" lang="ar">')


def link(url: str) -> Markup:
    """A link to `url` when it is http(s), else its escaped text: javascript:, data: and file: never become links."""
    shown = plain(url)
    target = safe_url(shown)
    return Markup(f"[{_escape(shown)}](<{target}>)") if target else markdown_text(shown)


def safe_url(url: str) -> str | None:
    """`url` percent-encoded for a link, or None when it is not an absolute http(s) address."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    # Brackets, parentheses, quotes, spaces and backslashes would end a Markdown link or an attribute.
    return quote(url, safe="/:?#@!$&*+,;=%-._~") if valid else None


def anchor(identifier: str) -> str:
    """The HTML id of an entry, section or source: ASCII letters, digits and hyphens ("S1" -> "s1")."""
    return re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")


def _isolated_html(text: str, foreign: re.Pattern[str], opening: str) -> Markup:
    shown, position, pieces = _SURROGATE.sub("\ufffd", _DROP.sub("", text)), 0, []
    for found in foreign.finditer(shown):
        pieces += [escape(shown[position : found.start()]), Markup(opening), escape(found[0]), Markup("</bdi>")]
        position = found.end()
    return Markup("").join([*pieces, escape(shown[position:])])


def _escape(text: str) -> str:
    return _SPECIAL.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character == "@":
        return "<span>@</span>"
    return _ENTITY.get(character) or "\\" + character


def _escape_line_start(text: str) -> str:
    return _LINE_START.sub(_escaped_start, text)


def _escaped_start(found: re.Match[str]) -> str:
    if found[1]:
        return f"{found[1]}\\{found[2]}"
    return _ENTITY.get(found[0]) or "\\" + found[0]


def isolated(text: str, escape: Callable[[str], str], *, arabic: bool) -> Markup:
    """`text`, Arabic or English, as one line with what reads the other way in <bdi>; every piece goes through `escape`."""
    return Markup(_isolated(plain(text), *(_IN_ARABIC if arabic else _IN_ENGLISH), escape))


def _isolated(text: str, foreign: re.Pattern[str], opening: str, escape: Callable[[str], str]) -> str:
    pieces: list[str] = []
    position = 0
    for found in foreign.finditer(text):
        pieces += [escape(text[position : found.start()]), opening, escape(found[0]), "</bdi>"]
        position = found.end()
    return "".join([*pieces, escape(text[position:])])


_IN_ARABIC = (_LTR, '<bdi dir="ltr">')
_IN_ENGLISH = (_RTL, '<bdi dir="rtl" lang="ar">')


def _isolate(text: str, foreign: re.Pattern[str], opening: str) -> Markup:
    escaped = _escape_line_start(_isolated(text, foreign, opening, _escape))
    # The style sheet lets such a word break anywhere; without that it would run off the page.
    return Markup(f'<span class="long">{escaped}</span>' if _LONG_WORD.search(text) else escaped)

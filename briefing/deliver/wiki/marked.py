"""The first line of every page we make: that a program made it, and a digest by which an edit by a person is seen."""

from __future__ import annotations

import hashlib
import re

_WORDS = "made by briefing from a brief: edits stop it from being updated, so keep notes on pages of your own"
_MARK = re.compile(r"\A\ufeff?<!-- briefing:([0-9a-f]{64}) [^\n]*-->\n")


def marked(body: str) -> str:
    """The page with its first line."""
    text = _plain(body)
    return f"<!-- briefing:{_digest(text)} {_WORDS} -->\n{text}"


def is_ours(page: str) -> bool:
    """Whether we made this page and nobody changed it since. Line ends and blank space at the end may have changed."""
    text = _plain(page)
    found = _MARK.match(text)
    return found is not None and found[1] == _digest(_plain(text[found.end() :]))


def same(one: str, other: str) -> bool:
    """Whether two pages are equal but for line ends and blank space at the end, which wikis change when they save."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()

"""robots.txt as RFC 9309 has it: which paths this program may ask for, and how long it should wait between two requests.

Python's urllib.robotparser takes the first rule that fits and knows no wildcards; the RFC takes the longest, and sites use both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

MOST_BYTES = 512 * 1024
"""What is read of a robots.txt; RFC 9309, section 2.5, asks for 500 KiB at least."""

_TOKEN = re.compile(r"[A-Za-z_-]+")
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one program: (pattern, allowed) pairs, and the seconds between two requests."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """May `path` (with its query) be asked for? The longest fitting rule decides, of two the allowing one."""
        asked = _normal(path)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, asked)]
        return asked == "/robots.txt" or max(fitting, default=(0, True))[1]


def parse(text: str, user_agent: str) -> Robots:
    """The rules of a robots.txt for the program whose User-Agent begins with its name; those for "*" when it is not named."""
    token = _TOKEN.match(user_agent)
    name = token[0].lower() if token else ""
    groups = list(_groups(text))
    own = [lines for agents, lines in groups if name in agents] or [lines for agents, lines in groups if "*" in agents]
    lines = [line for group in own for line in group]
    rules = tuple((_normal(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    return Robots(rules, max((_seconds(value) for key, value in lines if key == "crawl-delay"), default=0.0))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Names and rules that belong together: a run of User-agent lines, then what follows up to the next such run."""
    agents: set[str] = set()
    lines: list[tuple[str, str]] = []
    for found in map(_LINE.match, text.removeprefix("\ufeff").splitlines()):
        if found is None:
            continue
        key, value = found[1].lower(), found[2].strip()
        if key == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            agents.add(_agent(value))
        elif key in ("allow", "disallow", "crawl-delay"):
            lines.append((key, value))
    yield agents, lines


def _agent(value: str) -> str:
    token = _TOKEN.match(value)
    return "*" if value.startswith("*") else token[0].lower() if token else ""


def _normal(path: str) -> str:
    """One spelling for what %-encoding can spell in several; "*" and "$" keep their meaning, "%2F" stays apart from "/"."""
    parts = re.split(r"(%2[fF])", path)
    return "".join(part.upper() if n % 2 else _quoted(part) for n, part in enumerate(parts))


def _quoted(part: str) -> str:
    return quote(unquote(part, errors="surrogateescape"), "/*$?&=:;,@!~+()'-._", errors="surrogateescape")


def _fits(pattern: str, path: str) -> bool:
    """Does the pattern fit the beginning of the path ("*": anything; "$" at the end: the path ends)? No backtracking."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for n, piece in enumerate(rest, 1):
        if whole and n == len(rest):
            return len(path) - len(piece) >= at and path.endswith(piece)
        at = path.find(piece, at) + len(piece)
        if at < len(piece):
            return False
    return not whole or at == len(path)


def _seconds(value: str) -> float:
    return float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value) else 0.0

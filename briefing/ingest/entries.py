"""JSON and JSON Lines -> entries: one per article, with what is wrong with the others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.model import Metadata, Problem

SHAPE = 'An entry is {"title": …, "url": …, "published": …, "outlet": …, "content": …} or has "html" in place of "content".'
MEND_JSON = "Mend the JSON at that place, or export the file again."

# The first of a row that is there counts; the others are what scrapers call the same thing.
_CONTENT = ("content", "text", "body")
_FIELDS = {
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "published": ("published", "date", "date_published", "datePublished"),
    "outlet": ("outlet", "source"),
    "author": ("author",),
    "section": ("section", "category"),
    "language": ("language", "lang"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a JSON file. `suffix` ("#3" or "") follows the file's name; exactly one of content and html is set."""

    suffix: str
    content: str | None
    html: str | None
    metadata: Metadata


def json_entries(text: str, file: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of a .json file: one object, or a list of objects ("#2" is the second, when there is more than one).

    Damage is a Problem naming line and column.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return [], [_damaged(file, error)]
    objects = value if isinstance(value, list) else [value]
    if not objects:
        return [], [Problem(file, "holds an empty list: no article", SHAPE)]
    numbered = [(f"#{n}" if len(objects) > 1 else "", entry) for n, entry in enumerate(objects, 1)]
    return _sorted_out(numbered, file)


def jsonl_entries(text: str, file: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of a .jsonl file, one per line ("#3" is line 3); blank lines are passed over.

    A damaged line is a Problem naming line and column, and the others go on.
    """
    numbered: list[tuple[str, Any]] = []
    problems: list[Problem] = []
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            numbered.append((f"#{n}", json.loads(line)))
        except (ValueError, RecursionError) as error:
            problems.append(_damaged(f"{file}#{n}", error, n))
    if not numbered and len(problems) > 1 and _is_json(text):
        return [], [Problem(file, "is one JSON document, not one object per line", "Rename it to end in .json.")]
    if not numbered and not problems:
        return [], [Problem(file, "holds no line with an article", SHAPE)]
    entries, more = _sorted_out(numbered, file)
    return entries, problems + more


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _damaged(where: str, error: Exception, line: int | None = None) -> Problem:
    if isinstance(error, json.JSONDecodeError):
        place = f"line {line or error.lineno}, column {error.colno}"
        return Problem(where, f"is not valid JSON: {place}: {error.msg}", MEND_JSON)
    why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    place = f"line {line}: " if line else ""
    return Problem(where, f"is not valid JSON: {place}{why}", MEND_JSON)


def _sorted_out(numbered: list[tuple[str, Any]], file: str) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for suffix, value in numbered:
        result = _entry(suffix, value)
        if isinstance(result, Entry):
            entries.append(result)
        else:
            problems.append(Problem(file + suffix, result, SHAPE))
    return entries, problems


def _entry(suffix: str, value: Any) -> Entry | str:
    """The entry, or what is wrong with it."""
    if not isinstance(value, dict):
        return f"is {_kind(value)}, not an object"
    content = next((value[key] for key in _CONTENT if isinstance(value.get(key), str)), None)
    html = value.get("html")
    if content and content.strip():
        return Entry(suffix, content, None, _metadata(value))
    if isinstance(html, str) and html.strip():
        return Entry(suffix, None, html, _metadata(value))
    return 'has no text: "content" (or "text", "body") and "html" are missing, empty or not strings'


def _kind(value: Any) -> str:
    kinds = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _metadata(value: Mapping[str, Any]) -> Metadata:
    found = {name: next((text for key in keys if (text := _string(value.get(key)))), None) for name, keys in _FIELDS.items()}
    return Metadata(**found, published_basis="metadata" if found["published"] else None)


def _string(value: Any) -> str | None:
    """A field's value: a string, a name in an object, or a list of those; anything else is not a statement we understand."""
    if isinstance(value, list):
        return ", ".join(text for entry in value if not isinstance(entry, list) and (text := _string(entry))) or None
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None

"""The JSON Schemas of what a model is to answer, and the check of a value against one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

SECTIONS = ("statements", "agreements", "events")
HIGHLIGHTS = "highlights"
_IN_WORDS = {"object": "an object", "array": "a list", "string": "a string", "integer": "a whole number", "null": "null"}
_ABOUT = ("$schema", "$id", "title")  # for people; servers know none of them


@lru_cache(maxsize=8)
def schema(name: str) -> dict[str, Any]:
    """The schema of the answers to `name` (one of SECTIONS, or HIGHLIGHTS), as it is sent to a server."""
    text = resources.files("briefing.extract.llm").joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
    return {key: value for key, value in json.loads(text).items() if key not in _ABOUT}


def item_schema(name: str) -> dict[str, Any]:
    """The schema of one item of such an answer."""
    found: dict[str, Any] = schema(name)["properties"][name]["items"]
    return found


def faults(value: Any, wanted: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """What keeps `value` (parsed JSON) from fitting a schema, in words for the model that wrote it; nothing when it fits.

    Knows the part of JSON Schema that our schemas use: type, enum, properties, required, additionalProperties: false, items.
    """
    kinds = wanted["type"] if isinstance(wanted["type"], list) else [wanted["type"]]
    if not any(_is(value, kind) for kind in kinds):
        yield f"{place or 'it'} must be {' or '.join(_IN_WORDS[kind] for kind in kinds)}"
    elif "enum" in wanted and value not in wanted["enum"]:
        yield f"{place} must be one of {', '.join(wanted['enum'])}"
    elif isinstance(value, dict):
        yield from _object_faults(value, wanted, place)
    elif isinstance(value, list):
        for n, each in enumerate(value, 1):
            yield from faults(each, wanted["items"], f"{place} {n}".strip())


def _is(value: Any, kind: str) -> bool:
    # not isinstance: True is no number, and 1.0 no number of a sentence
    exact = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    return type(value) is exact[kind]


def _object_faults(value: dict[str, Any], wanted: Mapping[str, Any], place: str) -> Iterator[str]:
    known = wanted["properties"]
    missing = [name for name in wanted["required"] if name not in value]
    extra = sum(1 for name in value if name not in known)
    if missing:
        yield f"{place or 'it'} has no {', '.join(missing)}"
    if extra:
        fields = "a field" if extra == 1 else f"{extra} fields"
        yield f"{place or 'it'} has {fields} that nobody asked for; only {', '.join(known)} may stand there"
    for name in known:
        if name in value:
            yield from faults(value[name], known[name], f"{place} {name}".strip())

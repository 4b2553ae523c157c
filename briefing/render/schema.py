"""The JSON Schemas published with the package, one for each JSON it prints."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from briefing.errors import UsageError

SCHEMAS = {
    "briefing.inspect/1": "inspect-1.schema.json",
    "briefing.brief/1": "brief-1.schema.json",
    "briefing.ledger/1": "ledger-1.schema.json",
    "briefing.lexicon-check/1": "lexicon-check-1.schema.json",
    "briefing.lexicon-find/1": "lexicon-find-1.schema.json",
    "briefing.memory-search/1": "memory-search-1.schema.json",
    "briefing.eval-mt/1": "eval-mt-1.schema.json",
    "briefing.run/1": "run-1.schema.json",
    "briefing.status/1": "status-1.schema.json",
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of an output by the name in its `schema` field ("briefing.brief/1") or in short ("brief-1").

    Raises UsageError when there is no such schema.
    """
    file = SCHEMAS.get(name) or (f"{name}.schema.json" if f"{name}.schema.json" in SCHEMAS.values() else None)
    if file is None:
        raise UsageError(f"no JSON Schema called {name}", f"Choose from {', '.join(SCHEMAS)}.")
    text = resources.files("briefing.render").joinpath("schemas", file).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded

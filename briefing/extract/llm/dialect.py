"""The ways to put a request: servers differ in which fields of the same protocol they know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

_FORMATS = ("json_schema", "json_object", "none")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the answer's form and length are asked for, and whether the same answer is asked for every time."""

    format: str = _FORMATS[0]
    limit: str = "max_tokens"
    steady: bool = True

    def fields(self, schema: Mapping[str, Any], limit: int) -> dict[str, Any]:
        """The fields that go beside model and messages."""
        made: dict[str, Any] = {self.limit: limit, "stream": False}
        if self.steady:
            made |= {"temperature": 0, "seed": 0}
        if self.format == "json_schema":
            made["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
        elif self.format == "json_object":
            made["response_format"] = {"type": "json_object"}
        return made

    def after(self, complaint: str) -> Dialect | None:
        """The way to try when a server refuses this one with these words; None when there is no other."""
        said = complaint.lower()
        if "max_completion_tokens" in said and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if self.steady and ("temperature" in said or "seed" in said):
            return replace(self, steady=False)
        n = _FORMATS.index(self.format) + 1
        return replace(self, format=_FORMATS[n]) if n < len(_FORMATS) else None

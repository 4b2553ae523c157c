"""What tells one build of a week from another: what it says, without the time it was made at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_CLOCK = "cut_off"  # two builds of the same articles by the same program differ in nothing else


def edition(tree: Mapping[str, Any]) -> str:
    """The SHA-256 of all that brief.json holds except the time of its cut-off, so that building again makes no new edition."""
    said = {key: value for key, value in tree.items() if key != _CLOCK}
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()

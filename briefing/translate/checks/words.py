"""The words that the checks look for: words.toml beside this module. No user's lexicon changes them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def data(section: str) -> Any:
    """A section of words.toml, read once and shared: not to be changed."""
    return _tables()[section]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files("briefing.translate.checks").joinpath("words.toml").read_text("utf-8"))

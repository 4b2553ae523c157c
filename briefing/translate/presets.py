"""Models that are known by a short name, each with the revision that is taken: presets.toml beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Preset:
    """A model on the hub. `revision` is a commit, or "" for whatever is newest; `megabytes` is about what is downloaded."""

    name: str
    hub: str
    languages: str
    licence: str
    megabytes: int
    revision: str = ""


@cache
def presets() -> tuple[Preset, ...]:
    """All presets, the default model first."""
    text = resources.files("briefing.translate").joinpath("presets.toml").read_text("utf-8")
    return tuple(Preset(**entry) for entry in tomllib.loads(text)["preset"])


def preset(name: str) -> Preset | None:
    """The preset with this short name or hub name, whatever its case, or None."""
    wanted = name.casefold()
    return next((p for p in presets() if wanted in (p.name.casefold(), p.hub.casefold())), None)

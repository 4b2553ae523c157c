"""The brief of a week as `briefing build` left it in the folder of products: what everything that goes out starts from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefing.config import Config
from briefing.errors import InputError
from briefing.render.json_brief import SCHEMA
from briefing.week import NEWEST, parse

ALL = "all"  # the folder of a brief without a week


@dataclass(frozen=True, slots=True)
class Built:
    """A brief on disk. `digest` is the SHA-256 of its brief.json, `tree` what that holds, `week` is "2024-W46" or "all".

    `files` are the formats that lie beside it, by name: md, html, pdf, json.
    """

    week: str
    digest: str
    content: bytes
    tree: Mapping[str, Any]
    files: Mapping[str, Path]


def built(config: Config, week: str, today: date) -> Built:
    """The brief of `week` (as `briefing build` takes it; "newest": the newest that is built; "all") in the folder of products.

    Raises UsageError for what is no week, InputError when there is no such brief or when its brief.json cannot be used.
    """
    out = config.base / config.out
    folder = _newest(out) if week == NEWEST else out / (ALL if week == ALL else str(parse(week, today)))
    path = folder / "brief.json"
    content = _read(path, folder.name)
    files = {name: file for name in ("md", "html", "pdf", "json") if (file := folder / f"brief.{name}").is_file()}
    return Built(folder.name, hashlib.sha256(content).hexdigest(), content, _tree(path, content), files)


def _newest(out: Path) -> Path:
    weeks = sorted(path.parent for path in out.glob("[0-9]*-W[0-9]*/brief.json"))
    if not weeks:
        raise InputError(f"{out}: there is no brief of a week", "Build one first: briefing build --week")
    return weeks[-1]


def _read(path: Path, week: str) -> bytes:
    again = "briefing build" if week == ALL else f"briefing build --week {week}"
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such brief", f"Build it first: {again}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "Mend this and run the same command again.") from error


def _tree(path: Path, content: bytes) -> Mapping[str, Any]:
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is not valid JSON: {error}", "Build the week again.") from error
    if not isinstance(tree, dict) or tree.get("schema") != SCHEMA:
        raise InputError(f"{path}: is no brief of this program ({SCHEMA})", "Build the week again.")
    return tree

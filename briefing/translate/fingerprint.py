"""What a model's answers rest on besides its settings, as a digest: weights, tokeniser, vocabulary, configuration, arithmetic."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from briefing.translate.models import CARD

_READ = (".json", ".model", ".spm", ".txt")  # small files that engines read beside the weights


def fingerprint(directory: Path, weights: str, *more: str) -> str:
    """Eight hexadecimal digits of a SHA-256 over `weights` (a digest), `more`, and each small file that a model is read with.

    `directory` is the model's. The card that says what a model is called does not count.
    """
    files = sorted(path for path in directory.iterdir() if path.suffix in _READ and path.name != CARD and path.is_file())
    parts = [weights, *more, *(part for path in files for part in (path.name, hashlib.sha256(path.read_bytes()).hexdigest()))]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:8]

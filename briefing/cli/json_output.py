"""JSON on standard output."""

from __future__ import annotations

import json

import click


def write_json(value: object) -> None:
    """Prints `value` as JSON in UTF-8, whatever the terminal's own encoding; a lone surrogate becomes JSON's own escape."""
    click.echo((json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"), nl=False)

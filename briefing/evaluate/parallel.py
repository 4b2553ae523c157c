"""Sentences with a reference translation, and with outputs to be judged, from the files people have them in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import ConfigError, InputError, UsageError
from briefing.plain_lines import read_lines

_KINDS = "Give one .jsonl or .tmx file, or text files of as many lines each: SOURCE REFERENCE [OUTPUT]."


@dataclass(frozen=True, slots=True)
class Parallel:
    """Equally many sources and references, and `outputs` of as many by the name of what made them.

    `places[i]` is the number of pair i in its file, counted from 1: its line, or its unit in TMX.
    """

    sources: tuple[str, ...]
    references: tuple[str, ...]
    outputs: Mapping[str, tuple[str, ...]]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a JSON Lines file that hold the source, the reference, and outputs."""

    source: str = "ar"
    reference: str = "ref"
    outputs: tuple[str, ...] = ()


def read_parallel(files: Sequence[Path], fields: Fields) -> Parallel:
    """What `files` hold: one .jsonl or .tmx, with an OUTPUT text file or without, or the text files SOURCE, REFERENCE, OUTPUT.

    An OUTPUT file has a line for each pair. Raises InputError naming file, line and field for what is missing, empty or of other
    length, UsageError when the files are of no such kind.
    """
    first, kind = files[0], files[0].suffix.lower()
    if kind == ".jsonl":
        return _with_output(_json_lines(first, fields), first, files[1:])
    if fields.outputs:
        raise UsageError("--hypothesis names a field, and only a .jsonl file has fields", "Give the outputs as a text file.")
    if kind == ".tmx":
        return _with_output(_units(first), first, files[1:])
    if len(files) < 2:
        raise UsageError(f"{first}: a reference is missing", _KINDS)
    sources, references = _lines(first), _lines(files[1])
    _equally_long(first, sources, files[1], references)
    pairs = Parallel(tuple(sources), tuple(references), {}, tuple(range(1, len(sources) + 1)))
    return _with_output(pairs, first, files[2:])


def _with_output(pairs: Parallel, file: Path, more: Sequence[Path]) -> Parallel:
    if len(more) > 1:
        raise UsageError(f"{more[1]}: one file too many", _KINDS)
    if not more:
        return pairs
    output = _lines(more[0])
    _equally_long(file, pairs.sources, more[0], output)
    return Parallel(pairs.sources, pairs.references, {**pairs.outputs, more[0].name: tuple(output)}, pairs.places)


def _lines(path: Path) -> list[str]:
    lines = read_lines(path)
    if not any(line.strip() for line in lines):
        raise InputError(f"{path}: is empty", "Name a file with a sentence on every line.")
    return lines


def _equally_long(one: Path, first: Sequence[str], other: Path, second: Sequence[str]) -> None:
    if len(first) != len(second):
        message = f"{other}: has {len(second)} lines, but {one} has {len(first)}"
        raise InputError(message, "Line N of one has to belong to line N of the other.")


# ---------------------------------------------------------------- JSON Lines and TMX


def _json_lines(path: Path, fields: Fields) -> Parallel:
    numbered = [(number, line) for number, line in enumerate(_lines(path), 1) if line.strip()]
    rows = [_row(path, number, line) for number, line in numbered]
    places = tuple(number for number, _ in numbered)
    found = {name: _column(path, places, rows, name) for name in (fields.source, fields.reference, *fields.outputs)}
    return Parallel(found[fields.source], found[fields.reference], {name: found[name] for name in fields.outputs}, places)


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: line {number}: is not JSON: {error}", "Every line has to hold one JSON object.") from error
    if not isinstance(row, dict):
        raise InputError(f"{path}: line {number}: is no JSON object", "Every line has to hold one JSON object.")
    return row


def _column(path: Path, places: Sequence[int], rows: Sequence[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    for number, row in zip(places, rows, strict=True):
        if not isinstance(row.get(name), str):
            what = f"the field {name!r} holds no text" if name in row else f"there is no field {name!r}"
            known = ", ".join(key for key, value in row.items() if isinstance(value, str)) or "none"
            step = f"Its text fields: {known}. Choose with --source, --reference and --hypothesis."
            raise InputError(f"{path}: line {number}: {what}", step)
    return tuple(row[name] for row in rows)


def _units(path: Path) -> Parallel:
    from briefing.translate.tmx import read_tmx

    try:
        entries = read_tmx(path).entries
    except ConfigError as error:  # here it is an input, no memory of the settings
        raise InputError(error.message, error.next_step) from error
    if not entries:
        raise InputError(f"{path}: has no unit with Arabic and English", "Name a TMX file that has both languages.")
    places = tuple(range(1, len(entries) + 1))
    return Parallel(tuple(e.ar for e in entries), tuple(e.en for e in entries), {}, places)

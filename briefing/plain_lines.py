"""Text files whose lines count one by one: parallel texts, tab-separated pairs."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path

from briefing.errors import InputError

STDIN = Path("-")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_lines(path: Path) -> list[str]:
    """The lines of a file ("-": standard input) in UTF-8, or in UTF-16 with a byte order mark.

    They end at LF, with a CR before it or not, and nowhere else; what follows the last LF is a line unless it is empty. Raises
    InputError naming the file, and the line of bytes that are no such text.
    """
    try:
        data = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "Check the path and its permissions.") from error
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        lines = data.decode(encoding).split("\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = encoding.removesuffix("-sig").upper()
        raise InputError(f"{path}: line {line}: is not {name} text", "Save it as UTF-8.") from error
    return [line.removesuffix("\r") for line in (lines[:-1] if lines[-1] == "" else lines)]

"""TMX files as tests need them."""

from __future__ import annotations

from pathlib import Path

SENTENCE = "أعلن الوزير «هدنة» جديدة"
ENGLISH = 'The minister announced a new "truce"'


def tmx(units: str, doctype: str = "") -> str:
    """A TMX file of these units."""
    return f'<?xml version="1.0"?>{doctype}<tmx version="1.4"><header/><body>{units}</body></tmx>'


def unit(ar: str, en: str, date: str = "") -> str:
    """A unit with regional language codes, the way other tools write them."""
    changed = f' changedate="{date}"' if date else ""
    return f'<tu{changed}><tuv xml:lang="ar-SY"><seg>{ar}</seg></tuv><tuv xml:lang="EN_gb"><seg>{en}</seg></tuv></tu>'


def saved(folder: Path, text: str, name: str = "own.tmx") -> Path:
    """The path of a new file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path

"""A small brief on disk, as `briefing build` leaves it, without building one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefing.render.json_brief import SCHEMA

NO_WHEN = {"value": None, "earliest": None, "latest": None, "precision": "unknown", "basis": "none"}


def item(identity: str, en: str, ar: str, start: int = 0, **more: Any) -> dict[str, Any]:
    """A statement, agreement or event that cites the sentence at `start`."""
    cited = {"number": start + 1, "source": 1, "text_sha256": "0" * 64, "start": start, "end": start + 9, "quote": ar}
    return {"id": identity, "en": en, "ar": ar, "date": NO_WHEN, "citations": [cited], **more}


def sentence(number: int, ar: str, label: str = "machine") -> dict[str, Any]:
    """A cited sentence of the source."""
    return {"number": number, "ar": ar, "start": 0, "end": len(ar), "translation": {"en": "x", "label": label, "flags": []}}


Items = Sequence[dict[str, Any]]


def tree(statements: Items = (), events: Items = (), highlights: Items = (), **more: Any) -> dict[str, Any]:
    """The object of a brief.json, as far as a mail needs it."""
    source: dict[str, Any] = {"number": 1, "article_id": "a-1", "title": None, "url": "https://coast.example/a?b=1"}
    source |= {"outlet": {"name": "بوابة الساحل", "basis": "url"}}
    source |= {"published": {"value": "2024-11-12"}, "cited": [sentence(1, "قال الوزير إن الجسر سيفتح.", "reviewed")]}
    section = {"key": "dated", "statements": [{"items": list(statements)}], "agreements": [], "events": list(events)}
    made = {
        "schema": SCHEMA, "title": "Monday brief", "week": "2024-W46", "first_day": "2024-11-11", "last_day": "2024-11-17",
        "timezone": "UTC", "cut_off": "2024-11-18T06:00+00:00", "articles_used": 1, "highlights": list(highlights),
        "sections": [section], "differences": [], "problems": [], "sources": [source],
    }  # fmt: skip
    return made | more


def highlight(text: str, numbers: Sequence[int] = (1,), made_by: str = "rule", entry: str = "S1") -> dict[str, Any]:
    """A highlight."""
    return {"text": text, "entries": [entry], "numbers": list(numbers), "made_by": made_by}


def put(folder: Path, content: dict[str, Any], week: str = "2024-W46", pdf: int | None = 2000) -> bytes:
    """Writes it to out/<week>, with a PDF of at least that many bytes unless None; the content of brief.json."""
    place = folder / "out" / week
    place.mkdir(parents=True, exist_ok=True)
    written = json.dumps(content, ensure_ascii=False).encode()
    (place / "brief.json").write_bytes(written)
    (place / "brief.pdf").unlink(missing_ok=True)
    if pdf is not None:
        mark = hashlib.md5(written).hexdigest()
        (place / "brief.pdf").write_bytes(b"%PDF-1.7\n/CheckSum <" + mark.encode() + b">\n" + bytes(pdf))
    return written

"""What an item is, by content alone: never by file, place in it, or number, so that a revision finds it in any later build.

`key` says which item it is, from its kind, the Arabic it cites and what tells two items of one sentence apart. `seen` says how
the program reads it, English included, so that what was approved is known from what came later.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict
from typing import Any

from briefing.item_model import Agreement, Event, Item, Name, Statement

_PLACED = ("id", "ar", "en", "citations", "flags")  # what says where an item stands, or is told apart otherwise
_DIGITS = 16  # hexadecimal digits of each half of `seen`: enough to tell two readings of one item apart


def key(item: Item) -> str:
    """The item by content: a SHA-256 in hexadecimal. No engine changes it; white space and forms of letters do not either."""
    quotes = [_folded(citation.quote) for citation in item.citations]
    return _sha256([type(item).__name__.lower(), quotes, *_telling(item)])


def seen(item: Item) -> str:
    """How an item is read: digests of its facts and of its English, with a full stop between."""
    facts = {name: _read(value) for name, value in asdict(item).items() if name not in _PLACED}
    return f"{_sha256(facts)[:_DIGITS]}.{_sha256(item.en)[:_DIGITS]}"


def same(one: str, other: str, english: bool = True) -> bool:
    """Whether two values of `seen` are one reading; without `english`, whether their facts are."""
    return one == other if english else one.partition(".")[0] == other.partition(".")[0]


def _telling(item: Item) -> list[Any]:
    """What two items of one sentence, or one sentence in two articles, may differ in; Arabic only, as the text has it."""
    if isinstance(item, Statement):
        return [_folded(item.speaker.ar)]
    if isinstance(item, Agreement):
        return [item.status, sorted(_folded(party.ar) for party in item.parties)]
    assert isinstance(item, Event)
    return [item.type, item.status, [_name(one) for one in (item.actor, item.target, item.place)]]


def _name(name: Name | None) -> str:
    return _folded(name.ar) if name else ""


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _read(value: Any) -> Any:
    """A field without where in the text its words stand."""
    if isinstance(value, dict):
        return {name: _read(one) for name, one in value.items() if name not in ("start", "end")}
    return [_read(one) for one in value] if isinstance(value, list | tuple) else value


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True, sort_keys=True).encode()).hexdigest()

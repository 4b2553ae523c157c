"""Looking a text up in a memory, in either language: the same sentence, sentences it is part of, sentences much like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from briefing.arabic.plain import plain
from briefing.model import Near
from briefing.translate.entry import Entry, source_key
from briefing.translate.near import compared, cut_score
from briefing.translate.segments import copied

Match = Literal["exact", "contains", "near"]
_ORDER: tuple[Match, ...] = ("exact", "contains", "near")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found. `score` is its similarity to the text (0 to 1), in the language of the text; `near` says what
    differs, for a near match in Arabic.
    """

    match: Match
    score: float
    entry: Entry
    near: Near | None = None


def search(text: str, entries: Iterable[Entry], least: float) -> list[Hit]:
    """The entries whose Arabic (for a text with Arabic letters) or English is `text`, contains it or is at least `least` like it.

    Exact ones first, then by similarity, then in the order of `entries`.
    """
    arabic = copied(text) is None
    found = _hits(text, list(entries), least, arabic)
    return sorted(found, key=lambda hit: (_ORDER.index(hit.match), -hit.score))


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit in the fields of briefing.memory-search/1."""
    near = asdict(hit.near) if hit.near else {}
    differ = {name: near.get(name) for name in ("differences", "numbers_differ")}
    return {"match": hit.match, "score": cut_score(hit.score), **asdict(hit.entry), **differ}


def _hits(text: str, entries: list[Entry], least: float, arabic: bool) -> Iterator[Hit]:
    from rapidfuzz import fuzz, process

    wanted = _form(text, arabic)
    forms = [_form(entry.ar if arabic else entry.en, arabic) for entry in entries]
    like = {place: score / 100 for _, score, place in process.extract_iter(wanted, forms, scorer=fuzz.ratio)}
    for place, entry in enumerate(entries):
        if source_key(text) == source_key(entry.ar if arabic else entry.en):
            yield Hit("exact", 1.0, entry)
        elif wanted and wanted in forms[place]:
            yield Hit("contains", like[place], entry)
        elif like[place] >= least:
            yield Hit("near", like[place], entry, compared(text, entry, like[place]) if arabic else None)


def _form(text: str, arabic: bool) -> str:
    """A text as it is compared here: more generous than `source_key`, for people type without hamzas and capitals."""
    return " ".join(plain(text).text.split()) if arabic else source_key(text).casefold()

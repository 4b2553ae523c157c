"""An article with its items in English: what of it is translated, and how English and facts come together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing.extract import draft
from briefing.extract.rules import Drafts
from briefing.item_model import Agreement, Event, Reading, Statement
from briefing.model import Article, Sentence, Translation
from briefing.progress import Track, untracked
from briefing.spread.crew import ALONE, Crew
from briefing.spread.lines import checked_by
from briefing.translate.engine import Engine
from briefing.translate.titles import sound, titled

TRANSLATED_AT_ONCE = 512  # most sources given to an engine between two reports; engines batch and sort within
FIRST_PART = 64
_FOR_EACH = 1024  # sources in flight for each place of a crew, so that none waits for the last of a part

Searched = tuple[Article, tuple[Sentence, ...], Drafts]


def read_again(found: Sequence[Searched], engine: Engine, track: Track) -> tuple[Reading, ...]:
    """Articles that were searched before, as far as they are given here, in English."""
    english = translate((segment for one in found for segment in segments(*one)), engine, track)
    return tuple(reading(*one, english) for one in found)


def segments(article: Article, cut: Sequence[Sentence], drafts: Drafts) -> Iterator[str]:
    """What is to be translated: the headline, every sentence, and item clauses that are shorter than their sentence."""
    if article.title:
        yield article.title.ar
    for s in cut:
        yield article.document.text[s.start : s.end]
    for d in drafts:
        yield d.segment
        yield from d.unnamed


def translate(sources: Iterable[str], engine: Engine, track: Track = untracked, crew: Crew = ALONE) -> dict[str, Translation]:
    """English for each distinct source, made part by part, with a flag for each check that it fails; the crew checks."""
    made: dict[str, Translation] = {}
    most = TRANSLATED_AT_ONCE if crew is ALONE else max(TRANSLATED_AT_ONCE, _FOR_EACH * crew.places)
    for part in track(_parts(list(dict.fromkeys(sources)), most), "Translating", len):
        made.update(zip(part, engine.translate(part), strict=True))
    return dict(zip(made, checked_by(crew, made.items()), strict=True))


def _parts(sources: list[str], most: int) -> list[list[str]]:
    """`sources` in parts that grow from FIRST_PART to `most`: the first says soon how fast it goes."""
    parts, size = [], FIRST_PART
    while sources:
        parts.append(sources[:size])
        sources, size = sources[size:], min(2 * size, most)
    return parts


def reading(article: Article, cut: Sequence[Sentence], drafts: Drafts, english: dict[str, Translation]) -> Reading:
    """An article with its items in English."""
    text = article.document.text
    by_number = {s.n: english[text[s.start : s.end]] for s in cut if text[s.start : s.end] in english}
    done = [draft.finish(d, _content(d, by_number, english), _names(d, english)) for d in drafts]
    said = tuple(item for item in done if isinstance(item, Statement))
    agreed = tuple(item for item in done if isinstance(item, Agreement))
    happened = tuple(item for item in done if isinstance(item, Event))
    found_by = {d.item.id: d.found_by for d in drafts}
    return Reading(titled(article, english), tuple(cut), by_number, said, agreed, happened, drafts.mentions, found_by)


def _names(d: draft.Draft, english: dict[str, Translation]) -> dict[str, str]:
    found = {arabic: english[arabic] for arabic in d.unnamed if arabic in english}
    return {arabic: made.en for arabic, made in found.items() if made.en and sound(made)}


def _content(d: draft.Draft, by_number: dict[int, Translation], english: dict[str, Translation]) -> Translation | None:
    """The clause's own translation, or its whole sentence's where only that is a real one."""
    own = english.get(d.segment)
    whole = by_number.get(d.item.citations[0].sentence)
    if whole is not None and whole.label in ("machine", "reviewed") and (own is None or own.label in ("terms", "none")):
        return whole
    return own

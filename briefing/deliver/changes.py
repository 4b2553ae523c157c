"""Two builds of one week -> what a reader of the first has to know about the second."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

_ALIKE = 75  # per cent: a number or a name put right in a sentence of the usual length leaves more than this
_KINDS = ("statement", "agreement", "event")
# parts of brief.json beside its items, as a reader calls them
_ELSEWHERE = {
    "title": "the title",
    "highlights": "the highlights",
    "differences": "where accounts differ",
    "ledger": "the ledger",
    "sources": "the sources",
    "problems": "the problems",
    "method": "the method",
    "review": "the review",
}

_NUMBERS = ("id", "entry", "entries", "number", "numbers", "source", "same_as", "copy_of")  # what items and sources are called


@dataclass(frozen=True, slots=True)
class Said:
    """An item as it stands in a brief: `kind` is "statement", "agreement" or "event", `id` its number there ("S1").

    `when` are the value and the bounds of its date, `spans` where its citations lie (digest of the text, start, end).
    """

    kind: str
    id: str
    en: str
    ar: str
    when: tuple[str | None, ...]
    spans: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One item before and after."""

    was: Said
    now: Said


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the items, and the other parts that are not as they were, in words. Orders are those of the briefs."""

    added: tuple[Said, ...]
    removed: tuple[Said, ...]
    changed: tuple[Changed, ...]
    elsewhere: tuple[str, ...]


def changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Changes:
    """What tells one brief.json from an earlier one of its week. An item that says the same is the same."""
    before, after, pairs = _paired(list(said(was)), list(said(now)))
    changed = tuple(Changed(*pair) for pair in pairs if _reading(pair[0]) != _reading(pair[1]))
    elsewhere = tuple(words for key, words in _ELSEWHERE.items() if _differs(key, was.get(key), now.get(key)))
    return Changes(tuple(after), tuple(before), changed, elsewhere)


def _differs(part: str, was: Any, now: Any) -> bool:
    """Whether a part says something else. That items moved up and have other numbers is nothing that a reader has to know."""
    if part == "sources" and was and now:
        before, after = _english(was), _english(now)
        if any(before[place] != after[place] for place in before.keys() & after.keys()):
            return True
        was, now = ([{**source, "cited": ()} for source in sources] for sources in (was, now))
    return bool(_unnumbered(was) != _unnumbered(now))


def _unnumbered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _unnumbered(one) for key, one in value.items() if key not in _NUMBERS}
    return [_unnumbered(one) for one in value] if isinstance(value, list | tuple) else value


def _english(sources: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int, int], Any]:
    """The English of each sentence that is cited, by where it stands; what only one build cites is told at its item."""
    cited = ((source["article_id"], one) for source in sources for one in source["cited"])
    return {(article, one["start"], one["end"]): one["translation"] for article, one in cited}


def said(tree: Mapping[str, Any]) -> Iterator[Said]:
    """The items of a brief.json, in its order."""
    for section in tree["sections"]:
        statements = [item for group in section["statements"] for item in group["items"]]
        for kind, items in zip(_KINDS, (statements, section["agreements"], section["events"]), strict=True):
            yield from (_said(kind, item) for item in items)


def _said(kind: str, item: Mapping[str, Any]) -> Said:
    spans = tuple((cited["text_sha256"], cited["start"], cited["end"]) for cited in item["citations"])
    when = tuple(item["date"][key] for key in ("value", "earliest", "latest"))
    return Said(kind, item["id"], item["en"], item["ar"], when, spans)


def _reading(one: Said) -> Hashable:
    return one.kind, one.en, one.ar, one.when


# From what says that two items are one for sure to what makes it likely.
_LIKENESS: tuple[Callable[[Said], Hashable], ...] = (
    lambda one: (_reading(one), one.spans),
    _reading,
    lambda one: (one.kind, one.ar, one.spans),
    lambda one: (one.kind, one.spans),
    lambda one: (one.kind, one.ar),
    lambda one: (one.kind, one.spans[:1]),
)


def _paired(before: list[Said], after: list[Said]) -> tuple[list[Said], list[Said], list[tuple[Said, Said]]]:
    """What is left of each side without a partner, and the partners in the order of the second."""
    places = {id(one): place for place, one in enumerate(after)}
    pairs: list[tuple[Said, Said]] = []
    for likeness in _LIKENESS:
        waiting = _by(likeness, before)
        found = [(waiting[key].pop(0), one) for one in after if waiting.get(key := likeness(one))]
        before = _without(before, [was for was, _ in found])
        after = _without(after, [now for _, now in found])
        pairs += found
    for was, now in _alike(before, after):
        pairs.append((was, now))
        before, after = _without(before, [was]), _without(after, [now])
    return before, after, sorted(pairs, key=lambda pair: places[id(pair[1])])


def _alike(before: Sequence[Said], after: Sequence[Said]) -> list[tuple[Said, Said]]:
    """Those of one kind whose Arabic is nearly the same, as when an article was mended; the most alike first, each once."""
    scored = [
        (-score, one.ar, other.ar, n, m)
        for n, one in enumerate(before)
        for m, other in enumerate(after)
        if one.kind == other.kind and (score := fuzz.ratio(one.ar, other.ar, score_cutoff=_ALIKE))
    ]
    found: dict[int, int] = {}
    for *_, n, m in sorted(scored):
        if n not in found and m not in found.values():
            found[n] = m
    return [(before[n], after[m]) for n, m in found.items()]


def _by(likeness: Callable[[Said], Hashable], items: Sequence[Said]) -> dict[Hashable, list[Said]]:
    found: dict[Hashable, list[Said]] = {}
    for one in items:
        found.setdefault(likeness(one), []).append(one)
    return found


def _without(items: Sequence[Said], taken: Sequence[Said]) -> list[Said]:
    gone = {id(one) for one in taken}
    return [one for one in items if id(one) not in gone]

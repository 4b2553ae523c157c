"""A brief.json -> what the page shows of each item: the item, its sentences with the cited words marked, and its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.item_model import Count
from briefing.language import english
from briefing.model import When
from briefing.render.words import count_text, when_text
from briefing.review.lines import LEAD_END

Tree = Mapping[str, Any]
KINDS = {"statements": "statement", "agreements": "agreement", "events": "event"}
_KEY_DIGITS = 12  # of a key in an address: enough to tell whether an item's number still means the same item


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence an item cites, in three parts of which the second is cited; `label` says where its English comes from."""

    before: str
    cited: str
    after: str
    ar: str
    en: str
    label: str
    flags: tuple[str, ...]
    source: Tree


@dataclass(frozen=True, slots=True)
class Card:
    """An item of a brief. `ident` is its name in addresses, `seen` how each key was read; the item's own key is the first."""

    ident: str
    id: str
    kind: str
    item: Tree
    sentences: tuple[Sentence, ...]
    seen: Mapping[str, tuple[str, ...]]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all tellings of the item."""
        return tuple(self.seen)

    @property
    def date(self) -> str:
        """The date in words, "" for none."""
        return when_text(When(**self.item["date"]), english())

    def read(self, name: str) -> Any:
        """A field as the program read it, before any correction; None where this kind of item has none of that name."""
        corrected = (self.item["review"] or {"corrected": ()})["corrected"]
        return next((one["was"] for one in corrected if one["field"] == name), self.item.get(name))

    @property
    def counts(self) -> tuple[str, ...]:
        """The counts in words."""
        return tuple(count_text(Count(**one)) for one in self.item.get("counts", ()))

    @property
    def facts_alone(self) -> bool:
        """Whether the item's line has no English of a sentence in it."""
        return self.kind == "event" and bool(self.item["place"] or self.item["counts"] or self.item["actor"])

    @property
    def wording(self) -> tuple[str, str, str]:
        """What an edit of the English is of ("item" or "sentence"), that Arabic, and the English it has by now."""
        first = self.sentences[0]
        if self.facts_alone:
            return "sentence", first.ar, first.en if first.label in ("machine", "reviewed") else ""
        ar = self.item["ar"] if self.kind == "statement" else self.item["citations"][0]["quote"]
        return "item", ar, first.en if _whole(ar, first) else _content(str(self.read("en")))


def cards(tree: Tree) -> tuple[Card, ...]:
    """The items of a brief in its order."""
    cited = {one["number"]: (source, one) for source in tree["sources"] for one in source["cited"]}
    return tuple(_card(kind, item, cited) for kind, item in items(tree))


def items(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Kind and item in the order of the brief."""
    for section in tree["sections"]:
        for group in section["statements"]:
            yield from (("statement", item) for item in group["items"])
        for name in ("agreements", "events"):
            yield from ((KINDS[name], item) for item in section[name])


def _card(kind: str, item: Tree, cited: Mapping[int, tuple[Tree, Tree]]) -> Card:
    seen: dict[str, tuple[str, ...]] = {}
    for part in item["parts"]:
        seen[part["key"]] = tuple(dict.fromkeys((*seen.get(part["key"], ()), part["seen"])))
    sentences = tuple(_sentence(citation, *cited[citation["number"]]) for citation in item["citations"])
    ident = f"{item['id']}-{item['parts'][0]['key'][:_KEY_DIGITS]}"
    return Card(ident, item["id"], kind, item, sentences, seen)


def _sentence(citation: Tree, source: Tree, told: Tree) -> Sentence:
    ar, translation = told["ar"], told["translation"]
    start = max(0, citation["start"] - told["start"])
    end = max(start, min(len(ar), citation["end"] - told["start"]))
    parts = (ar[:start], ar[start:end], ar[end:])
    return Sentence(*parts, ar, translation["en"], translation["label"], tuple(translation["flags"]), source)


def _whole(ar: str, sentence: Sentence) -> bool:
    """Whether words are a whole sentence with a translation of its own."""
    return ar.split() == sentence.ar.split() and sentence.label in ("machine", "reviewed")


def _content(line: str) -> str:
    """The English after the facts of a line; "" where it is cut short, or terms alone."""
    content = line.partition(LEAD_END)[2]
    return "" if content.endswith(("…", "]")) else content

"""A scripted model that reads whatever it is shown: it points where our rules do, loses some, adds one, and gets one wrong."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from briefing.extract import rules
from briefing.extract.rules import Drafts
from briefing.item_model import Agreement, Event, Item, Name, Statement
from briefing.model import Sentence
from tests.extract.extracted import article
from tests.extract.llm.model_server import Asked, Says

Pointers = dict[str, Any]


def honest(asked: Asked) -> Says:
    """Every item of a section but each fifth, one whose quote is not there after the first, and an event that no rule finds."""
    if asked.section == "highlights":
        return Says({"highlights": list(_highlights(asked.prompt))})
    shown = asked.sentences
    drafts = _read(shown)
    kind = {"statements": drafts.statements, "agreements": drafts.agreements, "events": drafts.events}[asked.section]
    items = [found for d in kind if (found := _pointers(d.item, shown)) is not None]
    kept = [item for n, item in enumerate(items, 1) if n % 5]
    wrong = [{**item, "quote": f"{item['quote']} وكذا"} for item in kept[:1]]
    more = [_other(drafts, shown)] if asked.section == "events" else []
    return Says({asked.section: [*kept[:1], *wrong, *kept[1:], *more]})


def _other(drafts: Drafts, shown: dict[int, str]) -> Pointers:
    """The last sentence that no event rests on, as an event of its own type."""
    cited = {c.sentence for d in drafts.events for c in d.item.citations}
    n = [n for n in shown if n not in cited][-1]
    nobody = {"actor": None, "target": None, "place": None, "counts": [], "claimed_by": None}
    return {"sentence": n, "quote": shown[n], "type": "OTHER_FIELD", "status": "reported", **nobody}


def _read(shown: dict[int, str]) -> Drafts:
    text = "\n".join(shown.values())
    ends = list(itertools.accumulate(len(line) + 1 for line in shown.values()))
    starts = [0, *ends[:-1]]
    cut = [Sentence(n, a, b - 1) for n, a, b in zip(shown, starts, ends, strict=True)]
    return rules.find(article(text, "2024-11-13"), cut)


def _pointers(item: Item, shown: dict[int, str]) -> Pointers | None:
    citation = item.citations[0]
    at = {"sentence": citation.sentence, "quote": citation.quote}
    if isinstance(item, Statement):
        return _statement(item, at, shown)
    if isinstance(item, Agreement):
        parties = [{"name": p.ar, "sentence": n} for p in item.parties if (n := _where(p.ar, citation.sentence, shown))]
        return {**at, "parties": parties, "status": item.status}
    return _event(item, at, shown)


def _statement(item: Statement, at: Pointers, shown: dict[int, str]) -> Pointers | None:
    speaker = item.speaker.as_written
    where = _where(item.speaker.ar, at["sentence"], shown) if speaker is None else None
    if speaker is None and where is None:
        return None
    name = item.speaker.ar if speaker is None else None
    return {**at, "speaker": speaker, "name": name, "name_sentence": where, "addressee": None}


def _event(item: Event, at: Pointers, shown: dict[int, str]) -> Pointers:
    sentence = shown[at["sentence"]]

    def there(name: Name | None) -> str | None:
        return name.ar if name and re.search(rf"(?<!\w){re.escape(name.ar)}(?!\w)", sentence) else None

    return {
        **at, "type": item.type, "actor": there(item.actor), "target": there(item.target), "place": there(item.place),
        "counts": [c.quote for c in item.counts if c.quote in at["quote"]], "status": item.status,
        "claimed_by": there(item.asserted_by),
    }  # fmt: skip


def _where(name: str, before: int, shown: dict[int, str]) -> int | None:
    """The nearest sentence up to `before` where a name stands as a word."""
    there = [n for n, text in shown.items() if n <= before and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    return there[-1] if there else None


def _highlights(prompt: str) -> Iterator[Pointers]:
    """The facts of the first entries of each kind, without the words after their colon; one with a number of its own."""
    lines = dict(re.findall(r"^([SAE]\d+): (.*)$", prompt, re.MULTILINE))
    for ident in [*[i for i in lines if i[0] == "E"][:2], *[i for i in lines if i[0] == "A"][:1]]:
        yield {"text": " ".join(re.split(r" \[terms|; (?=reported|claimed)", lines[ident])[0].split()[:30]), "entries": [ident]}
    yield {"text": "The week saw 999 more.", "entries": list(lines)[-1:]}

"""Highlights by the model: chosen from the entries, written from their lines, and believed only as far as the lines go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.brief_model import Brief, Entry, Highlight, Line
from briefing.compose.highlights import FEWEST, MOST, RULE, WORDS, ranked
from briefing.extract.llm.answers import Fault, Reply, read
from briefing.extract.llm.asking import Asking, Question, Settled
from briefing.extract.llm.numbered import estimate
from briefing.extract.llm.quoted import inert
from briefing.extract.llm.request import Requests
from briefing.extract.llm.schemas import HIGHLIGHTS, schema
from briefing.extract.llm.wording import unfounded
from briefing.model import Problem
from briefing.progress import untracked
from briefing.store.cache import open_cache

WHERE = "highlights"
_MOST_ENTRIES = 3  # that one highlight may rest on
_ANSWER = 600  # tokens: five highlights of 35 words with their ids
_STEP = "Nothing needs doing: every highlight there is was checked or chosen by rule."


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's highlights that hold, as (text, ids of entries), and what is wrong with the others."""

    highlights: tuple[tuple[str, tuple[str, ...]], ...]
    faults: tuple[Fault, ...]
    whole: bool


def summarised(brief: Brief, requests: Requests, asking: Asking, store: Path) -> Brief:
    """`brief` with highlights that the model wrote; the rule's stand, with a Problem, when fewer than two hold.

    Nothing is asked of a server that is down, or about a brief without entries to choose from.
    """
    entries = _offered(brief, requests)
    if asking.down is not None or len(entries) < FEWEST:
        return brief
    prompt = _prompt(entries, requests)
    question = Question(
        prompt, schema(HIGHLIGHTS), requests.limit(prompt), lambda reply: judged(reply, entries), requests.key(HIGHLIGHTS, prompt)
    )
    with open_cache(store) as cache:
        (settled,) = asking.ask([question], cache, untracked)
    return _with(brief, entries, settled, requests)


def judged(reply: Reply, entries: Mapping[str, Entry]) -> Written:
    """The highlights of an answer that hold. Never raises, whatever the reply is."""
    answer = read(reply, HIGHLIGHTS)
    faults = list(answer.faults)
    good: list[tuple[str, tuple[str, ...]]] = []
    for n, item in answer.items:
        text, ids = " ".join(item["text"].split()), tuple(dict.fromkeys(item["entries"]))
        used = {one for _, others in good for one in others}
        wrong = next(_wrong(text, ids, entries, used), None)
        if wrong is not None:
            faults.append(Fault(n, wrong))
        else:
            good.append((text, ids))
    return Written(tuple(good[:MOST]), tuple(faults), answer.whole)


def _wrong(text: str, ids: Sequence[str], entries: Mapping[str, Entry], used: Collection[str]) -> Iterator[str]:
    """What is wrong with a highlight, the first thing first."""
    unknown = [one for one in ids if one not in entries]
    if unknown or not ids:
        yield f"there is no entry {inert(unknown[0])}" if unknown else "it rests on no entry"
        return
    if any(one in used for one in ids):
        yield "an entry it rests on has its highlight already"
    if len(ids) > _MOST_ENTRIES:
        yield f"it rests on more than {_MOST_ENTRIES} entries"
    if not text or len(text.split()) > WORDS:
        yield f"it has {len(text.split())} words; from 1 to {WORDS} may stand there"
    yield from unfounded(text, " ".join(entries[one].item.en for one in ids))


def _offered(brief: Brief, requests: Requests) -> dict[str, Entry]:
    """The entries to choose from, the rule's order of rank, as many as fit."""
    left = requests.limit(_prompt({}, requests)) - _ANSWER
    offered: dict[str, Entry] = {}
    copies = {s.number: s.copy_of for s in brief.sources if s.copy_of}
    for entry in next((found for section in brief.sections if (found := ranked(section, copies))), []):
        left -= estimate(_line(entry)) + 1
        if left < 0:
            break
        offered[entry.id] = entry
    return offered


def _line(entry: Entry) -> str:
    return f"{entry.id}: {inert(entry.item.en, 1000)}"


def _prompt(entries: Mapping[str, Entry], requests: Requests) -> str:
    body = "\n".join(_line(entry) for entry in entries.values())
    mark = hashlib.sha256(body.encode()).hexdigest()[:16]
    values = {
        "data": f"ENTRIES {mark} BEGIN\n{body}\nENTRIES {mark} END",
        "schema": json.dumps(schema(HIGHLIGHTS), separators=(",", ":")),
        "fewest": FEWEST, "most": MOST, "words": WORDS,
    }  # fmt: skip
    return requests.prompts[HIGHLIGHTS].filled(values)


def _with(brief: Brief, entries: Mapping[str, Entry], settled: Settled[Written], requests: Requests) -> Brief:
    best = max((a.highlights for a in reversed(settled.answers)), key=len, default=())
    problems = tuple(_problems(settled, len(best) >= FEWEST))
    if len(best) < FEWEST:
        return replace(brief, problems=(*brief.problems, *problems))
    made = tuple(_highlight(text, ids, entries, requests.signature) for text, ids in best)
    line = Line("method.highlights_by_model", (("model", requests.model),))
    method = tuple(line if m.key == RULE else m for m in brief.method)
    return replace(brief, highlights=made, problems=(*brief.problems, *problems), method=method)


def _highlight(text: str, ids: Sequence[str], entries: Mapping[str, Entry], signature: str) -> Highlight:
    numbers = dict.fromkeys(r.number for one in ids for r in entries[one].references)
    return Highlight(text, tuple(ids), tuple(numbers), signature)


def _problems(settled: Settled[Written], used: bool) -> Iterator[Problem]:
    if settled.failed is not None and not settled.answers:
        message = f"those chosen by rule stand: the language model's server {settled.failed.message}"
        yield Problem(WHERE, message, settled.failed.next_step)
        return
    told = "; ".join(str(fault) for fault in settled.faults[:MOST])
    if not used:
        yield Problem(WHERE, f"those chosen by rule stand, for the language model's do not hold ({told or 'too few'})", _STEP)
    elif told:
        yield Problem(WHERE, f"some of the language model's were left out: {told}", _STEP)

"""Whether a sentence tells an attack or a protest as news, or only mentions one: a small linear classifier that votes on rules.

A trigger word stands in an order, an investigation, a memory or a generality as easily as in news. What tells them apart is
what stands around it: a toll, a weapon, a day, who fired, or «قضية», «ظاهرة», «عام 2005». `features` turns a sighting into named
facts, `chance` adds their weights (lexicon/told.toml, written by bench/told.py from labelled sentences) into a probability.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.arabic.dates import DateMention
from briefing.arabic.fold import key
from briefing.arabic.tokens import bare, stems
from briefing.extract.clause import Parsed, is_exactly
from briefing.extract.triggers import CASUALTY, Trigger
from briefing.item_model import Count
from briefing.lexicon.tables import derived, remembered, table

_NEAR = 6  # words to either side of a trigger
_LONG, _SHORT = 60, 12  # tokens of a sentence
_FATES = ("killed", "wounded", "detained", "abducted")


@dataclass(frozen=True)
class Sight:
    """What is seen of one event in one clause: its trigger and counts, the act of the statement it stands in ("" for none).

    `first` is the clause's first token, `placed` whether a place is told, `dates` the date expressions of the sentence.
    """

    parsed: Parsed
    trigger: Trigger
    first: int
    counts: Sequence[Count]
    act: str
    placed: bool
    dates: Sequence[DateMention]


def model_of(event_type: str) -> str | None:
    """The model that judges events of a type, or None when events of it are not judged."""
    return next((name for name, types in table("told")["models"].items() if event_type in types), None)


def chance(sight: Sight) -> tuple[float, tuple[str, ...]]:
    """How likely (0 to 1) the sentence tells the event as news, and the three facts that weighed most, such as "+killed".

    1.0 without facts for types that no model judges.
    """
    model = model_of(sight.trigger.kind.type)
    if model is None:
        return 1.0, ()
    weights = table("told")["weights"][model]
    facts = features(sight)
    most = sorted(facts.keys() & weights.keys(), key=lambda name: (-abs(facts[name] * weights[name]), name))[:3]
    return probability(facts, weights), tuple(f"{'+' if weights[name] > 0 else '-'}{name}" for name in most)


def probability(facts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted sum of `facts`; facts without a weight count nothing."""
    odds = weights["bias"] + sum(value * weights.get(name, 0.0) for name, value in facts.items())
    return 1 / (1 + math.exp(-odds))


def threshold(alone: bool) -> float:
    """The least chance that an event is told with: higher for a sentence alone, which has no article around it."""
    least: Mapping[str, float] = table("told")["least"]
    return least["alone" if alone else "in_article"]


def features(sight: Sight) -> dict[str, float]:
    """The facts about a sighting that are true (1.0), and "position" (0 to 1), by their names in lexicon/told.toml."""
    facts = (*_of_trigger(sight), *_of_counts(sight.counts), *map(_of_date, sight.dates), *_cues(sight))
    found = dict.fromkeys(facts, 1.0)
    found["position"] = round(sight.trigger.first / len(sight.parsed.tokens), 2)
    if not sight.dates:
        found["no date"] = 1.0
    return found


def _of_trigger(sight: Sight) -> Iterator[str]:
    parsed, trigger, size = sight.parsed, sight.trigger, len(sight.parsed.tokens)
    before = parsed.word(trigger.first - 1)
    facts = {
        f"type {trigger.kind.type}": True,
        f"said: {sight.act or 'by nobody'}": True,
        "verb": trigger.verb,
        "known («ال»)": trigger.definite,
        "cause of a toll": trigger.told,
        "toll only": trigger.kind.rank == CASUALTY,
        "placed": sight.placed,
        "in quotes": parsed.quoted[trigger.first],
        "opens its clause": trigger.first - sight.first <= 2,
        "late": trigger.first / size > 0.6,
        "long sentence": size > _LONG,
        "short sentence": size < _SHORT,
        "after a preposition": is_exactly(before, "prepositions"),
        "after a noun": before.isalpha() and not is_exactly(before, "prepositions"),
    }
    yield from (name for name, true in facts.items() if true)


def _of_counts(counts: Sequence[Count]) -> Iterator[str]:
    if counts:
        yield "counted"
    yield from (fate for fate in _FATES if any(fate in c.what for c in counts))
    if any(c.number is None for c in counts):
        yield "uncounted crowd"


def _of_date(mention: DateMention) -> str:
    if mention.kind == "relative_day" and mention.offset is not None:
        return "today or yesterday" if mention.offset >= -1 else "days ago"
    return mention.kind.replace("_", " ")


def _cues(sight: Sight) -> Iterator[str]:
    """Each list of words that the sentence has a word of, and again ("near …") when it stands near the trigger."""
    for k, token in enumerate(sight.parsed.tokens):
        if token.is_word:
            for name in _lists_of(token.key):
                yield name
                if abs(k - sight.trigger.first) <= _NEAR:
                    yield f"near {name}"


@remembered(50_000)
def _lists_of(word: str) -> tuple[str, ...]:
    forms = {bare(rest) for _, rest in stems(word)}
    return tuple(name for name, words in _cue_words().items() if not forms.isdisjoint(words))


@derived
def _cue_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(bare(key(w)) for w in words) for name, words in table("told")["cues"].items()}

"""What rules and model found, told once: rules are the net, and what only one of the two found says so."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from briefing.extract.clause import words_of
from briefing.extract.draft import Draft
from briefing.extract.triggers import FAMILIES
from briefing.item_model import Agreement, Event, Item, Speaker, Statement

RULES_ONLY = "found_by_rules_only"
MODEL_ONLY = "found_by_the_language_model_only"
MODEL_SPEAKER = "speaker_found_by_the_language_model"
DIFFERS = "the_language_model_reads_it_differently"

Alike = Callable[[Item, Item], bool]


@dataclass(frozen=True, slots=True)
class ReadByModel:
    """What the model made of the sentences of one section: its drafts, the sentences it read, and its signature."""

    drafts: tuple[Draft, ...]
    sentences: Container[int]
    signature: str


def merged(ours: Sequence[Draft], model: ReadByModel, prefix: str) -> tuple[Draft, ...]:
    """The drafts of one section in order of the text. `prefix` and a number after ours make the ids of what only the model found.

    Two drafts are one when their citations overlap and they tell the same: a statement's speaker, an agreement's status, an
    event's family. What is left of both and overlaps is one too, read differently: ours is kept and marked.
    """
    near = [[j for j, b in enumerate(model.drafts) if _overlap(a, b)] for a in ours]
    sure = [[j for j in near[i] if _same(a.item, model.drafts[j].item)] for i, a in enumerate(ours)]
    known = {j for found in sure for j in found}
    partner: dict[int, Draft] = {}
    for i, a in enumerate(ours):
        loose = [j for j in near[i] if j not in known and _read_differently(a.item, model.drafts[j].item)]
        if found := sure[i] or loose:
            best = max(found, key=lambda j: (_reading(a.item) == _reading(model.drafts[j].item), _overlap(a, model.drafts[j])))
            partner[i] = model.drafts[best]
            known.add(best)
    told = [_told(a, partner.get(i), model) for i, a in enumerate(ours)]
    alone = [b for j, b in enumerate(model.drafts) if j not in known]
    told += [_alone(b, f"{prefix}{n}", model) for n, b in enumerate(alone, len(ours) + 1)]
    return tuple(sorted(told, key=lambda d: d.item.citations[0].start))


def _told(ours: Draft, theirs: Draft | None, model: ReadByModel) -> Draft:
    """Our draft with what the model says of it."""
    if theirs is None:
        if ours.item.citations[0].sentence not in model.sentences:
            return ours
        return replace(_flagged(ours, RULES_ONLY), why=f"{ours.why}; the language model does not point at it")
    both = (*ours.found_by, model.signature)
    if isinstance(ours.item, Statement) and isinstance(theirs.item, Statement) and _names_better(theirs.item, ours.item):
        named = replace(theirs, item=replace(theirs.item, id=ours.item.id), found_by=both)
        return replace(_flagged(named, MODEL_SPEAKER), why=f"{ours.why}; {theirs.why}")
    reading = _reading(theirs.item)
    if reading == _reading(ours.item):
        return replace(ours, found_by=both, why=f"{ours.why}; the language model points at it too")
    return replace(_flagged(ours, DIFFERS), found_by=both, why=f"{ours.why}; the language model reads it as «{reading}»")


def _alone(draft: Draft, ident: str, model: ReadByModel) -> Draft:
    marked = _flagged(draft, MODEL_ONLY)
    return replace(marked, item=replace(marked.item, id=ident), found_by=(model.signature,))


def _flagged(draft: Draft, flag: str) -> Draft:
    return replace(draft, item=replace(draft.item, flags=(*draft.item.flags, flag)))


def _overlap(one: Draft, other: Draft) -> int:
    """How many characters both cite."""
    pairs = ((a, b) for a in one.item.citations for b in other.item.citations)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a, b in pairs)


def _same(one: Item, other: Item) -> bool:
    if isinstance(one, Statement) and isinstance(other, Statement):
        return _same_voice(one, other)
    if isinstance(one, Event) and isinstance(other, Event):
        return one.type == other.type or FAMILIES.get(one.type, one.type) == FAMILIES.get(other.type, other.type)
    return _reading(one) == _reading(other)


def _same_voice(one: Statement, other: Statement) -> bool:
    """The same English name, or all distinctive words of one Arabic name and title in those of the other («الحداد»)."""
    a, b = _words(one.speaker), _words(other.speaker)
    return bool(one.speaker.en) and (one.speaker.en == other.speaker.en or (bool(a and b) and (a <= b or b <= a)))


def _names_better(theirs: Statement, ours: Statement) -> bool:
    """The model points at a name where the rules have nobody, or a mere role that is part of it."""
    role = ours.speaker.resolution == "role_only" and _words(ours.speaker) < _words(theirs.speaker)
    return not ours.speaker.en or (role and theirs.speaker.resolution == "explicit")


def _words(speaker: Speaker) -> frozenset[str]:
    return words_of(f"{speaker.ar} {speaker.as_written or ''}")


def _read_differently(ours: Item, theirs: Item) -> bool:
    """One telling read in two ways; two statements by two speakers are two, unless ours has no speaker."""
    return not ours.speaker.en if isinstance(ours, Statement) else type(ours) is type(theirs)


def _reading(item: Item) -> str:
    """What a draft is read as, in a word: an event's type, an agreement's status."""
    return item.type if isinstance(item, Event) else item.status if isinstance(item, Agreement) else ""

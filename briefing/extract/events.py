"""Field events: what happened on the ground, where, to whom, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.arabic.lexicon import ADJECTIVE, COUNTRY
from briefing.extract import retelling, sightings, told, tolls, triggers
from briefing.extract.clause import Parsed, is_exactly
from briefing.extract.dating import Dating
from briefing.extract.draft import Draft, event_lead
from briefing.extract.event_places import place_of, settlement
from briefing.extract.parties import Telling, parties
from briefing.extract.sighting import Sighting
from briefing.extract.statements import Found
from briefing.extract.triggers import CASUALTY, Kind, Trigger
from briefing.item_model import Citation, Event, Name
from briefing.model import When


@dataclass(frozen=True)
class _Told:
    """An event, the kind of its trigger, how likely its best telling tells it as news, and a place that no lexicon has."""

    draft: Draft
    kind: Kind
    chance: float
    spot: Name | None = None


def find(
    sentences: Sequence[Parsed], statements: Sequence[Found], dating: Dating, prefix: str
) -> tuple[list[Draft], list[Draft]]:
    """The field events of an article, later tellings of one («الهجوم») merged into the first; and those only mentioned."""
    if triggers.is_sport(sentences):
        return [], []
    found: list[_Told] = []
    countries = countries_in(sentences)
    last_of_family: dict[str, int] = {}
    said: dict[int, list[Found]] = {}
    for statement in statements:
        said.setdefault(statement.parsed.sentence.n, []).append(statement)
    least = told.threshold(alone=len(sentences) <= _ALONE and dating.published.basis == "none")
    for parsed in sentences:
        here = said.get(parsed.sentence.n, [])
        seen = sightings.find(parsed, here, dating) or _referring(parsed, here, dating, found)
        for sighting in seen:
            event = _event(sighting, dating, prefix, countries)
            if sighting.refers is not None:
                event = replace(event, place=None)  # where the hurt were taken, as often as not
            chance, facts = told.chance(sight(sighting, dating))
            known = last_of_family.get(sighting.trigger.family) if sighting.refers is None else sighting.refers
            if sighting.casualties_only and retelling.of_accident(sighting):
                known = last_of_family.get("accident", known)
            if known is not None and (chance >= least or event.counts) and retelling.same(found[known].draft, event, sighting):
                held = found[known]
                likely = max(held.chance, chance)
                found[known] = _Told(retelling.merged(held.draft, event, sighting), held.kind, likely, held.spot)
                continue
            if known is not None and _came_of(found[known], event, sighting):
                found[known] = _caused(found[known], event, sighting, chance)
                continue
            if _spoken_of(event, sighting):
                continue
            last_of_family[sighting.trigger.family] = len(found)
            draft = _draft(event, sighting, _judgement(chance, facts))
            found.append(_Told(draft, sighting.trigger.kind, chance, settlement(sighting)))
    kept = [_placed(t) for t in found if t.chance >= least and not _summed(t, found, least)]
    numbered = [replace(d, item=replace(d.item, id=f"{prefix}E{n}")) for n, d in enumerate(kept, 1)]
    return numbered, [t.draft for t in found if t.chance < least]


def _placed(t: _Told) -> Draft:
    """The draft, at the place that no lexicon has where it names no other: told last, so that it decides no merging."""
    event = t.draft.item
    if not isinstance(event, Event) or event.place is not None or t.spot is None:
        return t.draft
    event = replace(event, place=t.spot)
    return replace(t.draft, item=event, lead=event_lead(event, t.draft.act))


def _spoken_of(event: Event, s: Sighting) -> bool:
    """«التفجيرات لن تهز أحدا»: a definite noun, and nothing that is known of what it stands for."""
    bare = not (event.place or event.actor or event.target or event.counts or event.date.earliest)
    known = s.trigger.definite and not s.trigger.verb and not is_exactly(s.parsed.word(s.trigger.last), "relative")
    return bare and known and not any(t.verb for t in triggers.find(s.parsed) if s.first <= t.first < s.last)


def _came_of(held: _Told, event: Event, s: Sighting) -> bool:
    return held.kind.rank == CASUALTY and retelling.cause_of(held.draft, event, s)


def _caused(held: _Told, event: Event, s: Sighting, chance: float) -> _Told:
    """A death with the attack it came of, which gives it its type."""
    named = replace(held.draft, act=s.trigger.kind.en)
    return _Told(retelling.merged(named, event, s, event.type), s.trigger.kind, max(held.chance, chance), held.spot)


def _summed(told_: _Told, found: Sequence[_Told], least: float) -> bool:
    """«أفادت مصادر بمقتل 24 …» ahead of the events that it adds up."""
    events = [t.draft.item for t in found if t is not told_ and t.chance >= least and isinstance(t.draft.item, Event)]
    item = told_.draft.item
    return told_.kind.rank == CASUALTY and isinstance(item, Event) and retelling.is_sum(item, events)


def sight(s: Sighting, dating: Dating) -> told.Sight:
    """A sighting as told.py judges it."""
    act = s.statement.act if s.statement else ""
    placed = place_of(s, Counter()) is not None
    return told.Sight(s.parsed, s.trigger, s.clause[0], s.counts, act, placed, dating.mentions(s.parsed))


def _referring(parsed: Parsed, said: Sequence[Found], dating: Dating, found: Sequence[_Told]) -> list[Sighting]:
    """«وأسفر الحادث عن …»: a toll of the event before, by a word for whatever happened and without a trigger of its own."""
    k = next((k for k, t in enumerate(parsed.tokens) if retelling.referred(t.key) or retelling.hurt_before(t.key)), None)
    n = _meant_by(parsed.word(k), found) if k is not None else None
    if k is None or n is None or not retelling.near(found[n].draft, parsed.sentence.n):
        return []
    first, end, statement = next(c for c in sightings.clauses(parsed, said) if c[0] <= k < c[1])
    given = tolls.counts(parsed, *parsed.span(first, end), dating.spans(parsed))
    if retelling.hurt_before(parsed.word(k)):
        given = tuple(c for c in given if parsed.word(k - 1) == "من" and parsed.index_at(c.end) == k - 1)  # «أربعة من المصابين»
    counts = tolls.linked(parsed.text, given)
    trigger = Trigger(found[n].kind, k, k + 1, verb=False, definite=True)
    return [Sighting(parsed, trigger, first, end, counts, statement, True, (first, end), refers=n)] if counts else []


def _meant_by(word: str, found: Sequence[_Told]) -> int | None:
    """The event that a word refers to: the last one, for «المصابين» the last with a toll."""
    if not retelling.hurt_before(word):
        return len(found) - 1 if found else None
    events = ((n, t.draft.item) for n, t in reversed(tuple(enumerate(found))))
    return next((n for n, e in events if isinstance(e, Event) and any("ed" in c.what for c in e.counts)), None)


_ALONE = 2  # sentences without a date are no article


def _judgement(chance: float, facts: Sequence[str]) -> str:
    return f"; told as news {chance:.2f}: {', '.join(facts)}" if facts else ""


def countries_in(sentences: Sequence[Parsed]) -> Counter[str]:
    """How often each country, and each of its divisions ("SY/Idlib"), is meant: decides between namesakes.

    By its name, its adjective, or a place that only it has.
    """
    found: Counter[str] = Counter()
    for match in {(p.sentence.n, m.first): m for p in sentences for m in p.cover if m is not None and not m.namesakes}.values():
        country = match.entry.id if match.kind in (COUNTRY, ADJECTIVE) else match.entry.data.get("country")
        if country:
            found[str(country)] += 1
            found[f"{country}/{match.entry.data.get('division')}"] += 1
    return found


# ---------------------------------------------------------------- facts


def _event(s: Sighting, dating: Dating, ident: str, countries: Counter[str]) -> Event:
    parsed = s.parsed
    first = next(
        (
            k
            for k in range(s.first, s.last)
            if parsed.tokens[k].is_word or parsed.tokens[k].key.isdecimal() or parsed.tokens[k].text in '«"“('
        ),
        s.first,
    )
    start, end = parsed.span(first, s.last)
    citation = Citation(start, end, parsed.text[start:end], parsed.sentence.n)
    actor, target = parties(Telling(parsed, s.trigger, s.first, s.last, s.statement))
    asserted = Name(s.statement.speaker.ar, s.statement.speaker.en) if s.statement and s.statement.speaker.en else None
    where, when = place_of(s, countries), _date(s, dating, start, end)
    return Event(
        ident, s.trigger.kind.type, actor, target, where, s.counts, when, asserted, _status(s), citation.quote, "", (citation,)
    )


def _date(s: Sighting, dating: Dating, start: int, end: int) -> When:
    """The date told nearest the trigger; the date of the saying («أعلن … أمس أن») is not the event's."""
    told = s.statement.content if s.statement is not None and s.statement.first < s.statement.content < s.statement.last else None
    low = s.parsed.tokens[told].start if told is not None and told <= s.trigger.first else start
    high = s.parsed.tokens[_attributed(s)].start if _attributed(s) < len(s.parsed.tokens) else end
    return dating.of(s.parsed, low, high, near=s.parsed.tokens[s.trigger.first].start)


def _attributed(s: Sighting) -> int:
    """The token after the trigger where the sentence says whose it is («…، حسبما أفاد المرصد أمس»), or the end of the clause."""
    after = range(s.trigger.last, s.last)
    return next((k for k in after if is_exactly(s.parsed.word(k), "attribution") and s.parsed.tokens[k - 1].text in "،,"), s.last)


def _status(s: Sighting) -> str:
    act = s.statement.act if s.statement else ""
    if act == "deny":
        return "denied"
    if act == "accuse":
        return "alleged"
    if act in ("claim", "claim_responsibility"):
        return "claimed"
    return "claimed" if s.statement else "reported"


def _draft(event: Event, s: Sighting, judgement: str) -> Draft:
    word = s.parsed.raw(s.trigger.first, s.trigger.last)
    why = f"«{word}» tells of {event.type}{judgement}"
    return Draft(event, event_lead(event, s.trigger.kind.en), s.trigger.kind.en, event.citations[0].quote, why)

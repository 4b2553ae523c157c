"""Field events: what happened on the ground, where, to whom, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.arabic.lexicon import ADJECTIVE, COUNTRY, PLACE, Entry, Match
from briefing.extract import event_parts, retelling, sightings, told, tolls, triggers
from briefing.extract.clause import Parsed, head_is, is_exactly
from briefing.extract.dating import Dating
from briefing.extract.draft import Draft, event_lead
from briefing.extract.parties import Telling, parties
from briefing.extract.sighting import Sighting
from briefing.extract.statements import Found
from briefing.extract.triggers import CASUALTY, Kind, Trigger
from briefing.model import Citation, Event, Name, When


@dataclass(frozen=True)
class _Told:
    """An event, the kind of its trigger, and how likely its best telling tells it as news."""

    draft: Draft
    kind: Kind
    chance: float


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
                found[known] = _Told(retelling.merged(held.draft, event, sighting), held.kind, max(held.chance, chance))
                continue
            if known is not None and _came_of(found[known], event, sighting):
                found[known] = _caused(found[known], event, sighting, chance)
                continue
            if _spoken_of(event, sighting):
                continue
            last_of_family[sighting.trigger.family] = len(found)
            found.append(_Told(_draft(event, sighting, _judgement(chance, facts)), sighting.trigger.kind, chance))
    kept = [t.draft for t in found if t.chance >= least and not _summed(t, found, least)]
    numbered = [replace(d, item=replace(d.item, id=f"{prefix}E{n}")) for n, d in enumerate(kept, 1)]
    return numbered, [t.draft for t in found if t.chance < least]


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
    return _Told(retelling.merged(named, event, s, event.type), s.trigger.kind, max(held.chance, chance))


def _summed(told_: _Told, found: Sequence[_Told], least: float) -> bool:
    """«أفادت مصادر بمقتل 24 …» ahead of the events that it adds up."""
    events = [t.draft.item for t in found if t is not told_ and t.chance >= least and isinstance(t.draft.item, Event)]
    item = told_.draft.item
    return told_.kind.rank == CASUALTY and isinstance(item, Event) and retelling.is_sum(item, events)


def sight(s: Sighting, dating: Dating) -> told.Sight:
    """A sighting as told.py judges it."""
    act = s.statement.act if s.statement else ""
    placed = _place(s, Counter()) is not None
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
    where, when = _place(s, countries), _date(s, dating, start, end)
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


def _place(s: Sighting, countries: Counter[str]) -> Name | None:
    """The place named where the event is told, else in its clause, nearest after the trigger first.

    What «بعدما» or «فيما» opens further on has places of its own.
    """
    first, last = s.clause
    until = next((k for k in range(s.last, last) if event_parts.parting(s.parsed, k)), last)
    return _place_in(s, s.first, s.last, countries) or _place_in(s, first, until, countries)


def _place_in(s: Sighting, first: int, last: int, countries: Counter[str]) -> Name | None:
    """The place named in tokens[first:last]: after «في» or «ب» or a word for a kind of place."""
    places = [
        m
        for k in range(first, last)
        if (m := s.parsed.match_at(k)) is not None
        and m.kind in (PLACE, COUNTRY)
        and _locates(s.parsed, m, s.trigger.kind.type in _LEAVING)
    ]
    if not places:
        return None
    towns = [m for m in places if m.kind == PLACE] or places
    after = [m for m in towns if m.first >= s.trigger.first] or towns
    chosen = max((after[0].entry, *after[0].namesakes), key=lambda e: _meant(e, countries))
    second = s.parsed.match_at(after[0].last) if after[0].last < len(s.parsed.tokens) else None
    if second is None or second.kind != PLACE or second.prefix != "و" or after[0].kind != PLACE:
        return Name(chosen.ar, chosen.en)
    return Name(f"{chosen.ar} و{second.entry.ar}", f"{chosen.en} and {second.entry.en}")  # «غارات على صور وبعلبك»


def _meant(place: Entry, countries: Counter[str]) -> tuple[int, int]:
    country = str(place.data.get("country", ""))
    return countries[country], countries[f"{country}/{place.data.get('division')}"]


_LEAVING = ("DISPLACEMENT", "WITHDRAWAL", "EVACUATION_CALL")  # these happen where people or forces come from


def _locates(parsed: Parsed, match: Match, leaving: bool) -> bool:
    """Whether the words before a place say that it happened there."""
    before = parsed.word(match.first - 1)
    belongs = before.startswith("ل") and parsed.word(match.first - 2).startswith("تابع")
    if before == "طريق" or belongs:
        return False  # «طريق الرياض» only leads there, and «فرقة تابعة لمنطقة الرياض» only belongs there
    if leaving and before in ("الي", "نحو", "باتجاه", "صوب"):
        return False
    if leaving and "من" in (before, parsed.word(match.first - 2) if head_is(before, "place_words") else ""):
        return True
    if any(
        parsed.word(k).startswith("مواقع") and parsed.word(k - 1) == "من" for k in range(max(1, match.first - 4), match.first)
    ):
        return False  # «القصف من مواقعها في …» is where it came from
    if {before, parsed.word(match.last)} & {"شهد", "شهدت", "يشهد", "تشهد"}:
        return True  # «وكانت المدينة شهدت اشتباكات»
    return (
        match.prefix.endswith("ب")
        or (before == "من" and parsed.word(match.first - 2) in ("بالقرب", "القرب", "كل", "مقربه"))  # else where it came from
        or before in ("في", "الي", "نحو", "قرب", "باتجاه", "بين", "علي", "فوق", "داخل", "صوب")
        or (head_is(before, "place_words") and parsed.word(match.first - 2) != "من")
    )


def _draft(event: Event, s: Sighting, judgement: str) -> Draft:
    word = s.parsed.raw(s.trigger.first, s.trigger.last)
    why = f"«{word}» tells of {event.type}{judgement}"
    return Draft(event, event_lead(event, s.trigger.kind.en), s.trigger.kind.en, event.citations[0].quote, why)

"""Field events: what happened on the ground, where, to whom, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.arabic import lexicon
from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, ROLE, Match
from briefing.arabic.tokens import tokenise
from briefing.extract import noun_phrase, tolls, triggers
from briefing.extract.clause import Parsed, head_is
from briefing.extract.dating import Dating
from briefing.extract.draft import Draft, event_lead
from briefing.extract.naming import named
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.statements import Found
from briefing.extract.triggers import Trigger
from briefing.model import Citation, Count, Event, Name

_FORCES = (BODY, "common_body", ROLE, PERSON, COUNTRY)


@dataclass(frozen=True)
class _Sighting:
    """One telling of an event in one clause."""

    parsed: Parsed
    trigger: Trigger
    first: int
    last: int
    counts: tuple[Count, ...]
    statement: Found | None
    definite: bool


def find(sentences: Sequence[Parsed], statements: Sequence[Found], dating: Dating, prefix: str) -> list[Draft]:
    """The field events of an article, later tellings of the same one («الهجوم») merged into the first."""
    if triggers.is_sport(sentences):
        return []
    drafts: list[Draft] = []
    last_of_family: dict[str, int] = {}
    for parsed in sentences:
        said = [s for s in statements if s.parsed is parsed]
        for sighting in _sightings(parsed, said, dating):
            event = _event(sighting, dating, f"{prefix}E{len(drafts) + 1}")
            known = last_of_family.get(sighting.trigger.family)
            if known is not None and _same(drafts[known], event, sighting):
                drafts[known] = _merge(drafts[known], event)
                continue
            last_of_family[sighting.trigger.family] = len(drafts)
            drafts.append(_draft(event, sighting.trigger))
    return drafts


# ---------------------------------------------------------------- sightings


def _sightings(parsed: Parsed, said: Sequence[Found], dating: Dating) -> list[_Sighting]:
    """At most one event of a family in each clause; the trigger of the highest rank names it."""
    best: dict[tuple[int, str], Trigger] = {}
    known: set[tuple[int, str]] = set()  # clauses that name an event with the article
    clauses = _clauses(parsed, said)
    for trigger in triggers.find(parsed):
        n = next(k for k, (a, b, _) in enumerate(clauses) if a <= trigger.first < b)
        if trigger.definite:
            known.add((n, trigger.family))
        held = best.get((n, trigger.family))
        if held is None or trigger.kind.rank > held.kind.rank:
            best[n, trigger.family] = trigger
    found = []
    for (n, _), trigger in best.items():
        first, last, statement = clauses[n]
        a, b = parsed.span(first, last)
        counts = tolls.counts(parsed, a, b, dating.spans(parsed))
        if triggers.is_told(parsed, trigger, bool(counts)) and not (statement and triggers.judging(statement.act) and not counts):
            found.append(_Sighting(parsed, trigger, first, last, counts, statement, (n, trigger.family) in known))
    return found


def _clauses(parsed: Parsed, said: Sequence[Found]) -> list[tuple[int, int, Found | None]]:
    """The sentence cut at its statements: (first token, end, the statement there or None)."""
    clauses: list[tuple[int, int, Found | None]] = []
    at = 0
    for s in said:
        if s.first > at:
            clauses.append((at, s.first, None) if s.first - at > 6 else (at, at, None))
        clauses.append((s.first if s.first - at > 6 or not clauses else at, s.last, s))
        at = s.last
    if at < len(parsed.tokens):
        clauses.append((at, len(parsed.tokens), None))
    cleaned = [c for c in clauses if c[1] > c[0]]
    return [(0 if k == 0 else c[0], c[1] if k + 1 < len(cleaned) else len(parsed.tokens), c[2]) for k, c in enumerate(cleaned)]


# ---------------------------------------------------------------- facts


def _event(s: _Sighting, dating: Dating, ident: str) -> Event:
    parsed = s.parsed
    first = next((k for k in range(s.first, s.last) if parsed.tokens[k].is_word or parsed.tokens[k].key.isdigit() or parsed.tokens[k].text in "«\"“("), s.first)
    start, end = parsed.span(first, s.last)
    citation = Citation(start, end, parsed.text[start:end], parsed.sentence.n)
    actor, target = _parties(s)
    asserted = Name(s.statement.speaker.ar, s.statement.speaker.en) if s.statement and s.statement.speaker.en else None
    return Event(
        ident, s.trigger.kind.type, actor, target, _place(s), s.counts, dating.of(parsed, start, end), asserted, _status(s),
        citation.quote, "", (citation,),
    )  # fmt: skip


def _status(s: _Sighting) -> str:
    act = s.statement.act if s.statement else ""
    if act == "deny":
        return "denied"
    if act == "accuse":
        return "alleged"
    if act in ("claim", "claim_responsibility"):
        return "claimed"
    return "claimed" if s.statement else "reported"


def _parties(s: _Sighting) -> tuple[Name | None, Name | None]:
    """Actor and target: subject and object of a finite trigger; «من قبل X», «شن X … على Y» around an action noun."""
    if s.trigger.kind.type in ("PROTEST", "ACCIDENT", "DISPLACEMENT"):
        return None, None
    actor = _by(s) or (_after_verb(s) if s.trigger.verb else _subject_of_light_verb(s))
    target = _on(s, actor)
    name = _name(actor) if actor else None
    aim = _name(target) if target else None
    return name, aim if aim != name else None


def _name(phrase: NounPhrase) -> Name | None:
    who = named(phrase)
    return Name(who.ar, who.en) if who.en else None


def _force(parsed: Parsed, i: int, end: int) -> NounPhrase | None:
    phrase = noun_phrase.read(parsed, i, end)
    return phrase if phrase is not None and phrase.of_kind(*_FORCES) else None


def _by(s: _Sighting) -> NounPhrase | None:
    for i in range(s.first, s.last - 2):
        if s.parsed.word(i) == "من" and s.parsed.word(i + 1) in ("قبل", "جانب"):
            return _force(s.parsed, i + 2, s.last)
    return None


def _after_verb(s: _Sighting) -> NounPhrase | None:
    if s.trigger.last < s.last and (phrase := _force(s.parsed, s.trigger.last, s.last)) is not None:
        return phrase
    for k in range(s.trigger.first - 1, s.first - 1, -1):
        match = s.parsed.match_at(k)
        if match is not None and match.kind in (BODY, "common_body") and not _inside_speaker(s, match):
            return _force(s.parsed, k, s.trigger.first)
    return None


def _inside_speaker(s: _Sighting, match: Match) -> bool:
    return bool(s.statement and s.statement.speaker.as_written and match.entry.ar in s.statement.speaker.as_written)


def _subject_of_light_verb(s: _Sighting) -> NounPhrase | None:
    """«شن سلاح الجو غارات», «قصف جوي تركي»."""
    after = s.parsed.match_at(s.trigger.last)
    if after is not None and after.kind == ADJECTIVE:
        return NounPhrase(s.parsed, after.first, after.last, (after,), ())
    for k in range(s.trigger.first - 1, max(s.first - 1, s.trigger.first - 9), -1):
        match = s.parsed.match_at(k)
        if match is not None and match.kind in (BODY, "common_body") and not _inside_speaker(s, match):
            return _force(s.parsed, k, s.trigger.first)
    return None


def _on(s: _Sighting, actor: NounPhrase | None) -> NounPhrase | None:
    """The target: after «على», «استهدف», «ضد», or the object of a finite trigger after its subject."""
    start = actor.last if actor is not None and actor.first >= s.trigger.first else s.trigger.last
    for k in range(start, min(start + 10, s.last - 1)):
        word = s.parsed.word(k)
        if word in ("علي", "ضد", "لتنظيم") or "ستهدف" in word:
            return _force(s.parsed, k + 1, s.last)
    return _force(s.parsed, start, s.last) if s.trigger.verb and actor is not None and start < s.last else None


def _place(s: _Sighting) -> Name | None:
    """The place named in the clause: after «في» or «ب» or a word for a kind of place, nearest after the trigger first."""
    places = [m for k in range(s.first, s.last) if (m := s.parsed.match_at(k)) is not None and m.kind in (PLACE, COUNTRY) and _locates(s.parsed, m)]
    if not places:
        return None
    towns = [m for m in places if m.kind == PLACE] or places
    after = [m for m in towns if m.first >= s.trigger.first] or towns
    chosen = after[0].entry
    return Name(chosen.ar, chosen.en)


def _locates(parsed: Parsed, match: Match) -> bool:
    before = parsed.word(match.first - 1)
    return match.prefix.endswith("ب") or before in ("في", "الي", "من", "نحو", "قرب", "باتجاه", "بين") or head_is(before, "place_words")


# ---------------------------------------------------------------- merging


def _same(known: Draft, event: Event, s: _Sighting) -> bool:
    """A later telling of the event before: near it, at no other place, and named as known («الهجوم», «المدينة») or alike in type."""
    held = known.item
    assert isinstance(held, Event)
    if event.citations[0].sentence - held.citations[-1].sentence > _NEAR or not _compatible(held.place, event.place):
        return False
    if s.definite:
        return True
    back = event.place is None and held.place is not None and any(s.parsed.word(k) in _THERE for k in range(s.first, s.last))
    return back or (event.type == held.type and not (held.counts and event.counts) and event.date.value in (None, held.date.value))


_NEAR = 3  # sentences between two tellings of one event
_THERE = frozenset(("المدينه", "البلده", "المنطقه", "القريه", "بالمدينه", "بالبلده", "المخيم", "المطار"))


def _compatible(a: Name | None, b: Name | None) -> bool:
    """The same place, one within the other's division, or one of them not stated."""
    if a is None or b is None or a == b:
        return True
    divisions = {_division(n) for n in (a, b)}
    return len(divisions) == 1 and None not in divisions


def _division(name: Name) -> str | None:
    match = next((m for m in lexicon.load().find(tokenise(name.ar)) if m.kind == PLACE), None)
    return match.entry.data.get("division") if match else None


def _merge(known: Draft, event: Event) -> Draft:
    held = known.item
    assert isinstance(held, Event)
    citations = (*held.citations, *event.citations)
    merged = replace(
        held,
        counts=(*held.counts, *(replace(c, part_of=None if c.part_of is None else c.part_of + len(held.counts)) for c in event.counts)),
        citations=citations, ar=" … ".join(c.quote for c in citations), place=held.place or event.place, actor=held.actor or event.actor,
        target=held.target or event.target, asserted_by=held.asserted_by or event.asserted_by,
    )  # fmt: skip
    return _draft(merged, None, known)


def _draft(event: Event, trigger: Trigger | None, known: Draft | None = None) -> Draft:
    kind = trigger.kind.en if trigger else (known.act if known else "")
    why = f"trigger «{event.type}»" if trigger else (known.why if known else "")
    return Draft(event, event_lead(event, kind), kind, event.citations[0].quote, why)


"""Where accounts differ: rival counts, denials, rival actors, sums that do not add up, headlines, dates. No verdict.

Two articles are taken to tell of one event only where type, place and day are the same; the reader is told that this is all that
is known of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from briefing.arabic.meetings import find_meetings
from briefing.brief_model import Difference, Entry, Section, Side
from briefing.compose.figures import Figure, figures, reach_of, read
from briefing.compose.headline_voice import own_voice
from briefing.extract.clause import parse
from briefing.extract.tolls import counts
from briefing.ingest.near_equal import without_numbers, words_of
from briefing.item_model import Agreement, Count, Event
from briefing.model import Sentence, When
from briefing.source_model import Source

_ONE_KIND = {"AIRSTRIKE": "bombardment", "SHELLING": "bombardment"}  # «قصف» is either
_FEWEST_PARTS = 3  # fewer counts after another are not its parts unless the text says so
_PART_OF_WHOLE = (0.7, 1.3)  # how near such a sum must come to the total to be meant as its parts
_SAME_PLAN = 85.0  # fuzz.ratio of two plans without their numbers

Told = tuple[Entry, Event]


def differences(sections: Sequence[Section], sources: Sequence[Source]) -> tuple[Difference, ...]:
    """Every difference between accounts in the brief, numbered "D1" in the order of their first citation."""
    happened = [(e, e.item) for s in sections for e in s.events if isinstance(e.item, Event)]
    agreed = [(e, e.item) for s in sections for e in s.agreements if isinstance(e.item, Agreement)]
    stories = {s.number: s.copy_of or s.number for s in sources}
    names = {s.number: s.outlet.name for s in sources if s.outlet}
    found = [
        *(d for group in _incidents(happened) for d in _of_one_incident(group, stories, names)),
        *(d for entry, event in happened for d in _sums(entry, event)),
        *_headlines(sources, happened, names),
        *_dates(agreed, names),
    ]
    found.sort(key=lambda d: (d.sides[0].numbers[0], d.kind, d.about))
    return tuple(Difference(f"D{n}", d.kind, d.about, d.sides, d.one_event_assumed) for n, d in enumerate(_distinct(found), 1))


def _distinct(found: Iterable[Difference]) -> list[Difference]:
    return list({(d.kind, d.about, frozenset(d.sides)): d for d in found}.values())


# ---------------------------------------------------------------- one event in several accounts


def _incidents(happened: Sequence[Told]) -> Iterator[list[Told]]:
    """Each event by itself, and those of several articles with one type, place and day."""
    together: dict[tuple[str, str, str], list[Told]] = {}
    for entry, event in happened:
        key = one_event(event)
        if key is None:
            yield [(entry, event)]
        else:
            together.setdefault(key, []).append((entry, event))
    yield from together.values()


def one_event(event: Event) -> tuple[str, str, str] | None:
    """Type, place and day, by which accounts of one event are known; None where place or day is not known."""
    if event.place is None or event.date.precision != "day" or not event.date.value:
        return None
    return _ONE_KIND.get(event.type, event.type), event.place.en, event.date.value


def _of_one_incident(group: Sequence[Told], stories: Mapping[int, int], names: Mapping[int, str]) -> Iterator[Difference]:
    yield from _tolls(group, stories, names)
    pairs = [(a, b) for a, b in combinations(group, 2) if _apart(a[0], b[0], stories)]
    for (one, a), (other, b) in pairs:
        if (a.status == "denied") != (b.status == "denied"):
            yield Difference("", "denied", _about(a), (_who_says(one, a, names), _who_says(other, b, names)), True)
        elif a.actor and b.actor and a.actor.en != b.actor.en:
            yield Difference("", "actor", _about(a), (_who_did(one, a, names), _who_did(other, b, names)), True)


def _apart(one: Entry, other: Entry, stories: Mapping[int, int]) -> bool:
    """Whether two entries are of different stories: in one story, two events of a kind are two events."""
    a, b = one.references[0].source, other.references[0].source
    return stories.get(a, a) != stories.get(b, b)


def _tolls(group: Sequence[Told], stories: Mapping[int, int], names: Mapping[int, str]) -> Iterator[Difference]:
    alike: dict[tuple[str, str], list[Figure]] = {}
    told = [f for entry, event in group for f in figures(entry, event) if f.fate]
    for figure in told:
        if not _made_up_of(figure, told):
            alike.setdefault((figure.fate, figure.who), []).append(figure)
    for rivals in alike.values():
        disputed = [f for f in rivals if any(_rival(f, other, stories) for other in rivals)]
        if disputed:
            several = len({f.entry.id for f in disputed}) > 1
            yield Difference("", "toll", _about(group[0][1]), _joined(_figure_side(f, names) for f in disputed), several)


def _rival(one: Figure, other: Figure, stories: Mapping[int, int]) -> bool:
    if one is other or not one.contradicts(other):
        return False
    if one.entry.id == other.entry.id:
        return one.by != other.by
    return _apart(one.entry, other.entry, stories)


def _made_up_of(figure: Figure, told: Sequence[Figure]) -> bool:
    """«11 مطلوبا», and further on seven here and four there: a total and its parts, not rivals."""
    others = [f.low for f in told if f is not figure and f.entry.id == figure.entry.id and f.fate == figure.fate]
    runs = (others[a:b] for a in range(len(others)) for b in range(a + 2, len(others) + 1))
    return any(sum(run) == figure.low for run in runs)


def _figure_side(figure: Figure, names: Mapping[int, str]) -> Side:
    said = figure.count.what.partition(" (according to ")[0]
    return _side(figure.entry, figure.reference.number, _counted(figure.count, said), figure.by, names)


def _who_says(entry: Entry, event: Event, names: Mapping[int, str]) -> Side:
    return _side(entry, entry.references[0].number, event.status, event.asserted_by.en if event.asserted_by else "", names)


def _who_did(entry: Entry, event: Event, names: Mapping[int, str]) -> Side:
    by = event.asserted_by.en if event.asserted_by else ""
    return _side(entry, entry.references[0].number, event.actor.en if event.actor else "", by, names)


def _side(entry: Entry, number: int, text: str, by: str, names: Mapping[int, str]) -> Side:
    source = next(r.source for r in entry.references if r.number == number)
    return Side(text, by, (names[source],) if source in names else (), (entry.id,), (number,))


def _joined(sides: Iterable[Side]) -> tuple[Side, ...]:
    """What one source gives in several places is one side; articles that give it themselves are one each."""
    joined: dict[tuple[str, str, tuple[int, ...]], Side] = {}
    for side in sides:
        key = (side.text, side.by, () if side.by else side.numbers)
        known = joined.get(key)
        joined[key] = side if known is None else _both(known, side)
    return tuple(joined.values())


def _both(one: Side, other: Side) -> Side:
    pairs = ((one.outlets, other.outlets), (one.entries, other.entries))
    outlets, entries = (tuple(dict.fromkeys((*a, *b))) for a, b in pairs)
    return Side(one.text, one.by, outlets, entries, tuple(dict.fromkeys((*one.numbers, *other.numbers))))


def _about(event: Event) -> str:
    """What an event is called: "shelling, Omdurman, 2024-11-12"."""
    kind = event.type.lower().replace("_", " ")
    return ", ".join(part for part in (kind, event.place.en if event.place else "", event.date.value or "") if part)


def _counted(count: Count, said: str) -> str:
    words = {"at_least": "at least ", "more_than": "more than ", "about": "about "}.get(count.qualifier, "")
    return f"{words}{count.number:,} {said}"


# ---------------------------------------------------------------- sums


def _sums(entry: Entry, event: Event) -> Iterator[Difference]:
    """A total that is not what its parts come to: with parts the text names as such, only when they exceed it."""
    for i, total in enumerate(event.counts):
        parts = [c for c in event.counts if c.part_of == i and c.number is not None]
        if parts and total.number and total.qualifier == "exact" and _sum(parts) > total.number and _disjoint(parts):
            yield _unequal(entry, event, total, parts)
        elif not parts and total.part_of is None and total.number and (run := _run(event.counts, i)):
            yield _unequal(entry, event, total, run)


def _disjoint(parts: Sequence[Count]) -> bool:
    """Parts counted twice («بينهم 5 نساء … بينهم 3 مسنين») are not: only parts of one noun or of one breath add up."""
    return len({c.what for c in parts}) == len(parts) or len({c.what for c in parts}) == 1


def _run(found: Sequence[Count], i: int) -> list[Count]:
    """Three counts or more after count i that count what it counts and come near to it, but not to it."""
    total = found[i].number or 0
    if found[i].qualifier != "exact":
        return []
    run = []
    for part in found[i + 1 :]:
        if part.what != found[i].what or part.part_of is not None or not part.number or part.number >= total:
            break
        run.append(part)
    low, high = (share * total for share in _PART_OF_WHOLE)
    return run if len(run) >= _FEWEST_PARTS and low <= _sum(run) <= high and _sum(run) != total else []


def _sum(parts: Iterable[Count]) -> int:
    return sum(part.number or 0 for part in parts)


def _unequal(entry: Entry, event: Event, total: Count, parts: Sequence[Count]) -> Difference:
    number = next((r.number for r in entry.references if r.start <= total.start < r.end), entry.references[0].number)
    adding = " + ".join(f"{part.number:,}" for part in parts)
    sides = (
        Side(_counted(total, total.what), "total", (), (entry.id,), (number,)),
        Side(f"{adding} = {_sum(parts):,}", "parts", (), (entry.id,), (number,)),
    )
    return Difference("", "sum", _about(event), sides, False)


# ---------------------------------------------------------------- headlines


def _headlines(sources: Sequence[Source], happened: Sequence[Told], names: Mapping[int, str]) -> Iterator[Difference]:
    """A headline that counts more than its article's events allow, or tells in its own voice what all of them attribute."""
    for source in sources:
        if source.title is None:
            continue
        own = [f for e, event in happened for f in figures(e, event) if f.reference.source == source.number]
        for count in _in_headline(source.title.ar):
            fate, who, _ = read(count.what)
            same = [f for f in own if f.fate == fate and f.who == who and fate]
            reach = reach_of(count)
            if same and reach is not None and reach[0] > max(f.high for f in same):
                most = max(same, key=lambda f: f.high)
                number = (most.reference.number,)
                sides = (
                    Side(_counted(count, count.what), "headline", (), (), number),
                    Side(_counted(most.count, most.count.what), "text", (), (most.entry.id,), number),
                )
                yield Difference("", "headline", source.title.en or source.title.ar, sides, False)
            elif (said := _attributed(reach, same)) and own_voice(source.title.ar):
                told = Side(_counted(count, count.what), "headline", (), (), (said[0].reference.number,))
                by = _joined(_figure_side(f, names) for f in said)
                yield Difference("", "attribution", source.title.en or source.title.ar, (told, *by), False)


def _attributed(reach: tuple[float, float] | None, same: Sequence[Figure]) -> list[Figure]:
    """The figures that are a headline's own, when each of them is of an event that somebody is said to have told; else none."""
    found = [f for f in same if reach is not None and (f.low, f.high) == reach]
    return found if all(isinstance(f.entry.item, Event) and f.entry.item.asserted_by for f in found) else []


def _in_headline(title: str) -> tuple[Count, ...]:
    return counts(parse(title, Sentence(1, 0, len(title))), 0, len(title), ())


# ---------------------------------------------------------------- dates


def _dates(agreed: Sequence[tuple[Entry, Agreement]], names: Mapping[int, str]) -> Iterator[Difference]:
    """One meeting, or one plan of the same parties, on days that exclude each other."""
    for (one, a), (other, b) in combinations(agreed, 2):
        if _exclude(a.date, b.date) and (about := _one_plan(one, a, other, b)):
            sides = tuple(_side(e, e.references[0].number, _days(i.date), "", names) for e, i in ((one, a), (other, b)))
            yield Difference("", "date", about, sides, True)


def _one_plan(one: Entry, a: Agreement, other: Entry, b: Agreement) -> str:
    met = {(m.series, m.number) for m in find_meetings(one.references[0].quote) if m.number is not None}
    also = {(m.series, m.number) for m in find_meetings(other.references[0].quote) if m.number is not None}
    for series, number in sorted(met & also):
        return f"{series.replace('_', ' ').replace('-', ' ')}, meeting {number}"
    same_parties = {p.en for p in a.parties} == {p.en for p in b.parties} and len(a.parties) > 1
    if a.status == b.status == "scheduled" and same_parties:
        contents = [" ".join(without_numbers(words_of(item.ar))) for item in (a, b)]
        if fuzz.ratio(*contents) >= _SAME_PLAN:
            return " and ".join(p.en for p in a.parties)
    return ""


def _exclude(a: When, b: When) -> bool:
    if not (a.earliest and a.latest and b.earliest and b.latest):
        return False
    return a.latest < b.earliest or b.latest < a.earliest


def _days(when: When) -> str:
    return when.value if when.value and when.precision == "day" else f"{when.earliest} to {when.latest}"

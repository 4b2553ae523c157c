"""Documents -> articles as a task: both ends of it. A document stays where it is; what comes back are spans of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from briefing.ingest.articles import Harvest, harvest
from briefing.ingest.repetition import site
from briefing.model import Article, Document, Outlet, Problem, Published, Span, Title
from briefing.problems import failure
from briefing.spread.crew import Answer, Crew, Lost, Part, divided
from briefing.spread.lost import lost
from briefing.spread.tasks import HARVEST
from briefing.spread.wire import decode, encode

AT_ONCE = 128  # documents in a part: cleaning one is quick


@dataclass(frozen=True, slots=True)
class _Head:
    """The time zone of days, and the folded lines that pages of a site have in common."""

    zone: str
    repeated: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Story:
    """An Article without its document."""

    id: str
    language: str
    title: Title | None
    outlet: Outlet | None
    url: str | None
    published: Published
    kept: tuple[Span, ...]
    wires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Yield:
    """What a document gave."""

    stories: tuple[_Story, ...]
    problems: tuple[Problem, ...]


def harvested(
    documents: Sequence[Document], zone: ZoneInfo, repeated: Mapping[str, AbstractSet[str]], crew: Crew
) -> Iterator[Harvest]:
    """The articles of each document, in order, without its exclusions; a failure is a Problem of the document."""
    waiting = iter(documents)
    for answers in crew.map(_parts(documents, zone, repeated)):
        for answer in answers:
            yield _read(next(waiting), answer)


def guarded(document: Document, zone: ZoneInfo, repeated: Iterable[str] = ()) -> Harvest:
    """The articles of a document; a failure in our own code becomes a Problem, so one page never ends the week."""
    try:
        return harvest(document, zone, frozenset(repeated))
    except Exception as error:
        return Harvest(document, (), (), (failure(document.file, error),))


def work(head: bytes, units: Sequence[bytes]) -> list[bytes]:
    """The task: a _Yield for each Document."""
    shared = decode(head, _Head)
    zone, lines = ZoneInfo(shared.zone), {at: frozenset(texts) for at, texts in shared.repeated.items()}
    return [_given(decode(unit, Document), zone, lines) for unit in units]


def _given(document: Document, zone: ZoneInfo, lines: Mapping[str, AbstractSet[str]]) -> bytes:
    found = guarded(document, zone, lines.get(site(document) or "", ()))
    return encode(_Yield(tuple(map(_story, found.articles)), found.problems))


def _parts(documents: Sequence[Document], zone: ZoneInfo, repeated: Mapping[str, AbstractSet[str]]) -> Iterator[Part]:
    place = 0
    for units in divided(map(encode, documents), AT_ONCE):
        sites = {site(document) or "" for document in documents[place : place + len(units)]}
        head = _Head(zone.key, {at: tuple(sorted(repeated[at])) for at in sorted(sites) if at in repeated})
        place += len(units)
        yield Part(HARVEST, encode(head), units)


def _story(a: Article) -> _Story:
    return _Story(a.id, a.language, a.title, a.outlet, a.url, a.published, a.kept, a.wires)


def _read(document: Document, answer: Answer) -> Harvest:
    if isinstance(answer, Lost):
        return Harvest(document, (), (), (lost(document.file, answer),))
    found = decode(answer, _Yield)
    articles = (
        Article(s.id, document, s.language, s.title, s.outlet, s.url, s.published, s.kept, s.wires) for s in found.stories
    )
    return Harvest(document, tuple(articles), (), found.problems)

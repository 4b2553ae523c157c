"""Articles -> sentences and drafts of items, by the rules, as a task: both ends of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from briefing.arabic.sentences import sentences
from briefing.errors import SpreadError
from briefing.extract.draft import Draft
from briefing.extract.extractor import Found
from briefing.extract.rules import Drafts
from briefing.extract.rules_extractor import RULES
from briefing.item_model import Agreement, Event, Mention, Statement
from briefing.ledger.code import digest
from briefing.model import Article, Document, Problem, Sentence
from briefing.problems import failure
from briefing.progress import untracked
from briefing.spread.crew import Answer, Crew, Lost, Part, divided
from briefing.spread.lost import lost
from briefing.spread.tasks import SEARCH
from briefing.spread.wire import decode, encode

I = TypeVar("I", Statement, Agreement, Event)  # noqa: E741
Search = tuple[tuple[Sentence, ...], Found]


@dataclass(frozen=True, slots=True)
class _Draft(Generic[I]):
    """A Draft whose item is of one kind: read back as that kind and no other."""

    item: I
    lead: str
    act: str
    segment: str
    why: str
    unnamed: tuple[str, ...]
    found_by: tuple[str, ...]

    def draft(self) -> Draft:
        return Draft(self.item, self.lead, self.act, self.segment, self.why, self.unnamed, self.found_by)


@dataclass(frozen=True, slots=True)
class _Drafts:
    statements: tuple[_Draft[Statement], ...]
    agreements: tuple[_Draft[Agreement], ...]
    events: tuple[_Draft[Event], ...]
    mentions: tuple[Mention, ...]
    dropped: tuple[_Draft[Event], ...]

    def drafts(self) -> Drafts:
        said, agreed, happened, dropped = (
            tuple(d.draft() for d in kind) for kind in (self.statements, self.agreements, self.events, self.dropped)
        )
        return Drafts(said, agreed, happened, self.mentions, dropped)


@dataclass(frozen=True, slots=True)
class _Given:
    """What is written; its drafts have the JSON of _Drafts."""

    sentences: tuple[Sentence, ...]
    drafts: Drafts | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Taken:
    """The same, as it is read."""

    sentences: tuple[Sentence, ...]
    drafts: _Drafts | None
    problems: tuple[Problem, ...]


def signature() -> str:
    """Equal where the same article gives the same items: rules, words, and the code that reads."""
    return f"{RULES.infos[0].signature}:{digest()[:12]}"


def searched(articles: Iterable[Article], crew: Crew) -> Iterator[Search]:
    """The sentences and items of each article, in order; a failure is a Problem of the article, with no drafts."""
    files: list[str] = []

    def units() -> Iterator[bytes]:
        for article in articles:
            files.append(article.document.file)
            yield encode(_bare(article))

    head = encode(signature())
    for answers in crew.map(Part(SEARCH, head, group) for group in divided(units())):
        for file, answer in zip(files[: len(answers)], answers, strict=True):
            yield _read(file, answer)
        del files[: len(answers)]


def sound(answer: bytes) -> bool:
    """Whether this is an answer of the task: one that was kept may be damaged."""
    try:
        decode(answer, _Taken)
    except SpreadError:
        return False
    return True


def cut(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article."""
    return tuple(sentences(article.document.text, article.kept))


def work(head: bytes, units: Sequence[bytes]) -> list[bytes]:
    """The task: a _Taken for each Article. Raises SpreadError in a process with other rules or words."""
    wanted = decode(head, str)
    if wanted != signature():
        step = "Is another build with other settings on the same cluster? Wait for its end, and run this one again."
        raise SpreadError(f"a worker reads by {signature()}, and {wanted} is wanted", step)
    return [encode(_searched(decode(unit, Article))) for unit in units]


def _searched(article: Article) -> _Given:
    try:
        found = cut(article)
    except Exception as error:
        return _Given((), None, (failure(article.document.file, error),))
    (items,) = RULES.find([(article, found)], untracked)
    return _Given(found, items.drafts, items.problems)


def _bare(article: Article) -> Article:
    """The article with no more of its document than searching rests on."""
    whole = article.document
    return replace(article, document=Document(whole.file, whole.text, whole.sha256))


def _read(file: str, answer: Answer) -> Search:
    if isinstance(answer, Lost):
        return (), Found(None, (lost(file, answer),))
    taken = decode(answer, _Taken)
    return taken.sentences, Found(taken.drafts.drafts() if taken.drafts is not None else None, taken.problems)

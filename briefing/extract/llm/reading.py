"""An article's answers -> its items together with those of the rules, and the problems a reader must know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.extract.clause import Parsed
from briefing.extract.draft import Draft
from briefing.extract.llm.asking import MOST_FAULTS, Settled
from briefing.extract.llm.drafting import Drafting, drafting
from briefing.extract.llm.failures import NoAnswer
from briefing.extract.llm.merging import ReadByModel, merged
from briefing.extract.llm.numbered import Piece
from briefing.extract.llm.pointing import Checked, PointedAgreement, PointedEvent, PointedItem, PointedStatement
from briefing.extract.rules import Drafts
from briefing.item_model import Statement
from briefing.model import Article, Problem

_STEP = "Read the article itself there; another model, or a prompt of your own, may do better."
_ROOM = "Raise extract.tokens in briefing.toml if the model has room for more."


@dataclass(frozen=True, slots=True)
class About:
    """What a question was about: a section of one piece of an article (its number among those that were read)."""

    article: int
    section: str
    piece: Piece


Asked = Sequence[tuple[About, Settled[Checked]]]


def together(
    article: Article, parsed: Sequence[Parsed], ours: Drafts, asked: Asked, signature: str
) -> tuple[Drafts, tuple[Problem, ...]]:
    """The items of rules and model, each once; and problems for items that our own code stumbled over."""
    work = drafting(article, parsed)
    wrong: list[Problem] = []

    def section(name: str, rules: tuple[Draft, ...], draft: Callable[[PointedItem], Draft], letter: str) -> tuple[Draft, ...]:
        settled = [(about.piece, s) for about, s in asked if about.section == name]
        drafts, failed = _drafts(article, (item for _, s in settled for item in union(s.answers)), draft)
        wrong.extend(failed)
        numbers = {n for piece, s in settled if s.answers for n in piece.numbers}
        return merged(rules, ReadByModel(tuple(drafts), numbers, signature), f"{article.id}-{letter}")

    said = section("statements", ours.statements, lambda item: _statement(work, item), "S")
    spoken = [d.item for d in said if isinstance(d.item, Statement)]
    agreed = section("agreements", ours.agreements, lambda item: _agreement(work, item), "A")
    happened = section("events", ours.events, lambda item: _event(work, item, spoken), "E")
    return replace(ours, statements=said, agreements=agreed, events=happened), tuple(wrong)


def union(answers: Sequence[Checked]) -> Iterator[PointedItem]:
    """The items of the last answer, and those good ones of an earlier that it lost."""
    last = answers[-1].items if answers else ()
    yield from last
    yield from (item for each in answers[:-1] for item in each.items if not any(_alike(item, other) for other in last))


def troubles(article: Article, asked: Asked, left: Sequence[int], down: NoAnswer | None) -> Iterator[Problem]:
    """What went wrong with an article, but for what is said once of a server that is `down`."""
    file = article.document.file
    if left:
        yield Problem(file, f"too long for the language model: {_sentences(left)} read by rules alone", _ROOM)
    for about, settled in asked:
        if settled.failed is not None and settled.failed is not down:
            alone = f"; {_sentences(about.piece.numbers)} read for {about.section} by rules alone" if not settled.answers else ""
            message = f"the language model's server {settled.failed.message}{alone}"
            yield Problem(file, message, settled.failed.next_step)
        if settled.failed is None or settled.answers:
            yield from (Problem(file, message, _STEP) for message in _faults(about, settled))


def _faults(about: About, settled: Settled[Checked]) -> Iterator[str]:
    for fault in settled.faults[:MOST_FAULTS]:
        if fault.item is not None:
            yield f"number {fault.item} of the language model's {about.section} was left out: {fault.message}"
        elif settled.answers:
            yield f"of the language model's {about.section}: {fault.message}"
        else:
            numbers = _sentences(about.piece.numbers)
            yield f"the language model gave no answer of use on {about.section} ({fault.message}); {numbers} read by rules alone"
    if (more := len(settled.faults) - MOST_FAULTS) > 0:
        yield f"{more} more of the language model's {about.section} were left out"


def _sentences(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"sentence {numbers[0]} was"
    if numbers[-1] - numbers[0] + 1 == len(numbers):
        return f"sentences {numbers[0]} to {numbers[-1]} were"
    return f"sentences {', '.join(map(str, numbers[:MOST_FAULTS]))}{' and more' if len(numbers) > MOST_FAULTS else ''} were"


def _drafts(
    article: Article, items: Iterable[PointedItem], draft: Callable[[PointedItem], Draft]
) -> tuple[list[Draft], list[Problem]]:
    """Drafts of the items; one that our own code stumbles over is a Problem."""
    made: list[Draft] = []
    wrong: list[Problem] = []
    for item in items:
        try:
            made.append(draft(item))
        except Exception as error:
            what = f"reading it failed inside the program ({type(error).__name__}: {error})"
            message = f"an item of the language model was left out: {what}"
            wrong.append(Problem(article.document.file, message, "Please report this file as a bug."))
    return made, wrong


def _alike(one: PointedItem, other: PointedItem) -> bool:
    a, b = one.quote.span, other.quote.span
    kinds = (one.type, other.type) if isinstance(one, PointedEvent) and isinstance(other, PointedEvent) else ("", "")
    return a.start < b.end and b.start < a.end and kinds[0] == kinds[1]


def _statement(work: Drafting, item: PointedItem) -> Draft:
    assert isinstance(item, PointedStatement)
    return work.statement(item)


def _agreement(work: Drafting, item: PointedItem) -> Draft:
    assert isinstance(item, PointedAgreement)
    return work.agreement(item)


def _event(work: Drafting, item: PointedItem, said: Sequence[Statement]) -> Draft:
    assert isinstance(item, PointedEvent)
    return work.event(item, said)

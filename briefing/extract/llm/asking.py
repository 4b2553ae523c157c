"""Questions to a language model: answered from the cache or by the server, repaired once, and never in the way of the brief."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from briefing.extract.llm.answers import Fault, Reply
from briefing.extract.llm.client import Client
from briefing.extract.llm.failures import NoAnswer
from briefing.extract.llm.prompts import repair
from briefing.progress import Track
from briefing.store.cache import Cache

KIND = "llm"  # of the rows in the cache
MOST_FAULTS = 12  # that are told to the model, or to the reader, of one answer
_MOST_FAILURES = 3  # in a row; then the server is left alone


class Judged(Protocol):
    """What an answer is worth: `whole` is False when it is no answer at all."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it."""
        ...

    @property
    def whole(self) -> bool:
        """Whether it was JSON of the form that was asked for."""
        ...


J = TypeVar("J", bound=Judged)


@dataclass(frozen=True, slots=True)
class Question(Generic[J]):
    """One request: `limit` is the most tokens of the answer, `judge` looks at one without trusting it, `key` is the cache's.

    Questions with one key are asked once.
    """

    prompt: str
    schema: dict[str, Any]
    limit: int
    judge: Callable[[Reply], J]
    key: str


@dataclass(frozen=True, slots=True)
class Settled(Generic[J]):
    """What came of a question: the answers that are some, the repaired one last, and what is wrong with the last.

    `failed` is why there was no answer, or no repaired one.
    """

    answers: tuple[J, ...]
    faults: tuple[Fault, ...] = ()
    failed: NoAnswer | None = None


@dataclass(frozen=True, slots=True)
class _Exchange:
    """What the model replied to a question and to its repair, if there was one."""

    replies: tuple[Reply, ...]
    failed: NoAnswer | None = None


class Asking:
    """Asks many questions, a few at a time; stops asking when the server is down, and remembers why."""

    def __init__(self, client: Client, concurrency: int) -> None:
        self._client = client
        self._turns = concurrency
        self._failures = 0
        self.down: NoAnswer | None = None

    def ask(self, questions: Sequence[Question[J]], cache: Cache, track: Track) -> list[Settled[J]]:
        """What came of each question, in order. What is in the cache is not asked again; good answers go there.

        Ctrl-C ends it at once: requests under way are dropped.
        """
        by_key = {q.key: q for q in questions}
        values = cache.found(KIND, by_key)
        known = {key: _Exchange(replies) for key, q in by_key.items() if (replies := _kept(values.get(key), q))}
        missing = [q for key, q in by_key.items() if key not in known]
        if missing:
            try:
                known |= asyncio.run(self._all(missing, cache, track))
            except NoAnswer as error:  # nothing could be asked
                self.down = error
                known |= {q.key: _Exchange((), error) for q in missing}
        return [_settled(q, known[q.key]) for q in questions]

    async def _all(self, questions: Sequence[Question[J]], cache: Cache, track: Track) -> dict[str, _Exchange]:
        turns = asyncio.Semaphore(self._turns)

        async def one(question: Question[J]) -> tuple[str, _Exchange]:
            async with turns:
                return question.key, await self._exchange(question, cache)

        async with self._client.opened():
            tasks = [asyncio.create_task(one(question)) for question in questions]
            return dict([await task for task in track(tasks, "Asking the language model")])

    async def _exchange(self, question: Question[J], cache: Cache) -> _Exchange:
        """Asks, and asks once more when something is wrong with the answer. What was whole of it goes into the cache."""
        replies: list[Reply] = []
        whole: list[str | None] = []
        prompt = question.prompt
        for _ in range(2):
            try:
                reply = await self._asked(question, prompt)
                judged = _judged(question, reply)
            except NoAnswer as error:
                return _Exchange(tuple(replies), error)
            replies.append(reply)
            whole += [reply.content] if judged.whole else []
            if not judged.faults:
                break
            prompt = repair(question.prompt, [str(fault) for fault in judged.faults[:MOST_FAULTS]])
        if whole:
            cache.keep(KIND, {question.key: json.dumps(whole, ensure_ascii=True)})
        return _Exchange(tuple(replies))

    async def _asked(self, question: Question[J], prompt: str) -> Reply:
        if self.down is not None:
            raise self.down
        try:
            reply = await self._answered(question, prompt)
        except NoAnswer as error:
            self._failures += 1
            if error.final or self._failures >= _MOST_FAILURES:
                self.down = self.down or error
            raise self.down or error from error
        self._failures = 0
        return reply

    async def _answered(self, question: Question[J], prompt: str) -> Reply:
        """The reply; whatever goes wrong on the way must not cost the week. Raises NoAnswer."""
        try:
            return await self._client.ask(prompt, question.schema, question.limit)
        except NoAnswer:
            raise
        except Exception as error:  # its text may hold what was sent, the key among it
            message = f"could not be asked: that failed inside the program ({type(error).__name__})"
            raise NoAnswer(message, "Please report this as a bug.") from error


def _settled(question: Question[J], exchange: _Exchange) -> Settled[J]:
    try:
        judged = [_judged(question, reply) for reply in exchange.replies]
    except NoAnswer as error:
        return Settled((), (), error)
    whole = [one for one in judged if one.whole]
    last = whole[-1:] or judged[-1:]
    return Settled(tuple(whole), last[0].faults if last else (), exchange.failed)


def _judged(question: Question[J], reply: Reply) -> J:
    """The judgement; a fault of our own must not cost the week. Raises NoAnswer."""
    try:
        return question.judge(reply)
    except Exception as error:
        message = f"sent an answer that our own check stumbled over ({type(error).__name__})"
        raise NoAnswer(message, "Please report this article as a bug.") from error


def _kept(value: str | None, question: Question[J]) -> tuple[Reply, ...]:
    """The answers that a row of the cache holds; none when they are none, for the store may be damaged or another's."""
    try:
        found = json.loads(value or "[]")
    except (ValueError, RecursionError):
        return ()
    replies = [Reply(each, "stop") for each in found if isinstance(each, str)] if isinstance(found, list) else []
    try:
        return tuple(reply for reply in replies if _judged(question, reply).whole)
    except NoAnswer:
        return ()

"""Texts of many lengths as batches of like ones, and how batches are handed over: a few at a time, so that Ctrl-C is heard."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

_LOOK_EVERY = 0.005  # seconds


class Promise(Protocol):
    """The answer to one text, as CTranslate2 promises it (`AsyncTranslationResult`)."""

    def done(self) -> bool:
        """Whether it is there."""
        ...

    def result(self) -> Any:
        """The answer; raises what went wrong."""
        ...


Batch = list[int]


def room(lengths: Sequence[int], tokens: int, beam: int, translators: int) -> int:
    """How many source tokens one batch may hold, when `tokens` are the most that a beam of 1 should have at a time.

    A beam keeps that many hypotheses of each sentence alive, so it takes that many fewer sentences. With a model of opus-mt's
    shape, 256 tokens are 1.1 times as fast as 1,024 at beam 4, and 1,024 are 1.4 times as fast as 256 at beam 1.
    """
    share = -(-sum(lengths) // translators)  # a short week in one batch would leave the others idle
    return max(1, min(tokens // beam, share))


def batches(lengths: Sequence[int], most: int) -> list[Batch]:
    """The indices of `lengths` (tokens of each text) in batches, the longest texts first: what is left at the end is small.

    A batch has at most `most` tokens, with each of its texts filled up to the longest; a longer text is a batch by itself.
    """
    made: list[Batch] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if made and (len(made[-1]) + 1) * lengths[made[-1][0]] <= most:
            made[-1].append(index)
        else:
            made.append([index])
    return made


def in_turn(
    wanted: Sequence[Batch], submit: Callable[[Batch], Sequence[Promise]], ahead: int
) -> Iterator[tuple[Batch, list[Any]]]:
    """Each batch with its answers; at most `ahead` batches are submitted and not yet answered.

    A call that waits within the library is deaf to Ctrl-C until all is translated, and what is submitted cannot be called back.
    So little is submitted, and the wait is here.
    """
    waiting: deque[tuple[Batch, Sequence[Promise]]] = deque()
    for batch in wanted:
        if len(waiting) >= ahead:
            yield _answered(*waiting.popleft())
        waiting.append((batch, submit(batch)))
    while waiting:
        yield _answered(*waiting.popleft())


def _answered(batch: Batch, promises: Sequence[Promise]) -> tuple[Batch, list[Any]]:
    while not all(promise.done() for promise in promises):
        time.sleep(_LOOK_EVERY)
    return batch, [promise.result() for promise in promises]

"""Batches: all of it, of like lengths, never too large, and never too many on their way."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.translate.batches import Batch, Promise, batches, in_turn, room

LENGTHS = st.lists(st.integers(1, 600), max_size=60)


def test_like_goes_with_like_and_the_longest_first() -> None:
    assert batches([3, 10, 4, 9, 10, 40], 20) == [[5], [1, 4], [3, 2], [0]]


@given(LENGTHS, st.integers(1, 2_000))
def test_every_text_is_in_one_batch_that_is_not_too_large(lengths: list[int], most: int) -> None:
    made = batches(lengths, most)
    assert sorted(i for batch in made for i in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= most for batch in made)
    in_order = [lengths[i] for batch in made for i in batch]
    assert in_order == sorted(lengths, reverse=True)


def test_a_wide_beam_takes_fewer_sentences_and_no_translator_stands_idle() -> None:
    many = [20] * 1_000
    assert (room(many, 1024, 1, 2), room(many, 1024, 4, 2)) == (1024, 256)
    assert len(batches([20] * 16, room([20] * 16, 1024, 1, 2))) == 2
    assert (room([], 1024, 4, 2), room([5], 2, 4, 8)) == (1, 1)


@given(LENGTHS, st.integers(1, 5))
def test_no_more_than_allowed_is_on_its_way_and_every_answer_comes(lengths: list[int], ahead: int) -> None:
    on_the_way: list[int] = []

    class Later:
        """A promise that takes three looks."""

        def __init__(self, number: int) -> None:
            self.number, self.looks = number, 0

        def done(self) -> bool:
            self.looks += 1
            return self.looks >= 3

        def result(self) -> int:
            on_the_way.remove(self.number)
            return lengths[self.number]

    def submit(batch: Batch) -> Sequence[Promise]:
        on_the_way.extend(batch)
        return [Later(number) for number in batch]

    wanted = batches(lengths, 100)
    seen: dict[int, int] = {}
    for batch, answers in in_turn(wanted, submit, ahead):
        assert len([b for b in wanted if set(b) & set(on_the_way)]) <= ahead
        seen.update(zip(batch, answers, strict=True))
    assert seen == dict(enumerate(lengths)) and on_the_way == []


def test_what_went_wrong_comes_out_and_nothing_more_is_submitted() -> None:
    class Failing:
        """A promise that is not kept."""

        def done(self) -> bool:
            return True

        def result(self) -> object:
            raise RuntimeError("out of memory")

    submitted: list[Batch] = []

    def submit(batch: Batch) -> Sequence[Promise]:
        submitted.append(batch)
        return [Failing()]

    with pytest.raises(RuntimeError, match="out of memory"):
        list(in_turn([[n] for n in range(9)], submit, 2))
    assert submitted == [[0], [1]]

"""The page budget: which stories are told, with a measure that counts them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.compose.fitting import fitted
from briefing.compose.ranking import Cluster


def told(sizes: list[float], budget: int) -> list[int]:
    """The clusters that are told when each is so many pages long and a title takes a fiftieth of one."""
    clusters = [Cluster((f"{n}a", f"{n}b"), 0, size) for n, size in enumerate(sizes)]

    def make(listed: tuple[str, ...]) -> Any:
        away = {int(ident[:-1]) for ident in listed}
        assert len(listed) == 2 * len(away)  # a cluster goes or stays as a whole
        return SimpleNamespace(told=[n for n in range(len(sizes)) if n not in away], away=away)

    def measure(brief: Any) -> float:
        return sum(sizes[n] for n in brief.told) + len(brief.away) / 50

    found = fitted(make, clusters, budget, measure)  # type: ignore[arg-type]
    assert not budget or len(found.told) < 2 or measure(found) <= budget
    return list(found.told)


def test_without_a_budget_all_are_told() -> None:
    assert told([5.0, 5.0, 5.0], 0) == [0, 1, 2]


def test_the_best_are_told_and_smaller_ones_fill_the_room() -> None:
    assert told([3.0, 4.0, 6.0, 1.0], 9) == [0, 1, 3]


def test_the_best_is_told_even_where_none_fits() -> None:
    assert told([30.0, 40.0], 6) == [0]


def test_all_are_told_where_all_fit() -> None:
    assert told([1.0] * 5, 6) == [0, 1, 2, 3, 4]


@given(st.lists(st.floats(0.1, 8.0), max_size=40), st.integers(1, 30))
def test_no_budget_is_exceeded_and_what_is_told_begins_with_the_best(sizes: list[float], budget: int) -> None:
    found = told(sizes, budget)
    room = sum(1 for n in range(len(sizes)) if sum(sizes[: n + 1]) + (len(sizes) - n - 1) / 50 <= budget)
    assert found[:room] == list(range(room))

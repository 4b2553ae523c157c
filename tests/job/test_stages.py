"""Which stages are due: by hand for each rule, and by any sequence of deaths and failures that ends with everything done once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.job.stages import STAGES, Present, cut_off, decision, finished
from briefing.store.runs import Attempt, Stage, State

ALL = frozenset(STAGES)


def past(*attempts: str) -> tuple[Attempt, ...]:
    """ "build done" -> the attempt; the inputs of a build are "i"."""
    pairs = [attempt.split() for attempt in attempts]
    return tuple(Attempt(stage, state, ended="then", inputs="i", cut_off="c") for stage, state in pairs)  # type: ignore[arg-type]


def due(before: tuple[Attempt, ...], present: Present) -> list[Stage]:
    return [stage for stage in STAGES if decision(stage, before, present).do]


@pytest.mark.parametrize(
    ("before", "inputs", "brief", "expected"),
    [
        ([], "i", None, "fetch build send publish"),
        (["fetch interrupted"], "i", None, "fetch build send publish"),
        (["fetch failed"], "i", None, "fetch build send publish"),
        (["fetch done"], "i", None, "build send publish"),
        (["fetch done", "build interrupted"], "i", "d", "build send publish"),
        (["fetch done", "build done"], "i", "d", "send publish"),
        (["fetch done", "build done"], "changed", "d", "build send publish"),
        (["fetch done", "build done"], "i", None, "build send publish"),
        (["fetch done", "build done", "send failed"], "i", "d", "send publish"),
        (["fetch done", "build done", "send failed"], "changed", "d", "build send publish"),
        (["fetch done", "build done", "send interrupted"], "changed", "d", "send publish"),
        (["fetch done", "build done", "send waiting", "publish done"], "changed", "d", "send"),
        (["fetch done", "build done", "send done", "publish failed"], "changed", "d", "publish"),
        (["fetch done", "build done", "send done", "publish done"], "changed", "d", ""),
        (["fetch done", "build done", "send done", "publish done"], "i", "built by hand", ""),
        (["build done", "send done"], "i", "d", "publish"),  # a feed named later brings nothing to a brief that went out
        (["fetch done", "build failed", "build done", "send waiting", "send done", "publish done"], "i", "d", ""),
    ],
)
def test_what_is_due(before: list[str], inputs: str, brief: str | None, expected: str) -> None:
    present = Present(ALL, inputs, brief)
    assert due(past(*before), present) == expected.split()
    assert finished(past(*before), present) == (not expected)


def test_what_the_settings_do_not_name_is_never_due_and_says_so() -> None:
    present = Present(frozenset({"build"}), "i", None)
    assert due((), present) == ["build"]
    assert decision("send", (), present).why == "not in the settings"
    assert finished(past("build done"), Present(frozenset({"build"}), "i", "d"))


def test_a_brief_that_somebody_has_is_not_built_anew_for_other_inputs() -> None:
    before = past("fetch done", "build done", "send failed")
    assert decision("build", before, Present(ALL, "changed", "d")).do
    assert not decision("build", before, Present(ALL, "changed", "d", gone_out=True)).do


def test_the_same_inputs_are_built_with_the_same_cut_off() -> None:
    assert cut_off((), "i", "now") == "now"
    assert cut_off(past("build interrupted"), "i", "now") == "c"
    assert cut_off(past("build done"), "changed", "now") == "now"


Ends = st.lists(st.tuples(st.sampled_from(["done", "failed", "interrupted", "waiting"]), st.booleans()), max_size=12)


@given(Ends)
def test_whatever_happens_on_the_way_each_stage_ends_done_once(ends: list[tuple[State, bool]]) -> None:
    """Each stage that is begun ends as the list says; `True` changes the inputs afterwards. Runs follow until all is done."""
    before: list[Attempt] = []
    inputs, brief = 0, None
    happenings = iter(ends)
    for _ in range(len(ends) + 2):
        for stage in STAGES:
            if not decision(stage, before, Present(ALL, str(inputs), brief)).do:
                continue
            state, changes = next(happenings, ("done", False))
            state = "done" if state == "waiting" and stage != "send" else state
            if stage == "build" and state == "done":
                brief = str(inputs)
            before.append(Attempt(stage, state, inputs=str(inputs)))
            inputs += changes
            if state in ("failed", "interrupted"):
                break
    assert finished(before, Present(ALL, str(inputs), brief))
    done = [attempt.stage for attempt in before if attempt.state == "done"]
    assert (done.count("fetch"), done.count("send"), done.count("publish")) == (1, 1, 1)
    out = next(n for n, a in enumerate(before) if a.stage == "send" and a.state in ("interrupted", "waiting", "done"))
    assert all(attempt.stage != "build" for attempt in before[out:])  # from then on everybody gets the same brief


def test_a_brief_built_and_sent_by_hand_is_not_built_by_the_first_run() -> None:
    """The run only makes up for what was not done: here publishing, and those who do not have the brief yet."""
    assert due((), Present(ALL, "i", "d", gone_out=True)) == ["send", "publish"]
    assert due((), Present(ALL, "i", None, gone_out=True)) == ["build", "send", "publish"]

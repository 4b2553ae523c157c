"""Which stages of a week are to be done: decided from what was done before and what is there now, and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.store.runs import Attempt, Stage

STAGES: tuple[Stage, ...] = ("fetch", "build", "send", "publish")
_OUT = ("running", "interrupted", "waiting", "done")  # states of sending or publishing that something may have gone out in


@dataclass(frozen=True, slots=True)
class Present:
    """What is there now: the stages the settings ask for, the digest of what a build rests on, that of the brief on disk.

    `brief` is None where there is no brief; `gone_out` says that somebody may have this week's brief.
    """

    configured: frozenset[Stage]
    inputs: str
    brief: str | None
    gone_out: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a stage is to be done, and why (in a few words; empty when it is done for the first time)."""

    do: bool
    why: str = ""


def decision(stage: Stage, past: Sequence[Attempt], present: Present) -> Decision:
    """Whether `stage` is to be done; `past` is every attempt for the week, oldest first.

    What is done stays done. A build is made anew when its inputs have changed and nobody can have the brief, or when the brief
    is not there any more; what was begun and not ended, or failed, is done again.
    """
    if stage not in present.configured:
        return Decision(False, "not in the settings")
    last = newest(stage, past)
    if stage == "build":
        return _build(last, past, present)
    if stage == "fetch" and gone_out(past, present) and (last is None or last.state != "done"):
        return Decision(False, "the brief has gone out already")
    return _again(last)


def newest(stage: Stage, past: Sequence[Attempt]) -> Attempt | None:
    """The last attempt of a stage."""
    return next((attempt for attempt in reversed(past) if attempt.stage == stage), None)


def gone_out(past: Sequence[Attempt], present: Present) -> bool:
    """Whether somebody may have the brief of this week."""
    return present.gone_out or any(a.stage in ("send", "publish") and a.state in _OUT for a in past)


def finished(past: Sequence[Attempt], present: Present) -> bool:
    """Whether nothing is left to do for the week."""
    return not any(decision(stage, past, present).do for stage in STAGES)


def cut_off(past: Sequence[Attempt], inputs: str, moment: str) -> str:
    """The information cut-off of a build: that of an earlier one of the same inputs, so that both give the same brief."""
    last = newest("build", past)
    return last.cut_off if last and last.cut_off and last.inputs == inputs else moment


def _build(last: Attempt | None, past: Sequence[Attempt], present: Present) -> Decision:
    if last is None and present.gone_out and present.brief is not None:
        return Decision(False, "built and sent by hand")
    if last is None or last.state != "done":
        return _again(last)
    if present.brief is None:
        return Decision(True, "its brief is not in the folder of products any more")
    if last.inputs == present.inputs or gone_out(past, present):
        return Decision(False, f"done {last.ended}")
    return Decision(True, "the inputs have changed since")


def _again(last: Attempt | None) -> Decision:
    if last is None:
        return Decision(True)
    if last.state == "done":
        return Decision(False, f"done {last.ended}")
    return Decision(True, _REASONS[last.state])


_REASONS = {
    "waiting": "deliveries are waiting",
    "failed": "it failed before",
    "interrupted": "it was interrupted before",
    "running": "it was interrupted before",
}

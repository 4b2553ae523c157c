"""The Problem of what ended every process that worked on it."""

from __future__ import annotations

from briefing.model import Problem
from briefing.spread.crew import Lost


def lost(where: str, answer: Lost) -> Problem:
    """For the document or article `where`."""
    step = "Take it out of the inputs and report it as a bug; a machine short of memory ends processes too."
    return Problem(where, f"left out: {answer.why}", step)

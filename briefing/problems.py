"""Problems that are faults of the program: they cost one article, never the week."""

from __future__ import annotations

from briefing.model import Problem


def failure(where: str, error: Exception) -> Problem:
    """The Problem for an article that our own code stumbled over."""
    message = f"left out: reading it failed inside the program ({type(error).__name__}: {error})"
    return Problem(where, message, "Please report this file as a bug.")

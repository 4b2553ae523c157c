"""How asking a language model's server fails: a reason and what to do about it, for a Problem in the brief."""

from __future__ import annotations


class NoAnswer(Exception):
    """A request that got no answer. `passing` failures may go away by themselves, `final` ones meet every request alike.

    `wait` are seconds the server asked to wait, `status` is that of HTTP.
    """

    def __init__(
        self,
        message: str,
        next_step: str,
        *,
        passing: bool = False,
        final: bool = False,
        wait: float | None = None,
        status: int = 0,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.passing = passing
        self.final = final
        self.wait = wait
        self.status = status

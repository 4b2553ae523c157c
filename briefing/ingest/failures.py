"""What stands in the way of a feed or page."""

from __future__ import annotations

from briefing.errors import BriefingError


class FetchFailed(BriefingError):
    """A URL that could not be had; the message does not repeat it.

    `passing` says that it may work a little later; `wait` is how many seconds the server asks for (None: it does not say);
    `status` is its HTTP status, when it answered at all.
    """

    exit_code = 4

    def __init__(
        self, message: str, next_step: str = "", passing: bool = False, wait: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(message, next_step)
        self.passing = passing
        self.wait = wait
        self.status = status

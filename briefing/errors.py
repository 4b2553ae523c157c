"""Expected errors: each knows its exit code and the next step for the user."""

from __future__ import annotations


class BriefingError(Exception):
    """Something the user can mend.

    `message` names the thing and the place ("seeds/a.txt: line 3: ..."), `next_step` says what to do about it.
    """

    exit_code = 1

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message}\n  {self.next_step}" if self.next_step else self.message


class UsageError(BriefingError):
    """The command line or the configuration asks for something that does not exist."""

    exit_code = 2


class ConfigError(UsageError):
    """briefing.toml (or dates.toml, a lexicon file) cannot be read or does not fit."""


class WeekError(UsageError):
    """No such week, or nothing in it."""

    exit_code = 4


class InputError(BriefingError):
    """No input could be read at all."""

    exit_code = 4


class EngineError(BriefingError):
    """A translation engine or model is missing, damaged or of an unknown kind."""

    exit_code = 5


class ExtraError(BriefingError):
    """A package is missing that only an optional part of the program needs."""


class SpreadError(BriefingError):
    """Work could not be given to other processes, or what they gave back is not what was asked for."""


class OutputError(BriefingError):
    """The brief could not be written (no space, no permission)."""

    exit_code = 6


class StoreError(BriefingError):
    """The store is damaged, locked, full, or not one of ours."""


class UnreviewedError(BriefingError):
    """A brief that was to go out only when a person has looked at all of it, and nobody has."""


class BusyError(BriefingError):
    """Another process holds what this command needs for itself; the same command works when that one has ended."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h: schedulers know it as "later"

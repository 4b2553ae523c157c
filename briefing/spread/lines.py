"""Translated lines with names in their form, and with the flags of the checks, as two tasks: both ends of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.errors import SpreadError
from briefing.lexicon import glossary
from briefing.model import Translation
from briefing.spread.crew import Alone, Crew, Lost, Part, divided, share
from briefing.spread.searching import signature
from briefing.spread.tasks import CHECK, LOCK
from briefing.spread.wire import decode, encode
from briefing.translate.checks.finding import Finding
from briefing.translate.checks.line import checked
from briefing.translate.locks.engine import Asked, Settle, Settled, settled

AT_ONCE = 256  # most lines in a part: a scheduler takes about a millisecond for each part, and a line takes that too


@dataclass(frozen=True, slots=True)
class _Line:
    source: str
    translation: Translation


def settled_by(crew: Crew) -> Settle:
    """`settled`, done by a crew with the glossary in use; what ended its processes is left as the model made it, and flagged."""

    def settle(asked: Sequence[Asked]) -> Iterator[Settled]:
        if isinstance(crew, Alone):  # a line typed in may hold what has no form as JSON
            yield from (settled(one, glossary.in_use()) for one in asked)
            return
        for one, answer in zip(asked, _answers(LOCK, asked, crew), strict=True):
            yield Settled(_unlooked(one.made)) if isinstance(answer, Lost) else decode(answer, Settled)

    return settle


def checked_by(crew: Crew, lines: Iterable[tuple[str, Translation]]) -> Iterator[Translation]:
    """Each translation with a flag for each check that it fails, as `checked` gives it. Sources stand before them in `lines`."""
    if isinstance(crew, Alone):
        yield from (checked(*line) for line in lines)
        return
    given = [_Line(*line) for line in lines]
    for one, answer in zip(given, _answers(CHECK, given, crew), strict=True):
        yield _unlooked(one.translation) if isinstance(answer, Lost) else decode(answer, Translation)


def lock(head: bytes, units: Sequence[bytes]) -> list[bytes]:
    """The task LOCK: a Settled for each Asked. Raises SpreadError in a process with other words."""
    return _worked(head, units, lambda unit: settled(decode(unit, Asked), glossary.in_use()))


def check(head: bytes, units: Sequence[bytes]) -> list[bytes]:
    """The task CHECK: a Translation for each line. Raises SpreadError in a process with other words."""

    def looked_at(unit: bytes) -> Translation:
        line = decode(unit, _Line)
        return checked(line.source, line.translation)

    return _worked(head, units, looked_at)


def _worked(head: bytes, units: Sequence[bytes], act: Callable[[bytes], object]) -> list[bytes]:
    if (wanted := decode(head, str)) != _words():
        step = "Is another build with other settings on the same cluster? Wait for its end, and run this one again."
        raise SpreadError(f"a worker has the words {_words()}, and {wanted} are wanted", step)
    return [encode(act(unit)) for unit in units]


def _answers(task: str, given: Sequence[object], crew: Crew) -> Iterator[bytes | Lost]:
    head, groups = encode(_words()), divided(map(encode, given), share(len(given), crew.places, AT_ONCE))
    for answers in crew.map(Part(task, head, group) for group in groups):
        yield from answers


def _words() -> str:
    """Equal where rules, lexicon and glossary are."""
    return f"{signature()}:{glossary.in_use().sha256[:12]}"


def _unlooked(made: Translation) -> Translation:
    flag = Finding("not checked", "looking at this line ended the process").flag
    return replace(made, flags=(*made.flags, flag))

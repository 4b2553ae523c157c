"""Sentences -> translations as a task: both ends of it. Memory, store and locks stay where the engine is asked from."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import Translation
from briefing.spread.crew import Crew, Lost, Part, divided, share
from briefing.spread.station import engine_here
from briefing.spread.tasks import TRANSLATE
from briefing.spread.wire import decode, encode
from briefing.translate.engine import Engine, Notify

AT_ONCE = 64  # most sentences in a part: a batch or two of a model


class Spread:
    """An engine whose work a crew does. The engine itself is asked for nothing but its name, and not kept."""

    def __init__(self, engine: Engine, crew: Crew, notify: Notify) -> None:
        """`crew` has processes that have opened the same engine; `notify` gets a line for what could not be translated."""
        self._crew = crew
        self._notify = notify
        self.info = engine.info
        self.signature = engine.signature

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """One Translation for each source, in order; one without English for what ended every process it was given to."""
        order = sorted(range(len(sources)), key=lambda i: len(sources[i]), reverse=True)  # a part's sentences are of one length
        groups = divided((encode(sources[i]) for i in order), share(len(order), self._crew.places, AT_ONCE))
        parts = (Part(TRANSLATE, encode(self.signature), group) for group in groups)
        answers = [answer for part in self._crew.map(parts) for answer in part]
        made = [self._without(one) if isinstance(one, Lost) else decode(one, Translation) for one in answers]
        by_place = dict(zip(order, made, strict=True))
        return [by_place[i] for i in range(len(sources))]

    def _without(self, lost: Lost) -> Translation:
        self._notify(f"A sentence stands without English: {lost.why}")
        return Translation("", self.signature, "none")


def work(head: bytes, units: Sequence[bytes]) -> list[bytes]:
    """The task: a Translation for each text. Raises SpreadError in a process that has not opened the engine named in `head`."""
    engine = engine_here(decode(head, str))
    return [encode(made) for made in engine.translate([decode(unit, str) for unit in units])]

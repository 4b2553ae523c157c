"""A model's answers, looked at: one that is wrong on the face of it is asked for once more, in another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.translate.clauses import clauses
from briefing.translate.doubts import SHORT, doubts

Run = Callable[[list[str]], list[str]]
NO_REPEAT = 4  # tokens: what engines forbid to come twice when they are asked again. Less would forbid many a name to come twice.


@dataclass(frozen=True, slots=True)
class Answer:
    """English for one text, whether it is of the second attempt, and what is still wrong with it."""

    en: str
    again: bool
    doubts: tuple[str, ...]


def other_beam(beam: int) -> int:
    """The beam of the second attempt: a wide beam likes short answers and a narrow one loops, so it is the other kind."""
    return 1 if beam > 1 else 4


def answered(texts: Sequence[str], run: Run, again: Run | None) -> dict[str, Answer]:
    """What `run` makes of each text. What is doubtful goes to `again`, all of it in one call; the better answer counts.

    A text whose answer is too short goes there clause by clause: models drop sentences from the middle of long texts.
    """
    made = {text: Answer(en, False, doubts(text, en)) for text, en in _run(run, texts).items()}
    parts = {text: clauses(text) if SHORT in first.doubts else [text] for text, first in made.items() if first.doubts}
    if again is None or not parts:
        return made
    english = _run(again, [part for each in parts.values() for part in each])
    for text, each in parts.items():
        joined = " ".join(filter(None, (english[part].strip() for part in each)))
        second = Answer(joined, True, doubts(text, joined))
        if len(second.doubts) < len(made[text].doubts):
            made[text] = second
    return made


def _run(run: Run, texts: Sequence[str]) -> dict[str, str]:
    wanted = list(dict.fromkeys(texts))
    return dict(zip(wanted, run(wanted), strict=True)) if wanted else {}

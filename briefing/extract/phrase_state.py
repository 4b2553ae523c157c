"""What reading a noun phrase has met so far."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class State:
    """Of one phrase, word by word: which parts of a name it has."""

    person: bool = False
    role: bool = False
    office: bool = False  # the last role is one that a name may follow
    named: bool = False
    common: bool = False  # a body every country has: its place may follow
    name_words: int = 0
    definite: bool = False
    closed: bool = False  # an unknown noun and its definite genitive are complete
    given: bool = False  # a given name has been read, so an ordinary noun ends the name

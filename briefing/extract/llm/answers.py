"""Untrusted text -> the items it holds: strict JSON and nothing else, each item of the shape that was asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.extract.llm.schemas import faults, item_schema

LONGEST = 400_000  # characters of an answer; the longest article is a third of that
MOST_ITEMS = 200  # of one kind in one answer
_STOPPED = ("stop", "eos", "end_turn", "")  # ways servers say that an answer is whole; some say nothing


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent as the model's answer: `content` is None when there is none, `finish` says why it ended."""

    content: str | None
    finish: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with an answer: `item` is the item's number in it, None for the answer as a whole."""

    item: int | None
    message: str

    def __str__(self) -> str:
        return f"item {self.item}: {self.message}" if self.item else self.message


@dataclass(frozen=True, slots=True)
class Answer:
    """What could be read: items by their number (from 1), and what is wrong. `whole` is False when it is no answer at all."""

    items: tuple[tuple[int, dict[str, Any]], ...]
    faults: tuple[Fault, ...]
    whole: bool = True


def read(reply: Reply, name: str) -> Answer:
    """The items of an answer to `name`. Never raises, whatever the reply holds."""
    try:
        listed = _listed(_strict(_whole_text(reply)), name)
    except _Unusable as error:
        return Answer((), (Fault(None, str(error)),), whole=False)
    kept: list[tuple[int, dict[str, Any]]] = []
    wrong: list[Fault] = []
    for n, item in enumerate(listed[:MOST_ITEMS], 1):
        found = "; ".join(faults(item, item_schema(name)))
        if found:
            wrong.append(Fault(n, found))
        else:
            kept.append((n, item))
    if len(listed) > MOST_ITEMS:
        wrong.append(Fault(None, f"it has {len(listed)} items; only the first {MOST_ITEMS} were looked at"))
    return Answer(tuple(kept), tuple(wrong))


class _Unusable(Exception):
    """The answer as a whole is none."""


def _whole_text(reply: Reply) -> str:
    if reply.finish == "length":
        raise _Unusable("the answer was cut off before its end")
    if reply.finish not in _STOPPED:
        raise _Unusable("the model refused, or the server stopped it")
    text = (reply.content or "").strip()
    if not text:
        raise _Unusable("the answer is empty")
    if len(text) > LONGEST:
        raise _Unusable(f"the answer has more than {LONGEST} characters")
    if text[0] != "{" or text[-1] != "}":
        raise _Unusable("the answer is not a JSON object alone: there is text or a code fence around it, or no JSON at all")
    return text


def _strict(text: str) -> dict[str, Any]:
    """JSON as RFC 8259 has it and no more: no NaN, no key twice, no depth that stops the parser."""
    try:
        value = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except RecursionError:
        raise _Unusable("the JSON is nested too deep") from None
    except ValueError as error:  # bad JSON, and numbers of thousands of digits
        at = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise _Unusable(f"the answer is not valid JSON{at}") from None
    assert isinstance(value, dict)  # it began with a brace
    return value


def _no_key_twice(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Unusable("the JSON has a key twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise _Unusable("the JSON has NaN or Infinity, which are no JSON")


def _listed(value: dict[str, Any], name: str) -> list[Any]:
    if list(value) != [name] or not isinstance(value[name], list):
        raise _Unusable(f'the answer must be {{"{name}": […]}} and have no other field')
    listed: list[Any] = value[name]
    return listed

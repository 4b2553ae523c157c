"""The English line of an item after a correction: its facts anew, its content as it was or as a person wrote it."""

from __future__ import annotations

from briefing.extract.draft import event_lead, limited, stated, statement_lead
from briefing.item_model import Agreement, Event, Item, Statement

LEAD_END = ": "  # between the facts of a line and what was said


def facts_alone(item: Item) -> bool:
    """Whether the line of an item holds what was read out of the Arabic and nothing of a translation."""
    return isinstance(item, Event) and bool(item.place or item.counts or item.actor)


def relined(was: Item, now: Item) -> str:
    """The line of `was` with the facts of `now`, at most as many words as a line may have."""
    before, after = _facts(was), _facts(now)
    if before == after:
        return was.en
    if before and before in was.en:
        return _line(was.en.replace(before, after, 1))
    head, colon, content = was.en.partition(LEAD_END)
    if isinstance(was, Agreement):
        return _line(f"{head}, {after}{colon}{content}")  # no day stood in it
    return _line(f"{after}{colon}{content}")


def reworded(item: Item, english: str) -> str:
    """The line of an item with `english` as its content; facts alone stay as they are."""
    if facts_alone(item):
        return item.en
    return _line(f"{lead(item)}{LEAD_END}{english}")


def lead(item: Item) -> str:
    """The facts a line begins with."""
    if isinstance(item, Statement) and item.en.startswith(_capital(_facts(item))):
        return _facts(item)
    return item.en.partition(LEAD_END)[0]


def content(item: Item) -> str:
    """The English of what was said or agreed, "" where the line has none."""
    return "" if facts_alone(item) else item.en[len(lead(item)) :].removeprefix(LEAD_END)


def _facts(item: Item) -> str:
    """What of the line a correction may change, as it stands there."""
    if isinstance(item, Statement):
        return _capital(statement_lead(item.speaker, item.addressee, item.venue, item.date))
    if isinstance(item, Event):
        return event_lead(item, "")
    return stated(item.date)


def _line(text: str) -> str:
    return _capital(limited(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Who still gets which message: decided from what the store says of earlier deliveries, without doing anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.deliver.addresses import Address
from briefing.deliver.message import message_id
from briefing.deliver.retrying import due
from briefing.store.deliveries import DEFERRED, QUEUED, REFUSED, SENT, UNKNOWN, Delivery


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be sent to whom. `edition` is the digest of what the brief says; `again`: also to those who have it."""

    week: str
    edition: str
    sender: Address
    recipients: tuple[Address, ...]
    again: bool
    moment: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message: all who share it, those of them it still goes to, and the delivery of another build that it corrects."""

    group: tuple[Address, ...]
    pending: tuple[Address, ...]
    replaces: Delivery | None
    message_id: str


def parcels(wanted: Wanted, past: Sequence[Delivery]) -> tuple[Parcel, ...]:
    """The messages that are to go out now; `past` are all deliveries of the week.

    Recipients share a message when the same earlier build, or none, reached them. An attempt after a failure has the id of the
    first one, so that a server that has the message all the same can tell.
    """
    rows = {row.recipient: row for row in past if row.edition == wanted.edition}
    groups: dict[tuple[str, bool], list[Address]] = {}
    replaced = {one.key: _replaced(one, wanted, past) for one in wanted.recipients}
    for one in wanted.recipients:
        earlier = replaced[one.key]
        groups.setdefault((earlier.message_id if earlier else "", one.plain), []).append(one)
    found: dict[tuple[str, tuple[Address, ...]], list[Address]] = {}
    for members in map(tuple, groups.values()):
        for one in members:
            if pending(rows.get(one.key), wanted):
                found.setdefault((_id(one, members, replaced[one.key], rows, wanted), members), []).append(one)
    return tuple(Parcel(group, tuple(to), replaced[to[0].key], known) for (known, group), to in found.items())


def pending(row: Delivery | None, wanted: Wanted) -> bool:
    """Whether the recipient that `row` is of (None: of whom nothing is known) is to be sent the brief now."""
    if row is None or row.state == QUEUED or wanted.again:
        return True
    return row.state == DEFERRED and due(row.next_attempt, wanted.moment)


def _replaced(one: Address, wanted: Wanted, past: Sequence[Delivery]) -> Delivery | None:
    """The delivery of another build that reached the recipient last, or may have."""
    others = [row for row in past if row.recipient == one.key and row.edition != wanted.edition and row.received]
    return max(others, key=lambda row: row.turn, default=None)


def _id(
    one: Address, group: Sequence[Address], replaced: Delivery | None, rows: Mapping[str, Delivery], wanted: Wanted
) -> str:  # fmt: skip
    row = rows.get(one.key)
    if row is not None and row.state in (QUEUED, DEFERRED, REFUSED, UNKNOWN) and row.message_id:
        return row.message_id
    copy = str(row.copies) if row is not None and row.state == SENT else "0"
    earlier = replaced.message_id if replaced is not None else ""
    everyone = ",".join(sorted(member.key for member in group))
    return message_id(wanted.sender, wanted.week, wanted.edition, everyone, earlier, copy)

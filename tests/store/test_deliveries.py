"""The outbox: what each step leaves behind, and what is found after a process that ended in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.store.database import Database
from briefing.store.deliveries import Answer, Deliveries, Delivery

EDITION = ("e1", "d1", "2024-W46")
A, B = "a@x.example", "b@x.example"
T1, T2, T3 = (f"2024-11-18T06:0{n}:00+00:00" for n in range(3))


@pytest.fixture
def deliveries(tmp_path: Path) -> Iterator[Deliveries]:
    with Database(tmp_path / "store.db") as database:
        yield Deliveries(database)


def states(deliveries: Deliveries) -> dict[str, str]:
    return {row.recipient: row.state for row in deliveries.of_week("2024-W46")}


def test_a_delivery_from_queue_to_answer(deliveries: Deliveries) -> None:
    deliveries.queue(EDITION, [A, B], "<1@x>", T1)
    assert states(deliveries) == {A: "queued", B: "queued"}
    assert deliveries.sending(EDITION, [A], "<1@x>", T2)
    assert states(deliveries) == {A: "sending", B: "queued"}
    deliveries.settle("e1", "2024-W46", {A: Answer("sent", "250 OK"), B: Answer("deferred", "451 Later", T3)}, T3)
    sent, later = deliveries.of_week("2024-W46")
    assert sent == Delivery("e1", "d1", "2024-W46", A, "sent", 1, 1, 1, "<1@x>", "250 OK", T1, T3, T3, None)
    assert (later.state, later.attempts, later.copies, later.next_attempt, later.received) == ("deferred", 1, 0, T3, False)


def test_what_was_sent_once_stays_so_whatever_comes_after(deliveries: Deliveries) -> None:
    deliveries.queue(EDITION, [A], "<1@x>", T1)
    deliveries.settle("e1", "2024-W46", {A: Answer("sent", "250 OK")}, T1)
    deliveries.queue(EDITION, [A], "<2@x>", T2)
    assert (states(deliveries), deliveries.of_week("2024-W46")[0].message_id) == ({A: "sent"}, "<1@x>")
    deliveries.settle("e1", "2024-W46", {A: Answer("refused", "550 Gone")}, T3)
    row = deliveries.of_week("2024-W46")[0]
    assert (row.state, row.copies, row.sent, row.received) == ("refused", 1, T1, True)


def test_two_cannot_send_to_one(deliveries: Deliveries) -> None:
    deliveries.queue(EDITION, [A, B], "<1@x>", T1)
    assert deliveries.sending(EDITION, [A], "<1@x>", T1)
    assert not deliveries.sending(EDITION, [B, A], "<1@x>", T2)
    assert states(deliveries) == {A: "sending", B: "queued"}


def test_what_was_interrupted_is_unknown_and_counts_as_received(deliveries: Deliveries) -> None:
    deliveries.queue(EDITION, [A, B], "<1@x>", T1)
    deliveries.sending(EDITION, [A], "<1@x>", T1)
    assert (deliveries.interrupted("stopped", T2), deliveries.interrupted("stopped", T2)) == (1, 0)
    row = deliveries.of_week("2024-W46")[0]
    assert (row.state, row.reply, row.received, row.attempts) == ("unknown", "stopped", True, 1)


def test_the_newest_come_first(deliveries: Deliveries) -> None:
    deliveries.queue(EDITION, [A], "<1@x>", T1)
    deliveries.queue(("e2", "d2", "2024-W47"), [A], "<2@x>", T2)
    assert [row.week for row in deliveries.newest(5)] == ["2024-W47", "2024-W46"]
    assert len(deliveries.newest(1)) == 1


def test_a_power_cut_loses_nothing_that_was_noted(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        Deliveries(database)
        assert database.rows("PRAGMA synchronous") == [(2,)]  # FULL

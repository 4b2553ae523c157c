"""The stage "send" as far as it decides: who is left to a correction by hand, and what is said of each delivery."""

from __future__ import annotations

from briefing.deliver.addresses import address
from briefing.deliver.sending import Sent, Told
from briefing.job.sending import earlier, outcome
from briefing.store.deliveries import Delivery


def row(edition: str, recipient: str, state: str, copies: int = 0) -> Delivery:
    return Delivery(edition, "d", "2024-W46", recipient, state, 1, copies, 1, "<id>", "", "", "", None, None)


def told(recipient: str, next_attempt: str | None = None) -> Told:
    return Told(recipient, "451 later", "", next_attempt, None, 1, True)


def test_who_has_another_build_is_left_to_a_correction_by_hand() -> None:
    past = [row("old", "sent@x.org", "sent", 1), row("old", "perhaps@x.org", "unknown"), row("old", "refused@x.org", "refused")]
    past += [row("new", "new@x.org", "sent", 1), row("old", "twice@x.org", "deferred", 1)]
    assert earlier(past, "new") == {"sent@x.org", "perhaps@x.org", "twice@x.org"}
    assert earlier(past, "old") == {"new@x.org"}
    assert earlier([], "new") == frozenset()


def test_what_waits_is_not_done_and_what_was_refused_is() -> None:
    waiting = outcome(Sent(deferred=(told("a@x.org", "2024-11-18T06:05:00+00:00"),)), [], "2024-W46", "d")
    assert (waiting.state, waiting.counts["deferred"], waiting.brief) == ("waiting", 1, "d")
    assert "after 2024-11-18T06:05:00+00:00" in waiting.problems[0].next_step
    refused = outcome(Sent(refused=(told("a@x.org"),), delivered=(told("b@x.org"),)), [], "2024-W46", "d")
    assert (refused.state, refused.said) == ("done", "1 delivered, 1 refused")
    assert "briefing send --week 2024-W46 --again --to a@x.org" in refused.problems[0].next_step


def test_what_nobody_can_know_is_said() -> None:
    unknown = outcome(Sent(unknown=(told("a@x.org"),)), [], "2024-W46", "d")
    assert (unknown.state, "ask" in unknown.problems[0].next_step) == ("done", True)
    corrected = outcome(Sent(), [address("a@x.org")], "2024-W46", "d")
    assert (corrected.said, corrected.problems[0].where) == ("0 delivered, 1 had it before", "2024-W46")
    assert "correction: briefing send --week 2024-W46" in corrected.problems[0].next_step

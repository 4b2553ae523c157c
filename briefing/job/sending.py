"""The stage "send": the brief to those of the settings who have none of this week yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.job.outcome import Outcome, Task, counted
from briefing.model import Problem

if TYPE_CHECKING:
    from briefing.deliver.addresses import Address
    from briefing.deliver.sending import Sent
    from briefing.store.deliveries import Delivery


def send(task: Task) -> Outcome:
    """Mails the brief that is in the folder of products. Who has an earlier build of the week is left to `briefing send`.

    Raises what sending raises: InputError, ConfigError, StoreError.
    """
    from briefing.deliver.built import built
    from briefing.deliver.edition import edition
    from briefing.deliver.recipients import recipients
    from briefing.deliver.sending import Sent
    from briefing.deliver.sending import send as send_to
    from briefing.store.deliveries import Deliveries

    brief = built(task.config, task.week, task.moment.date())
    everybody = recipients(task.config.mail, ())
    served = earlier(Deliveries(task.database).of_week(task.week), edition(brief.tree))
    fresh = [one for one in everybody if one.key not in served]
    sent = send_to(brief, task.config, fresh, task.moment) if fresh else Sent()
    return outcome(sent, [one for one in everybody if one.key in served], task.week, brief.digest)


def earlier(past: Sequence[Delivery], edition: str) -> frozenset[str]:
    """Who has, or may have, another build of the week: a scheduled job corrects nothing by itself."""
    return frozenset(row.recipient for row in past if row.received and row.edition != edition)


def outcome(sent: Sent, corrected: Sequence[Address], week: str, digest: str) -> Outcome:
    """What is said of the deliveries; `corrected` are those who have another build and get a correction by hand."""
    having = len(sent.already) + len(corrected)
    counts = {
        "delivered": len(sent.delivered), "deferred": len(sent.deferred), "refused": len(sent.refused),
        "unknown": len(sent.unknown), "already": having,
    }  # fmt: skip
    said = ", ".join(f"{n} {name}" for name, n in counts.items() if n or name == "delivered")
    problems = tuple(_problems(sent, corrected, week))
    return Outcome(said.replace("already", "had it before"), counts, problems, digest, "waiting" if sent.deferred else "done")


def _problems(sent: Sent, corrected: Sequence[Address], week: str) -> Iterator[Problem]:
    once_more = f"briefing send --week {week} --again --to"
    for told in sent.deferred:
        when = f"after {told.next_attempt}" if told.next_attempt else "by the next run"
        yield Problem(told.recipient, f"deferred: {told.reply}", told.mend or f"It is tried again {when}.")
    for told in sent.refused:
        yield Problem(told.recipient, f"refused: {told.reply}", f"When the cause is mended: {once_more} {told.recipient}")
    for told in sent.unknown:
        step = f"It may have arrived: ask. If it has not: {once_more} {told.recipient}"
        yield Problem(told.recipient, f"not known whether it arrived: {told.reply}", step)
    if corrected:
        message = f"{counted(len(corrected), 'recipient')} of this week have an earlier build"
        yield Problem(week, message, f"To send them the correction: briefing send --week {week}")

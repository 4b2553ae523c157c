"""A built brief to its recipients, each once: what is kept before and after each step, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from briefing.config import FILE_NAME, Config
from briefing.deliver import letters
from briefing.deliver.addresses import Address
from briefing.deliver.built import Built
from briefing.deliver.credentials import login
from briefing.deliver.edition import edition
from briefing.deliver.letters import Stock
from briefing.deliver.mail_settings import PORTS, loopback
from briefing.deliver.one_sender import one_sender
from briefing.deliver.planning import Parcel, Wanted, parcels
from briefing.deliver.retrying import next_attempt
from briefing.deliver.smtp import Envelope, Outcome, Server, deliver
from briefing.errors import ConfigError, StoreError
from briefing.store.briefs import Briefs
from briefing.store.database import Database
from briefing.store.deliveries import DEFERRED, REFUSED, SENT, UNKNOWN, Answer, Deliveries, Delivery

INTERRUPTED = "the program was stopped before it knew whether the server has the message"
_AT_ONCE = 100  # recipients in one conversation; every server takes as many (RFC 5321, 4.5.3.1.8)


@dataclass(frozen=True, slots=True)
class Told:
    """One recipient and what was said: `reply` in the server's words or ours, `mend` what to do when waiting does not help.

    `next_attempt` and `sent` are ISO 8601 times in UTC; `attempts` counts those made so far, `tried` whether one was made now.
    """

    recipient: str
    reply: str
    mend: str
    next_attempt: str | None
    sent: str | None
    attempts: int
    tried: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """Every recipient, in one of five: `already` had this build before, the others are as the last attempt left them."""

    delivered: tuple[Told, ...] = ()
    deferred: tuple[Told, ...] = ()
    refused: tuple[Told, ...] = ()
    unknown: tuple[Told, ...] = ()
    already: tuple[Told, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everybody has the brief."""
        return not (self.deferred or self.refused or self.unknown)


def server(config: Config, environment: Mapping[str, str]) -> Server:
    """The mail server of the settings, with name and password.

    Raises ConfigError when none is set, or when a password would go over an open line to another machine.
    """
    mail = config.mail
    if not mail.host:
        step = 'Write under [mail]: host = "smtp.example.org" (or "localhost" for a relay on this machine).'
        raise ConfigError(f"{config.file or FILE_NAME}: mail.host is not set", step)
    known = login(mail, environment)
    if known is not None and mail.security == "none" and not loopback(mail.host):
        step = 'Set mail.security to "starttls" or "tls".'
        raise ConfigError(f"{config.file or FILE_NAME}: a password would go to {mail.host} without encryption", step)
    ca_file = config.base / mail.ca_file if mail.ca_file else None
    return Server(mail.host, mail.port or PORTS[mail.security], mail.security, mail.timeout, known, ca_file)


def send(built: Built, config: Config, recipients: Sequence[Address], moment: datetime, *, again: bool = False) -> Sent:
    """Sends the brief to those who do not have it yet and may be tried now; with `again`, to all of them.

    `moment` is the time now, with offset. Raises ConfigError when sender or server are not set, InputError when the brief or its
    PDF cannot be used, StoreError when the store does not work or another process is sending.
    """
    wanted, way = _wanted(built, config, recipients, moment, again), server(config, os.environ)
    prepared = letters.stock(built, config, moment)
    with one_sender(config.store_file), Database(config.store_file) as database:
        deliveries = Deliveries(database)
        deliveries.interrupted(INTERRUPTED, _now())
        tried: dict[str, Outcome] = {}
        for parcel in parcels(wanted, deliveries.of_week(built.week)):
            tried |= _post(prepared, parcel, way, wanted, database)
        return _sent(wanted, deliveries.of_week(built.week), tried)


def drafts(
    built: Built, config: Config, recipients: Sequence[Address], moment: datetime, *, again: bool = False
) -> tuple[tuple[Parcel, bytes], ...]:  # fmt: skip
    """The messages that `send` would send now, with who they are for; sends and keeps nothing. Raises as `send` does."""
    wanted, prepared = _wanted(built, config, recipients, moment, again), letters.stock(built, config, moment)
    if not config.store_file.exists():
        return tuple((parcel, letters.content(prepared, parcel, None)) for parcel in parcels(wanted, ()))
    with Database(config.store_file) as database:
        found = parcels(wanted, Deliveries(database).of_week(built.week))
        return tuple((parcel, _content(prepared, parcel, database)) for parcel in found)


def _wanted(built: Built, config: Config, recipients: Sequence[Address], moment: datetime, again: bool) -> Wanted:
    return Wanted(built.week, edition(built.tree), letters.sender(config), tuple(recipients), again, moment)


def _content(prepared: Stock, parcel: Parcel, database: Database) -> bytes:
    earlier = Briefs(database).found(parcel.replaces.digest) if parcel.replaces else None
    return letters.content(prepared, parcel, earlier)


def _post(prepared: Stock, parcel: Parcel, way: Server, wanted: Wanted, database: Database) -> dict[str, Outcome]:
    """One message to all it is for, at most a hundred in one conversation."""
    content = _content(prepared, parcel, database)
    outcomes: dict[str, Outcome] = {}
    for start in range(0, len(parcel.pending), _AT_ONCE):
        some = replace(parcel, pending=parcel.pending[start : start + _AT_ONCE])
        account = _Account(database, prepared.built, some, wanted)
        to = tuple(one.spec for one in some.pending)
        envelope = Envelope(wanted.sender.spec, to, content, not all(one.plain for one in some.pending))
        account.queue()
        outcomes |= {account.keys[spec]: outcome for spec, outcome in deliver(way, envelope, account).items()}
    return outcomes


class _Account:
    """Keeps the store in step with the conversation about one message."""

    def __init__(self, database: Database, built: Built, parcel: Parcel, wanted: Wanted) -> None:
        self._briefs, self._deliveries = Briefs(database), Deliveries(database)
        self._built, self._parcel, self._wanted = built, parcel, wanted
        self._edition = (wanted.edition, built.digest, wanted.week)
        self.keys = {one.spec: one.key for one in parcel.pending}

    def queue(self) -> None:
        """Notes whom the message is for."""
        self._deliveries.queue(self._edition, list(self.keys.values()), self._parcel.message_id, _now())

    def sending(self, recipients: Sequence[str]) -> None:
        """Keeps the brief itself for a later correction, and notes that the message is on its way."""
        self._briefs.keep(self._built.week, self._built.content)
        keys = [self.keys[one] for one in recipients]
        if not self._deliveries.sending(self._edition, keys, self._parcel.message_id, _now()):
            raise StoreError("Another process is sending to the same recipient", "Run the same command again when it is done.")

    def settled(self, outcomes: Mapping[str, Outcome]) -> None:
        """Keeps what came of it."""
        rows = {row.recipient: row for row in self._deliveries.of_week(self._wanted.week) if row.edition == self._wanted.edition}
        answers = {key: self._answer(outcomes[spec], rows[key].attempts) for spec, key in self.keys.items() if spec in outcomes}
        self._deliveries.settle(self._wanted.edition, self._wanted.week, answers, _now())

    def _answer(self, outcome: Outcome, attempts: int) -> Answer:
        waiting = outcome.state == DEFERRED and not outcome.mend
        when = next_attempt(attempts + 1, self._wanted.moment).astimezone(UTC).isoformat(timespec="seconds") if waiting else None
        return Answer(outcome.state, outcome.reply, when)


def _sent(wanted: Wanted, past: Sequence[Delivery], tried: Mapping[str, Outcome]) -> Sent:
    rows = {row.recipient: row for row in past if row.edition == wanted.edition}
    found = [rows[one.key] for one in wanted.recipients]

    def those(state: str, now: bool | None = None) -> tuple[Told, ...]:
        return tuple(_told(row, tried) for row in found if row.state == state and now in (None, row.recipient in tried))

    return Sent(those(SENT, True), those(DEFERRED), those(REFUSED), those(UNKNOWN), those(SENT, False))


def _told(row: Delivery, tried: Mapping[str, Outcome]) -> Told:
    outcome = tried.get(row.recipient)
    mend = outcome.mend if outcome is not None else ""
    return Told(row.recipient, row.reply, mend, row.next_attempt, row.sent, row.attempts, outcome is not None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

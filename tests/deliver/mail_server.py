"""A real SMTP server on loopback, with certificates of its own, that behaves as it is told."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "brief", "s3cret-Pass"
DROP = "drop"  # the connection ends where an answer is due


@dataclass
class Inbox:
    """What came in, and what to answer: to a recipient one answer after the other, then 250; the same for messages.

    `at` are functions called at "RCPT", "DATA" (the whole message is there, not yet answered) and "QUIT".
    """

    recipients: dict[str, list[str]] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    at: dict[str, Callable[[], None]] = field(default_factory=dict)
    taken: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages that were taken."""
        return [read(content) for _, content in self.taken]

    @property
    def reached(self) -> list[str]:
        """Whom they were for, one after the other."""
        return [one for to, _ in self.taken for one in to]

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self._now("RCPT")
        waiting = self.recipients.get(address, [])
        answer = waiting.pop(0) if waiting else "250 OK"
        if answer == DROP:
            return _drop(server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 Message taken"
        if answer in (DROP, "250 Message taken"):  # who drops the connection now may have kept the message
            assert isinstance(envelope.original_content, bytes)
            self.taken.append((tuple(envelope.rcpt_tos), envelope.original_content))
        self._now("DATA")
        return _drop(server) if answer == DROP else answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self._now("QUIT")
        return "221 Bye"

    def _now(self, moment: str) -> None:
        if moment in self.at:
            self.at[moment]()


def read(content: bytes) -> EmailMessage:
    """A message as the standard library reads it."""
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def _drop(server: SMTP) -> str:
    assert server.transport is not None
    server.transport.abort()
    return "421 Gone"


@dataclass(frozen=True)
class Certificates:
    """An authority of our own: the file to trust it by, and contexts for servers with a certificate for a name."""

    authority: trustme.CA
    file: Path

    def context(self, name: str) -> ssl.SSLContext:
        """For a server that calls itself `name`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(name).configure_cert(context)
        return context


def certificates(folder: Path) -> Certificates:
    """A new authority whose certificate lies in `folder`."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    return Certificates(authority, folder / "authority.pem")


@contextmanager
def serving(
    inbox: Inbox, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, **more: Any
) -> Iterator[Inbox]:  # fmt: skip
    """The server, on a free port of loopback, until the block ends; `more` goes to aiosmtpd."""
    if starttls is not None:
        more |= {"tls_context": starttls, "require_starttls": True}
    if tls is not None:
        more |= {"auth_require_tls": False}  # aiosmtpd counts STARTTLS alone as encryption
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        inbox.port = probe.getsockname()[1]
    controller = _started(inbox, tls, more)
    try:
        yield inbox
    finally:
        controller.stop(no_assert=True)


def _started(inbox: Inbox, tls: ssl.SSLContext | None, more: dict[str, Any]) -> Controller:
    controller = Controller(inbox, hostname="127.0.0.1", port=inbox.port, ssl_context=tls, server_hostname="mx.example", **more)
    controller.start()
    return controller


def only_with_password(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    """Lets the one user in."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)

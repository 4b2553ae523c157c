"""One message to one mail server, step by step, so that it is known at each moment whether the message may have been taken."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from briefing.deliver.credentials import Login
from briefing.render.inline import plain
from briefing.store.deliveries import DEFERRED, REFUSED, SENT, UNKNOWN

_PATIENCE = 10  # the answer to a whole message may take minutes (RFC 5321, 4.5.3.2.6): the timeout times this
_LONGEST_REPLY = 500  # code points kept of what a server says
_TOO_MANY = 552  # to RCPT it means "not so many at once" (RFC 5321, 4.5.3.1.10)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and the way to it; `security` is "starttls", "tls" or "none", `timeout` in seconds for each answer.

    `ca_file` holds certificates to trust beside those of the system.
    """

    host: str
    port: int
    security: str
    timeout: float = 60
    login: Login | None = None
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message and who it is from and for; `utf8`: an address in it is not ASCII."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    utf8: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message for one recipient: "sent", "deferred", "refused" or "unknown", and the server's words.

    `mend` says what to do when waiting does not help, as for a certificate or a password.
    """

    state: str
    reply: str
    mend: str = ""


class Journal(Protocol):
    """Told what happens at the moments that count."""

    def sending(self, recipients: Sequence[str]) -> None:
        """The end of the message goes out next, for these; an exception from here keeps it from going out."""

    def settled(self, outcomes: Mapping[str, Outcome]) -> None:
        """The server has answered, or cannot any more."""


class Silent:
    """A journal for messages that nobody keeps account of."""

    def sending(self, recipients: Sequence[str]) -> None:
        """Nothing."""

    def settled(self, outcomes: Mapping[str, Outcome]) -> None:
        """Nothing."""


class _Stopped(Exception):
    """The conversation ends here, with the same outcome for all who have none yet."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reply)
        self.outcome = outcome


def deliver(server: Server, envelope: Envelope, journal: Journal | None = None) -> dict[str, Outcome]:
    """Gives the message to the server; what became of it for each recipient. No failure of server or network raises."""
    outcomes: dict[str, Outcome] = {}
    told = journal or Silent()
    try:
        with contextlib.closing(_connected(server)) as connection:
            outcomes |= _conversation(connection, server, envelope, outcomes, told)
            told.settled(outcomes)
            _goodbye(connection)
    except _Stopped as stop:
        outcomes |= {one: stop.outcome for one in envelope.recipients if one not in outcomes}
        told.settled(outcomes)
    return outcomes


def _conversation(
    connection: smtplib.SMTP, server: Server, envelope: Envelope, outcomes: dict[str, Outcome], journal: Journal
) -> dict[str, Outcome]:  # fmt: skip
    """From the greeting to the answer to the message; puts those turned away into `outcomes` and returns the others."""
    _ready(connection, server)
    accepted = _envelope(connection, envelope, outcomes)
    if not accepted:
        return {}
    with _broken():
        _expect(connection.docmd("DATA"), 354)
        connection.send(_dotted(envelope.content))
    journal.sending(accepted)
    with _broken():
        # When this fails the system has not taken all of it, hence the server cannot have the end of the message.
        connection.send(b".\r\n")
    return dict.fromkeys(accepted, _answer(connection, server))


def _connected(server: Server) -> smtplib.SMTP:
    """A conversation with the server. Where there is none at all nobody put us off: the next attempt need not wait."""
    with _broken():
        try:
            if server.security == "tls":
                return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=_context(server))
            return smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        except (smtplib.SMTPResponseException, ssl.SSLCertVerificationError):
            raise
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            message = f"no connection to {server.host}, port {server.port}: {_words(error)}"
            step = "Check mail.host, mail.port and mail.security, and that the server is up; `briefing send` tries again."
            raise _Stopped(Outcome(DEFERRED, message, step)) from error


def _ready(connection: smtplib.SMTP, server: Server) -> None:
    with _broken():
        connection.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            if not connection.has_extn("starttls"):
                message = "the server offers no encryption (STARTTLS)"
                step = 'Check mail.host and mail.port, or set mail.security = "tls" (port 465).'
                raise _Stopped(Outcome(DEFERRED, message, step))
            connection.starttls(context=_context(server))
            connection.ehlo()
        if server.login is not None:
            _log_in(connection, server.login)


def _context(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.ca_file is not None:
        try:
            context.load_verify_locations(server.ca_file)
        except OSError as error:  # ssl.SSLError is one too
            message = f"{server.ca_file}: cannot be used: {error.strerror or error}"
            raise _Stopped(Outcome(DEFERRED, message, "Name a file with certificates (PEM) as mail.ca_file.")) from error
    return context


def _log_in(connection: smtplib.SMTP, login: Login) -> None:
    step = "Check BRIEFING_SMTP_USER and BRIEFING_SMTP_PASSWORD, or the password in the keyring."
    try:
        connection.login(login.user, login.password)
    except smtplib.SMTPAuthenticationError as error:
        # Only the code: what the server says may hold what it was given. A server that is busy answers 4xx.
        message = f"the server did not let {login.user} in ({error.smtp_code})"
        raise _Stopped(Outcome(DEFERRED, message, "" if error.smtp_code < 500 else step)) from None
    except smtplib.SMTPNotSupportedError:
        step = "Unset BRIEFING_SMTP_USER and mail.user if it wants no name, or check mail.port and mail.security."
        raise _Stopped(Outcome(DEFERRED, "the server offers no way to log in", step)) from None
    except UnicodeError:
        raise _Stopped(Outcome(DEFERRED, "name or password hold letters beyond ASCII, which SMTP cannot carry", step)) from None


def _envelope(connection: smtplib.SMTP, envelope: Envelope, outcomes: dict[str, Outcome]) -> list[str]:
    """Names sender and recipients; those the server takes are returned, the others put into `outcomes`."""
    _fits(connection, len(envelope.content))
    options = [f"size={len(envelope.content)}"] if connection.has_extn("size") else []
    if envelope.utf8:
        if not connection.has_extn("smtputf8"):
            raise _Stopped(Outcome(REFUSED, "the server cannot carry an address with letters beyond ASCII (SMTPUTF8)"))
        options.append("SMTPUTF8")
    accepted = []
    with _broken():
        _welcome(*connection.mail(envelope.sender, options))
        for recipient in envelope.recipients:
            code, words = connection.rcpt(recipient)
            if code in (250, 251):
                accepted.append(recipient)
            else:
                outcomes[recipient] = _refusal(450 if code == _TOO_MANY else code, words, code)
    return accepted


def _fits(connection: smtplib.SMTP, size: int) -> None:
    """Ends the conversation when the server says beforehand that it takes no message of so many bytes (RFC 1870)."""
    most = connection.esmtp_features.get("size", "")
    if most.isdecimal() and 0 < int(most) < size:
        message = f"the message has {size / 1_000_000:.1f} MB, the server takes {int(most) / 1_000_000:.1f} MB"
        step = f"Set mail.max_megabytes to {int(most) // 1_000_000} or less, so that it goes out without the PDF."
        raise _Stopped(Outcome(DEFERRED, message, step))


def _welcome(code: int, words: bytes) -> None:
    """Ends the conversation when the server takes nothing from this sender: no recipient is refused by that."""
    if code != 250:
        step = "Check mail.sender, and whether the server wants a name and a password."
        raise _Stopped(Outcome(DEFERRED, _reply(code, words), step if 500 <= code < 600 else ""))


def _answer(connection: smtplib.SMTP, server: Server) -> Outcome:
    try:
        if connection.sock is not None:
            connection.sock.settimeout(server.timeout * _PATIENCE)
        code, words = connection.getreply()
    except (smtplib.SMTPException, OSError) as error:
        reply = f"the connection was lost before the server said whether it has the message ({_words(error)})"
        return Outcome(UNKNOWN, reply)
    if 200 <= code < 300:
        return Outcome(SENT, _reply(code, words))
    return _refusal(code, words, code) if 400 <= code < 600 else Outcome(UNKNOWN, _reply(code, words))


def _goodbye(connection: smtplib.SMTP) -> None:
    with contextlib.suppress(smtplib.SMTPException, OSError):
        connection.quit()


def _expect(answer: tuple[int, bytes], wanted: int) -> None:
    code, words = answer
    if code != wanted:
        raise _Stopped(_refusal(code, words, code))


def _refusal(kind: int, words: bytes, code: int) -> Outcome:
    """5xx is for good; everything else, also what is no proper answer, may be different next time."""
    return Outcome(REFUSED if 500 <= kind < 600 else DEFERRED, _reply(code, words))


@contextlib.contextmanager
def _broken() -> Iterator[None]:
    """Nothing that breaks in here can have made the server take the message: it may be tried again."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        step = "Check mail.host. For a server with certificates of its own, name their authority's file as mail.ca_file."
        message = f"the server's certificate is not accepted: {plain(error.verify_message)}"
        raise _Stopped(Outcome(DEFERRED, message, step)) from error
    except smtplib.SMTPResponseException as error:
        raise _Stopped(_refusal(450, _bytes(error.smtp_error), error.smtp_code)) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _Stopped(Outcome(DEFERRED, f"the connection failed: {_words(error)}")) from error


def _dotted(content: bytes) -> bytes:
    """The message as DATA takes it: lines end with CR LF, and a dot that begins one is doubled (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    return re.sub(rb"(?m)^\.", b"..", lines if lines.endswith(b"\r\n") else lines + b"\r\n")


def _reply(code: int, words: bytes) -> str:
    return plain(f"{code} {words.decode('utf-8', 'replace')}")[:_LONGEST_REPLY]


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode("utf-8", "replace")


def _words(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and isinstance(error.strerror, str) else str(error)
    return plain(said or type(error).__name__)[:_LONGEST_REPLY]

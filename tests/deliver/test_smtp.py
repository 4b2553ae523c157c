"""One conversation with a real server: encryption, logging in, and what is known when it goes wrong."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.deliver.credentials import Login
from briefing.deliver.smtp import Envelope, Outcome, Server, deliver
from tests.deliver.mail_server import DROP, PASSWORD, USER, Certificates, Inbox, certificates, only_with_password, serving

A, B, C = "a@x.example", "b@x.example", "c@x.example"
LETTER = Envelope("brief@x.example", (A, B, C), b"Subject: x\r\n\r\n.first\r\n..\nlast")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("ca"))


def plain(inbox: Inbox) -> Server:
    return Server("localhost", inbox.port, "none", timeout=5)


def states(outcomes: Mapping[str, Outcome]) -> dict[str, str]:
    return {one: outcome.state for one, outcome in outcomes.items()}


class Journal:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, tuple[str, ...]]] = []

    def sending(self, recipients: Sequence[str]) -> None:
        self.told.append(("sending", tuple(recipients)))

    def settled(self, outcomes: Mapping[str, Outcome]) -> None:
        self.told.append(("settled", tuple(f"{one} {outcome.state}" for one, outcome in sorted(outcomes.items()))))


def test_a_message_arrives_as_it_is_dots_included() -> None:
    journal = Journal()
    with serving(Inbox()) as inbox:
        found = deliver(plain(inbox), LETTER, journal)
    assert states(found) == dict.fromkeys((A, B, C), "sent")
    assert inbox.taken == [((A, B, C), b"Subject: x\r\n\r\n.first\r\n..\r\nlast\r\n")]
    assert journal.told == [("sending", (A, B, C)), ("settled", (f"{A} sent", f"{B} sent", f"{C} sent"))]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server takes implicit TLS for none
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_encrypted_with_a_password(ours: Certificates, security: str) -> None:
    context, more = ours.context("localhost"), {"authenticator": only_with_password, "auth_required": True}
    with serving(Inbox(), **{security: context}, **more) as inbox:
        server = Server("localhost", inbox.port, security, 5, Login(USER, PASSWORD), ours.file)
        assert set(states(deliver(server, LETTER)).values()) == {"sent"}
        wrong = deliver(replace(server, login=Login(USER, "Wr0ng-one")), LETTER)
        none = deliver(replace(server, login=None), LETTER)
    assert len(inbox.taken) == 1
    assert (wrong[A].state, wrong[A].reply) == ("deferred", f"the server did not let {USER} in (535)")
    assert "BRIEFING_SMTP_PASSWORD" in wrong[A].mend
    assert (none[A].state, none[A].reply[:3], "wants a name and a password" in none[A].mend) == ("deferred", "530", True)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_does_not_fit_is_never_passed_over(ours: Certificates, security: str) -> None:
    with serving(Inbox(), **{security: ours.context("another.example")}) as inbox:
        for trusted in (ours.file, None):  # for another name; of an authority that nobody knows
            found = deliver(Server("localhost", inbox.port, security, 5, Login(USER, PASSWORD), trusted), LETTER)
            assert (found[A].state, "certificate is not accepted" in found[A].reply) == ("deferred", True)
            assert "mail.ca_file" in found[A].mend
    assert inbox.taken == []


def test_a_server_without_starttls_gets_neither_password_nor_message() -> None:
    heard: list[str] = []
    with serving(Inbox(at={"RCPT": lambda: heard.append("RCPT")})) as inbox:
        found = deliver(Server("localhost", inbox.port, "starttls", 5, Login(USER, PASSWORD)), LETTER)
    assert (found[A].state, found[A].reply, heard) == ("deferred", "the server offers no encryption (STARTTLS)", [])


def test_a_server_that_cannot_log_in_is_said() -> None:
    with serving(Inbox()) as inbox:
        found = deliver(replace(plain(inbox), login=Login(USER, PASSWORD)), LETTER)
    assert (found[A].state, found[A].reply) == ("deferred", "the server offers no way to log in")


def test_a_password_that_smtp_cannot_carry_is_said_without_it(ours: Certificates) -> None:
    with serving(Inbox(), tls=ours.context("localhost"), authenticator=only_with_password) as inbox:
        found = deliver(Server("localhost", inbox.port, "tls", 5, Login(USER, "كلمة"), ours.file), LETTER)
    assert (found[A].state, "beyond ASCII" in found[A].reply, "كلمة" in repr(found)) == ("deferred", True, False)


@pytest.mark.parametrize("name", ["none.pem", "broken.pem"])
def test_a_file_of_certificates_that_is_none_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.pem").write_text("no certificate")
    with serving(Inbox()) as inbox:
        found = deliver(Server("localhost", inbox.port, "tls", 5, None, tmp_path / name), LETTER)
    assert (found[A].state, name in found[A].reply, "mail.ca_file" in found[A].mend) == ("deferred", True, True)


def test_one_of_three_is_refused_and_one_put_off() -> None:
    turned_away = {B: ["550 No such user"], C: ["451 Greylisted, come back later"]}
    with serving(Inbox(recipients=turned_away)) as inbox:
        found = deliver(plain(inbox), LETTER)
        later = deliver(plain(inbox), replace(LETTER, recipients=(C,)))
    assert states(found) == {A: "sent", B: "refused", C: "deferred"}
    assert (found[B].reply, found[C].reply) == ("550 No such user", "451 Greylisted, come back later")
    assert (states(later), inbox.reached) == ({C: "sent"}, [A, C])


def test_a_message_larger_than_the_server_takes_is_not_refused_for_good() -> None:
    with serving(Inbox(), data_size_limit=2_000_000) as inbox:
        found = deliver(plain(inbox), replace(LETTER, content=b"x" * 2_100_000))
    assert (found[A].state, found[A].reply) == ("deferred", "the message has 2.1 MB, the server takes 2.0 MB")
    assert "mail.max_megabytes to 2" in found[A].mend


def test_too_many_at_once_is_put_off_not_refused() -> None:
    with serving(Inbox(recipients={C: ["552 Too many recipients"]})) as inbox:
        assert states(deliver(plain(inbox), LETTER)) == {A: "sent", B: "sent", C: "deferred"}


def test_when_all_are_turned_away_nothing_is_sent() -> None:
    journal = Journal()
    with serving(Inbox(recipients={one: ["550 No"] for one in (A, B, C)})) as inbox:
        assert set(states(deliver(plain(inbox), LETTER, journal)).values()) == {"refused"}
    assert (inbox.taken, [what for what, _ in journal.told]) == ([], ["settled"])


@pytest.mark.parametrize(
    ("answer", "state"), [("451 Try later", "deferred"), ("554 Spam", "refused"), (DROP, "unknown"), ("354 ?", "unknown")]
)
def test_the_answer_to_the_message_decides(answer: str, state: str) -> None:
    with serving(Inbox(answers=[answer])) as inbox:
        assert set(states(deliver(plain(inbox), LETTER)).values()) == {state}


def test_a_connection_lost_before_the_message_may_be_made_again() -> None:
    with serving(Inbox(recipients={A: ["550 No"], B: [DROP]})) as inbox:
        found = deliver(plain(inbox), LETTER)
    assert states(found) == {A: "refused", B: "deferred", C: "deferred"}


@contextmanager
def raw(*lines: bytes) -> Iterator[int]:
    """A server that says these lines, one for each it is sent, and then nothing any more; its port."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rb") as heard:
                for line in lines:
                    connection.sendall(line)
                    heard.readline()
                stop.wait(10)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize(
    "lines", [(), (b"554 Go away\r\n",), (b"\xff\xfe\r\n",), (b"220 hi\r\n", b"500 what\r\n", b"500 what\r\n")]
)
def test_a_server_that_is_silent_or_no_mail_server_is_put_off(lines: tuple[bytes, ...]) -> None:
    with raw(*lines) as port:
        found = deliver(Server("127.0.0.1", port, "none", timeout=0.5), LETTER)
    assert set(states(found).values()) <= {"deferred"}


@pytest.mark.slow
def test_silence_after_the_message_leaves_it_unknown() -> None:
    greeting = (b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n")
    with raw(*greeting) as port:
        found = deliver(Server("127.0.0.1", port, "none", timeout=0.1), replace(LETTER, recipients=(A,)))
    assert (found[A].state, "lost before the server said" in found[A].reply) == ("unknown", True)


def test_no_server_at_all_is_put_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert states(deliver(Server("127.0.0.1", port, "none", 5), LETTER))[A] == "deferred"
    assert states(deliver(Server("no-such-host.invalid", 25, "none", 5), LETTER))[A] == "deferred"


def test_an_account_that_cannot_be_kept_stops_the_message_before_its_end() -> None:
    class Full(Journal):
        def sending(self, recipients: Sequence[str]) -> None:
            raise OSError("disk full")

    with serving(Inbox()) as inbox, pytest.raises(OSError, match="disk full"):
        deliver(plain(inbox), LETTER, Full())
    assert inbox.taken == []


def test_an_address_beyond_ascii_needs_a_server_that_carries_it() -> None:
    letter = Envelope("brief@x.example", ("خبر@x.example",), b"Subject: x\r\n\r\nx", utf8=True)
    with serving(Inbox(), enable_SMTPUTF8=True) as inbox:
        assert states(deliver(plain(inbox), letter)) == {"خبر@x.example": "sent"}
        assert inbox.reached == ["خبر@x.example"]
    with serving(Inbox(), enable_SMTPUTF8=False) as inbox:
        assert states(deliver(plain(inbox), letter)) == {"خبر@x.example": "refused"}

"""A brief to its recipients: once each, tried again when that helps, corrected when another build went out before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.config import Config
from briefing.deliver.addresses import address
from briefing.deliver.built import built
from briefing.deliver.mail_settings import Mail
from briefing.deliver.one_sender import one_sender
from briefing.deliver.operator_mail import tell_operator
from briefing.deliver.sending import Sent, drafts, send
from briefing.errors import ConfigError, StoreError
from briefing.store.briefs import Briefs
from briefing.store.database import Database
from briefing.store.deliveries import Deliveries
from tests.deliver.a_brief import highlight, item, put, tree
from tests.deliver.mail_server import DROP, Inbox, serving

A, B, C = "a@x.example", "b@x.example", "c@x.example"
MONDAY = datetime(2024, 11, 18, 6, 5, tzinfo=UTC)
BRIDGE = item("S1", "Minister: The bridge will open.", "قال الوزير إن الجسر سيفتح.")
TOLL = item("E1", "Collapse, 3 killed", "قتل ثلاثة عمال.", 40)
MENDED = TOLL | {"en": "Collapse, 2 killed"}
FIRST, SECOND = (tree([BRIDGE], [one], [highlight(one["en"], entry="E1")]) for one in (TOLL, MENDED))


class Desk:
    """A project folder with a mail server behind it."""

    def __init__(self, folder: Path, inbox: Inbox) -> None:
        self.folder, self.inbox = folder, inbox
        mail = Mail(host="localhost", port=inbox.port, security="none", sender="Brief <brief@x.example>", timeout=5)
        self.config = replace(Config(base=folder, mail=mail), paths=replace(Config().paths, store="store.db"))

    def send(self, content: dict[str, Any], *to: str, after: timedelta = timedelta(), again: bool = False) -> Sent:
        """Puts the brief there and sends it so long after Monday."""
        put(self.folder, content)
        moment = MONDAY + after
        wanted = [address(one) for one in to or (A, B, C)]
        return send(built(self.config, "2024-W46", moment.date()), self.config, wanted, moment, again=again)


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    with serving(Inbox()) as inbox:
        yield Desk(tmp_path, inbox)


def told(sent: Sent) -> dict[str, list[str]]:
    named = {name: getattr(sent, name) for name in ("delivered", "deferred", "refused", "unknown", "already")}
    return {name: [one.recipient for one in found] for name, found in named.items() if found}


def test_the_same_build_goes_to_nobody_twice(desk: Desk) -> None:
    assert told(desk.send(FIRST)) == {"delivered": [A, B, C]}
    again = desk.send(FIRST | {"cut_off": "2024-11-19T06:00+00:00"})  # built once more, and nothing else
    assert (told(again), again.complete) == ({"already": [A, B, C]}, True)
    assert told(desk.send(FIRST, B, "B@x.example", "d@x.example")) == {"delivered": ["d@x.example"], "already": [B, B]}
    assert desk.inbox.reached == [A, B, C, "d@x.example"]


def test_again_sends_it_once_more_under_another_id(desk: Desk) -> None:
    desk.send(FIRST, A)
    assert told(desk.send(FIRST, A, again=True)) == {"delivered": [A]}
    first, second = desk.inbox.messages
    assert first["Message-ID"] != second["Message-ID"]
    assert not second["Subject"].startswith("Correction")


def test_what_was_put_off_is_tried_again_when_its_time_has_come(desk: Desk) -> None:
    desk.inbox.recipients = {B: ["451 Greylisted"] * 3, C: ["550 No such user"]}
    first = desk.send(FIRST)
    assert told(first) == {"delivered": [A], "deferred": [B], "refused": [C]}
    assert (first.deferred[0].reply, first.deferred[0].next_attempt) == ("451 Greylisted", "2024-11-18T06:10:00+00:00")
    early = desk.send(FIRST, after=timedelta(minutes=4))
    assert (told(early), early.deferred[0].tried) == ({"deferred": [B], "refused": [C], "already": [A]}, False)
    second = desk.send(FIRST, after=timedelta(minutes=5))
    assert (second.deferred[0].attempts, second.deferred[0].next_attempt) == (2, "2024-11-18T06:25:00+00:00")
    third = desk.send(FIRST, after=timedelta(minutes=20))
    assert third.deferred[0].next_attempt == "2024-11-18T07:25:00+00:00"
    assert told(desk.send(FIRST, after=timedelta(hours=2))) == {"delivered": [B], "refused": [C], "already": [A]}
    assert desk.inbox.reached == [A, B]
    assert len({message["Message-ID"] for message in desk.inbox.messages}) == 1
    assert told(desk.send(FIRST, C, again=True)) == {"delivered": [C]}


def test_a_clock_that_was_wrong_does_not_hold_a_brief_back(desk: Desk) -> None:
    desk.inbox.recipients = {A: ["451 Later"]}
    desk.send(FIRST, A, after=timedelta(days=400))
    assert told(desk.send(FIRST, A)) == {"delivered": [A]}


def test_a_server_that_is_down_is_tried_again_and_a_wrong_setting_at_once(desk: Desk) -> None:
    up = desk.config
    desk.config = replace(up, mail=replace(up.mail, security="starttls"))
    sent = desk.send(FIRST, A)
    waiting = sent.deferred[0]
    assert ("STARTTLS" in waiting.reply, waiting.next_attempt, "port 465" in waiting.mend) == (True, None, True)
    desk.config = replace(up, mail=replace(up.mail, port=1))
    down = desk.send(FIRST, A).deferred[0]
    assert down.reply == "no connection to localhost, port 1: Connection refused"
    assert (down.next_attempt, "mail.host" in down.mend) == (None, True)
    desk.config = up
    assert told(desk.send(FIRST, A)) == {"delivered": [A]}


def test_what_may_have_arrived_is_left_to_a_person(desk: Desk) -> None:
    desk.inbox.answers = [DROP]
    assert told(desk.send(FIRST, A, B)) == {"unknown": [A, B]}
    assert told(desk.send(FIRST, A, B, after=timedelta(days=9))) == {"unknown": [A, B]}
    assert len(desk.inbox.taken) == 1
    assert told(desk.send(FIRST, B, again=True)) == {"delivered": [B]}
    first, second = desk.inbox.messages  # one id: a mailbox that has the first can tell that it is the same
    assert first["Message-ID"] == second["Message-ID"]


def test_a_corrected_build_says_what_it_replaces_and_what_changed(desk: Desk) -> None:
    desk.send(FIRST, A)
    assert told(desk.send(SECOND, A, B)) == {"delivered": [A, B]}
    first, mended, fresh = desk.inbox.messages
    assert (mended["Subject"], fresh["Subject"]) == ("Correction: Monday brief, 2024-W46", "Monday brief, 2024-W46")
    assert [to for to, _ in desk.inbox.taken] == [(A,), (A,), (B,)]
    assert mended["In-Reply-To"] == mended["References"] == first["Message-ID"]
    assert fresh["In-Reply-To"] is None
    text = mended.get_body(("plain",)).get_content()
    head = text.replace("\r\n", "\n")[:700]
    assert head.startswith("Correction. This brief replaces the one of 2024-W46 that was sent to you on\n")
    assert "0 added, 0 removed, 1 changed." in head
    assert "Changed (E1): Collapse, 2 killed\n  Before: Collapse, 3 killed\n" in head
    page = mended.get_body(("html",)).get_content()
    assert "<strong>Changed (E1):</strong> Collapse, 2 killed" in page and "<s>Collapse, 3 killed</s>" in page
    assert "Correction" not in fresh.get_body(("plain",)).get_content()


def test_a_third_build_corrects_the_second(desk: Desk) -> None:
    third = tree([], [TOLL])
    for content in (FIRST, SECOND, third):
        desk.send(content, A)
    one, two, three = desk.inbox.messages
    assert three["In-Reply-To"] == two["Message-ID"] != one["Message-ID"]
    assert "Removed: Minister: The bridge will open." in three.get_body(("plain",)).get_content()


def test_who_may_have_the_earlier_build_gets_a_correction_too(desk: Desk) -> None:
    desk.inbox.answers = [DROP]
    desk.send(FIRST, A)
    desk.inbox.recipients = {B: ["550 No"]}
    desk.send(FIRST, B)
    desk.send(SECOND, A, B)
    mended, plain = desk.inbox.messages[1:]
    assert [one["Subject"].startswith("Correction") for one in (mended, plain)] == [True, False]
    assert "whose sending to you was cut short on" in mended.get_body(("plain",)).get_content()


def test_a_correction_whose_earlier_brief_is_gone_says_so(desk: Desk) -> None:
    desk.send(FIRST, A)
    with Database(desk.config.store_file) as database:
        database.execute("DELETE FROM briefs")
    desk.send(SECOND, A)
    assert "no longer kept" in desk.inbox.messages[1].get_body(("plain",)).get_content()


def test_a_correction_compares_with_what_was_sent_not_with_what_was_first_tried(desk: Desk) -> None:
    desk.inbox.recipients = {A: ["451 Later"]}
    desk.send(FIRST, A)
    desk.send(FIRST | {"cut_off": "2024-11-19T06:00+00:00"}, A, after=timedelta(hours=1))  # built anew in between
    desk.send(SECOND, A)
    assert "0 added, 0 removed, 1 changed." in desk.inbox.messages[1].get_body(("plain",)).get_content()


def test_recipients_who_are_shown_are_all_in_the_header(desk: Desk) -> None:
    desk.config = replace(desk.config, mail=replace(desk.config.mail, hide_recipients=False))
    desk.inbox.recipients = {B: ["451 Later"]}
    desk.send(FIRST, A, B)
    desk.send(FIRST, A, B, after=timedelta(hours=1))
    assert [[one.addr_spec for one in message["To"].addresses] for message in desk.inbox.messages] == [[A, B], [A, B]]
    assert [to for to, _ in desk.inbox.taken] == [(A,), (B,)]


def test_many_recipients_go_in_conversations_of_a_hundred(desk: Desk) -> None:
    many = [f"r{n}@x.example" for n in range(230)]
    assert told(desk.send(FIRST, *many)) == {"delivered": many}
    assert [len(to) for to, _ in desk.inbox.taken] == [100, 100, 30]
    assert len({message["Message-ID"] for message in desk.inbox.messages}) == 1


def test_the_brief_is_kept_when_it_goes_out_and_not_before(desk: Desk) -> None:
    desk.inbox.recipients = {A: ["550 No"]}
    desk.send(FIRST, A)
    with Database(desk.config.store_file) as database:
        assert Briefs(database).newest() == ()
    desk.send(FIRST, B)
    with Database(desk.config.store_file) as database:
        assert [kept.week for kept in Briefs(database).newest()] == ["2024-W46"]
        assert [row.recipient for row in Deliveries(database).newest(1)] == [B]


def test_a_draft_sends_and_keeps_nothing(desk: Desk) -> None:
    put(desk.folder, FIRST)
    brief = built(desk.config, "2024-W46", MONDAY.date())
    found = drafts(brief, desk.config, [address(A)], MONDAY)
    assert [[one.spec for one in parcel.pending] for parcel, _ in found] == [[A]]
    assert not desk.config.store_file.exists()
    desk.send(FIRST, A)
    assert drafts(brief, desk.config, [address(A)], MONDAY) == ()
    assert len(drafts(brief, desk.config, [address(A)], MONDAY, again=True)) == 1
    assert len(desk.inbox.taken) == 1


def test_a_draft_has_the_id_that_the_message_will_have(desk: Desk) -> None:
    put(desk.folder, FIRST)
    found = drafts(built(desk.config, "2024-W46", MONDAY.date()), desk.config, [address(A)], MONDAY)
    desk.send(FIRST, A)
    assert found[0][0].message_id == desk.inbox.messages[0]["Message-ID"]


def test_while_one_sends_another_does_not(desk: Desk) -> None:
    with one_sender(desk.config.store_file), pytest.raises(StoreError, match="another process is sending"):
        desk.send(FIRST, A)
    assert told(desk.send(FIRST, A)) == {"delivered": [A]}


def _host(mail: Mail) -> Mail:
    return replace(mail, host="")


def _sender(mail: Mail) -> Mail:
    return replace(mail, sender="")


def _open_line(mail: Mail) -> Mail:
    return replace(mail, host="mx.example", allow_unencrypted=True)


@pytest.mark.parametrize(
    ("without", "said"),
    [(_host, "mail.host is not set"), (_sender, "mail.sender is not set"), (_open_line, "without encryption")],
)
def test_settings_that_are_missing_are_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, without: Callable[[Mail], Mail], said: str
) -> None:  # fmt: skip
    monkeypatch.setenv("BRIEFING_SMTP_USER", "brief")
    monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", "x")
    desk.config = replace(desk.config, mail=without(desk.config.mail))
    with pytest.raises(ConfigError, match=said):
        desk.send(FIRST, A)


def test_the_operator_is_told_in_plain_text(desk: Desk) -> None:
    with pytest.raises(ConfigError, match=r"mail\.operator is not set"):
        tell_operator(desk.config, "x", "y", MONDAY)
    config = replace(desk.config, mail=replace(desk.config.mail, operator="ops@x.example"))
    assert tell_operator(config, "Run failed:\r\nfetch", "feed ساكت\n", MONDAY).state == "sent"
    message = desk.inbox.messages[0]
    assert (message["To"], message["Subject"], message.get_content_type()) == ("ops@x.example", "Run failed: fetch", "text/plain")
    assert message.get_content().replace("\r\n", "\n") == "feed ساكت\n"


OK = "250 OK"
TO, END = st.sampled_from([OK, OK, "451 Later", "550 No", DROP]), st.sampled_from([OK, DROP, DROP, "451 Later", "554 No"])
BUILDS = st.sampled_from([FIRST, SECOND])
STEPS = st.lists(st.tuples(BUILDS, TO, TO, END, st.integers(0, 30)), max_size=7)


@pytest.mark.slow
@given(STEPS)
@example([(FIRST, OK, OK, DROP, 0), (FIRST, OK, OK, OK, 30)])  # the answer to the first is lost
@example([(FIRST, OK, "451 Later", OK, 0), (SECOND, OK, OK, OK, 0), (FIRST, OK, OK, OK, 30)])
@settings(max_examples=8)
def test_whatever_the_server_does_nobody_gets_a_build_twice(steps: list[Any]) -> None:
    with TemporaryDirectory() as folder, serving(Inbox()) as inbox:
        desk, hours = Desk(Path(folder), inbox), 0
        for content, to_a, to_b, at_the_end, later in steps:
            inbox.recipients, inbox.answers = {A: [to_a], B: [to_b]}, [at_the_end.replace(OK, "250 Message taken")]
            hours += later
            sent = desk.send(content, A, B, after=timedelta(hours=hours))
            assert sorted(one for found in told(sent).values() for one in found) == [A, B]
    said = ["* Collapse, 3 killed" in message.get_body(("plain",)).get_content() for message in inbox.messages]
    got = Counter((one, which) for which, (to, _) in zip(said, inbox.taken, strict=True) for one in to)
    assert max(got.values(), default=0) <= 1

"""briefing send: from the sample article to a mailbox on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, Run
from tests.deliver.a_brief import put, tree
from tests.deliver.mail_server import PASSWORD, USER, Inbox, certificates, only_with_password, read, serving

SETTINGS = """title = "موجز الاثنين"
[mail]
host = "localhost"
port = {port}
security = "none"
sender = "Monday brief <brief@x.example>"
to = ["desk"]
[mail.lists]
desk = ["a@x.example", "B <b@x.example>"]
[paths]
store = "store.db"
"""


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with serving(Inbox()) as server:
        (tmp_path / "briefing.toml").write_text(SETTINGS.format(port=server.port), encoding="utf-8")
        yield server


def test_a_built_brief_is_sent_once_and_corrected_when_it_is_built_anew(run: Run, news: Path, inbox: Inbox) -> None:
    build = ("build", news, "--week", "--engine", "gloss", "--format", "json")
    assert run(*build[:-1], "json,pdf").code == 0
    ran = run("send", "--week")
    assert (ran.code, ran.lines) == (0, ["sent      a@x.example", "sent      b@x.example"])
    first = inbox.messages[0]
    assert first["Subject"] == "موجز الاثنين, 2024-W46"
    pdf = next(first.iter_attachments())
    assert (pdf.get_filename(), pdf.get_content()[:5]) == ("موجز الاثنين 2024-W46.pdf", b"%PDF-")
    Path("out/2024-W46/brief.pdf").unlink()
    assert run(*build).code == 0  # the same articles, another cut-off
    ran = run("send", "--week", "2024-W46")
    assert (ran.code, [line.split(" (")[0] for line in ran.lines]) == (0, ["has it    a@x.example", "has it    b@x.example"])
    (news / "bridge.txt").write_text(ARTICLE.replace("ثلاثة عمال", "أربعة عمال"), encoding="utf-8")
    assert run(*build).code == 0
    assert run("send", "--week").code == 0
    mended = inbox.messages[1]
    assert (mended["Subject"], mended["References"]) == ("Correction: موجز الاثنين, 2024-W46", first["Message-ID"])
    assert "0 added, 0 removed, 1 changed." in body(mended) and "4 workers" in body(mended)
    assert len(inbox.taken) == 2


def test_a_dry_run_writes_the_message_and_sends_nothing(run: Run, tmp_path: Path, inbox: Inbox) -> None:
    put(tmp_path, tree(title="موجز"))
    ran = run("send", "--week", "2024-W46", "--dry-run")
    path = tmp_path / "out/2024-W46/brief.eml"
    assert (ran.code, ran.lines, inbox.taken) == (0, [str(path)], [])
    message = read(path.read_bytes())
    assert (message["Subject"], message["To"]) == ("موجز, 2024-W46", "undisclosed-recipients:;")
    assert run("send", "--week", "--dry-run", "--to", "c@x.example", "--out", "mine.eml").lines == ["mine.eml"]
    assert read((tmp_path / "mine.eml").read_bytes())["To"] == "c@x.example"
    assert not (tmp_path / "store.db").exists()


def test_a_dry_run_writes_a_correction_beside_the_plain_one(run: Run, tmp_path: Path, inbox: Inbox) -> None:
    put(tmp_path, tree())
    run("send", "--week", "--to", "a@x.example")
    assert run("send", "--week", "--dry-run", "--to", "a@x.example").lines == []
    put(tmp_path, tree(title="Another"))
    ran = run("send", "--week", "--dry-run")
    assert [Path(line).name for line in ran.lines] == ["brief.eml", "brief-2.eml"]
    subjects = [read(Path(line).read_bytes())["Subject"] for line in ran.lines]
    assert subjects == ["Correction: Another, 2024-W46", "Another, 2024-W46"]
    assert "a correction for a@x.example" in ran.err


def test_a_dry_run_needs_no_server(run: Run, tmp_path: Path) -> None:
    put(tmp_path, tree())
    (tmp_path / "briefing.toml").write_text('[mail]\nsender = "a@x.example"\n[paths]\nstore = "s.db"')
    assert run("send", "--week", "--dry-run", "--to", "b@x.example").code == 0
    ran = run("send", "--week", "--to", "b@x.example")
    assert (ran.code, "mail.host is not set" in ran.err) == (2, True)


def test_somebody_without_the_brief_is_exit_code_3(run: Run, tmp_path: Path, inbox: Inbox) -> None:
    put(tmp_path, tree())
    inbox.recipients = {"a@x.example": ["451 Greylisted"], "b@x.example": ["550 No such user"]}
    ran = run("send", "--week")
    assert (ran.code, ran.lines) == (3, ["deferred  a@x.example: 451 Greylisted", "refused   b@x.example: 550 No such user"])
    assert "Tried again by the next `briefing send` after" in ran.err
    assert "briefing send --week 2024-W46 --again --to b@x.example" in ran.err


def test_the_password_is_printed_nowhere(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, tree())
    ours = certificates(tmp_path)
    monkeypatch.setenv("BRIEFING_SMTP_USER", USER)
    with serving(Inbox(), starttls=ours.context("localhost"), authenticator=only_with_password, auth_required=True) as inbox:
        settings = SETTINGS.format(port=inbox.port).replace('"none"', '"starttls"\nca_file = "authority.pem"')
        (tmp_path / "briefing.toml").write_text(settings, encoding="utf-8")
        monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", "Wr0ng-one")
        wrong = run("-v", "send", "--week")
        monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", PASSWORD)
        right = run("-v", "send", "--week")
    assert (wrong.code, right.code, len(inbox.taken)) == (3, 0, 1)
    assert "did not let brief in (535)" in wrong.out and "BRIEFING_SMTP_PASSWORD" in wrong.err
    everything = wrong.out + wrong.err + right.out + right.err + (tmp_path / "store.db").read_bytes().decode("latin-1")
    assert not [secret for secret in (PASSWORD, "Wr0ng-one") if secret in everything]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--week", "2024-W40"), 4, "briefing build --week 2024-W40"),
        (("--week", "soon"), 2, "is not a week"),
        ((), 2, "--week"),
        (("--week", "--to", "nobody"), 2, "Lists are: desk"),
        (("--week", "--to", "a@x.example\nBcc: b@x.example"), 2, "control character"),
        (("--week", "--out", "x.eml"), 2, "--dry-run"),
        (("--week", "--password", "x"), 2, "No such option"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, tmp_path: Path, inbox: Inbox, args: tuple[str, ...], code: int, said: str) -> None:
    put(tmp_path, tree())
    ran = run("send", *args)
    assert (ran.code, said in ran.err, inbox.taken) == (code, True, [])

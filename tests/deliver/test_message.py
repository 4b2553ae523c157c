"""The message on the wire: its structure, Arabic in its headers, and that no text breaks out of its place."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.deliver.addresses import Address
from briefing.deliver.message import Attachment, Letter, file_name, message_id, wire
from briefing.render.inline import plain
from tests.deliver.mail_server import read

SENDER = Address("Monday brief", "brief", "x.example")
DESK = (Address("مكتب الأخبار", "desk", "x.example"), Address("", "b", "xn--mgbh0fb.xn--kgbechtv"))
MOMENT = datetime(2024, 11, 18, 6, 5, tzinfo=UTC)
HEADERS = {
    "Date", "From", "To", "Subject", "Message-ID", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
    "Content-Type", "Content-Language",
}  # fmt: skip


def letter(
    subject: str = "موجز الاثنين, 2024-W46", text: str = "نص\n", shown: tuple[Address, ...] = DESK, name: str = "a.pdf",
    replaces: str = "",
) -> Letter:  # fmt: skip
    pdf = Attachment(name, b"%PDF-1.7 \x00\xff")
    return Letter(SENDER, None, shown, subject, text, f"<p>{text}</p>", pdf, message_id(SENDER, "x"), replaces, "Brief", MOMENT)


def parts(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def test_the_structure_is_the_usual_one() -> None:
    content = wire(letter(name=file_name("موجز الاثنين", "2024-W46")))
    message = read(content)
    assert parts(message) == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
    assert not [part.defects for part in message.walk() if part.defects]
    assert message["Subject"] == "موجز الاثنين, 2024-W46"
    assert [(one.display_name, one.addr_spec) for one in message["To"].addresses] == [(one.name, one.spec) for one in DESK]
    pdf = next(message.iter_attachments())
    assert (pdf.get_filename(), pdf.get_content()) == ("موجز الاثنين 2024-W46.pdf", b"%PDF-1.7 \x00\xff")
    assert b"filename*=utf-8''%D9%85" in content or b"filename*0*=utf-8''%D9%85" in content  # RFC 2231
    body = message.get_body(("plain",))
    assert body is not None and body.get_content() == "نص\r\n"
    assert set(message.keys()) == HEADERS
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "en, ar")


def test_it_is_ascii_in_short_lines_for_every_server() -> None:
    content = wire(letter(subject="موجز " * 60, text="سطر طويل " * 400, replaces=message_id(SENDER, "y")))
    assert content.isascii() and b"\r\n" in content and not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    assert max(map(len, content.split(b"\r\n"))) <= 78


def test_who_corrects_an_earlier_one_answers_it() -> None:
    earlier = message_id(Address("", "brief", "a-rather-long-name-of-a-domain-that-fills-a-line.example.org"), "y")
    message = read(wire(letter(replaces=earlier)))
    assert (message["In-Reply-To"], message["References"]) == (earlier, earlier)


def test_hidden_recipients_are_in_no_header() -> None:
    content = wire(letter(shown=()))
    assert read(content)["To"] == "undisclosed-recipients:;"
    assert b"desk" not in content


def test_an_address_beyond_ascii_needs_headers_beyond_ascii() -> None:
    content = wire(letter(shown=(Address("", "خبر", "x.example"),)))
    assert "To: خبر@x.example\r\n".encode() in content


def test_the_id_is_that_of_its_parts() -> None:
    assert message_id(SENDER, "a", "b") == message_id(SENDER, "a", "b") != message_id(SENDER, "ab", "")
    assert re.fullmatch(r"<[0-9a-f]{32}@x\.example>", message_id(SENDER, "a"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Monday brief", "Monday brief 2024-W46.pdf"),
        ("../../etc/passwd", "etc passwd 2024-W46.pdf"),
        ("a\r\nb\x00\u202e:c", "a b c 2024-W46.pdf"),
        ("///", "brief 2024-W46.pdf"),
        ("ط" * 300, "ط" * 80 + " 2024-W46.pdf"),
    ],
)
def test_the_name_of_the_file_suits_every_file_system(title: str, name: str) -> None:
    assert file_name(title, "2024-W46") == name
    assert len(name.encode()) <= 255


@given(st.text(max_size=200), st.text(max_size=100), st.text(max_size=60))
@example("a\r\nBcc: z@z.example", "a\r\nBcc: z@z.example", "a\r\n\r\nbody")
@example("\u202ea\u2066\u2028b\x85c", "\u202e", "")
@example("=?utf-8?q?=0D=0ABcc=3A_z=40z.example?=", "=?utf-8?q?a?=", "=?utf-8?q?a?=")
@example("ا ب  ج" * 30, "a b " * 30, "ا" * 90)
@example("\ud800", "\udfff", "\ud800")
def test_no_text_adds_a_header_and_all_of_it_arrives(subject: str, name: str, title: str) -> None:
    shown = (Address(plain(name), "desk", "x.example"), Address("", "b", "x.example"))
    content = wire(letter(subject=subject, shown=shown, name=file_name(title, "2024-W46")))
    message = read(content)
    assert set(message.keys()) | {"Subject"} == HEADERS  # with nothing to say there is none
    # Not the structured reader, which puts a space between two encoded words of a name (Python 3.11).
    raw = message_from_bytes(content)["To"]
    to = [(str(make_header(decode_header(shown_as))), spec) for shown_as, spec in getaddresses([raw])]
    assert to == [(plain(name), "desk@x.example"), ("", "b@x.example")]
    assert not set("\r\n\u202e\u2066") & set(str(message["Subject"] or ""))
    assert " ".join(str(message["Subject"] or "").split()) == plain(subject)
    assert next(message.iter_attachments()).get_filename() == file_name(title, "2024-W46")

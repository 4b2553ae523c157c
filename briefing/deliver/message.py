"""What a mail is made of -> the message as it goes over the wire, and its id."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime

from briefing.deliver.addresses import Address
from briefing.render.inline import plain

# What a message holds is ASCII (texts as base64 or quoted-printable), so that no server on the way has to know 8BITMIME.
_WIRE = policy.SMTP.clone(cte_type="7bit")
_PLAIN_NAME = re.compile(r"(?!.*=\?)[A-Za-z0-9 !#$%&'*+/=?^_`{|}~.,:;@()<>\[\]-]{1,70}")  # may stand in quotes as it is
_NAME_LENGTH = 80  # code points of the attachment's name: as UTF-8 it has to fit the 255 bytes of a file system
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|%]')


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF and the name it is given."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is put into wire form. `shown` are those named as its recipients; with none they are hidden.

    An address in it that is not ASCII makes UTF-8 of the headers, which takes a server with SMTPUTF8.

    `message_id` and `replaces`, the id of an earlier one or "", stand in angle brackets; `list_name` is the title of the
    briefs; `moment` has an offset.
    """

    sender: Address
    reply_to: Address | None
    shown: tuple[Address, ...]
    subject: str
    text: str
    html: str | None
    attachment: Attachment | None
    message_id: str
    replaces: str
    list_name: str
    moment: datetime


def message_id(sender: Address, *parts: str) -> str:
    """An id that is the same for the same parts, under the domain of the sender."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"<{digest[:32]}@{sender.domain}>"


def file_name(title: str, week: str) -> str:
    """The name of the PDF: title and week, without what a file system or a mail reader may stumble over."""
    stem = " ".join(_NO_FILE_NAME.sub(" ", plain(title)).split()).strip(". ")[:_NAME_LENGTH].rstrip(". ")
    return f"{stem or 'brief'} {week}.pdf"


def wire(letter: Letter) -> bytes:
    """The message: text and HTML as alternatives, and beside them the attachment, lines ending with CR LF."""
    made = EmailMessage(policy=_WIRE)
    # base64: half of a text may be Arabic, of which quoted-printable makes six letters for each
    made.set_content(letter.text, charset="utf-8", cte="base64")
    if letter.html is not None:
        made.add_alternative(letter.html, subtype="html", charset="utf-8", cte="base64")
    if letter.attachment is not None:
        kept = letter.attachment
        made.add_attachment(kept.content, maintype="application", subtype="pdf", filename=kept.name)
    made["Content-Language"] = "en, ar"  # last: what sets contents takes such headers away
    return _head(letter) + made.as_bytes(policy=_WIRE)


def _head(letter: Letter) -> bytes:
    """The headers above those of MIME.

    They are not given to EmailMessage, which decodes what looks like an encoded word, its line feeds included, and loses spaces
    where it folds Arabic (Python 3.11).
    """
    fields = [
        ("Date", format_datetime(letter.moment)),
        ("From", _mailbox(letter.sender)),
        ("Reply-To", _mailbox(letter.reply_to) if letter.reply_to is not None else ""),
        ("To", ",\r\n ".join(map(_mailbox, letter.shown)) or "undisclosed-recipients:;"),
        ("Subject", _words(plain(letter.subject), "Subject")),
        ("Message-ID", letter.message_id),
        ("In-Reply-To", letter.replaces),
        ("References", letter.replaces),
        ("List-Id", f"<briefing.{letter.sender.domain}>" if letter.list_name else ""),
        # RFC 3834: no out-of-office answers, please; the second is for Exchange, which does not read the first
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    return "".join(f"{name}: {value}\r\n" for name, value in fields if value).encode("utf-8")


def _mailbox(address: Address) -> str:
    """The address as a header has it, on a line of its own where its name is long."""
    name = plain(address.name)
    if not name:
        return address.spec
    if _PLAIN_NAME.fullmatch(name):
        return f'"{name}"\r\n <{address.spec}>'
    return f"{_words(name, 'Reply-To')}\r\n <{address.spec}>"


def _words(text: str, header: str) -> str:
    """One line of text as the value of a header, folded: as it is when it is plain ASCII, else in encoded words (RFC 2047)."""
    charset = "us-ascii" if text.isascii() and "=?" not in text else "utf-8"
    return Header(text, charset, header_name=header).encode(linesep="\r\n")

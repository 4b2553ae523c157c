"""What a mail is made of -> the message as it goes over the wire, and its id."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address as Mailbox
from email.headerregistry import Group
from email.message import EmailMessage
from email.utils import format_datetime

from briefing.deliver.addresses import Address
from briefing.render.inline import plain

# All of a message is ASCII (texts as base64 or quoted-printable), so that no server on the way has to know 8BITMIME.
_WIRE = policy.SMTP.clone(cte_type="7bit")
_WIRE_UTF8 = policy.SMTPUTF8.clone(cte_type="7bit")
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
    rules = _WIRE if all(one.plain for one in letter.shown) else _WIRE_UTF8
    made = EmailMessage(policy=rules)
    _head(made, letter)
    # base64: half of a text may be Arabic, of which quoted-printable makes six letters for each
    made.set_content(letter.text, charset="utf-8", cte="base64")
    if letter.html is not None:
        made.add_alternative(letter.html, subtype="html", charset="utf-8", cte="base64")
    if letter.attachment is not None:
        kept = letter.attachment
        made.add_attachment(kept.content, maintype="application", subtype="pdf", filename=kept.name)
    made["Content-Language"] = "en, ar"  # last: what sets contents takes such headers away
    return made.as_bytes(policy=rules)


def _head(made: EmailMessage, letter: Letter) -> None:
    made["Date"] = format_datetime(letter.moment)
    made["From"] = _mailbox(letter.sender)
    if letter.reply_to is not None:
        made["Reply-To"] = _mailbox(letter.reply_to)
    made["To"] = [_mailbox(one) for one in letter.shown] or [Group("undisclosed-recipients", ())]
    made["Subject"] = plain(letter.subject)
    made["Message-ID"] = letter.message_id
    if letter.replaces:
        made["In-Reply-To"] = letter.replaces
        made["References"] = letter.replaces
    if letter.list_name:
        made["List-Id"] = f"<briefing.{letter.sender.domain}>"
    # RFC 3834: no out-of-office answers, please; the second is for Exchange, which does not read the first
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"


def _mailbox(address: Address) -> Mailbox:
    return Mailbox(address.name, address.local, address.domain)

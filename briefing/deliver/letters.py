"""A built brief and who it goes to -> the letter: subject, bodies from the templates, and the PDF or where to find it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

from briefing.config import FILE_NAME, Config
from briefing.deliver.addresses import Address, address
from briefing.deliver.built import Built
from briefing.deliver.contents import Contents, contents
from briefing.deliver.correction import Correction, correction
from briefing.deliver.message import Attachment, Letter, file_name, wire
from briefing.deliver.planning import Parcel
from briefing.errors import ConfigError, InputError
from briefing.language import english
from briefing.render.inline import safe_url
from briefing.render.templating import render_html, render_text
from briefing.resources import template_dirs
from briefing.store.briefs import KeptBrief

_MEGABYTE = 1_000_000
# PDF 32000-1, table 46: the MD5 of an embedded file. Ours embed the brief.json that they were made with.
_EMBEDDED = re.compile(rb"/CheckSum\s*<([0-9a-fA-F]{32})>")


@dataclass(frozen=True, slots=True)
class Stock:
    """What all messages about one brief share."""

    config: Config
    built: Built
    contents: Contents
    pdf: bytes | None
    moment: datetime


def stock(built: Built, config: Config, moment: datetime) -> Stock:
    """What is said about `built`, and its PDF.

    Raises InputError when its brief.json lacks what a brief has, or when the PDF beside it is that of another build.
    """
    try:
        said = contents(built.tree)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        place = built.files.get("json", Path(built.week) / "brief.json")
        raise InputError(f"{place}: is no whole brief: {type(error).__name__}: {error}", "Build the week again.") from error
    return Stock(config, built, said, _pdf(built), moment)


def sender(config: Config) -> Address:
    """Who sends. Raises ConfigError when the settings do not say."""
    if not config.mail.sender:
        step = 'Write under [mail]: sender = "Monday brief <brief@example.org>"'
        raise ConfigError(f"{config.file or FILE_NAME}: mail.sender is not set", step)
    return address(config.mail.sender)


def content(stock: Stock, parcel: Parcel, earlier: KeptBrief | None) -> bytes:
    """The message for `parcel`, as it goes out; `earlier` is the brief that it corrects, None when that is not kept.

    With the PDF, unless the message would be larger than the settings allow or there is none.
    """
    mended = _correction(stock, parcel, earlier)
    most = stock.config.mail.max_megabytes * _MEGABYTE
    if stock.pdf is None:
        return wire(_letter(stock, parcel, mended, "no PDF of it was built"))
    made = wire(_letter(stock, parcel, mended, "")) if most else b""
    if made and len(made) <= most:
        return made
    return wire(_letter(stock, parcel, mended, "it is too large for a mail" if most else "mails go out without it"))


def _letter(stock: Stock, parcel: Parcel, mended: Correction | None, why: str) -> Letter:
    """The letter; with the PDF when `why`, the reason for leaving it out, is empty."""
    mail, said = stock.config.mail, stock.contents
    pdf = stock.pdf if not why else None
    attached = Attachment(file_name(said.title, stock.built.week), pdf) if pdf is not None else None
    subject = _subject(stock, mended)
    link = (safe_url(mail.link.replace("$week", stock.built.week)) or "") if mail.link else ""
    values = {
        "brief": said, "correction": mended, "link": link, "why": why, "attached": attached.name if attached else "",
        "subject": subject,
    }  # fmt: skip
    folders = tuple(template_dirs(stock.config))
    shown = parcel.group if len(parcel.group) == 1 or not mail.hide_recipients else ()
    return Letter(
        sender(stock.config), address(mail.reply_to) if mail.reply_to else None, shown, subject,
        render_text("mail.txt.j2", folders, values, english()), render_html("mail.html.j2", folders, values, english()),
        attached, parcel.message_id,
        parcel.replaces.message_id if parcel.replaces else "", said.title, stock.moment,
    )  # fmt: skip


def _subject(stock: Stock, mended: Correction | None) -> str:
    said = stock.contents
    given = {"title": said.title, "week": said.week, "first": said.first, "last": said.last}
    filled = Template(stock.config.mail.subject).substitute(given)
    return f"Correction: {filled}" if mended else filled


def _correction(stock: Stock, parcel: Parcel, earlier: KeptBrief | None) -> Correction | None:
    if parcel.replaces is None:
        return None
    was: Mapping[str, Any] | None = json.loads(earlier.content) if earlier is not None else None
    return correction(parcel.replaces, was, stock.built.tree, stock.config.zone)


def _pdf(built: Built) -> bytes | None:
    path = built.files.get("pdf")
    if path is None:
        return None
    try:
        found = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "Mend this and run the same command again.") from error
    mine = hashlib.md5(built.content, usedforsecurity=False).hexdigest()
    if mine not in {one.decode("ascii").lower() for one in _EMBEDDED.findall(found)}:
        message = f"{path}: was not built together with the brief.json beside it"
        raise InputError(message, "Build the week again, in all formats; or delete this file to send without a PDF.")
    return found

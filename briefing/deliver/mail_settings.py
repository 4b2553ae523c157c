"""The table [mail] of briefing.toml, and what may not stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template

PORTS = {"starttls": 587, "tls": 465, "none": 25}  # security -> its usual port
SUBJECT_NAMES = ("title", "week", "first", "last")
_LIST_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Mail:
    """Who is written to, by whom and through which server.

    `port` 0 is the usual one of `security` (a key of `PORTS`); `timeout` is in seconds, for each answer of the server;
    `max_megabytes` is the size in 10^6 bytes that a message may have as it is sent, 0: never attach anything. `lists` are
    addresses by the name of their list, which `to` may hold too. `link` is where the brief can be read, `$week` in it stands
    for the week. `operator` gets word of what fails.
    """

    host: str = ""
    port: int = 0
    security: str = "starttls"
    allow_unencrypted: bool = False
    ca_file: str = ""
    timeout: int = 60
    user: str = ""
    sender: str = ""
    reply_to: str = ""
    subject: str = "$title, $week"
    to: tuple[str, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hide_recipients: bool = True
    max_megabytes: int = 10
    link: str = ""
    operator: str = ""


def mistake(mail: Mail) -> tuple[str, str] | None:
    """What is wrong with the settings and what to do about it, None when nothing is."""
    return _server(mail) or _subject(mail.subject) or _link(mail.link) or _lists(mail) or _addresses(mail)


def loopback(host: str) -> bool:
    """Whether `host` is this machine by name or number, so that what is sent to it stays inside."""
    import ipaddress

    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _server(mail: Mail) -> tuple[str, str] | None:
    if mail.security not in PORTS:
        return f"mail.security is {mail.security!r}", f"Choose from {', '.join(PORTS)}."
    if not re.fullmatch(r"[\w.:\[\]-]*", mail.host):
        return f"mail.host is {mail.host!r}", 'Write the name of the server alone: host = "smtp.example.org"'
    if mail.security == "none" and mail.host and not loopback(mail.host) and not mail.allow_unencrypted:
        step = 'Take security = "starttls" or "tls". If the way to this server is safe by itself, add allow_unencrypted = true.'
        return f'mail.security is "none", but {mail.host} is another machine', step
    return None


def _subject(subject: str) -> tuple[str, str] | None:
    allowed = ", ".join(f"${name}" for name in SUBJECT_NAMES)
    try:
        filled = Template(subject).substitute(dict.fromkeys(SUBJECT_NAMES, "x"))
    except (KeyError, ValueError):
        return f"mail.subject is {subject!r}", f"It may hold {allowed}; write $$ for a dollar sign."
    return None if filled.strip() else ("mail.subject is empty", f"It may hold {allowed}.")


def _link(link: str) -> tuple[str, str] | None:
    from briefing.render.inline import safe_url

    if not link or safe_url(link.replace("$week", "2024-W46")):
        return None
    return f"mail.link is {link!r}", 'Write an http or https address: link = "https://wiki.example.org/briefs/$week"'


def _lists(mail: Mail) -> tuple[str, str] | None:
    for name, members in mail.lists.items():
        if not _LIST_NAME.fullmatch(name):
            return f"mail.lists: the name {name!r}", "A name holds letters, digits, hyphens, dots and underscores."
        if not members:
            return f"mail.lists.{name} is empty", f'Name somebody: {name} = ["a@example.org"], or take the list out.'
    return None


def _addresses(mail: Mail) -> tuple[str, str] | None:
    given = [(f"mail.{key}", text) for key in ("sender", "reply_to", "operator") if (text := getattr(mail, key))]
    given += [(f"mail.lists.{name}", text) for name, members in mail.lists.items() for text in members]
    given += [("mail.to", text) for text in mail.to if "@" in text]
    unknown = [text for text in mail.to if "@" not in text and text not in mail.lists]
    if unknown:
        return f"mail.to: there is no list {unknown[0]!r}", _known(mail)
    return next((wrong for key, text in given if (wrong := _address(key, text))), None)


def _address(key: str, text: str) -> tuple[str, str] | None:
    from briefing.deliver.addresses import address
    from briefing.errors import UsageError

    try:
        found = address(text)
    except UsageError as error:
        return f"{key}: {error.message}", error.next_step
    if key in ("mail.sender", "mail.reply_to") and not found.plain:
        return f"{key}: {text!r}: letters beyond ASCII stand before the @", "Not every server carries them; use another address."
    return None


def _known(mail: Mail) -> str:
    return f"Lists are: {', '.join(mail.lists)}." if mail.lists else "Write an address, or make a list under [mail.lists]."

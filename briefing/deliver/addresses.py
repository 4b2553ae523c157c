"""Text -> a mail address that a header and a mail server can be given without harm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import HeaderParseError, NonASCIILocalPartDefect
from email.headerregistry import Address as Mailbox
from email.headerregistry import HeaderRegistry
from typing import Any

from briefing.errors import UsageError
from briefing.render.inline import plain

_EXAMPLE = 'Write it as desk@example.org or "The desk <desk@example.org>".'
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_LOCAL_OCTETS = 64  # RFC 5321, 4.5.3.1.1
_LONGEST_OCTETS = 254  # the path of RFC 5321, 4.5.3.1.3, without its brackets


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox. `domain` is ASCII and lower-case, a name in other letters is in its "xn--" form."""

    name: str
    local: str
    domain: str

    @property
    def spec(self) -> str:
        """The address alone, its local part quoted where it must be."""
        return Mailbox(username=self.local, domain=self.domain).addr_spec

    @property
    def key(self) -> str:
        """What two spellings of one mailbox have in common; no server in use tells large letters from small ones."""
        return self.spec.casefold()

    @property
    def plain(self) -> bool:
        """Whether it is ASCII; any other needs a server with SMTPUTF8."""
        return self.local.isascii()


def address(text: str) -> Address:
    """The one address in `text`, with or without a name before it. Raises UsageError saying what is wrong with it."""
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text) or plain(text) != " ".join(text.split()):
        raise UsageError(f"{text!r} holds a line feed or another control character: it is no mail address", _EXAMPLE)
    mailbox = _mailbox(text)
    domain = _domain(mailbox.domain, text)
    found = Address(plain(mailbox.display_name), mailbox.username, domain)
    octets = len(found.local.encode("utf-8", "surrogatepass"))
    if octets > _LOCAL_OCTETS or len(found.spec.encode("utf-8", "surrogatepass")) > _LONGEST_OCTETS:
        raise UsageError(f"{text!r} is too long for a mail address", _EXAMPLE)
    return found


def _mailbox(text: str) -> Mailbox:
    wrong = UsageError(f"{text!r} is no mail address", _EXAMPLE)
    try:
        header: Any = HeaderRegistry()("to", text)
    except (HeaderParseError, LookupError, ValueError, AttributeError, RecursionError) as error:  # what the parser lets out
        raise wrong from error
    if any(not isinstance(defect, NonASCIILocalPartDefect) for defect in header.defects) or len(header.addresses) != 1:
        raise wrong
    found: Mailbox = header.addresses[0]
    # a group ("desk: a@example.org;") and an address literal ("a@[127.0.0.1]") are addresses too, but none to send a brief to
    if header.groups[0].display_name is not None or not found.username or not found.domain or " " in found.username:
        raise wrong
    return found


def _domain(domain: str, text: str) -> str:
    import idna

    try:
        known = idna.encode(domain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise UsageError(f"{text!r}: {domain!r} is no domain: {error}", _EXAMPLE) from error
    if not all(_LABEL.fullmatch(label) for label in known.split(".")):
        raise UsageError(f"{text!r}: {domain!r} is no domain", _EXAMPLE)
    return known

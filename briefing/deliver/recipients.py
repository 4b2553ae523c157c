"""Who a brief goes to: addresses and names of lists -> addresses, each once."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.deliver.addresses import Address, address
from briefing.deliver.mail_settings import Mail
from briefing.errors import UsageError


def recipients(mail: Mail, wanted: Sequence[str]) -> tuple[Address, ...]:
    """The addresses that `wanted` names, else those of `mail.to`, in order and without doubles.

    Raises UsageError for what is neither an address nor a list, and when nobody is left.
    """
    found = [one for name in wanted or mail.to for one in _named(mail, name)]
    if not found:
        step = 'Set mail.to in briefing.toml: to = ["desk@example.org"], or give --to ADDRESS.'
        raise UsageError("There is nobody to send to", step)
    once: dict[str, Address] = {}
    for one in found:
        once.setdefault(one.key, one)
    return tuple(once.values())


def _named(mail: Mail, name: str) -> list[Address]:
    if "@" in name:
        return [address(name)]
    if name not in mail.lists:
        known = f"Lists are: {', '.join(mail.lists)}." if mail.lists else "There is no list: add one under [mail.lists]."
        raise UsageError(f"{name!r} is no mail address, and no list", known)
    if not mail.lists[name]:
        raise UsageError(f"The list {name!r} is empty", f"Name somebody under [mail.lists]: {name} = […]")
    return [address(text) for text in mail.lists[name]]

"""Whether the language model of the settings can be used: settings, prompts, key, and on request the server."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from briefing.config import Config
from briefing.errors import BriefingError
from briefing.extract.llm.client import Client
from briefing.extract.llm.failures import NoAnswer
from briefing.extract.llm.request import requests
from briefing.extract.llm.secret import VARIABLE, Secret, from_environment

_LISTED = 8  # models named in a line


def looked_at(config: Config, ask: bool) -> tuple[bool, str, str]:
    """(fine, what was found, what to do): the network is used only when `ask` is set. Raises nothing."""
    if config.extract.engine != "llm" and not ask:
        return True, "not asked for: items are found by rules (extract.engine)", ""
    try:
        secret = from_environment()
        listed = _served(config, secret) if ask else None
        if listed is not None and not config.extract.model:
            return (
                False,
                f"{config.extract.url}: extract.model is not set; {_named(listed)}",
                "Set extract.model to one of those.",
            )
        signature = requests(config).signature
    except NoAnswer as error:
        return False, f"{config.extract.url}: {error.message}", error.next_step
    except BriefingError as error:
        return False, error.message, error.next_step
    key = f"{VARIABLE} is {_sent(config.extract.url) if secret.is_set else 'not set, which local servers do not mind'}"
    return _judged(config.extract.model, f"{config.extract.url}, {signature}, {key}", listed)


def _judged(model: str, detail: str, listed: tuple[str, ...] | None) -> tuple[bool, str, str]:
    if listed is None:
        return True, f"{detail}; `briefing doctor --llm` asks the server", ""
    if any(name == model or name.startswith((f"{model}:", f"{model}@")) for name in listed):
        return True, f"{detail}; the server has it", ""
    step = "Set extract.model to one of those, or load it into the server."
    return False, f"{detail}; the server does not list it: {_named(listed)}", step


def _sent(url: str) -> str:
    """How the key reaches the server: in the open unless it is encrypted or stays on this machine."""
    parts = urlsplit(url)
    here = parts.hostname in ("localhost", "::1") or (parts.hostname or "").startswith("127.")
    return "set" if here or parts.scheme == "https" else "set, and goes through the network unencrypted: use https"


def _named(listed: tuple[str, ...]) -> str:
    more = f" and {len(listed) - _LISTED} more" if len(listed) > _LISTED else ""
    return f"it has {', '.join(listed[:_LISTED]) or 'no model'}{more}"


def _served(config: Config, secret: Secret) -> tuple[str, ...]:
    async def models() -> tuple[str, ...]:
        async with Client(config.extract, secret).opened() as client:
            return await client.models()

    return asyncio.run(models())

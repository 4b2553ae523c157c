"""A few plain lines to whoever looks after the program."""

from __future__ import annotations

import os
from datetime import datetime

from briefing.config import FILE_NAME, Config
from briefing.deliver.addresses import address
from briefing.deliver.letters import sender
from briefing.deliver.message import Letter, message_id, wire
from briefing.deliver.sending import server
from briefing.deliver.smtp import Envelope, Outcome, deliver
from briefing.errors import ConfigError


def tell_operator(config: Config, subject: str, text: str, moment: datetime) -> Outcome:
    """Mails `text` to the operator of the settings; what became of it. `moment` is the time now, with offset.

    Raises ConfigError when operator, sender or server are not set. Nothing is kept: who calls decides about trying again.
    """
    if not config.mail.operator:
        step = 'Write under [mail]: operator = "you@example.org"'
        raise ConfigError(f"{config.file or FILE_NAME}: mail.operator is not set", step)
    to, by = address(config.mail.operator), sender(config)
    identity = message_id(by, "operator", subject, text, moment.isoformat())
    letter = Letter(by, None, (to,), subject, text, None, None, identity, "", "", moment)
    envelope = Envelope(by.spec, (to.spec,), wire(letter), not to.plain)
    return deliver(server(config, os.environ), envelope)[to.spec]

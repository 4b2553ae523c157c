"""The mail to the operator: what is new of what he should know, and what lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from briefing.config import Config
from briefing.errors import OutputError
from briefing.job.account import safe, sentence
from briefing.store.alarms import Trouble


def tell(config: Config, moment: datetime, troubles: Sequence[Trouble]) -> str:
    """Mails the troubles and says so in a line.

    Raises ConfigError when sender or server are not set, OutputError when the server did not take the mail.
    """
    from briefing.deliver.operator_mail import tell_operator
    from briefing.store.deliveries import SENT

    outcome = tell_operator(config, subject(config.title, troubles), text(troubles), moment)
    if outcome.state != SENT:
        raise OutputError(f"{config.mail.operator}: {outcome.reply}", outcome.mend or "The next run tries again.")
    return f"Mailed to {config.mail.operator}: {troubles[0].message.partition('. ')[0]}{_more(troubles)}"


def subject(title: str, troubles: Sequence[Trouble]) -> str:
    """One line: the first trouble, and how many more there are."""
    return " ".join(safe(f"{title}: {troubles[0].message}{_more(troubles)}").split())[:150]


def text(troubles: Sequence[Trouble]) -> str:
    """The body: each trouble with what to do."""
    parts = [f"{sentence(trouble.message)}\n  {trouble.next_step}".rstrip() for trouble in troubles]
    end = "You get one such mail for each state of things. How things stand: briefing status"
    return safe("\n\n".join([*parts, end])) + "\n"


def _more(troubles: Sequence[Trouble]) -> str:
    return f" (and {len(troubles) - 1} more)" if len(troubles) > 1 else ""

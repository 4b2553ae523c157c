"""The name and password for the mail server: from the environment or the system's keyring, from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.deliver.mail_settings import Mail
from briefing.errors import ConfigError, ExtraError

USER, PASSWORD = "BRIEFING_SMTP_USER", "BRIEFING_SMTP_PASSWORD"
SERVICE = "briefing"  # the keyring's name for whose password it is


@dataclass(frozen=True, slots=True)
class Login:
    """A name and its password, which no `repr`, log or message shows."""

    user: str
    password: str = field(repr=False)


def login(mail: Mail, environment: Mapping[str, str]) -> Login | None:
    """How to log in, None when the server asks for nothing.

    The name is that of the environment, else `mail.user`; the password that of the environment, else that of the keyring under
    "briefing" and this name. Raises ConfigError when one of the two is missing, ExtraError when the keyring cannot be asked.
    """
    user, password = environment.get(USER) or mail.user, environment.get(PASSWORD, "")
    if not user and not password:
        return None
    if not user:
        raise ConfigError(f"{PASSWORD} is set, but no name to log in with", f"Set {USER}, or mail.user in briefing.toml.")
    return Login(user, password or _kept(user))


def _kept(user: str) -> str:
    step = f"Set {PASSWORD} in the environment, or keep it in the keyring: keyring set {SERVICE} {user}"
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        message = f"There is no password for {user}: {PASSWORD} is not set, and the keyring needs a package that is not installed"
        raise ExtraError(message, f"Set {PASSWORD}, or install it: pip install 'monday-brief[keyring]'") from error
    try:
        found: str | None = keyring.get_password(SERVICE, user)
    except KeyringError as error:
        raise ExtraError(f"The keyring cannot be asked for the password of {user}: {error}", step) from error
    if not found:
        raise ConfigError(f"There is no password for {user}", step)
    return found

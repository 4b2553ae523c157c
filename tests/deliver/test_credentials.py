"""Name and password: from the environment or the keyring, and shown nowhere."""

from __future__ import annotations

import sys

import pytest

from briefing.deliver.credentials import PASSWORD, USER, login
from briefing.deliver.mail_settings import Mail
from briefing.errors import ConfigError, ExtraError

keyring = pytest.importorskip("keyring")
from keyring.backend import KeyringBackend  # noqa: E402
from keyring.errors import KeyringLocked  # noqa: E402


class Ring(KeyringBackend):  # type: ignore[misc]
    """A keyring in memory."""

    priority = 1

    def __init__(self, kept: dict[tuple[str, str], str], locked: bool = False) -> None:
        super().__init__()
        self.kept, self.locked = kept, locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def _own_keyring() -> object:
    before = keyring.get_keyring()
    keyring.set_keyring(Ring({("briefing", "desk"): "from-the-ring"}))
    yield
    keyring.set_keyring(before)


@pytest.mark.parametrize(
    ("user", "environment", "wanted"),
    [
        ("", {}, None),
        ("", {USER: "desk", PASSWORD: "p"}, ("desk", "p")),
        ("other", {USER: "desk", PASSWORD: "p"}, ("desk", "p")),
        ("desk", {PASSWORD: "p"}, ("desk", "p")),
        ("desk", {}, ("desk", "from-the-ring")),
        ("", {USER: "desk"}, ("desk", "from-the-ring")),
    ],
)
def test_where_they_come_from(user: str, environment: dict[str, str], wanted: tuple[str, str] | None) -> None:
    found = login(Mail(user=user), environment)
    assert (None if found is None else (found.user, found.password)) == wanted


@pytest.mark.parametrize(
    ("environment", "said"), [({PASSWORD: "s3cret"}, "no name to log in with"), ({USER: "stranger"}, "no password for stranger")]
)
def test_one_without_the_other_is_an_error_without_the_password(environment: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said) as raised:
        login(Mail(), environment)
    assert "s3cret" not in str(raised.value)


def test_a_keyring_that_is_locked_or_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(Ring({}, locked=True))
    with pytest.raises(ExtraError, match="cannot be asked"):
        login(Mail(user="desk"), {})
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(ExtraError, match="monday-brief\\[keyring\\]"):
        login(Mail(user="desk"), {})


def test_no_text_of_it_shows_the_password() -> None:
    assert "p4ss" not in repr(login(Mail(), {USER: "desk", PASSWORD: "p4ss"}))

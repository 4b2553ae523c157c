"""git, run so that nothing in a repository or at a server makes it run anything else, ask a question or print a secret."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from briefing.errors import OutputError

SECONDS = 600  # the most that one command may take
# Hooks and file-system monitors are programs; a repository of ours has neither.
_SETTINGS = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "gc.auto=0", "push.gpgSign=false",
    "fetch.recurseSubmodules=false", "push.recurseSubmodules=no",
)  # fmt: skip
_PROTOCOLS = "https:http:ssh:file"
_SECRET = re.compile(r"(?<=://)[^/@\s]*@")


class Git:
    """The git command line in one bare repository."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository

    def run(self, *arguments: str, input: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
        """What a git command prints. Raises OutputError with what git says, secrets of addresses taken out."""
        done = self.tried(*arguments, input=input, environment=environment)
        if done.returncode:
            raise failed(arguments[0], done.stderr)
        return done.stdout

    def tried(
        self, *arguments: str, input: bytes = b"", environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:  # fmt: skip
        """A git command as it ended, whether well or not. Raises OutputError when there is no git or it takes too long."""
        settings = (part for one in _SETTINGS for part in ("-c", one))
        command = ["git", f"--git-dir={self._repository}", *settings, *arguments]
        try:
            return subprocess.run(
                command, input=input, capture_output=True, check=False, timeout=SECONDS, env=_environment(environment or {}),
                cwd="/", start_new_session=True,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise OutputError("git is not installed", "Install git, and run the same command again.") from error
        except subprocess.TimeoutExpired as error:
            message = f"git {arguments[0]} took more than {SECONDS} seconds"
            raise OutputError(message, "Look whether the server answers, and run the same command again.") from error


def failed(command: str, said: bytes) -> OutputError:
    """The error for a git command that said this."""
    text = _SECRET.sub("", " ".join(said.decode("utf-8", "replace").split()))
    step = "Look at the address and your access to it (git's credential helper or an SSH key), and run the same command again."
    return OutputError(f"git {command}: {text[:600]}", step)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """That of this process without what would point git elsewhere.

    git never asks on a terminal; neither does ssh, which finds none in a session of its own.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    fixed = {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never", "GIT_ALLOW_PROTOCOL": _PROTOCOLS, "LC_ALL": "C"}
    return {**kept, **fixed, **more}


_KEPT = ("GIT_ASKPASS", "GIT_SSL_CAINFO", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM")

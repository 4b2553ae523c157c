"""All that a run deals with, on this machine: a site with a feed, a mail server, a bare git repository, the run as a process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from briefing.store.checking import check
from tests.ingest.site import Site, item, page, rss, site

ROOT = Path(__file__).resolve().parents[2]
KILLED = Path(__file__).with_name("killed.py")
WEEK = "2024-W46"
NOW = "2024-11-18T06:00Z"
Ended = subprocess.CompletedProcess[str]
READERS = ("one@example.org", "two@example.org", "three@example.org")
SETTINGS = """
inputs = ["store"]
formats = ["md", "json"]
[translate]
engine = "gloss"
[paths]
store = "data/store.db"
[fetch]
delay = 0
retries = 0
allow_private = true
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "brief@example.org"
to = {readers}
[[publish]]
name = "wiki"
to = "git"
url = "{wiki}"
branch = "main"
[[feed]]
url = "{feed}"
"""


@dataclass
class PostOffice:
    """A mail server on loopback that keeps what it takes; `refuse` says no (its answer) to a recipient."""

    port: int
    taken: list[tuple[str, ...]] = field(default_factory=list)
    refuse: Callable[[str], str | None] = lambda address: None
    _controller: Controller | None = None

    def open(self) -> None:
        """Begins to take messages."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Nobody is there any more; what was taken stays."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def copies(self) -> dict[str, int]:
        """How many messages each recipient has."""
        return dict(Counter(address for to in self.taken for address in to))

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Takes a recipient or not."""
        if (answer := self.refuse(address)) is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keeps a message."""
        self.taken.append(tuple(envelope.rcpt_tos))
        return "250 OK"


@dataclass
class Town:
    """`folder` is where the settings lie; `wiki` the bare repository."""

    folder: Path
    web: Site
    post: PostOffice
    wiki: Path

    def command(self, *more: str) -> list[str]:
        """The arguments of a run of the week."""
        return ["run", "--week", WEEK, *more]

    def run(self, *more: str, at: tuple[str, str, int] | None = None, now: str = NOW) -> Ended:
        """A run to its end; `at` is where it kills itself."""
        begin = [str(KILLED), at[0], at[1], str(at[2])] if at else ["-m", "briefing"]
        return self.process([*begin, *self.command("--now", now, *more)])

    def process(self, arguments: list[str], **settings: Any) -> Ended:
        """Python with these arguments, to its end."""
        command = [sys.executable, *arguments]
        how: dict[str, Any] = {"cwd": self.folder, "env": environment(), "capture_output": True, "text": True, "timeout": 100}
        return subprocess.run(command, check=False, **how, **settings)

    def git(self, *arguments: str) -> Ended:
        """git in the wiki."""
        command = ["git", "-C", str(self.wiki), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment())

    def commits(self) -> int:
        """How many commits the wiki has."""
        return int(self.git("rev-list", "--count", "main").stdout or 0)

    def faults(self) -> list[str]:
        """What is half-written, lost or damaged: nothing ought to be."""
        store = check(self.folder / "data/store.db")
        found = [*store.faults, *([] if store.tables["documents"] == 2 else ["a document is lost"])]
        found += [f"left: {path}" for path in (self.folder / "out").rglob(".*")]
        found += {"brief.json", "brief.md"} - {path.name for path in (self.folder / "out" / WEEK).glob("*")}
        return [*found, *([fsck.stderr] if (fsck := self.git("fsck", "--strict")).returncode else [])]


def environment() -> dict[str, str]:
    """The environment of a run: no proxy, no model, no settings of git's user."""
    keep = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**keep, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@contextmanager
def town(folder: Path, home: Path | None = None) -> Iterator[Town]:
    """Everything open and nothing done yet; `home` is where the settings lie."""
    wiki = folder / "wiki.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(wiki)], check=True, env=environment())
    home = home or folder / "home"
    home.mkdir()
    with site() as web:
        web.replies |= {"/rss": rss(item("/1", "افتتاح الجسر الشرقي"), item("/2", "ترميم السوق القديم"))}
        web.replies |= {"/1": page("افتتاح الجسر الشرقي"), "/2": page("ترميم السوق القديم")}
        post = PostOffice(free_port())
        text = SETTINGS.format(port=post.port, readers=list(READERS), wiki=wiki, feed=web.url("/rss"))
        (home / "briefing.toml").write_text(text.replace("'", '"'), encoding="utf-8")
        post.open()
        try:
            yield Town(home, web, post, wiki)
        finally:
            with suppress(RuntimeError):
                post.close()


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])

"""The files of one commit, read and changed without a working tree: no link is followed, no filter or hook runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.deliver.wiki.git_command import Git
from briefing.errors import OutputError

_FILE_MODES = (b"100644", b"100755")


@dataclass(frozen=True, slots=True)
class Author:
    """Who a commit is by."""

    name: str
    email: str


class GitTree:
    """The files of `tip` (None: of an empty repository) below `folder` ("": all of them), by place."""

    def __init__(self, git: Git, tip: str | None, folder: str) -> None:
        self._git = git
        self._tip = tip
        self._prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""
        self._entries = dict(_entries(git.run("ls-tree", "-r", "-z", tip))) if tip else {}

    def read(self, place: str) -> str | None:
        """The text at a place, None when there is nothing. Raises OutputError when a link or another file is in the way."""
        path = (self._prefix + place).encode()
        steps = path.split(b"/")
        for above in (b"/".join(steps[:n]) for n in range(1, len(steps))):
            if above in self._entries:
                raise self._blocked(above)
        if any(other.startswith(path + b"/") for other in self._entries):
            raise self._blocked(path)
        if path not in self._entries:
            return None
        mode, blob = self._entries[path]
        if mode not in _FILE_MODES:
            raise self._blocked(path)
        return self._git.run("cat-file", "blob", blob).decode("utf-8", "replace")

    def committed(self, write: Mapping[str, str], remove: Iterable[str], author: Author, message: str, index: Path) -> str:
        """A new commit on `tip` with these files changed; `index` is a path that git may use for as long as this takes."""
        environment = {"GIT_INDEX_FILE": str(index), **_signed(author)}
        self._git.run(*(("read-tree", self._tip) if self._tip else ("read-tree", "--empty")), environment=environment)
        lines = [b"100644 " + self._blob(text) + b"\t" + (self._prefix + place).encode() for place, text in write.items()]
        lines += [b"0 " + b"0" * 40 + b"\t" + (self._prefix + place).encode() for place in remove]
        self._git.run("update-index", "-z", "--index-info", input=b"\0".join([*lines, b""]), environment=environment)
        tree = self._git.run("write-tree", environment=environment).decode().strip()
        parent = ("-p", self._tip) if self._tip else ()
        return self._git.run("commit-tree", tree, *parent, "-m", message, environment=environment).decode().strip()

    def _blob(self, text: str) -> bytes:
        return self._git.run("hash-object", "-w", "--stdin", input=text.encode("utf-8", "replace")).strip()

    @staticmethod
    def _blocked(path: bytes) -> OutputError:
        step = "Nothing is written through links. Move it away, or set another folder in this [[publish]] table."
        return OutputError(f"{path.decode('utf-8', 'replace')}: a link or another file stands in the way of a page", step)


def _entries(listing: bytes) -> Iterable[tuple[bytes, tuple[bytes, str]]]:
    for line in listing.split(b"\0"):
        if line:
            about, _, path = line.partition(b"\t")
            mode, _, blob = about.split(b" ")
            yield path, (mode, blob.decode())


def _signed(author: Author) -> dict[str, str]:
    both = (("NAME", author.name), ("EMAIL", author.email))
    return {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in both}

"""Pages in a git repository: fetched, made anew on top of what stands there, committed and pushed, never by force.

Nothing is kept between runs but objects: a run that was killed between commit and push is made up for by the next, which starts
from the remote's newest commit again. So does a push that somebody else's came before.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefing.deliver.wiki.git_command import Git, failed
from briefing.deliver.wiki.git_tree import Author, GitTree
from briefing.deliver.wiki.order import Done, Order
from briefing.deliver.wiki.page_set import LIST, PageSet, page_set
from briefing.errors import OutputError

LONGEST_WAIT = 30.0  # seconds between two tries
_TIP = "refs/briefing/tip"


@dataclass(frozen=True, slots=True)
class _Remote:
    """A branch of a remote repository: `tip` is its newest commit, None when it has none yet."""

    url: str
    branch: str
    tip: str | None


def publish(order: Order) -> Done:
    """Commits and pushes the pages that changed; nothing changed, no commit.

    Raises OutputError when the repository cannot be reached or does not take the push, after `retries` more tries.
    """
    url = _address(order)
    with _clone(order.cache, url) as git:
        for n in range(order.settings.retries + 1):
            if n:
                order.notify(f"publish {order.settings.name}: somebody else pushed meanwhile; trying again ({n})")
                order.wait(min(2.0**n * 0.25, LONGEST_WAIT))
            if (done := _tried(order, git, url)) is not None:
                return done
    message = f"publish {order.settings.name}: others pushed first {order.settings.retries + 1} times"
    raise OutputError(message, "Run the same command again, or raise retries in this [[publish]] table.")


def _tried(order: Order, git: Git, url: str) -> Done | None:
    """One try; None when somebody else pushed between our fetch and our push."""
    remote = _fetched(git, url, order.settings.branch)
    tree = GitTree(git, remote.tip, order.settings.folder)
    found = page_set(order, tree.read)
    listing = {} if tree.read(LIST) == found.list else {LIST: found.list}
    if order.dry or not (found.changes.anything or listing):
        return Done(found.changes, remote.tip or "")
    commit = _committed(order, tree, found, listing)
    return Done(found.changes, commit) if _pushed(git, remote, commit) else None


def _committed(order: Order, tree: GitTree, found: PageSet, listing: dict[str, str]) -> str:
    author = Author(order.settings.author_name, order.settings.author_email)
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        return tree.committed({**found.write, **listing}, found.remove, author, order.summary, Path(folder) / "index")


def _pushed(git: Git, remote: _Remote, commit: str) -> bool:
    """Whether the remote took the commit; False when its branch has moved. Raises OutputError when it says no."""
    done = git.tried("push", "--porcelain", "--no-verify", "--", remote.url, f"{commit}:refs/heads/{remote.branch}")
    if done.returncode == 0:
        return True
    moved = _looked(git, remote.url, remote.branch).tip != remote.tip
    if moved or b"cannot lock ref" in done.stdout + done.stderr or b"failed to update ref" in done.stdout:
        return False
    raise failed("push", done.stderr + done.stdout)


# ---------------------------------------------------------------- the remote


def _address(order: Order) -> str:
    """The URL; a path, as relative to the settings' folder. Raises OutputError for a password in it."""
    url = order.settings.url
    if "://" in url:
        user = url.partition("://")[2].partition("/")[0].rpartition("@")[0]
        if ":" in user:
            step = "Take it out; git finds it in its credential helper, or use an SSH key. docs/publishing.md shows how."
            raise OutputError(f"publish {order.settings.name}: the url holds a password", step)
        return url
    is_ssh = ":" in url.partition("/")[0]  # git@host:path
    return url if is_ssh else str((order.base / url).absolute())


def _looked(git: Git, url: str, wanted: str) -> _Remote:
    """The branch as it is at the remote; without `wanted`, the one its HEAD names, also when nothing is there yet."""
    lines = git.run("ls-remote", "--symref", "--", url, "HEAD", "refs/heads/*").decode("utf-8", "replace").splitlines()
    pairs = [line.partition("\t")[::2] for line in lines]
    head = next((value[5:] for value, name in pairs if name == "HEAD" and value.startswith("ref: ")), "")
    unborn = git.run("symbolic-ref", "HEAD").decode().strip()
    ref = f"refs/heads/{wanted}" if wanted else head or unborn
    tip = next((value for value, name in pairs if name == ref), None)
    return _Remote(url, ref.removeprefix("refs/heads/"), tip)


def _fetched(git: Git, url: str, wanted: str) -> _Remote:
    """The branch with all its objects here."""
    remote = _looked(git, url, wanted)
    if remote.tip is None:
        return remote
    git.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", url, f"+refs/heads/{remote.branch}:{_TIP}")
    return _Remote(url, remote.branch, git.run("rev-parse", "--verify", _TIP).decode().strip())


@contextmanager
def _clone(cache: Path, url: str) -> Iterator[Git]:
    """The bare clone of `url` in `cache`, made when it is not there, for one run at a time."""
    folder = cache / hashlib.sha256(url.encode()).hexdigest()[:16]
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(folder.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise OutputError(f"{cache}: cannot be written to: {error.strerror}", "Mend its permissions.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if Git(folder).tried("rev-parse", "--is-bare-repository").returncode:
            _make_clone(folder, url)
        yield Git(folder)
    finally:
        os.close(lock)


def _make_clone(folder: Path, url: str) -> None:
    """Clones beside the place first: a clone that was stopped is made anew."""
    beside = folder.with_suffix(".new")
    for old in (beside, folder):
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(old)
    # a template may bring hooks; clone, and not init, because it learns the branch of a repository that has no commit yet
    Git(beside).run("clone", "--quiet", "--bare", "--no-tags", "--template=", "--", url, str(beside))
    beside.rename(folder)

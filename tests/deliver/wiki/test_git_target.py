"""Pages in a real git repository: rivals, two at once, a run that was killed, links, hooks; nothing forced, no empty commit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from briefing.deliver.wiki.git_command import failed
from briefing.deliver.wiki.git_target import publish
from briefing.deliver.wiki.settings import Publish
from briefing.errors import OutputError
from tests.deliver.wiki.told import order, sample

OLD, NEW = sample()
SETTINGS = Publish(name="g", to="git", url="wiki.git", author_name="The Desk", author_email="desk@example.org")
ROOT = Path(__file__).resolve().parents[3]


def git(folder: Path, *arguments: str, input: str = "") -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {f"GIT_{role}_{part}": "rival" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**plain, **who}, input=input, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "--bare", "-b", "trunk", "wiki.git")
    return tmp_path / "wiki.git"


def rival(folder: Path, name: str, text: str) -> None:
    """Somebody else's commit, pushed."""
    work = folder / f"rival-{time.monotonic_ns()}"
    git(folder, "clone", "-q", "wiki.git", str(work))
    (work / name).parent.mkdir(parents=True, exist_ok=True)
    (work / name).write_text(text)
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "by hand")
    git(work, "push", "-q", "origin", "HEAD:trunk")


def log(remote: Path) -> list[str]:
    return git(remote, "log", "--format=%an %s", "trunk").splitlines()


def test_an_empty_repository_gets_its_branch_and_the_author_of_the_settings(tmp_path: Path, remote: Path) -> None:
    done = publish(order(SETTINGS, [OLD], tmp_path))
    assert git(remote, "rev-parse", "trunk") == done.revision
    assert git(remote, "log", "--format=%an <%ae>|%cn <%ce>|%s") == (
        "The Desk <desk@example.org>|The Desk <desk@example.org>|Monday brief: a week"
    )
    assert set(git(remote, "ls-tree", "-r", "--name-only", "trunk").splitlines()) == {
        *done.changes.created,
        ".briefing-pages.json",
    }


def test_nothing_changed_is_no_commit(tmp_path: Path, remote: Path) -> None:
    first = publish(order(SETTINGS, [OLD], tmp_path))
    again = publish(order(SETTINGS, [OLD], tmp_path))
    assert not again.changes.anything and again.revision == first.revision and len(log(remote)) == 1
    assert publish(order(SETTINGS, [OLD, NEW], tmp_path, dry=True)).changes.anything and len(log(remote)) == 1


def test_a_folder_and_a_branch_of_ones_own(tmp_path: Path, remote: Path) -> None:
    rival(tmp_path, "README.md", "Code.\n")
    publish(order(Publish(name="g", to="git", url=str(remote), folder="docs/briefs", branch="pages"), [OLD], tmp_path))
    paths = git(remote, "ls-tree", "-r", "--name-only", "pages").splitlines()
    assert paths and all(path.startswith("docs/briefs/") for path in paths)
    publish(order(Publish(name="g", to="git", url=f"file://{remote}", folder="docs/briefs"), [OLD], tmp_path))
    assert "README.md" in git(remote, "ls-tree", "-r", "--name-only", "trunk").splitlines() and len(log(remote)) == 2


HOOK = """#!/bin/sh
# the first push finds that somebody else's came first
if [ -e {mark} ]; then exit 0; fi
touch {mark}
unset GIT_QUARANTINE_PATH
tree=$(git rev-parse trunk^{{tree}})
commit=$(GIT_AUTHOR_NAME=rival GIT_AUTHOR_EMAIL=r GIT_COMMITTER_NAME=rival GIT_COMMITTER_EMAIL=r \\
    git commit-tree $tree -p trunk -m meanwhile </dev/null)
git update-ref refs/heads/trunk $commit
"""


def test_a_push_that_a_rival_came_before_is_made_anew_on_top(tmp_path: Path, remote: Path) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    hook = remote / "hooks" / "pre-receive"
    hook.write_text(HOOK.format(mark=tmp_path / "mark"))
    hook.chmod(0o755)
    waits: list[float] = []
    done = publish(order(SETTINGS, [OLD, NEW], tmp_path, waits=waits))
    assert (tmp_path / "mark").exists() and len(waits) == 1
    assert log(remote) == ["The Desk Monday brief: a week", "rival meanwhile", "The Desk Monday brief: a week"]
    assert git(remote, "rev-parse", "trunk") == done.revision


@pytest.mark.slow
def test_a_rival_that_is_always_first_ends_the_tries(tmp_path: Path, remote: Path) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    hook = remote / "hooks" / "pre-receive"
    hook.write_text(HOOK.format(mark=tmp_path / "mark").replace("touch", "true"))
    hook.chmod(0o755)
    waits: list[float] = []
    with pytest.raises(OutputError, match="others pushed first 3 times"):
        publish(order(Publish(name="g", to="git", url="wiki.git", retries=2), [OLD, NEW], tmp_path, waits=waits))
    assert waits == [0.5, 1.0]
    assert log(remote) == ["rival meanwhile"] * 3 + ["The Desk Monday brief: a week"], "nothing of ours, nothing of theirs lost"


@pytest.mark.slow
def test_a_page_that_a_rival_edits_is_a_conflict_and_stays(tmp_path: Path, remote: Path) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    rival(tmp_path, "index.md", "Mine now.\n")
    done = publish(order(SETTINGS, [OLD, NEW], tmp_path))
    assert done.changes.conflicts == ("index.md",) and git(remote, "show", "trunk:index.md") == "Mine now."


def test_a_server_that_refuses_is_not_asked_again(tmp_path: Path, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'this branch is closed' >&2\nexit 1\n")
    hook.chmod(0o755)
    waits: list[float] = []
    with pytest.raises(OutputError, match="this branch is closed"):
        publish(order(SETTINGS, [OLD], tmp_path, waits=waits))
    assert not waits


@pytest.mark.slow
def test_two_publishers_with_clones_of_their_own_at_once(tmp_path: Path, remote: Path) -> None:
    found: list[object] = []

    def go(name: str) -> None:
        settings = Publish(name=name, to="git", url=str(remote), folder=name, retries=10)
        try:
            found.append(publish(order(settings, [OLD, NEW], tmp_path, cache=tmp_path / name)))
        except OutputError as error:
            found.append(error)

    threads = [threading.Thread(target=go, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not [one for one in found if isinstance(one, OutputError)]
    assert len(log(remote)) == 3
    folders = {path.partition("/")[0] for path in git(remote, "ls-tree", "-r", "--name-only", "trunk").splitlines()}
    assert folders == {"one", "two", "three"}


KILLED = """
import os, signal, sys
from pathlib import Path
from briefing.deliver.wiki import git_target
from tests.deliver.wiki.test_git_target import OLD, SETTINGS
from tests.deliver.wiki.told import order
def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)
git_target._pushed = die
git_target.publish(order(SETTINGS, [OLD], Path(sys.argv[1])))
"""


@pytest.mark.slow
def test_killed_between_commit_and_push_the_next_run_makes_one_commit(tmp_path: Path, remote: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL and git(remote, "branch") == ""
    publish(order(SETTINGS, [OLD], tmp_path))
    publish(order(SETTINGS, [OLD], tmp_path))
    assert log(remote) == ["The Desk Monday brief: a week"]


@pytest.mark.parametrize("path", ["people", "index.md", ".briefing-pages.json"])
def test_links_in_the_repository_are_not_followed(tmp_path: Path, remote: Path, path: str) -> None:
    work = tmp_path / "work"
    git(tmp_path, "clone", "-q", "wiki.git", "work")
    os.symlink(tmp_path / "outside", work / path)
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "a link")
    git(work, "push", "-q", "origin", "HEAD:trunk")
    with pytest.raises(OutputError, match="in the way"):
        publish(order(SETTINGS, [OLD], tmp_path))
    assert not (tmp_path / "outside").exists() and len(log(remote)) == 1


@pytest.mark.slow
def test_hooks_and_transport_helpers_never_run(tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    (clone,) = (path for path in (tmp_path / "cache").iterdir() if path.is_dir())
    template = tmp_path / "template" / "hooks"
    for hooks in (clone / "hooks", template):
        hooks.mkdir(parents=True, exist_ok=True)
        for name in ("pre-push", "post-checkout", "reference-transaction"):
            (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
            (hooks / name).chmod(0o755)
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(template.parent))
    publish(order(SETTINGS, [OLD, NEW], tmp_path))
    publish(order(SETTINGS, [OLD, NEW], tmp_path, cache=tmp_path / "fresh"))
    with pytest.raises(OutputError, match=r"not allowed|not supported"):
        publish(order(Publish(name="g", to="git", url=f"ext::touch {tmp_path}/ran"), [OLD], tmp_path))
    assert not (tmp_path / "ran").exists()


def test_a_broken_clone_is_made_anew(tmp_path: Path, remote: Path) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    (clone,) = (path for path in (tmp_path / "cache").iterdir() if path.is_dir())
    (clone / "HEAD").unlink()
    assert not publish(order(SETTINGS, [OLD], tmp_path)).changes.anything


def test_a_password_in_the_address_is_refused_and_never_said(tmp_path: Path) -> None:
    settings = Publish(name="g", to="git", url="https://desk:hunter2@git.example/wiki.git")
    with pytest.raises(OutputError, match="holds a password") as error:
        publish(order(settings, [OLD], tmp_path))
    assert "hunter2" not in str(error.value)
    assert "hunter2" not in str(failed("push", b"fatal: https://desk:hunter2@git.example/wiki.git: no"))


def test_a_repository_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"git clone: .*does not (appear to be a git repository|exist)"):
        publish(order(SETTINGS, [OLD], tmp_path))
    assert not [path for path in (tmp_path / "cache").iterdir() if path.is_dir()]

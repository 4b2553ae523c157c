"""[[publish]]: what is accepted, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import load
from briefing.deliver.wiki.settings import Publish, is_inside
from briefing.deliver.wiki.targets import TARGETS, target
from briefing.errors import ConfigError

GIT = '[[publish]]\nname = "w"\nto = "git"\nurl = "wiki.git"\n'


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[publish]]\nto = "folder"', "name is ''"),
        ('[[publish]]\nname = "a/b"\nto = "folder"', "name is 'a/b'"),
        ('[[publish]]\nname = "w"', "to is missing"),
        ('[[publish]]\nname = "w"\nto = "folder"', "path is missing"),
        ('[[publish]]\nname = "w"\nto = "git"', "url is missing"),
        ('[[publish]]\nname = "w"\nto = "git"\nurl = "--upload-pack=touch x"', "url begins with a hyphen"),
        ('[[publish]]\nname = "w"\nto = "git"\nurl = "ext::sh -c x"', "url names a transport helper"),
        (GIT + 'folder = "../up"', "folder is '../up'"),
        (GIT + 'folder = "/etc"', "folder is '/etc'"),
        (GIT + 'folder = ".git/hooks"', "folder is '.git/hooks'"),
        (GIT + 'branch = "-d"', "branch is '-d'"),
        (GIT + 'branch = "a..b"', "branch is 'a..b'"),
        (GIT + 'links = "html"', "links is 'html'"),
        (GIT + 'index = "../x"', "index is '../x'"),
        (GIT + 'author_email = "x>"', "author_name and author_email"),
        (GIT + 'address = "javascript:alert(1)"', "address is"),
        (GIT + 'address = "https://x.example/a)b"', "address is"),
        (GIT + "retries = 99", "retries is 99"),
        (GIT + 'colour = "red"', "unknown key publish.colour"),
        (GIT + GIT, "two tables have one name"),
        ('[[publish]]\nname = "w"\nto = "mediawiki"\nuser = "u"\nurl = "https://u:p@wiki.example/api.php"', "url is"),
        ('[[publish]]\nname = "w"\nto = "mediawiki"\nurl = "https://wiki.example/api.php"', "user is missing"),
        (
            '[[publish]]\nname = "w"\nto = "mediawiki"\nurl = "https://w.example/api.php"\nuser = "u"\nprefix = "A]]B"',
            "prefix is",
        ),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "briefing.toml").write_text(toml)
    with pytest.raises(ConfigError, match="publish") as error:
        load(None, tmp_path)
    assert message in str(error.value) and error.value.next_step


@pytest.mark.parametrize("folder", ["..", "a/../b", "/a", "a\\b", "C:x", ".git", "a/.GIT/b", ".git.", "-x"])
def test_paths_that_lead_elsewhere(folder: str) -> None:
    assert not is_inside(folder)


def test_plain_folders_are_inside() -> None:
    assert all(map(is_inside, ("", "docs", "docs/briefs", ".hidden", "a.b/c-d")))


def test_every_kind_of_target_loads_and_others_are_named() -> None:
    assert all(callable(target(kind)) for kind in TARGETS)
    assert target("briefing.deliver.wiki.folder_target:publish") is target("folder")
    for wrong in ("gti", "no.such:thing", "briefing.week:nothing"):
        with pytest.raises(ConfigError, match="Known: git, folder, mediawiki"):
            target(wrong)


def test_tables_are_read(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(GIT)
    assert load(None, tmp_path).publish == (Publish(name="w", to="git", url="wiki.git"),)

"""A table [[publish]] of briefing.toml: one place that pages are kept in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

LINKS = ("file", "page")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._%-]+)*/?")
_TITLE = re.compile(r"[^\x00-\x1f\x7f#<>\[\]{}|_~&%/:]{1,100}")  # what every MediaWiki takes in a title, but for slash and colon


@dataclass(frozen=True, slots=True)
class Publish:
    """Where pages go and how.

    `to` is a name of `targets.TARGETS` or "package.module:function". For git: `url`, `branch` ("": the remote's own), `folder`
    inside the repository, the author, and how often a rejected push is tried again (`retries`). For a folder: `path`.
    For MediaWiki: `url` (of api.php), `user` (a bot password's "User@bot") and `prefix` of all titles.
    `links` is "file" (relative, with .md) or "page" (one flat folder, without; below `address`, where that is given); `index` is
    the name of the first page.
    """

    name: str = ""
    to: str = ""
    url: str = ""
    path: str = ""
    branch: str = ""
    folder: str = ""
    links: str = "file"
    address: str = ""
    index: str = ""
    author_name: str = "Monday brief"
    author_email: str = "briefing@localhost"
    user: str = ""
    prefix: str = "Briefs"
    retries: int = 5

    def mistake(self) -> tuple[str, str] | None:
        """What is wrong with this table, and the next step; None when it can be used."""
        return _named(self) or _placed(self) or _written(self)


def _named(table: Publish) -> tuple[str, str] | None:
    if not _NAME.fullmatch(table.name):
        return f"name is {table.name!r}", "Give it a name of letters, digits, hyphens and underscores, for --to."
    if not table.to:
        return "to is missing", 'Write to = "git", "folder" or "mediawiki".'
    if table.links not in LINKS:
        return f"links is {table.links!r}", f"Choose from {', '.join(LINKS)}."
    if table.address and not _ADDRESS.fullmatch(table.address):
        return f"address is {table.address!r}", "Where the pages are read, for example: https://git.example.org/desk/monday/wiki"
    if table.index and not _NAME.fullmatch(table.index):
        return f"index is {table.index!r}", "Letters, digits, hyphens and underscores, without an ending."
    return None


def _placed(table: Publish) -> tuple[str, str] | None:
    if table.to == "folder" and not table.path:
        return "path is missing", 'For example: path = "docs/briefs".'
    if table.to == "git" and (wrong := _bad_url(table.url)):
        return f"url {wrong}", 'For example: url = "git@git.example.org:desk/wiki.git".'
    if table.to == "mediawiki" and not re.match(r"https?://[^/@\s]+/", table.url):
        return f"url is {table.url!r}", 'The address of api.php, without a password: url = "https://wiki.example.org/w/api.php".'
    if table.to == "mediawiki" and not table.user:
        return "user is missing", 'The name of a bot password (Special:BotPasswords): user = "Desk@briefing".'
    if not is_inside(table.folder):
        return f"folder is {table.folder!r}", "It must lie inside the repository: no slash at its start, no '..', no '.git'."
    return None


def _written(table: Publish) -> tuple[str, str] | None:
    if table.branch and not _is_branch(table.branch):
        return f"branch is {table.branch!r}", 'For example: branch = "main".'
    if any(not text.strip() or set(text) & set("<>") for text in (table.author_name, table.author_email)):
        return "author_name and author_email must not be empty or hold < or >", "Git does not take such an author."
    if not _TITLE.fullmatch(table.prefix) or table.prefix != table.prefix.strip():
        return f"prefix is {table.prefix!r}", 'A plain title, for example: prefix = "Briefs".'
    if not 0 <= table.retries <= 20:
        return f"retries is {table.retries}", "It must lie between 0 and 20."
    return None


def is_inside(folder: str) -> bool:
    """Whether a relative path cannot lead out of where it starts, nor into git's own files."""
    parts = PurePosixPath(folder).parts
    return not folder.startswith("/") and "\\" not in folder and ":" not in folder and not any(
        part == ".." or part.lower().rstrip(". ") == ".git" or part.startswith("-") for part in parts
    )  # fmt: skip


def _bad_url(url: str) -> str | None:
    if not url:
        return "is missing"
    if url.startswith("-"):
        return "begins with a hyphen: git would read it as an option"
    if "::" in url.partition("/")[0]:
        return "names a transport helper, which can run any command"
    return None


def _is_branch(name: str) -> bool:
    """By the rules of git-check-ref-format, rather narrower."""
    plain = re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_./-]*", name) is not None
    return plain and not re.search(r"\.\.|//|/\.|\.lock(/|$)|[/.]$", name)

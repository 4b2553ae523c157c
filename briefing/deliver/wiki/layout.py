"""Where each page lies, and how one page links to another: as files in folders, as one flat folder, or as titles of MediaWiki."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["index", "week", "people", "commitments", "person", "body", "commitment"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page by what it is: its kind, and the week or slug it is about ("" for the three lists)."""

    kind: Kind
    name: str = ""


INDEX, PEOPLE, COMMITMENTS = Page("index"), Page("people"), Page("commitments")


class Layout(Protocol):
    """A way to lay pages out."""

    def place(self, page: Page) -> str:
        """The path or title of a page, in ASCII, safe on every file system (of MediaWiki: as a title)."""
        ...

    def link(self, here: Page, there: Page, anchor: str = "") -> str:
        """What a link on one page to another, or to an id in it, holds."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """Folders of .md files with relative links: folders of a repository at GitHub or GitLab, MkDocs, Obsidian, Wiki.js."""

    index: str = "index"

    def place(self, page: Page) -> str:
        """The path from the root of the tree."""
        if page.kind in _LISTS:
            return _LISTS[page.kind].format(self.index) + ".md"
        return f"{_FOLDERS[page.kind]}/{page.name}.md"

    def link(self, here: Page, there: Page, anchor: str = "") -> str:
        """A relative path."""
        if here == there:
            return f"#{anchor}"
        path = posixpath.relpath(self.place(there), posixpath.dirname(self.place(here)) or ".")
        return f"{path}#{anchor}" if anchor else path


@dataclass(frozen=True, slots=True)
class Flat:
    """One folder of .md files with links by page name: the wikis of GitHub, and of GitLab, Gollum.

    With an `address` links are whole: GitHub shows the first page one step above the others, where relative ones do not land.
    """

    index: str = "Home"
    address: str = ""

    def place(self, page: Page) -> str:
        """The file name."""
        return f"{self._name(page)}.md"

    def link(self, here: Page, there: Page, anchor: str = "") -> str:
        """The page's name, without its ending, or its whole address."""
        if here == there:
            return f"#{anchor}"
        page = f"{self.address.rstrip('/')}/{self._name(there)}" if self.address else self._name(there)
        return f"{page}#{anchor}" if anchor else page

    def _name(self, page: Page) -> str:
        return self.index if page.kind == "index" else _NAMES[page.kind].format(page.name)


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles under one prefix, with subpages."""

    prefix: str = "Briefs"

    def place(self, page: Page) -> str:
        """The title."""
        return self.prefix if page.kind == "index" else f"{self.prefix}/{_TITLES[page.kind].format(page.name)}"

    def link(self, here: Page, there: Page, anchor: str = "") -> str:
        """The target of [[...]]; the colon keeps a prefix such as "File" or "Category" from acting."""
        if here == there:
            return f"#{anchor}"
        return f":{self.place(there)}#{anchor}" if anchor else f":{self.place(there)}"


_LISTS = {"index": "{}", "people": "people/{}", "commitments": "commitments/{}"}
_FOLDERS = {"week": "weeks", "person": "people", "body": "people", "commitment": "commitments"}
_NAMES = {
    "week": "Brief-{}", "people": "People-and-bodies", "commitments": "Commitments",
    "person": "Person-{}", "body": "Body-{}", "commitment": "Commitment-{}",
}  # fmt: skip
_TITLES = {
    "week": "{}", "people": "People and bodies", "commitments": "Commitments",
    "person": "Person/{}", "body": "Body/{}", "commitment": "Commitment/{}",
}  # fmt: skip

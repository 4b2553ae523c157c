"""What README and docs tell people to type can be typed, and what they link to is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from briefing.cli.console import Console
from briefing.cli.main import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\$ )?briefing (.+?)(?: +#.*| \|\| .*)?$", re.MULTILINE)
TYPED = [
    (page.name, line) for page in PAGES for block in BLOCK.findall(page.read_text("utf-8")) for line in COMMAND.findall(block)
]


def parse(group: click.Group, args: list[str]) -> None:
    """Parses as the command line would, without running anything. Raises ClickException."""
    parent = click.Context(group, obj=Console())
    command = group.get_command(parent, args[0])
    assert command is not None, args[0]
    if isinstance(command, click.Group):
        parse(command, args[1:])
    else:
        command.make_context(args[0], args[1:], parent=parent)


@pytest.mark.parametrize(("page", "line"), TYPED, ids=lambda value: value)
def test_a_command_that_is_shown_is_one(page: str, line: str) -> None:
    parse(cli, shlex.split(line))


def test_commands_are_shown() -> None:
    assert len(TYPED) >= 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []

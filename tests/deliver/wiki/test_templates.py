"""Templates of pages: each can be replaced, and a mistake in one is named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.deliver.wiki.layout import Files, Titles
from briefing.deliver.wiki.markdown_pages import pages
from briefing.deliver.wiki.weeks import wiki
from briefing.deliver.wiki.wikitext_pages import wikitext_pages
from briefing.errors import ConfigError
from briefing.resources import packaged
from tests.deliver.wiki.told import sample

NAMES = sorted(path.name for path in packaged("templates").glob("wiki-*.j2"))


def made(name: str, own: Path) -> dict[str, str]:
    """The pages in the markup of template `name`, with a folder of one's own before ours."""
    found, templates = wiki("Monday brief", sample()), (own, packaged("templates"))
    return pages(found, Files(), (), templates) if name.endswith(".md.j2") else wikitext_pages(found, Titles(), templates)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_variable_is_found_in_each_template(name: str, tmp_path: Path) -> None:
    text = (packaged("templates") / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(f"{text}\n{{{{ nobody.name }}}}\n")
    with pytest.raises(ConfigError, match=rf"{re.escape(name)}: line {text.count(chr(10)) + 2}: .*nobody"):
        made(name, tmp_path)


@pytest.mark.parametrize("name", ["wiki-index.md.j2", "wiki-index.wiki.j2"])
def test_a_template_of_ones_own_replaces_ours_and_still_escapes(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("Ours: {% for one in wiki.subjects %}{{ one.en }}{% endfor %}\n")
    page = next(iter(made(name, tmp_path).values()))
    assert "Ours:" in page and "alert" in page and "[[" not in page and "<script" not in page


def test_there_is_a_template_for_each_page_in_both_markups() -> None:
    kinds = {name.partition(".")[0] for name in NAMES}
    assert len(kinds) == 7 and {f"{kind}.{markup}.j2" for kind in kinds for markup in ("md", "wiki")} == set(NAMES)

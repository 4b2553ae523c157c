"""brief.md as other Markdown processors show it: links land, Arabic stands right to left, no HTML of an article gets through."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

NODE = Path(__file__).resolve().parents[1] / "node"
RUBY = """require "commonmarker"
STDOUT.write CommonMarker.render_html(STDIN.read.force_encoding("UTF-8"), [:UNSAFE], [:table, :autolink, :strikethrough])"""


def _python_markdown(text: str) -> str:
    from markdown import Markdown

    return Markdown(extensions=["md_in_html", "tables"]).convert(text)


def _run(*command: str) -> Callable[[str], str]:
    def convert(text: str) -> str:
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    return convert


def _has_commonmarker() -> bool:
    ruby = shutil.which("ruby")
    if ruby is None:
        return False
    return subprocess.run([ruby, "-rcommonmarker", "-e", ""], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module", params=["Python-Markdown", "markdown-it", "commonmarker"])
def shown(request: pytest.FixtureRequest, made: dict[str, bytes]) -> Any:
    """The brief's Markdown as the processor makes a tree of it."""
    convert: Callable[[str], str] = _python_markdown
    if request.param == "markdown-it":
        if shutil.which("node") is None or not (NODE / "node_modules").is_dir():
            pytest.skip("needs node, and what `npm ci` installs in tests/node")
        convert = _run("node", str(NODE / "convert.mjs"))
    if request.param == "commonmarker":
        if not _has_commonmarker():
            pytest.skip("needs ruby with commonmarker (Debian package ruby-commonmarker)")
        convert = _run("ruby", "-e", RUBY)
    return html.fromstring(f"<div>{convert(made['md'].decode())}</div>")


def test_inner_links_land_and_outer_ones_are_ours(shown: Any, made: dict[str, bytes]) -> None:
    ids, links = shown.xpath("//@id"), shown.xpath("//a/@href")
    assert len(ids) == len(set(ids))
    inner = {link[1:] for link in links if link.startswith("#")}
    assert inner and inner <= set(ids)
    assert {link for link in links if not link.startswith("#")} == set(
        html.fromstring(made["html"]).xpath("//a[not(starts-with(@href, '#'))]/@href")
    )


def test_arabic_blocks_hold_their_text(shown: Any, sample: Any) -> None:
    blocks = [" ".join(block.text_content().split()) for block in shown.xpath("//div[@dir='rtl'][@lang='ar']")]
    assert len(blocks) >= 16 and all(re.search("[ء-ي]", block) for block in blocks)
    for sentence in (sample.SPOKESMAN, sample.ADDED, sample.AGREED, sample.RENEWED, sample.STRIKE, sample.CROSSING):
        assert sentence in blocks


def test_no_markup_of_an_article_gets_through(shown: Any) -> None:
    ours = {"div", "h1", "h2", "h3", "h4", "h5", "p", "ul", "li", "a", "strong", "small", "span", "bdi", "code", "br"}
    tables = {"table", "thead", "tbody", "tr", "th", "td"}
    assert {one.tag for one in shown.iter() if isinstance(one.tag, str)} <= ours | tables
    assert not [name for name in shown.xpath("//@*/..") if {key for key in name.attrib if key.startswith("on") or key == "src"}]
    assert "<script>alert('x')</script>" in shown.text_content(), "it is shown as text"

"""The sample articles' brief published to a folder, as MkDocs makes a site of it: strict, every link lands, no script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from briefing.cli.main import main

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
SETTINGS = f"""
inputs = ["{SEEDS}"]
[paths]
store = "store.db"
[[publish]]
name = "site"
to = "folder"
path = "docs"
"""
SITE = """
site_name: Briefs
use_directory_urls: false
plugins: []
markdown_extensions: [md_in_html, tables]
validation: {anchors: warn, links: {not_found: warn, absolute_links: warn, unrecognized_links: warn}}
"""


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main([*arguments])
    return int(end.value.code or 0)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs", reason="needs mkdocs")
    folder = tmp_path_factory.mktemp("site")
    (folder / "briefing.toml").write_text(SETTINGS)
    (folder / "mkdocs.yml").write_text(SITE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for week in ("2024-W45", "2024-W46"):
            assert run("build", "--week", week, "--engine", "gloss", "--format", "md,json", "-q") in (0, 3)
            assert run("publish", "--week", week) == 0
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_every_link_lands_on_a_page_and_an_anchor(site: Path) -> None:
    ids = {page: set(html.parse(str(page)).xpath("//@id")) for page in site.rglob("*.html")}
    checked = 0
    for page in ids:
        for link in html.parse(str(page)).xpath("//div[@role='main']//a/@href"):
            path, _, anchor = unquote(link).partition("#")
            if ":" in path:
                continue
            there = (page.parent / path).resolve() if path else page
            assert there in ids, f"{page} links to {link}"
            assert not anchor or anchor in ids[there], f"{page} links to {link}"
            checked += 1
    assert checked > 500 and len(ids) > 30


def test_both_directions_and_no_script_of_ours(site: Path) -> None:
    for page in (*site.glob("people/*.html"), *site.glob("weeks/*.html"), *site.glob("commitments/*.html")):
        (body,) = html.parse(str(page)).xpath("//div[@role='main']")
        assert not body.xpath(".//script | .//img | .//iframe")
        assert page.name == "index.html" or body.xpath(".//div[@dir='rtl'][@lang='ar']"), page

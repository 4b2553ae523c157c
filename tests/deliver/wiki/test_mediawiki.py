"""Pages in a real MediaWiki, on SQLite behind PHP's own server: made, kept up to date, never over an edit of somebody else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html

from briefing.deliver.wiki.mediawiki_client import MediaWiki
from briefing.deliver.wiki.mediawiki_target import PASSWORD, _saved, publish
from briefing.deliver.wiki.settings import Publish
from briefing.errors import BriefingError, ConfigError, OutputError
from tests.deliver.wiki.told import brief, counts, order, sample

pytestmark = pytest.mark.slow

PLACES = (Path(__file__).resolve().parents[3] / ".mediawiki/usr/share/mediawiki", Path("/usr/share/mediawiki"))
HOME = next((place for place in PLACES if (place / "maintenance/install.php").is_file()), None)
SECRET, RIVAL_SECRET = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
OLD, NEW = sample()


@dataclass(frozen=True, slots=True)
class Site:
    """A wiki that runs: its address, and its folder of settings and data."""

    url: str
    folder: Path

    def maintain(self, script: str, *arguments: str, input: str = "") -> None:
        environment = {**os.environ, "MW_CONFIG_FILE": str(self.folder / "LocalSettings.php")}
        command = ["php", f"{HOME}/maintenance/{script}", *arguments]
        subprocess.run(command, env=environment, input=input, text=True, check=True, capture_output=True, timeout=100)

    def edited(self, title: str, text: str) -> None:
        """An edit by somebody else."""
        self.maintain("edit.php", "--user", "Rival", title, input=text)

    def shown(self, title: str) -> Any:
        answer = httpx.post(
            self.url, data={"action": "parse", "page": title, "format": "json", "formatversion": "2", "prop": "text"}
        )
        return html.fromstring(answer.json()["parse"]["text"])

    def text(self, title: str) -> str:
        with MediaWiki(self.url, time.sleep, 0) as client:
            return client.pages([title])[title].text


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if shutil.which("php") is None or HOME is None:
        pytest.skip("needs php with sqlite3 and MediaWiki, which `make test-all` installs on Debian")
    folder = tmp_path_factory.mktemp("wiki")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    found = Site(f"http://{address}/api.php", folder)
    install = [
        "--dbtype",
        "sqlite",
        "--dbpath",
        str(folder),
        "--dbname",
        "wiki",
        "--server",
        f"http://{address}",
        "--scriptpath",
        "",
    ]
    found.maintain("install.php", *install, "--confpath", str(folder), "--pass", "a long word for a test 1", "Test wiki", "Desk")
    found.maintain("createAndPromote.php", "Rival", "another long word 2")
    found.maintain(
        "createBotPassword.php", "--appid", "briefing", "--grants", "basic,editpage,createeditmovepage", "Desk", SECRET
    )
    environment = {**os.environ, "MW_CONFIG_FILE": str(folder / "LocalSettings.php")}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(["php", "-S", address, "-t", str(HOME)], env=environment, stdout=quiet, stderr=quiet)
    try:
        _await(found.url)
        yield found
    finally:
        server.terminate()
        server.wait(10)


def _await(url: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(httpx.HTTPError):
            httpx.get(url, timeout=20)
            return
        time.sleep(0.1)
    pytest.fail("MediaWiki does not answer")


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, SECRET)


def settings(site: Site, prefix: str) -> Publish:
    return Publish(name="m", to="mediawiki", url=site.url, user="Desk@briefing", prefix=prefix, retries=1)


def test_pages_are_made_updated_and_left_alone(site: Site, tmp_path: Path) -> None:
    table = settings(site, "Weekly")
    dry = publish(order(table, [OLD], tmp_path, dry=True)).changes
    made = publish(order(table, [OLD], tmp_path)).changes
    assert made == dry and counts(made)[0] > 4 and counts(made)[1:] == (0, 0, 0)
    again = publish(order(table, [OLD], tmp_path)).changes
    assert not again.anything and set(again.unchanged) == set(made.created)
    later = publish(order(table, [OLD, NEW], tmp_path)).changes
    assert later.created and "Weekly" in later.updated and not later.conflicts
    assert not publish(order(table, [OLD, NEW], tmp_path)).changes.anything


def test_article_text_reaches_the_page_as_text(site: Site, tmp_path: Path) -> None:
    made = publish(order(settings(site, "Hostile"), [OLD, NEW], tmp_path)).changes
    ours = {"div", "p", "span", "a", "b", "small", "bdi", "ul", "li", "h2", "h3", "input", "label"}
    for title in made.created:
        tree = site.shown(title)
        assert {one.tag for one in tree.iter() if isinstance(one.tag, str)} <= ours, title
        assert not [key for one in tree.iter() for key in one.attrib if key.startswith("on") or key == "src"]
        assert not tree.xpath("//a[contains(@class, 'external')]") and not tree.xpath("//a[contains(@href, 'evil')]")
    person = site.shown(next(title for title in made.created if title.startswith("Hostile/Person/text-")))
    text = person.text_content()
    for raw in ("<script>alert(1)</script>", "[[صفحة|اسم]]", "{{subst:قالب}}", "~~~~", "__NOTOC__", "''غامق''"):
        assert raw in text
    assert person.xpath("//div[@dir='rtl'][@lang='ar']")


def test_links_lead_to_items(site: Site, tmp_path: Path) -> None:
    made = publish(order(settings(site, "Linked"), [OLD, NEW], tmp_path)).changes.created
    trees = {title.replace(" ", "_"): site.shown(title) for title in made}
    links = [link.rpartition("/index.php/")[2] for tree in trees.values() for link in tree.xpath("//a/@href") if "Linked" in link]
    assert len(links) > 30
    for link in links:
        title, _, anchor = link.partition("#")
        assert not anchor or trees[title].xpath("//*[@id=$id]", id=anchor), link


def test_an_edited_page_is_left_and_named(site: Site, tmp_path: Path) -> None:
    table = settings(site, "Edited")
    publish(order(table, [OLD], tmp_path))
    site.edited("Edited/Commitments", "By a person.")
    found = publish(order(table, [OLD, NEW], tmp_path)).changes
    assert found.conflicts == ("Edited/Commitments",) and site.text("Edited/Commitments") == "By a person."


def test_an_edit_that_came_between_is_never_written_over(site: Site, tmp_path: Path) -> None:
    table = settings(site, "Raced")
    made = publish(order(table, [OLD], tmp_path)).changes.created
    with MediaWiki(site.url, time.sleep, 0) as client:
        client.login("Desk@briefing", SECRET)
        read = client.pages(["Raced", "Raced/Commitments", "Raced/new"])
        assert set(read) == {"Raced", "Raced/Commitments"} and "Raced" in made
        site.edited("Raced", "By a person.")
        site.edited("Raced/new", "By a person too.")
        assert not client.edit("Raced", "ours", "x", read["Raced"])
        assert not client.edit("Raced/new", "ours", "x", None)
        for title in ("Raced", "Raced/new"):
            assert not _saved(client, order(table, [OLD], tmp_path), title, {title: "ours"}, read.get(title))
        assert client.edit("Raced/Commitments", "ours", "x", read["Raced/Commitments"])
        assert not client.edit("Raced/Commitments", "of a second run", "x", read["Raced/Commitments"])
    assert (site.text("Raced"), site.text("Raced/new")) == ("By a person.", "By a person too.")


def test_weeks_that_the_store_lost_and_pages_no_longer_made_are_named(site: Site, tmp_path: Path) -> None:
    table = settings(site, "Lost")
    publish(order(table, [OLD, NEW], tmp_path))
    with pytest.raises(OutputError, match="2024-W45"):
        publish(order(table, [NEW], tmp_path))
    done = publish(order(table, [OLD, brief("2024-W46")], tmp_path))
    assert any("Lost/Person/text-" in note and "no longer made" in note for note in done.notes)
    assert not publish(order(table, [OLD, brief("2024-W46")], tmp_path)).notes
    assert publish(order(table, [NEW], tmp_path, drop=True)).changes.updated


def test_a_wrong_password_is_said_without_it(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, RIVAL_SECRET)
    with pytest.raises(OutputError, match="does not let Desk@briefing in") as error:
        publish(order(settings(site, "Refused"), [OLD], tmp_path))
    assert RIVAL_SECRET not in str(error.value) and RIVAL_SECRET not in repr(error.value.__cause__)
    monkeypatch.delenv(PASSWORD)
    with pytest.raises(ConfigError, match="there is no password"):
        publish(order(settings(site, "Refused"), [OLD], tmp_path))


def test_an_address_that_is_no_api_is_said_so(site: Site, tmp_path: Path) -> None:
    for url in (site.url.replace("api.php", "index.php"), "http://127.0.0.1:1/api.php"):
        with pytest.raises(BriefingError, match=r"is no API of MediaWiki|does not answer"):
            publish(order(Publish(name="m", to="mediawiki", url=url, user="Desk@briefing"), [OLD], tmp_path))

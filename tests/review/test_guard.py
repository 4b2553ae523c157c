"""Who is let in: one browser with the token, at the printed address, and writes from the page itself alone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.review.guard import ENTER, LARGEST, PASS, Request, Secrets, judged
from tests.review.conftest import SHELLING, STATION, Site, built, put, reviewing, rows

KNOWN = Secrets("the-token", "the-session", "the-form", "the-place")
INSIDE = {"host": "127.0.0.1:8021", "cookie": "review=the-session"}
FORM = {**INSIDE, "origin": "http://127.0.0.1:8021", "sec-fetch-site": "same-origin"}


@pytest.mark.parametrize(
    ("request_", "verdict"),
    [
        (Request("GET", "/", "token=the-token", {"host": "127.0.0.1:8021"}), ENTER),
        (Request("GET", "/", "token=the-token", {"host": "localhost:8021"}), ENTER),
        (Request("GET", "/the-place/", "", INSIDE), PASS),
        (Request("POST", "/the-place/item/S1", "", FORM), PASS),
        (Request("POST", "/the-place/item/S1", "", {**FORM, "host": "localhost:8021", "origin": "http://localhost:8021"}), PASS),
    ],
)
def test_the_page_and_its_forms_pass(request_: Request, verdict: str) -> None:
    assert judged(request_, 8021, KNOWN) == verdict


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/", "", {"host": "127.0.0.1:8021"}),
        Request("GET", "/", "token=another", {"host": "127.0.0.1:8021"}),
        Request("GET", "/", "token=", {"host": "127.0.0.1:8021"}),
        Request("GET", "/", "token=another&token=the-token", {"host": "127.0.0.1:8021"}),
        Request("POST", "/", "token=the-token", {"host": "127.0.0.1:8021"}),
        Request("GET", "/", "token=the-token", {"host": "rebound.example:8021"}),
        Request("GET", "/", "token=the-token", {"host": "127.0.0.1"}),
        Request("GET", "/", "token=the-token", {"host": "127.0.0.1:8021, 127.0.0.1:8021"}),
        Request("GET", "/", "token=the-token", {}),
        Request("GET", "/the-place/", "token=the-token", {"host": "127.0.0.1:8021"}),
        Request("GET", "/the-place/", "", {**INSIDE, "host": "rebound.example"}),
        Request("GET", "/the-place/", "", {**INSIDE, "cookie": "review=another"}),
        Request("GET", "/the-place/", "", {**INSIDE, "cookie": "review=\u0633"}),
        Request("GET", "/another-place/", "", INSIDE),
        Request("GET", "/the-place", "", INSIDE),
        Request("POST", "/the-place/item/S1", "", INSIDE),
        Request("POST", "/the-place/item/S1", "", {**FORM, "origin": "http://127.0.0.1:9000"}),
        Request("POST", "/the-place/item/S1", "", {**FORM, "origin": "http://localhost:8021"}),
        Request("POST", "/the-place/item/S1", "", {**FORM, "origin": "null"}),
        Request("POST", "/the-place/item/S1", "", {**FORM, "sec-fetch-site": "same-site"}),
        Request("DELETE", "/the-place/item/S1", "", INSIDE),
    ],
)
def test_everything_else_is_refused(request_: Request) -> None:
    assert judged(request_, 8021, KNOWN) not in (ENTER, PASS)


@given(st.sampled_from(("GET", "POST", "PUT")), st.text(), st.text(), st.dictionaries(st.sampled_from(sorted(FORM)), st.text()))
def test_nothing_gets_in_without_a_secret(method: str, path: str, query: str, headers: dict[str, str]) -> None:
    told = path + query + "".join(headers.values())
    if judged(Request(method, path, query, headers), 8021, KNOWN) in (ENTER, PASS):
        assert "the-token" in told or "the-session" in told


def test_secrets_of_two_runs_are_not_the_same() -> None:
    one, two = Secrets(), Secrets()
    values = {one.token, one.session, one.form, one.place, two.token, two.session, two.form, two.place}
    assert len(values) == 8 and min(map(len, values)) >= 16


# ---------------------------------------------------------------- a server that runs


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    news = tmp_path_factory.mktemp("guard") / "news"
    news.mkdir()
    (news / "station.txt").write_text(STATION, encoding="utf-8")
    (news / "shelling.txt").write_text(SHELLING, encoding="utf-8")
    put(news, built(news))
    return news


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    with reviewing(folder) as running:
        yield running


def test_a_browser_with_the_token_sees_the_page_and_one_without_nothing_of_it(site: Site) -> None:
    home, cookie = site.entered()
    status, headers, text = site.ask("GET", home, Cookie=cookie)
    assert status == 200 and "0 of 3" in text
    for refused in (site.ask("GET", home), site.ask("GET", "/"), site.ask("GET", home, Cookie=cookie, Host="rebound.example")):
        assert refused[0] == 403 and "of 3" not in refused[2]
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy
    assert (headers["cache-control"], headers["x-frame-options"]) == ("no-store", "DENY")
    assert "server" not in headers


def test_the_cookie_is_for_no_script_no_other_site_and_no_other_path(site: Site) -> None:
    _, headers, _ = site.ask("GET", f"/?token={site.token}")
    said = headers["set-cookie"].lower()
    assert "httponly" in said and "samesite=strict" in said and re.search("path=/[^;]{16,}/", said)
    assert site.token not in headers["set-cookie"], "what is printed and what the browser keeps are two"


def test_a_page_has_no_script_or_style_of_its_own_and_the_files_it_names_are_there(site: Site) -> None:
    home, cookie = site.entered()
    _, _, text = site.ask("GET", home, Cookie=cookie)
    item = re.search(r'href="([^"]+/item/S1[^"]+)"', text)
    assert item is not None
    for page in (text, site.ask("GET", item[1], Cookie=cookie)[2]):
        assert re.findall(r"<script[^>]*>([^<]+)", page) == [] and "<style" not in page
        assert re.findall(r"\son[a-z]+=", page) == [] and "style=" not in page
        for address in re.findall(r'(?:src|rel="stylesheet" href)="([^"]+)"', page):
            status, headers, _ = site.ask("GET", address, Cookie=cookie)
            assert status == 200 and headers["content-type"].startswith(("text/css", "text/javascript"))
    assert site.ask("GET", home + "asset/../../pyproject.toml", Cookie=cookie)[0] in (403, 404)
    assert site.ask("GET", home + "asset/page.html.j2", Cookie=cookie)[0] == 404


def test_a_write_needs_origin_and_form_value_and_has_a_limit(site: Site, folder: Path) -> None:
    home, cookie = site.entered()
    _, _, text = site.ask("GET", home, Cookie=cookie)
    path = re.search(r'href="([^"]+/item/S1[^"]+)"', text)[1]  # type: ignore[index]
    secret = re.search(r'name="csrf" value="([^"]+)"', site.ask("GET", path, Cookie=cookie)[2])[1]  # type: ignore[index]
    own = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{site.port}"}
    good = urlencode({"csrf": secret, "act": "accept", "expected": "0"})
    assert site.ask("POST", path, good, Cookie=cookie)[0] == 403
    assert site.ask("POST", path, good, Cookie=cookie, Origin="http://127.0.0.1:1")[0] == 403
    assert site.ask("POST", path, urlencode({"csrf": "guessed", "act": "accept"}), **own)[0] == 403
    assert site.ask("POST", path, "act=accept", **own)[0] == 403
    assert site.ask("POST", path, good + "&reason=" + "x" * LARGEST, **own)[0] == 413
    assert site.ask("POST", path, "&".join(f"f{n}=1" for n in range(500)), **own)[0] == 400
    assert site.ask("POST", path, urlencode({"csrf": secret, "act": "format"}), **own)[0] == 400
    assert site.ask("POST", path, urlencode({"csrf": secret, "act": "reject", "expected": "0"}), **own)[0] == 400
    assert site.ask("DELETE", path, **own)[0] == 405
    assert rows(folder) == ()
    assert site.ask("POST", path, good, **own)[0] == 303
    assert [row.value for row in rows(folder)] == ["accept"]


def test_nothing_secret_is_logged(site: Site) -> None:
    home, cookie = site.entered()
    site.ask("GET", home, Cookie=cookie)
    said = site.log.read_text()
    assert site.token not in said and cookie.partition("=")[2] not in said and home not in said


@pytest.mark.slow
def test_a_browser_is_led_there_by_a_file_that_only_the_user_reads_so_that_no_list_of_programs_shows_the_token(
    folder: Path,
) -> None:
    seen, script = folder.parent / "seen", folder.parent / "browser.sh"
    file = '"${1#file://}"'
    script.write_text(f'#!/bin/sh\n(echo "$1"; stat -c %a {file}; cat {file}) > {seen}.new\nmv {seen}.new {seen}\n')
    script.chmod(0o755)
    with reviewing(folder, browser=f"{script} %s") as site:
        waited = time.monotonic()
        while not seen.exists() and time.monotonic() - waited < 20:
            time.sleep(0.05)
        address, mode, page = seen.read_text().split("\n", 2)
        assert site.token not in address and mode == "600" and site.address in page
        opened = Path(address.removeprefix("file://"))
        assert opened.exists()
    assert not opened.exists(), "it goes when the review ends"

"""Fetching one URL from a real server: redirects, addresses, sizes, times, robots.txt, and asking again."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import Fetch
from briefing.ingest.addresses import Address, anything, parsed, public
from briefing.ingest.failures import FetchFailed
from briefing.ingest.fetch import Answer, Fetcher, Validators, World, retry_after
from briefing.ingest.robots import parse as robots
from tests.ingest.site import ADDRESS, Reply, Site, Still, packed, page, site

QUICK = Fetch(delay=0, retries=0, connect_timeout=2, read_timeout=2, timeout=3, megabytes=1)


def here_or_public(address: Address) -> bool:
    """The rule for the internet, with the test site on it."""
    return address == ipaddress.ip_address(ADDRESS) or public(address)


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as server:
        yield server


def got(url: str, settings: Fetch = QUICK, before: Validators | None = None, still: Still | None = None) -> Answer:
    still = still or Still()
    return asyncio.run(Fetcher(settings, still.world(here_or_public)).get(url, before))


def failure(url: str, settings: Fetch = QUICK, still: Still | None = None) -> FetchFailed:
    with pytest.raises(FetchFailed) as error:
        got(url, settings, still=still)
    assert error.value.next_step
    return error.value


# ---------------------------------------------------------------- an answer


def test_a_page_is_had_with_our_name_and_its_headers(web: Site) -> None:
    web.replies["/a?b=1"] = page("الحديقة")
    answer = got(web.url("/a?b=1#part", "news.example"), replace(QUICK, user_agent="desk (mail@example.org)"))
    assert (answer.status, answer.url, answer.headers["content-type"]) == (200, web.url("/a?b=1", "news.example"), "text/html")
    assert "الحديقة" in answer.body.decode()
    asked = web.asked[-1]
    assert asked.headers["user-agent"] == "desk (mail@example.org)"
    assert asked.headers["host"] == f"news.example:{web.server_address[1]}"
    assert "if-none-match" not in asked.headers and "cookie" not in asked.headers


def test_a_name_in_arabic_letters_is_asked_for_in_its_ascii_form(web: Site) -> None:
    still = Still()
    web.replies["/%D8%AE"] = page("خبر")
    assert got(web.url("/خ", "مثال.example"), still=still).status == 200
    assert still.looked_up[-1] == "xn--mgbh0fb.example" == web.asked[-1].headers["host"].partition(":")[0]


def test_what_has_not_changed_is_not_sent_again(web: Site) -> None:
    web.replies["/a"] = lambda asked: Reply(status=304) if asked.headers.get("if-none-match") == '"v1"' else page("x")
    answer = got(web.url("/a"), before=Validators(web.url("/a"), '"v1"', "Tue, 12 Nov 2024 06:00:00 GMT"))
    assert (answer.status, answer.body) == (304, b"")
    assert web.asked[-1].headers["if-modified-since"] == "Tue, 12 Nov 2024 06:00:00 GMT"


def test_validators_go_only_to_the_address_that_gave_them(web: Site) -> None:
    web.replies |= {"/old": Reply(status=301, headers={"Location": "/new"}), "/new": page("x")}
    got(web.url("/old"), before=Validators(web.url("/new"), '"v1"'))
    old, new = web.asked[-2:]
    assert ("if-none-match" in old.headers, new.headers.get("if-none-match")) == (False, '"v1"')


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_a_packed_answer_is_unpacked(web: Site, encoding: str) -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two")  # two members are one file
    web.replies["/a"] = Reply(body, headers={"Content-Encoding": encoding})
    assert got(web.url("/a")).body == b"one two"


# ---------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(b"x" * (1024 * 1024 + 1)), "is larger than 1 MB"),
        (packed(Reply(b"\0" * (50 * 1024 * 1024))), "is larger than 1 MB"),
        (Reply(gzip.compress(b"\0" * 1024 * 1024 + b"x"), headers={"Content-Encoding": "gzip"}), "is larger than 1 MB"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "is damaged"),
        (Reply(gzip.compress(b"x" * 5000)[:-9], headers={"Content-Encoding": "gzip"}), "broke off"),
        (Reply(b"x", headers={"Content-Encoding": "br"}), "is packed as 'br'"),
        (Reply(b"half", cut=True), "broke off"),
        (Reply(status=404), "the server answers 404"),
        (Reply(status=204), "the server answers 204"),
        (Reply(status=302), "the server answers 302"),
    ],
)
def test_an_answer_that_is_none_is_refused(web: Site, reply: Reply, message: str) -> None:
    web.replies["/a"] = reply
    assert message in failure(web.url("/a")).message


def test_the_limit_itself_is_allowed(web: Site) -> None:
    web.replies["/a"] = packed(Reply(b"x" * 1024 * 1024))
    assert len(got(web.url("/a")).body) == 1024 * 1024


@pytest.mark.slow
def test_a_body_that_drips_and_one_that_stalls_end_in_time(web: Site) -> None:
    web.replies |= {"/drip": Reply(b"x" * 1000, pause=0.1), "/stall": Reply(b"x", pause=30)}
    start = time.monotonic()
    drip = failure(web.url("/drip"), replace(QUICK, timeout=0.4))
    stall = failure(web.url("/stall"), replace(QUICK, read_timeout=0.4))
    assert "has not answered in full within 0.4 seconds" in drip.message
    assert "was silent for 0.4 seconds" in stall.message
    assert (drip.passing, stall.passing, time.monotonic() - start < 3) == (True, True, True)


def test_a_server_that_is_not_there_is_said() -> None:
    with site() as gone:
        url = gone.url("/a")
    assert "cannot be reached" in failure(url).message


def test_the_next_address_is_tried_when_the_first_does_not_answer(web: Site) -> None:
    web.replies["/a"] = page("x")
    still = Still(["127.0.0.3", ADDRESS])
    world = still.world(anything)
    assert asyncio.run(Fetcher(QUICK, world).get(web.url("/a", "news.example"))).status == 200


# ---------------------------------------------------------------- addresses and redirects


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://2130706433/",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "gopher://127.0.0.1/",
        "//192.168.1.1/a",
        "http://user:word@127.0.0.2/",
        "http://[::1",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fe80::1]/",
    ],
)
def test_a_redirect_into_the_network_is_not_followed(web: Site, location: str) -> None:
    web.replies["/a"] = Reply(status=302, headers={"Location": location})
    error = failure(web.url("/a"), replace(QUICK, retries=2))
    assert "may not be fetched" in error.message or "not one of the public internet" in error.message
    assert web.paths() == ["/a"]  # nothing was asked after it, and nothing a second time


def test_a_name_for_an_inner_address_is_refused_even_when_another_of_its_addresses_is_public(web: Site) -> None:
    web.replies["/a"] = page("x")
    error = failure(web.url("/a", "inner.example"), still=Still([ADDRESS, "127.0.0.1"]))
    assert "inner.example has the address 127.0.0.1" in error.message
    assert "allow_private" in error.next_step
    assert web.asked == []


def test_a_name_is_looked_up_once_for_a_request_so_that_a_second_answer_cannot_swap_the_address(web: Site) -> None:
    web.replies["/a"] = page("x")
    still = Still()
    world = still.world(here_or_public)

    async def rebinding(host: str, port: int) -> list[str]:
        first = still.looked_up.count(host) < 2  # once for robots.txt, once for the page
        still.looked_up.append(host)
        return [ADDRESS] if first else ["127.0.0.1"]

    answer = asyncio.run(Fetcher(QUICK, replace(world, resolve=rebinding)).get(web.url("/a", "swap.example")))
    assert (answer.status, still.looked_up) == (200, ["swap.example", "swap.example"])


def test_the_rule_holds_without_a_test_world() -> None:
    with pytest.raises(FetchFailed, match="not one of the public internet"):
        asyncio.run(Fetcher(QUICK).get("http://localhost:9/"))
    with pytest.raises(FetchFailed, match="cannot be reached"):
        asyncio.run(Fetcher(replace(QUICK, allow_private=True)).get("http://localhost:9/"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1", False), ("fc00::1", False),
        ("fec0::1", False), ("ff02::1", False), ("::ffff:10.0.0.1", False), ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d822", True),
    ],
)  # fmt: skip
def test_public_addresses_are_told_from_the_others(text: str, expected: bool) -> None:
    assert public(ipaddress.ip_address(text)) is expected


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_does_not_change_the_verdict(address: ipaddress.IPv4Address) -> None:
    wrapped = [f"::ffff:{address}", str(ipaddress.IPv6Address((0x64FF9B << 96) | int(address)))]
    assert {public(ipaddress.ip_address(text)) for text in wrapped} == {public(address)}


@given(st.text(max_size=40) | st.text(max_size=30).map("http://".__add__))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        assert parsed(text).scheme in ("http", "https")
    except FetchFailed as error:
        assert error.message


def test_redirects_are_followed_a_few_times_and_circles_end(web: Site) -> None:
    for n in range(5):
        web.replies[f"/{n}"] = Reply(status=(301, 302, 303, 307, 308)[n], headers={"Location": f"{n + 1}"})
    web.replies["/5"] = page("x")
    assert got(web.url("/0")).url == web.url("/5")
    web.replies["/5"] = Reply(status=302, headers={"Location": "/0"})
    web.asked.clear()
    assert "redirected more than 5 times" in failure(web.url("/0")).message
    assert len(web.paths()) == 6


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate, and is not installed")
def test_a_certificate_is_checked_for_the_name_though_the_connection_goes_to_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=news.example"
    names = ["-addext", "subjectAltName=DNS:news.example", "-keyout", key, "-out", certificate]
    subprocess.run([*made.split(), *names], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with site(tls) as web:
        web.replies["/a"] = page("x")
        url = web.url("/a", "news.example").replace("http:", "https:")
        assert "CERTIFICATE_VERIFY_FAILED" in failure(url).message  # nobody has signed it
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert got(url).status == 200
        assert "Hostname mismatch" in failure(url.replace("news.", "other.")).message


# ---------------------------------------------------------------- patience and politeness


def test_a_server_that_is_busy_is_asked_again_when_it_says(web: Site) -> None:
    busy = Reply(status=429, headers={"Retry-After": "7"})
    dated = Reply(status=503, headers={"Retry-After": "Mon, 18 Nov 2024 06:00:11 GMT"})
    web.replies["/a"] = [busy, dated, Reply(status=500), page("x")]
    still = Still()
    assert got(web.url("/a"), replace(QUICK, retries=3), still=still).status == 200
    assert still.slept == [7, 11, 4]  # the third failure says nothing: 2 ** 2


def test_a_server_that_asks_for_an_hour_is_left_alone(web: Site) -> None:
    web.replies["/a"] = Reply(status=429, headers={"Retry-After": "3600"})
    still = Still()
    error = failure(web.url("/a"), replace(QUICK, retries=3), still)
    assert "429 and asks to wait 3600 seconds" in error.message
    assert (len(web.paths()), still.slept) == (1, [])


def test_only_failures_that_may_pass_are_tried_again(web: Site) -> None:
    web.replies |= {"/gone": Reply(status=410), "/down": Reply(status=502)}
    assert failure(web.url("/gone"), replace(QUICK, retries=2)).status == 410
    assert failure(web.url("/down"), replace(QUICK, retries=2)).status == 502
    assert web.paths() == ["/gone", "/down", "/down", "/down"]


@given(st.text(max_size=30) | st.integers().map(str))
def test_anyretry_after_is_seconds_or_nothing(value: str) -> None:
    wait = retry_after(value, World().clock())
    assert wait is None or wait >= 0


def test_a_host_is_asked_one_at_a_time_with_a_pause(web: Site) -> None:
    web.replies |= {f"/{n}": page(str(n)) for n in range(3)}
    web.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 5")
    still = Still()

    async def all_at_once() -> None:
        fetcher = Fetcher(replace(QUICK, delay=2), still.world(here_or_public))
        await asyncio.gather(*(fetcher.get(web.url(f"/{n}")) for n in range(3)))

    asyncio.run(all_at_once())
    assert [a.path for a in web.asked].count("/robots.txt") == 1
    assert [round(seconds) for seconds in still.slept] == [5, 5, 5]


def test_what_robots_txt_forbids_is_not_asked_for(web: Site) -> None:
    web.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private/\n")
    web.replies |= {"/a": page("x"), "/to": Reply(status=302, headers={"Location": "/private/b"})}
    assert got(web.url("/a")).status == 200
    for path in ("/private/b", "/to"):
        assert "robots.txt does not allow it" in failure(web.url(path)).message
    assert web.paths() == ["/a", "/to"]


def test_a_robots_txt_that_cannot_be_read_forbids_everything_and_one_that_is_not_there_nothing(web: Site) -> None:
    web.replies |= {"/a": page("x"), "/robots.txt": Reply(status=500)}
    error = failure(web.url("/a"))
    assert "robots.txt cannot be read: the server answers 500" in error.message
    assert web.paths() == []
    web.replies["/robots.txt"] = Reply(status=403)
    assert got(web.url("/a")).status == 200


RULES = """
User-agent: other
User-agent: Monday-Brief
Disallow: /
Allow: /news/
Disallow: /news/*?print=
Disallow: /*.pdf$
Allow: /%D8%A7

User-agent: *
Disallow: /
Crawl-delay: 3
"""


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("monday-brief/1.0 (x)", "/", False),
        ("monday-brief/1.0 (x)", "/news/a", True),  # the longest rule, not the first
        ("monday-brief", "/news/a?print=1", False),
        ("monday-brief", "/news/a.pdf", False),
        ("monday-brief", "/news/a.pdf?x", True),
        ("monday-brief", "/newsletter.pdf", False),
        ("monday-brief", "/ا/x", True),
        ("monday-brief", "/robots.txt", True),
        ("monday", "/news/a", False),
        ("", "/news/a", False),
    ],
)
def test_robots_txt_is_read_as_its_rfc_says(agent: str, path: str, allowed: bool) -> None:
    assert robots(RULES, agent).allows(path) is allowed


def test_a_crawl_delay_is_that_of_the_group() -> None:
    assert (robots(RULES, "monday-brief").delay, robots(RULES, "x").delay, robots("", "x").allows("/")) == (0, 3, True)


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_text_is_a_robots_txt(text: str, path: str) -> None:
    assert robots(f"User-agent: *\n{text}", "x").allows("/" + path) in (True, False)


def test_a_pattern_of_many_wildcards_takes_no_time() -> None:
    start = time.monotonic()
    assert robots("User-agent: *\nDisallow: /" + "*a" * 500 + "$", "x").allows("/" + "a" * 5000 + "b")
    assert time.monotonic() - start < 1

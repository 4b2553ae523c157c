"""Mail addresses: what is one, what becomes of its domain, and that none carries a header with it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.deliver.addresses import address
from briefing.deliver.mail_settings import Mail
from briefing.deliver.recipients import recipients
from briefing.errors import UsageError


@pytest.mark.parametrize(
    ("text", "name", "spec"),
    [
        ("a@example.org", "", "a@example.org"),
        ("  The Desk <a.b+c@Example.ORG> ", "The Desk", "a.b+c@example.org"),
        ('"Desk, The" <a@example.org>', "Desk, The", "a@example.org"),
        ("مكتب الأخبار <a@مثال.إختبار>", "مكتب الأخبار", "a@xn--mgbh0fb.xn--kgbechtv"),
        ("a@bücher.example", "", "a@xn--bcher-kva.example"),
        ("خبر@example.org", "", "خبر@example.org"),
        ("root@localhost", "", "root@localhost"),
    ],
)
def test_an_address_is_read(text: str, name: str, spec: str) -> None:
    found = address(text)
    assert (found.name, found.spec, found.plain) == (name, spec, spec.isascii())


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "a@", "@b", "a@b..org", "a b@c.org", "a@b.org, c@d.org", "desk: a@b.org;", "a@[127.0.0.1]",
        "a@-b.org", "a@b_c.org", "<a@b.org", "((((((",
        "a@b.org\r\nBcc: c@d.org", "a\n@b.org", "a@b.org\x00", "\u202ea@b.org", "Desk\u2066 <a@b.org>", "a" * 65 + "@b.org",
        "a@" + ".".join(["b" * 60] * 5), "=?utf-8?q?a=0Ab?= <a@b.org>", "a@b.org <c@d.org>", "a@" + "b" * 64 + ".org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_said(text: str) -> None:
    with pytest.raises(UsageError, match=r"(?s)mail address|is no domain"):
        address(text)


@given(st.text(max_size=60) | st.builds("{}@{}".format, st.text(max_size=20), st.text(max_size=20)))
@example("\udc80@b.org")
@example("a@b.org\u2028Bcc: c@d.org")
def test_any_text_is_an_address_without_controls_or_an_error(text: str) -> None:
    try:
        found = address(text)
    except UsageError:
        return
    assert all(32 <= ord(letter) != 127 for letter in found.name + found.spec)
    assert found.domain.isascii() and found.domain == found.domain.lower()
    assert address(found.spec).spec == found.spec


MAIL = Mail(to=("desk",), lists={"desk": ("a@x.example", "B <b@x.example>"), "none": (), "more": ("A@X.example", "c@x.example")})


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ((), ["a@x.example", "b@x.example"]),
        (("more", "desk"), ["A@x.example", "c@x.example", "b@x.example"]),
        (("z@x.example",), ["z@x.example"]),
    ],
)
def test_lists_and_addresses_come_once_each_in_order(wanted: tuple[str, ...], found: list[str]) -> None:
    assert [one.spec for one in recipients(MAIL, wanted)] == found


@pytest.mark.parametrize(
    ("mail", "wanted", "said"),
    [
        (Mail(), (), "nobody to send to"),
        (MAIL, ("none",), "'none' is empty"),
        (MAIL, ("dsk",), "no list\n  Lists are: desk, none, more"),
        (Mail(), ("desk",), "There is no list"),
        (MAIL, ("a@",), "no mail address"),
    ],
)
def test_nobody_to_send_to_is_an_error(mail: Mail, wanted: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        recipients(mail, wanted)

"""What a mail says: highlights and counts, both directions, and nothing of an article as markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefing.config import Config
from briefing.deliver.addresses import address
from briefing.deliver.built import built
from briefing.deliver.letters import content, stock
from briefing.deliver.mail_settings import Mail
from briefing.deliver.planning import Parcel
from briefing.deliver.sending import drafts
from briefing.errors import ConfigError, InputError
from briefing.store.briefs import KeptBrief
from briefing.store.deliveries import Delivery
from tests.deliver.a_brief import highlight, item, put, sentence, tree
from tests.deliver.mail_server import read

MOMENT = datetime(2024, 11, 18, 6, 5, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) & "quoted" \u202eabc {{ 7 * 7 }}'
SAID = item("S1", "Minister: The bridge will open.", "قال الوزير إن الجسر سيفتح.")


def drafted(folder: Path, content: dict[str, Any], pdf: int | None = 2000, **settings: Any) -> tuple[EmailMessage, bytes]:
    """The one message for this brief."""
    put(folder, content, pdf=pdf)
    mail = Mail(sender="Monday brief <brief@x.example>", **settings)
    config = replace(Config(base=folder, mail=mail), paths=replace(Config().paths, store="store.db"))
    found = drafts(built(config, "2024-W46", MOMENT.date()), config, (address("a@x.example"),), MOMENT)
    return read(found[0][1]), found[0][1]


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    text: str = part.get_content().replace("\r\n", "\n")
    return text


class _Tags(HTMLParser):
    """The elements and attributes of a page, and the text of those that are in Arabic."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_highlights_counts_and_links_stand_in_both_bodies(tmp_path: Path) -> None:
    said = tree([SAID], highlights=[highlight("Minister: The bridge will open.")])
    message, _ = drafted(tmp_path, said, link="https://wiki.example/briefs/$week")
    text, page = body(message, "plain"), body(message, "html")
    counts, english = "1 article · 1 statement · 0 agreements", "reviewed translation: 1 sentence"
    for wanted in (counts, english, "11–17 November 2024 (2024-W46)"):
        assert wanted in text and wanted in page
    assert "* Minister: The bridge will open.\n  [reviewed translation]\nقال الوزير إن الجسر سيفتح.\n" in text
    assert "  [1] 12 November 2024, بوابة الساحل <https://coast.example/a?b=1>" in text
    assert "https://wiki.example/briefs/2024-W46" in text
    tags = _Tags(page).seen
    assert [one["href"] for tag, one in tags if tag == "a"] == [
        "https://wiki.example/briefs/2024-W46",
        "https://coast.example/a?b=1",
    ]
    assert ("p", "rtl", "ar") in [(tag, one.get("dir"), one.get("lang")) for tag, one in tags]
    assert message["Subject"] == "Monday brief, 2024-W46"


def test_a_mail_fetches_nothing(tmp_path: Path) -> None:
    message, _ = drafted(tmp_path, tree(highlights=[highlight("x")]))
    tags = _Tags(body(message, "html")).seen
    assert not [tag for tag, one in tags if tag in ("img", "link", "script", "iframe", "object", "video") or "src" in one]
    assert "url(" not in body(message, "html") and "@import" not in body(message, "html")


@given(st.text(max_size=200))
@example(HOSTILE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_of_an_article_becomes_markup(tmp_path: Path, text: str) -> None:
    outlet = {"name": text, "basis": "url"}
    source = tree()["sources"][0] | {"outlet": outlet, "url": "javascript:" + text, "cited": [sentence(1, text)]}
    hostile = tree([SAID | {"en": text, "ar": text}], highlights=[highlight(text)], sources=[source], title=text)
    quiet = source | {"outlet": None, "url": None, "cited": [sentence(1, "x")]}
    plain_one = tree([SAID], highlights=[highlight("x")], sources=[quiet])
    kinds = [{tag for tag, _ in _Tags(body(drafted(tmp_path, one)[0], "html")).seen} for one in (hostile, plain_one)]
    assert kinds[0] - {"bdi", "p"} == kinds[1] - {"bdi", "p"}  # an empty quotation has no paragraph
    for kind in ("plain", "html"):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", body(drafted(tmp_path, hostile)[0], kind))


def test_a_script_is_shown_as_text(tmp_path: Path) -> None:
    message, _ = drafted(tmp_path, tree([SAID], highlights=[highlight(HOSTILE)]))
    page = body(message, "html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "{{ 7 * 7 }}" in page
    assert "<script" not in page and "<img" not in page


def test_the_largest_mail_is_not_cut_off_by_its_readers(tmp_path: Path) -> None:
    one = tree()["sources"][0] | {"url": "https://coast.example/" + "x" * 200}
    sources = [one | {"number": n, "cited": [sentence(n, "كلمة طويلة " * 90)]} for n in range(1, 80)]
    lines = [highlight("A long line & more " * 60, range(n, n + 9)) for n in range(1, 60)]
    message, _ = drafted(tmp_path, tree(highlights=lines, sources=sources))
    page = body(message, "html")
    assert len(page.encode()) < 60_000  # a correction of at most 45 lines is added to this
    assert "… and 47 more in the brief." in page


def test_the_largest_correction_is_not_cut_off_either(tmp_path: Path) -> None:
    many = [item(f"S{n}", f"Said {n} " + "and more & more " * 40, f"قال {n}", n * 10) for n in range(200)]
    earlier = Delivery("e", "d" * 64, "2024-W46", "a@x", "sent", 1, 1, 1, "<i@x>", "", "", MOMENT.isoformat(), None, None)
    shorter = [one | {"en": "Before " * 90} for one in many[:100]] + [
        item(f"S{n}", "Gone " * 90, f"ز{n}", n * 10) for n in range(900, 999)
    ]
    put(tmp_path, tree(many, highlights=[highlight("A long line " * 60)] * 60))
    config = Config(base=tmp_path, mail=Mail(sender="brief@x.example"))
    prepared = stock(built(config, "2024-W46", MOMENT.date()), config, MOMENT)
    kept = KeptBrief("d" * 64, "2024-W46", "", json.dumps(tree(shorter)).encode())
    message = read(content(prepared, Parcel((address("a@x.example"),), (), earlier, "<j@x>"), kept))
    assert "100 added, 99 removed, 100 changed." in body(message, "plain")
    assert len(body(message, "html").encode()) < 100_000  # Gmail cuts at 102 KB


@pytest.mark.parametrize(
    ("settings_", "pdf", "said"),
    [
        ({"max_megabytes": 1}, 900_000, "not attached (it is too large for a mail)"),  # base64 makes 1.2 MB of it
        ({"max_megabytes": 1}, None, "not attached (no PDF of it was built)"),
        ({"max_megabytes": 0}, 10, "not attached (mails go out without it)"),
    ],
)
@pytest.mark.parametrize("link", ["", "https://wiki.example/$week"])
def test_without_the_pdf_the_mail_says_where_it_is(
    tmp_path: Path, settings_: dict[str, Any], pdf: int | None, said: str, link: str
) -> None:  # fmt: skip
    message, content = drafted(tmp_path, tree(), pdf, link=link, **settings_)
    assert list(message.iter_attachments()) == []
    assert len(content) < 100_000
    for kind in ("plain", "html"):
        assert said in body(message, kind)
        assert ("https://wiki.example/2024-W46" if link else "Ask the sender of this mail") in body(message, kind)


def test_the_size_that_counts_is_that_of_the_message(tmp_path: Path) -> None:
    message, content = drafted(tmp_path, tree(), 700_000, max_megabytes=1)
    assert len(list(message.iter_attachments())) == 1
    assert 700_000 * 4 / 3 < len(content) <= 1_000_000


def test_a_pdf_of_another_build_is_not_sent(tmp_path: Path) -> None:
    put(tmp_path, tree())
    stale = (tmp_path / "out/2024-W46/brief.pdf").read_bytes()
    put(tmp_path, tree(title="Another"))
    (tmp_path / "out/2024-W46/brief.pdf").write_bytes(stale)
    config = Config(base=tmp_path, mail=Mail(sender="a@x.example"))
    with pytest.raises(InputError, match="not built together"):
        drafts(built(config, "2024-W46", MOMENT.date()), config, (address("a@x.example"),), MOMENT)


def test_a_brief_that_lacks_something_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"brief\.json: is no whole brief"):
        drafted(tmp_path, {"schema": "briefing.brief/1", "week": "2024-W46"})


def test_a_template_of_the_user_is_taken(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "mail.txt.j2").write_text("Ours: {{ brief.title }} & co\n", encoding="utf-8")
    assert body(drafted(tmp_path, tree())[0], "plain") == "Ours: Monday brief & co\n"


@pytest.mark.parametrize("name", ["mail.txt.j2", "mail.html.j2"])
def test_a_missing_variable_names_template_and_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / name).write_text("one\n{{ brief.nothing }}", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"{re.escape(name)}: line 2: .*nothing"):
        drafted(tmp_path, tree())


def test_the_subject_is_filled_in(tmp_path: Path) -> None:
    message, _ = drafted(tmp_path, tree(title="موجز"), subject="$title: $first to $last ($week)")
    assert message["Subject"] == "موجز: 11 November 2024 to 17 November 2024 (2024-W46)"


@pytest.mark.parametrize(("state", "more"), [("accepted", "; reviewed"), ("corrected", "; reviewed"), ("stale", "")])
def test_a_line_that_a_person_looked_at_says_so(tmp_path: Path, state: str, more: str) -> None:
    event = SAID | {"id": "E1", "review": {"state": state}}
    message, _ = drafted(tmp_path, tree(events=[event], highlights=[highlight("x", entry="E1")]))
    assert f"  [put together from the facts cited{more}]\n" in body(message, "plain")


@pytest.mark.parametrize(
    ("made_by", "entry", "label", "said"),
    [
        ("model-x", "S1", "machine", "written by a language model"),
        ("rule", "E1", "terms", "put together from the facts cited"),
        ("rule", "S1", "machine", "machine translation"),
        ("rule", "A1", "terms", "terms only — not a translation"),
    ],
)
def test_each_line_says_where_its_english_comes_from(tmp_path: Path, made_by: str, entry: str, label: str, said: str) -> None:
    source = tree()["sources"][0] | {"cited": [sentence(1, "نص", label)]}
    message, _ = drafted(tmp_path, tree(highlights=[highlight("x", (1,), made_by, entry)], sources=[source]))
    assert f"  [{said}" in body(message, "plain")

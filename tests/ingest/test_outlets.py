"""Who published a story."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from briefing.ingest.articles import harvest
from briefing.ingest.lines import Line, lines
from briefing.ingest.outlets import by_name, by_url, outlet
from briefing.model import Document, Metadata, Outlet, Span


def some(*texts: str) -> list[Line]:
    return lines(Document("a", "\n".join(texts), "0"))


BARE = Document("a", "", "0")


def test_metadata_comes_first_and_known_names_are_canonical() -> None:
    meta = Metadata(outlet="رويترز", url="https://arabic.rt.com/x")
    assert outlet(Document("a", "", "0", meta), (), (), ()) == Outlet("Reuters", "metadata")
    assert outlet(Document("a", "", "0", meta, Span(0, 1)), (), (), ()) == Outlet("Reuters", "header")
    assert outlet(Document("a", "", "0", Metadata(outlet="صوت الميناء")), (), (), ()) == Outlet("صوت الميناء", "metadata")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://arabic.rt.com/world/1-x", "RT Arabic"),
        ("https://www.reuters.com/x", "Reuters"),
        ("https://notreuters.com/x", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_the_domain_names_the_outlet(url: str | None, name: str | None) -> None:
    found = by_url(url)
    assert (found.name_en if found else None) == name


def test_the_last_source_line_is_the_outlets_own() -> None:
    around = some("المصدر: تاس", "المصدر: RT Arabic", "المصدر: وكالات")
    assert outlet(BARE, (), around, ()) == Outlet("RT Arabic", "source_line")
    assert outlet(BARE, (), some("المصدر: صوت الميناء"), ()) == Outlet("صوت الميناء", "source_line")


def test_a_name_alone_is_a_masthead_only_above_the_story() -> None:
    name = some("وكالة سبوتنيك")
    assert outlet(BARE, name, name, ()) == Outlet("Sputnik Arabic", "masthead")
    assert outlet(BARE, (), name, ()) is None


def test_a_caption_credit_is_the_last_resort() -> None:
    credit = "سفينة عند الرصيف - سبوتنيك عربي, 1920, 09.03.2023"
    assert outlet(BARE, (), (), (credit,)) == Outlet("Sputnik Arabic", "caption")
    assert outlet(BARE, (), (), ("سفينة عند الرصيف",)) is None


def test_an_unknown_name_is_unknown() -> None:
    assert by_name("صوت الميناء") is None
    assert by_name("") is None


@pytest.mark.parametrize(
    ("text", "author", "wires"),
    [
        ("قالت الوزارة إن الطريق فتح صباح اليوم أمام الشاحنات.\n\nالمصدر: تاس + رويترز\n", None, ("TASS", "Reuters")),
        ("القاهرة (رويترز) - قالت الوزارة إن الطريق فتح صباح اليوم أمام الشاحنات.\n", None, ("Reuters",)),
        ("قالت الوزارة إن الطريق فتح صباح اليوم أمام جميع الشاحنات. (أ ف ب)\n", None, ("Agence France-Presse",)),
        ("قالت الوزارة إن الطريق فتح صباح اليوم أمام الشاحنات.\n", "بغداد - د ب أ", ("German Press Agency (dpa)",)),
        ("قالت الوزارة (الحكومية) إن الطريق فتح صباح اليوم أمام الشاحنات.\n", None, ()),
    ],
)
def test_the_agencies_a_story_relays(text: str, author: str | None, wires: tuple[str, ...]) -> None:
    document = Document("a.txt", text, "0" * 64, Metadata(outlet="صحيفة التجربة", author=author))
    assert harvest(document, ZoneInfo("UTC")).articles[0].wires == wires

"""The publication date and its basis."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from briefing.ingest.lines import Line, lines
from briefing.ingest.published import Around, published
from briefing.model import Document, Metadata, Published, Span

BODY = "وقال المدير إن السفن عادت إلى الرصيف بعد أسبوعين من التوقف."


def some(*texts: str) -> tuple[Line, ...]:
    return tuple(lines(Document("a", "\n".join(texts), "0")))


def dated(
    meta: Metadata | None = None, above: tuple[str, ...] = (), below: tuple[str, ...] = (), first: bool = True, body: str = BODY
) -> Published:
    document = Document("a", body, "0", meta or Metadata())
    return published(document, (Span(0, len(body)),), Around(some(*above), some(*below), first), ZoneInfo("Asia/Riyadh"))


LINE = "نُشر: 08:40-9 مارس 2023 م ـ 17 شعبان 1444 هـ"
CREDIT = "سفينة في 3 مايو 2019 - صوت الميناء, 1920, 09.03.2023"


@pytest.mark.parametrize(
    ("found", "value", "basis", "confidence"),
    [
        (dated(Metadata(published="2023-03-09T23:30:00Z", published_basis="json_ld")), "2023-03-10", "json_ld", "high"),
        (dated(above=(LINE,)), "2023-03-09", "date_line", "high"),
        (dated(above=("الجمعة 10 مارس 2023", "تاريخ النشر: 9 مارس 2023")), "2023-03-09", "date_line", "high"),
        (dated(above=("آخر تحديث: 10 مارس 2023", "9 مارس 2023")), "2023-03-09", "date_line", "high"),
        (dated(above=(CREDIT,)), "2023-03-09", "caption", "medium"),
        (dated(body=f"المكلا، 9 مارس 2023 (الساحل) - {BODY}"), "2023-03-09", "dateline", "high"),
        (dated(below=("9 مارس 2023",)), "2023-03-09", "date_line", "high"),
        (dated(Metadata(url="https://a.example/2023/03/09/x")), "2023-03-09", "url", "medium"),
        (dated(Metadata(url="https://a.example/20230309-0560")), "2023-03-09", "url", "medium"),
    ],
)
def test_where_a_date_comes_from(found: Published, value: str, basis: str, confidence: str) -> None:
    assert (found.value, found.precision, found.basis, found.confidence) == (value, "day", basis, confidence)


@pytest.mark.parametrize(
    "found",
    [
        dated(),
        dated(Metadata(url="https://a.example/20230309")),
        dated(Metadata(url="https://a.example/2023/13/09/x")),
        dated(above=("أمس, 16:40 GMT",)),
        dated(above=("سفينة - صوت الميناء, 1920, 31.02.2023",)),
        dated(Metadata(published="2023-03-09"), first=False),
        dated(body="وقال المدير مساء أمس الأربعاء إن السفن عادت."),
    ],
)
def test_no_day_is_invented(found: Published) -> None:
    assert (found.value, found.earliest, found.latest) == (None, None, None)


def test_a_hijri_line_is_a_range_and_never_a_day() -> None:
    found = dated(above=("الخبر 17 شعبان 1444 هـ",))
    assert (found.value, found.earliest, found.latest, found.precision) == (None, "2023-03-08", "2023-03-10", "range")


def test_metadata_that_a_date_line_contradicts_stands_with_low_confidence() -> None:
    meta = Metadata(published="2023-06-01", published_basis="html_meta")
    found = dated(meta, above=(LINE,))
    assert (found.value, found.basis, found.confidence) == ("2023-06-01", "html_meta", "low")
    assert found.evidence
    near = dated(Metadata(published="2023-03-11", published_basis="html_meta"), above=(LINE,))
    assert near.confidence == "high"
    by_hand = dated(Metadata(published="2023-06-01", published_basis="stated_by_user"), above=(LINE,))
    assert by_hand.confidence == "high"


def test_the_evidence_is_the_date_itself() -> None:
    text = f"{LINE}\n{CREDIT}"
    first, second = lines(Document("a", text, "0"))
    for line, words in ((first, "9 مارس 2023 م"), (second, "09.03.2023")):
        found = published(Document("a", BODY, "0"), (Span(0, 5),), Around((line,)), ZoneInfo("UTC"))
        assert [s.within(text) for s in found.evidence] == [words]

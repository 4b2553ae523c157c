"""The header block of text files, and what must never be taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.header import split_header
from briefing.model import Span

BODY = "قال الوزير إن المحادثات مستمرة.\n"
KEYS = (
    "Title",
    "url",
    "PUBLISHED",
    "Date",
    "Outlet",
    "Source",
    "Author",
    "Language",
    "العنوان",
    "الرابط",
    "التاريخ",
    "المصدر",
    "الكاتب",
)


def test_english_header() -> None:
    block = "Title: الوفد يصل\nURL: https://example.org/a\nPublished: 2024-11-12\nSource: وكالة الساحل\nAuthor:"
    span, values = split_header(block + "\n\n" + BODY)
    assert span == Span(0, len(block))
    assert values == {"title": "الوفد يصل", "url": "https://example.org/a", "published": "2024-11-12", "outlet": "وكالة الساحل"}


def test_arabic_header_with_crlf_and_bidi_marks() -> None:
    block = "\u200fالعنوان: الوفد يصل: التفاصيل\r\nالتاريخ: \u200e12/11/2024\u200e\r\nالكاتب: سلمى"
    span, values = split_header(block + "\r\n\r\n" + BODY)
    assert span == Span(0, len(block))
    assert values == {"title": "الوفد يصل: التفاصيل", "published": "12/11/2024", "author": "سلمى"}


def test_front_matter_may_hold_foreign_keys() -> None:
    block = '---\ntitle: "الوفد يصل"\ntags:\n  - سياسة\ndate: 2024-11-12\n---'
    span, values = split_header(block + "\n" + BODY)
    assert span == Span(0, len(block))
    assert values == {"title": "الوفد يصل", "published": "2024-11-12"}


@pytest.mark.parametrize(
    "line",
    [
        "الرابط: https://example.org/a",
        "التاريخ: 12 نوفمبر 2024",
        "التاريخ: الثلاثاء 12 تشرين الثاني 2024",
        "تاريخ النشر: 2024-11-12T10:00Z",
    ],
)
def test_one_arabic_line_counts_when_its_value_is_an_address_or_a_date(line: str) -> None:
    assert split_header(f"{line}\n\n{BODY}")[0] == Span(0, len(line))


@pytest.mark.parametrize(
    "text",
    [
        "روسيا: لن نقبل الشروط\n\n" + BODY,
        "المصدر: لن نتراجع عن مطالبنا\n\n" + BODY,
        "التاريخ: كيف يكتب المنتصرون روايتهم\n\n" + BODY,
        "التاريخ: 2024 عام الحسم في المنطقة\n\n" + BODY,
        "العنوان: الكلمة التي غيرت كل شيء\n\n" + BODY,
        "Title: x\n" + BODY,  # no blank line
        "Title: x\nروسيا: لن نقبل\n\n" + BODY,  # an unknown key
        "\nTitle: x\n\n" + BODY,  # not at the first line
        " \n---\nTitle: x\n---\n" + BODY,
        "Title: x",  # nothing follows
        "---\nTitle: x\n" + BODY,  # never closed
        "---\n\n---\n" + BODY,  # no known key
        "---\nTitle: x\nروسيا: لن نقبل\n---\n" + BODY,
        "",
        "\n",
    ],
)
def test_not_a_header(text: str) -> None:
    assert split_header(text) == (None, {})


lines = st.one_of(
    st.text(max_size=30),
    st.builds("{}: {}".format, st.sampled_from(KEYS), st.text(max_size=20)),
    st.builds("{}: {}".format, st.text(max_size=8), st.text(max_size=20)),
    st.sampled_from(["", "---", "...", "روسيا: لن نقبل", "  "]),
)


@given(st.lists(lines, max_size=8).map("\n".join))
def test_only_text_that_begins_with_a_known_key_or_a_fence_has_a_header(text: str) -> None:
    span, values = split_header(text)
    if span is None:
        assert values == {}
        return
    first = text[: span.end].splitlines()[0]
    key = first.replace("：", ":").split(":")[0].strip().lower()
    assert span.start == 0
    assert first.strip() == "---" or key in {k.lower() for k in KEYS} | {"link", "lang", "تاريخ النشر", "اللغة"}
    assert text[span.end :][:1] in ("", "\n", "\r")
    assert all(value and value in text for value in values.values())


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    span, _ = split_header(text)
    assert span is None or 0 < span.end <= len(text)

"""Bytes -> text, and what is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.decode import EXPORT_TEXT, RE_EXPORT, TO_UTF8, UnreadableDocument, decode, sound

NEWS = "أعلن الوزير، اليوم الثلاثاء، أن الوفد سيصل إلى العاصمة غدا لمتابعة المحادثات.\nوأضاف أن الاتفاق «قريب».\r\n"
WORDS = ("قال", "الوزير", "أمس", "في", "المدينة", "إن", "الهدنة", "ستبدأ", "غدا", "UN", "2024", "«اتفاق»", "من", "لا", "محادثات")
GAPS = (" ", "\n", "\r\n", "، ", ".\n\n", "\t", "؟ ")

texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=1, max_size=60).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "windows-1256": b"",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=texts)
def test_round_trip(encoding: str, text: str) -> None:
    assert decode(ENCODINGS[encoding] + text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@given(text=texts)
def test_round_trip_of_utf16_without_bom(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_with_bom_round_trips_or_is_refused_as_mojibake(text: str) -> None:
    try:
        assert decode(codecs.BOM_UTF8 + text.encode()) == text
    except UnreadableDocument as error:
        assert error.next_step == RE_EXPORT


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except UnreadableDocument as error:
        assert error.message and error.next_step


def test_nothing_is_normalised_or_translated() -> None:
    text = "ﻻ\u00a0قـــال\r\nنعم\rلا\u202bبين\u202c\ufeff\x85e\u0301\n"
    assert decode(text.encode()) == text


def test_bom_is_not_counted_but_a_second_one_is_text() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + NEWS.encode()) == "\ufeff" + NEWS


def test_utf16_of_presentation_forms_without_bom() -> None:
    text = "ﻗﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺇﻥ ﺍﻟﻬﺪﻧﺔ ﺳﺘﺒﺪﺃ\n"
    assert decode(text.encode("utf-16-le")) == text


def test_charset_named_in_the_page() -> None:
    page = f'<html><head><meta charset="iso-8859-6"></head><body><p>{NEWS}'.replace("«", "").replace("»", "")
    assert decode(page.encode("iso-8859-6")) == page


@pytest.mark.parametrize("charset", ["windows-1256", "utf-8", "rot13", "zlib", "no-such-thing"])
def test_a_wrong_declaration_does_not_mislead(charset: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>{NEWS}'
    assert decode(page.encode()) == page
    assert decode(page.encode("windows-1256")) == page


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableDocument) as caught:
        decode(data)
    return caught.value.message, caught.value.next_step


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 ...", "looks like a PDF, not text"),
        (b"PK\x03\x04....", "looks like a zip archive or an Office document, not text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "looks like a PNG image, not text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "looks like a JPEG image, not text"),
        (b"{\\rtf1\\ansi", "looks like an RTF document, not text"),
        (b"abc\0\0\0def\x01\x02", "looks like a binary file (zero byte at byte offset 3)"),
        (bytes(range(256)) * 4, "looks like a binary file (zero byte at byte offset 0)"),
    ],
)
def test_binary_files_are_named(data: bytes, message: str) -> None:
    assert refusal(data) == (message, EXPORT_TEXT)


def test_empty_files() -> None:
    assert refusal(b"")[0] == "is empty"
    assert refusal(codecs.BOM_UTF16_LE)[0] == "is empty (a byte order mark and nothing else)"


def test_damaged_utf8_is_not_taken_for_windows_1256() -> None:
    data = NEWS.encode()
    message, next_step = refusal(data[:19] + b"\xff" + data[19:])
    assert message.startswith("is in no known encoding: byte 0xFF at byte offset 19 is not UTF-8")
    assert next_step == TO_UTF8


def test_damaged_utf16_names_the_offset_in_the_file() -> None:
    data = codecs.BOM_UTF16_LE + "نص".encode("utf-16-le") + b"\x00\xd8"
    assert refusal(data) == ("starts as UTF-16-LE but is damaged at byte offset 6", TO_UTF8)


@pytest.mark.parametrize("encoding", ["koi8-r", "windows-1251", "gb18030", "shift-jis"])
def test_other_encodings_are_not_taken_for_windows_1256(encoding: str) -> None:
    russian = "министр заявил сегодня что переговоры продолжатся завтра в столице и делегация прибудет утром " * 3
    chinese = "部长今天表示代表团明天将抵达首都继续谈判" * 8
    text = russian if encoding in ("koi8-r", "windows-1251") else chinese.encode(encoding, "ignore").decode(encoding)
    assert refusal(text.encode(encoding))[0].startswith("is in no known encoding")


@pytest.mark.parametrize(
    ("written", "read"),
    [("utf-8", "windows-1252"), ("utf-8", "latin-1"), ("utf-8", "windows-1256"), ("windows-1256", "latin-1")],
)
def test_text_that_was_decoded_wrongly_before(written: str, read: str) -> None:
    spoilt = NEWS.encode(written).decode(read, "ignore")
    names = {"utf-8": "UTF-8", "windows-1256": "Windows-1256", "windows-1252": "Windows-1252", "latin-1": "Windows-1252"}
    assert refusal(spoilt.encode()) == (f"looks like {names[written]} text that was decoded as {names[read]}", RE_EXPORT)


def test_letters_lost_to_question_marks_or_replacement_characters() -> None:
    assert refusal(NEWS.encode("ascii", "replace"))[0] == "has lost its letters: most of the text is question marks"
    lost = "".join("\ufffd" if letter.isalpha() else letter for letter in NEWS)
    assert refusal(lost.encode())[0] == "has lost its letters: most are the replacement character U+FFFD"


def test_a_little_mojibake_in_an_arabic_article_does_not_cost_the_article() -> None:
    text = NEWS * 3 + "حقوق النشر Â© ÙˆÙ†"
    assert decode(text.encode()) == text


def test_sound_replaces_lone_surrogates_only() -> None:
    assert sound("قال \ud83d \U0001f600 نعم") == "قال \ufffd \U0001f600 نعم"

"""Bytes -> text: UTF-8, UTF-16 and Windows-1256, with or without a byte order mark; anything else is refused by name."""

from __future__ import annotations

import codecs
import re

from briefing.errors import BriefingError

TO_UTF8 = "Convert the file to UTF-8, for example: iconv -f OLD-ENCODING -t UTF-8 FILE > NEW-FILE"
EXPORT_TEXT = "Save or export the article as text (.txt) or HTML and put that file in its place."
FILL_IN = "Delete the file or put the article's text in it."
RE_EXPORT = "Re-export the article from its source as UTF-8; the text in this file cannot be trusted."

ARABIC_LETTER = re.compile(r"[\u0620-\u064A\u066E-\u06D3\u06D5\u06FA-\u06FF\u0750-\u077F\u08A0-\u08C9\uFB50-\uFDFB\uFE70-\uFEFC]")

# First bytes of what people drop into a folder by mistake.
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a WebP image or a media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"ID3", "an MP3 recording"),
)
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The high bytes of UTF-16 in Arabic and English news: Latin, Arabic, punctuation, presentation forms.
_HIGH_BYTES = bytes((0x00, 0x06, 0x07, 0x08, 0x20, 0xFB, 0xFC, 0xFD, 0xFE))
_ZERO_OR_SIX = re.compile(rb"[\x00\x06]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Declarations taken at their word; the rest (utf-8, windows-1256) is tried anyway.
_DECLARABLE = {"iso-8859-6", "iso8859-6", "arabic", "mac-arabic", "x-mac-arabic"}
_PYTHON_NAMES = {"x-mac-arabic": "mac-arabic", "arabic": "iso-8859-6"}


class UnreadableDocument(BriefingError):
    """A file or an entry of one that holds no text we can read; the message does not repeat the file's name."""

    exit_code = 4


def decode(data: bytes) -> str:
    """The text of a file: BOM removed and not counted, otherwise letter for letter (no newline translation).

    Raises UnreadableDocument for empty and binary data, for bytes in no known encoding (naming the byte offset)
    and for text that an earlier program has already decoded wrongly.
    """
    text = decode_bytes(data)
    refuse_mojibake(text)
    return text


def decode_bytes(data: bytes) -> str:
    """As `decode`, without the look at what the text says (a .jsonl file is judged line by line).

    Raises UnreadableDocument.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, len(bom), encoding)
    if not data:
        raise UnreadableDocument("is empty", FILL_IN)
    _refuse_known_binaries(data)
    # Neither byte occurs in UTF-8 or Windows-1256 text, and both are everywhere in UTF-16.
    if _ZERO_OR_SIX.search(data):
        guess = _utf16_without_bom(data)
        if guess is not None:
            return guess
    if b"\0" in data:
        raise UnreadableDocument(f"looks like a binary file (zero byte at byte offset {data.index(0)})", EXPORT_TEXT)
    return _eight_bit(data)


def sound(text: str) -> str:
    """`text` with lone surrogates (from JSON escapes, damaged file names) replaced by U+FFFD, so that it can be written."""
    return _SURROGATE.sub("\ufffd", text)


_SURROGATE = re.compile(r"[\ud800-\udfff]")


def _strict(data: bytes, skip: int, encoding: str) -> str:
    if len(data) == skip:
        raise UnreadableDocument("is empty (a byte order mark and nothing else)", FILL_IN)
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        place = error.start + skip
        raise UnreadableDocument(f"starts as {encoding.upper()} but is damaged at byte offset {place}", TO_UTF8) from error


def _refuse_known_binaries(data: bytes) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableDocument(f"looks like {name}, not text", EXPORT_TEXT)


def _utf16_without_bom(data: bytes) -> str | None:
    """The text if the zero and 0x06 bytes stand where UTF-16 has its high bytes, else None."""
    if len(data) % 2:
        return None
    even, odd = (_share(data[i::2][:50_000]) for i in (0, 1))
    encoding, share = ("utf-16-le", odd) if odd >= even else ("utf-16-be", even)
    if share < 0.9:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if len(_CONTROLS.findall(text)) > len(text) * 0.02 else text


def _share(high: bytes) -> float:
    return sum(high.count(byte) for byte in _HIGH_BYTES) / len(high)


def _eight_bit(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = None if _mostly_utf8(data) else _declared(data) or _windows_1256(data)
        if text is None:
            raise _unknown(data, error.start) from error
        return text


def _mostly_utf8(data: bytes) -> bool:
    """Is this UTF-8 with some damaged bytes? Reading it as Windows-1256 would turn every letter into two wrong ones."""
    text = data.decode("utf-8", "replace")
    return len(ARABIC_LETTER.findall(text)) > 2 * text.count("\ufffd")


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    name = found.group(1).decode("ascii", "replace").lower() if found else ""
    if name not in _DECLARABLE:
        return None
    try:
        return data.decode(_PYTHON_NAMES.get(name, name))
    except UnicodeDecodeError:
        return None


def _windows_1256(data: bytes) -> str | None:
    """The text if it reads like Arabic (or plain Latin) in Windows-1256: every byte is valid there, so look at the letters."""
    text = data.decode("windows-1256")
    arabic = len(ARABIC_LETTER.findall(text))
    # à ç é ê stand between the Arabic letters of that code page: in the middle of a word they betray another one.
    glued = len(_GLUED.findall(text))
    if len(_CONTROLS.findall(text)) > len(text) * 0.01 or glued > max(2, arabic * 0.02):
        return None
    # 0x80 to 0x9F are typographic quotes and a few letters of Persian; double-byte encodings are full of them.
    if _count(data, _LOW_HALF) > max(8, 0.2 * _count(data, _UPPER)):
        return None
    # Alef and lam are about a quarter of the letters of any Arabic text (an eighth of Persian).
    if arabic >= 60 and text.count("ا") + text.count("ل") < arabic * 0.08:
        return None
    return text


def _count(data: bytes, among: bytes) -> int:
    return len(data) - len(data.translate(None, among))


_LOW_HALF = bytes(range(0x80, 0xA0))
_UPPER = bytes(range(0x80, 0x100))
_LATIN_IN_1256 = "×÷àâçèéêëîïôùûü"
_GLUED = re.compile(rf"[\u0621-\u064A](?=[{_LATIN_IN_1256}])|[{_LATIN_IN_1256}](?=[\u0621-\u064A])")


def _unknown(data: bytes, place: int) -> UnreadableDocument:
    return UnreadableDocument(
        f"is in no known encoding: byte 0x{data[place]:02X} at byte offset {place} is not UTF-8, "
        "and the text does not read as UTF-16 or Windows-1256 either",
        TO_UTF8,
    )


# ---------------------------------------------------------------- text that was decoded wrongly before it came here


def _continuations(encoding: str) -> str:
    """UTF-8 continuation bytes (0x80 to 0xBF) as `encoding` shows them, for a regular expression's class."""
    shown = bytes(range(0x80, 0xC0)).decode(encoding, "ignore")
    return re.escape(shown)


_PAIR_1252 = re.compile(rf"[ØÙÚÛ][\x80-\xbf{_continuations('windows-1252')}]")
_PAIR_1256 = re.compile(rf"[طظ][{_continuations('windows-1256')}]")
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿ]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTER = re.compile(r"[^\W\d_]")


def refuse_mojibake(text: str) -> None:
    """Nothing if `text` reads as it was written; raises UnreadableDocument naming the two encodings that were mixed up.

    Arabic letters are D8..DB + 80..BF in UTF-8: «ال» read as Windows-1252 is "Ø§Ù„", read as Windows-1256 "ط§ظ„".
    """
    if text.isascii():
        _refuse_question_marks(text)
        return
    arabic = len(ARABIC_LETTER.findall(text))
    if len(_PAIR_1252.findall(text)) > max(4, arabic):
        raise _mixed_up("UTF-8", "Windows-1252")
    pairs = len(_PAIR_1256.findall(text))
    if pairs > 4 and pairs > len(_NOT_ASCII.findall(text)) // 4:
        raise _mixed_up("UTF-8", "Windows-1256")
    accented = len(_ACCENTED.findall(text))
    if accented > 10 and accented > 0.6 * len(_LETTER.findall(text)):
        raise _mixed_up("Windows-1256", "Windows-1252")
    if text.count("\ufffd") > max(4, arabic):
        raise UnreadableDocument("has lost its letters: most are the replacement character U+FFFD", RE_EXPORT)


def _refuse_question_marks(text: str) -> None:
    marks = text.count("?")
    if marks > 20 and marks > 0.5 * len("".join(text.split())):
        raise UnreadableDocument("has lost its letters: most of the text is question marks", RE_EXPORT)


def _mixed_up(written: str, read: str) -> UnreadableDocument:
    return UnreadableDocument(f"looks like {written} text that was decoded as {read}", RE_EXPORT)

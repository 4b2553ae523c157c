"""A reviewed pair of sentences, and the form two sentences are compared in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from briefing.arabic.fold import BIDI_CONTROLS, MARKS

# TMX 1.4b, changedate: "YYYYMMDDThhmmssZ"; so written, a later date is a greater text.
_DATE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")  # category Cc
_IGNORED = re.compile(f"[{MARKS}{BIDI_CONTROLS}\u00ad\u200b-\u200d\u2060\ufeff]+")
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‹›‘’‚‛'`", '"'))
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")


def source_key(text: str) -> str:
    """The form two sentences are compared in.

    Set aside are white space, tatweel, harakat, bidi controls, invisible and control characters, the shape of quotation
    marks and of presentation-form letters; every other difference counts.
    """
    text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m[0]), writable(text))
    text = unicodedata.normalize("NFC", _IGNORED.sub("", unicodedata.normalize("NFC", text)))
    text = _CONTROL.sub(" ", text)
    return " ".join(text.translate(_QUOTES).split())


def writable(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def date_or_none(text: str | None) -> str:
    """`text` when it is a date as TMX writes it (YYYYMMDDThhmmssZ), else ""."""
    return text if text and _DATE.fullmatch(text) else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reviewed pair. `file` is the name of the file it was read from, `changed` its last change (YYYYMMDDThhmmssZ) or "",
    `author` who made that change or "".
    """

    ar: str
    en: str
    file: str
    changed: str = ""
    author: str = ""

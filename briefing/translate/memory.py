"""Translation memory: reviewed English for exact sentences, read from and written to TMX 1.4.

TMX comes from elsewhere and is untrusted: it is read with defusedxml, which refuses entities and external references.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.arabic.fold import BIDI_CONTROLS, MARKS
from briefing.errors import ConfigError, OutputError
from briefing.model import Problem, Translation

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# TMX 1.4b, 4.3: these inline elements hold native codes, not text; <hi> and <sub> hold text.
_CODES = ("bpt", "ept", "ph", "it", "ut")
_IGNORED = re.compile(f"[{MARKS}{BIDI_CONTROLS}\u00ad\u200b-\u200d\u2060\ufeff]+")
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‹›‘’‚‛'`", '"'))
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_NEXT = "Mend or remove the file, or take it out of translate.memory."


def source_key(text: str) -> str:
    """The form two sentences are compared in.

    Set aside are white space, tatweel, harakat, bidi controls, invisible and control characters, the shape of quotation
    marks and of presentation-form letters; every other difference counts.
    """
    text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m[0]), _NOT_XML.sub("", text))
    text = unicodedata.normalize("NFC", _IGNORED.sub("", unicodedata.normalize("NFC", text)))
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(text.translate(_QUOTES).split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One reviewed pair; `changed` is the TMX changedate (YYYYMMDDThhmmssZ, compared as text) or ""."""

    ar: str
    en: str
    file: str
    changed: str = ""


class Memory:
    """Reviewed translations by source sentence.

    Where entries of one source differ, the one with the latest changedate counts, among equals (or without a date) the one
    read last; `problems` names each such source.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """A memory of `entries`, in the order they were read."""
        self._entries: dict[str, Entry] = {}
        self.problems: tuple[Problem, ...] = tuple(filter(None, [self._add(entry) for entry in entries]))

    @classmethod
    def from_files(cls, paths: Iterable[Path | str]) -> Memory:
        """The memory in these TMX files, read in order. Raises ConfigError naming the file that cannot be read."""
        return cls(entry for path in paths for entry in read_tmx(Path(path)))

    def lookup(self, source: str) -> Translation | None:
        """The reviewed translation of exactly this sentence (see `source_key`), or None."""
        entry = self._entries.get(source_key(source))
        return Translation(entry.en, f"memory:{entry.file}", "reviewed") if entry else None

    def __len__(self) -> int:
        """How many different sources there are."""
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        """The entries that count, in the order their sources were first read."""
        return iter(self._entries.values())

    def _add(self, new: Entry) -> Problem | None:
        key = source_key(new.ar)
        old = self._entries.get(key)
        winner = new if old is None or new.changed >= old.changed else old
        if key:
            self._entries[key] = winner
        if old is None or old.en == new.en:
            return None
        return Problem(new.file, f"Two translations of «{new.ar[:60]}»; used is the later: {winner.en[:80]}", "Keep one of them.")


def read_tmx(path: Path) -> list[Entry]:
    """The Arabic-English pairs of a TMX file, in order; units without both languages, or with an empty side, are passed over.

    Raises ConfigError naming the file when it cannot be read, is not TMX, or holds entity declarations (an XML bomb).
    """
    import xml.etree.ElementTree as ElementTree

    import defusedxml

    try:
        return list(_entries(path))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}", _NEXT) from error
    except ElementTree.ParseError as error:
        raise ConfigError(f"{path}: is not well-formed XML: {error}", _NEXT) from error
    except defusedxml.DefusedXmlException as error:
        raise ConfigError(f"{path}: refused, it declares XML entities or outside files: {error}", _NEXT) from error
    except (LookupError, ValueError) as error:
        raise ConfigError(f"{path}: its text cannot be decoded: {error}", _NEXT) from error


def _entries(path: Path) -> Iterator[Entry]:
    from defusedxml.ElementTree import iterparse

    root: Any = None
    for event, element in iterparse(path, events=("start", "end")):
        if root is None:
            root = element
            if element.tag != "tmx":
                raise ConfigError(f"{path}: is not a TMX file: its outermost element is <{element.tag}>", _NEXT)
        if event == "end" and element.tag == "tu":
            yield from _unit(element, path.name)
            element.clear()  # a memory of a million units must not stand twice in the computer's memory


def _unit(unit: Element, file: str) -> Iterator[Entry]:
    variants = [(_language(v), _text(v), v.get("changedate") or unit.get("changedate") or "") for v in unit.iterfind("tuv")]
    arabic = [v for v in variants if v[0] == "ar" and v[1]]
    english = [v for v in variants if v[0] == "en" and v[1]]
    for _, ar, _changed in arabic:
        for _, en, changed in english:
            yield Entry(ar, en, file, changed)


def _language(variant: Element) -> str:
    return (variant.get(_XML_LANG) or variant.get("lang") or "").lower().replace("_", "-").split("-")[0]


def _text(variant: Element) -> str:
    segment = variant.find("seg")
    return "" if segment is None else "".join(_characters(segment)).strip()


def _characters(element: Element) -> Iterator[str]:
    if element.tag not in _CODES:
        yield element.text or ""
    for child in element:
        yield from _characters(child)
        yield child.tail or ""


def write_tmx(pairs: Sequence[tuple[str, str]], path: Path) -> None:
    """Write (Arabic, English) pairs as TMX 1.4, atomically; characters that XML cannot hold are left out.

    Raises OutputError when the file cannot be written.
    """
    from briefing import __version__

    units = "".join(f"    <tu>\n{_variant('ar', ar)}{_variant('en', en)}    </tu>\n" for ar, en in pairs)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'  <header creationtool="briefing" creationtoolversion="{__version__}" segtype="sentence" o-tmf="tmx" '
        'adminlang="en" srclang="ar" datatype="plaintext"/>\n'
        f"  <body>\n{units}  </body>\n</tmx>\n"
    )
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written: {error.strerror}", "Check the folder and the free space.") from error


def _variant(language: str, text: str) -> str:
    return f'      <tuv xml:lang="{language}"><seg>{_escaped(text)}</seg></tuv>\n'


def _escaped(text: str) -> str:
    plain = _NOT_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\r", "&#13;")  # a bare CR would be read back as LF

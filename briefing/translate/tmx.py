"""TMX 1.4, the exchange format of translation memories: read from any tool, written as small as it goes.

TMX comes from elsewhere and is untrusted: it is read with defusedxml, which refuses entities and external references.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import ConfigError
from briefing.translate.entry import Entry, date_or_none, source_key, writable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The codes of ISO 639 that tools write for the two; a region (ar-SY, EN_us) may follow.
_LANGUAGES = {"ar": "ar", "ara": "ar", "arb": "ar", "en": "en", "eng": "en"}
# TMX 1.4b, 4.3: these inline elements hold native codes, not text; <hi> and <sub> hold text.
_CODES = ("bpt", "ept", "ph", "it", "ut")
_NEXT = "Mend or remove the file, or do not name it."
# What of a file is no part of its entries.
NO_ARABIC, NO_ENGLISH, EMPTY = "units without Arabic", "units without English", "units with an empty side"
INLINE, OTHER = "sentences with inline codes (their text is kept)", "units with notes or properties (left out)"
LANGUAGES = "units with further languages (left out)"


@dataclass(frozen=True, slots=True)
class Tmx:
    """What a TMX file holds: its pairs in order, and how often something in it is no part of them, by kind."""

    entries: tuple[Entry, ...]
    left_out: Mapping[str, int]


def read_tmx(path: Path) -> Tmx:
    """The Arabic-English pairs of a TMX file, whatever its source language and regional codes.

    Raises ConfigError naming the file when it cannot be read, is not TMX, or holds entity declarations (an XML bomb).
    """
    import xml.etree.ElementTree as ElementTree

    import defusedxml

    left_out: Counter[str] = Counter()
    try:
        return Tmx(tuple(_entries(path, left_out)), left_out)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}", _NEXT) from error
    except ElementTree.ParseError as error:
        raise ConfigError(f"{path}: is not well-formed XML: {error}", _NEXT) from error
    except defusedxml.DefusedXmlException as error:
        raise ConfigError(f"{path}: refused, it declares XML entities or outside files: {error}", _NEXT) from error
    except (LookupError, ValueError) as error:
        raise ConfigError(f"{path}: its text cannot be decoded: {error}", _NEXT) from error


def _entries(path: Path, left_out: Counter[str]) -> Iterator[Entry]:
    from defusedxml.ElementTree import iterparse

    root: Any = None
    for event, element in iterparse(path, events=("start", "end")):
        if root is None:
            root = element
            if element.tag != "tmx":
                raise ConfigError(f"{path}: is not a TMX file: its outermost element is <{element.tag}>", _NEXT)
        if event == "end" and element.tag == "tu":
            yield from _unit(element, path.name, left_out)
            element.clear()  # a memory of a million units must not stand twice in the computer's memory


def _unit(unit: Element, file: str, left_out: Counter[str]) -> Iterator[Entry]:
    variants = [(_language(v), _text(v), v) for v in unit.iterfind("tuv")]
    left_out.update(_lost(unit, [language for language, _, _ in variants]))
    for language, reason in (("ar", NO_ARABIC), ("en", NO_ENGLISH)):
        if not any(found == language for found, _, _ in variants):
            left_out[reason] += 1
            return
    arabic = [text for language, text, _ in variants if language == "ar" and source_key(text)]
    english = [(text, variant) for language, text, variant in variants if language == "en" and text]
    if not (arabic and english):
        left_out[EMPTY] += 1
    for ar in arabic:
        for en, variant in english:
            yield Entry(ar, en, file, _stamp(unit, variant, "date"), _stamp(unit, variant, "id"))


def _lost(unit: Element, languages: list[str]) -> Iterator[str]:
    if any(len(segment) for segment in unit.iterfind("tuv/seg")):
        yield INLINE
    if any(child.tag not in ("tuv", "seg") for part in (unit, *unit.iterfind("tuv")) for child in part):
        yield OTHER
    if any(language not in ("ar", "en") for language in languages):
        yield LANGUAGES


def _stamp(unit: Element, variant: Element, what: str) -> str:
    """The date ("date") or the author ("id") of the last change, else of the making, of a pair."""
    found = (part.get(f"{act}{what}") for act in ("change", "creation") for part in (variant, unit))
    return next(filter(None, map(date_or_none, found) if what == "date" else found), "")


def _language(variant: Element) -> str:
    code = (variant.get(_XML_LANG) or variant.get("lang") or "").strip().lower().replace("_", "-").split("-")[0]
    return _LANGUAGES.get(code, code)


def _text(variant: Element) -> str:
    segment = variant.find("seg")
    return "" if segment is None else "".join(_characters(segment)).strip()


def _characters(segment: Element) -> Iterator[str]:
    """The text of a segment without its codes. Not recursive: a hostile file nests a hundred thousand deep."""
    waiting: list[Element | str] = [segment]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
            continue
        waiting += (piece for child in reversed(part) for piece in (child.tail or "", child))
        if part.tag not in _CODES:
            yield part.text or ""


# ---------------------------------------------------------------- writing


def tmx_bytes(entries: Iterable[Entry]) -> bytes:
    """`entries` as TMX 1.4 in UTF-8, sorted by their Arabic; equal entries give equal bytes, whatever their order.

    Characters that XML cannot hold are left out.
    """
    from briefing import __version__

    ordered = sorted(entries, key=lambda e: (source_key(e.ar), e.ar, e.en, e.changed, e.author))
    units = "".join(map(_written, ordered))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'  <header creationtool="briefing" creationtoolversion="{__version__}" segtype="sentence" o-tmf="tmx" '
        'adminlang="en" srclang="ar" datatype="plaintext"/>\n'
        f"  <body>\n{units}  </body>\n</tmx>\n"
    )
    return text.encode("utf-8")


def _written(entry: Entry) -> str:
    changed = f' changedate="{entry.changed}"' if date_or_none(entry.changed) else ""
    author = f' changeid="{_attribute(entry.author)}"' if entry.author else ""
    return f"    <tu{changed}{author}>\n{_variant('ar', entry.ar)}{_variant('en', entry.en)}    </tu>\n"


def _variant(language: str, text: str) -> str:
    return f'      <tuv xml:lang="{language}"><seg>{_escaped(text)}</seg></tuv>\n'


def _escaped(text: str) -> str:
    plain = writable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\r", "&#13;")  # a bare CR would be read back as LF


def _attribute(text: str) -> str:
    return _escaped(" ".join(text.split())).replace('"', "&quot;")

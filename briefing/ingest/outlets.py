"""Who published a story: from its metadata, its URL, its source line, a credit or a masthead. Unknown stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.ingest.lines import Line, fold_line
from briefing.lexicon.tables import derived, table
from briefing.model import Document, Outlet, Span

_SOURCE_LINE = re.compile(r"المصدر\s*[:：]\s*(.+)")
_EDGE = " .:،|-–»«\"'()"


@dataclass(frozen=True, slots=True)
class Known:
    """An outlet of briefing/lexicon/outlets.toml."""

    name_en: str
    name_ar: str
    domains: tuple[str, ...]
    kind: str
    country: str
    owner: str


def _fold(text: str) -> str:
    return fold_line(text).strip(_EDGE)


@derived
def _known() -> tuple[Known, ...]:
    return tuple(
        Known(r["name_en"], r["name_ar"], tuple(r.get("domains", ())), *(r.get(k, "") for k in ("kind", "country", "owner")))
        for r in table("outlets")["outlet"]
    )


@derived
def _by_name() -> dict[str, Known]:
    names: dict[str, Known] = {}
    for row, known in zip(table("outlets")["outlet"], _known(), strict=True):
        for name in (known.name_en, known.name_ar, *row.get("marks", ())):
            names.setdefault(_fold(name.split(":")[-1]), known)
    return names


def by_name(name: str) -> Known | None:
    """The outlet known by this name or mark, in either language."""
    return _by_name().get(_fold(name))


def by_url(url: str | None) -> Known | None:
    """The outlet whose domain the URL belongs to (subdomains included, the longest domain first)."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    fits = [(len(d), k) for k in _known() for d in k.domains if host == d or host.endswith("." + d)]
    return max(fits, key=lambda f: f[0])[1] if fits else None


def outlet(document: Document, above: Sequence[Line], around: Sequence[Line], credits: Iterable[str]) -> Outlet | None:
    """The outlet of a story.

    `around` are the excluded lines of its own part of the page, `above` those before its first paragraph (a name alone further
    down is a picture's credit), `credits` its captions' texts.
    """
    meta = document.metadata
    if meta.outlet:
        known = by_name(meta.outlet)
        return Outlet(known.name_en if known else meta.outlet, "header" if document.header else "metadata")
    if found := by_url(meta.url):
        return Outlet(found.name_en, "url")
    return _from_source_lines(around) or _from_masthead(above) or _from_credits(credits)


_AGENCY_MARK = re.compile(r"\(([^()]{2,24})\)")
_LEAD, _TAIL = 160, 60  # code points in which an agency's mark may stand: a dateline, the end of the last paragraph


def wires(document: Document, around: Sequence[Line], kept: Sequence[Span], own: Outlet | None) -> tuple[str, ...]:
    """The agencies a story says it relays: in source lines («المصدر: تاس + رويترز»), a byline («بغداد - د ب أ») or a mark
    («(رويترز)») at the beginning or end of its text. The outlet itself is not one."""
    text = document.text
    marked = [text[kept[0].start : kept[0].start + _LEAD], text[max(kept[-1].start, kept[-1].end - _TAIL) : kept[-1].end]]
    said = [m.group(1) for line in around if (m := _SOURCE_LINE.search(line.text))]
    said += [m.group(1) for part in marked for m in _AGENCY_MARK.finditer(part)]
    said += re.split(r"\s[-–—:]\s|[:«»]", document.metadata.author or "")
    names = [piece for s in said for piece in re.split(r"[+,،/&]|\sو\s?", s)]
    found = [known.name_en for n in names if (known := by_name(n)) is not None and known.kind == "agency"]
    return tuple(name for name in dict.fromkeys(found) if own is None or name != own.name)


def _from_source_lines(around: Sequence[Line]) -> Outlet | None:
    named = [m.group(1).strip(_EDGE) for line in around if (m := _SOURCE_LINE.search(line.text))]
    named = [n for n in named if _fold(n) not in ("وكالات", "الوكالات", "متابعات")]
    if not named:
        return None
    last = named[-1]
    known = by_name(last)
    return Outlet(known.name_en if known else last, "source_line")


def _from_masthead(above: Sequence[Line]) -> Outlet | None:
    for line in above:
        if line.words <= 3 and (known := by_name(line.text)):
            return Outlet(known.name_en, "masthead")
    return None


def _from_credits(credits: Iterable[str]) -> Outlet | None:
    for text in credits:
        folded = _fold(text)
        for name, known in _by_name().items():
            if (len(name) > 4 and folded.startswith(("© " + name, name))) or f"- {name}," in folded:
                return Outlet(known.name_en, "caption")
    return None

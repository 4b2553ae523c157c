"""What an article's address, its page's metadata and the lines around it say about its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from briefing.ingest.lines import fold_line
from briefing.lexicon.tables import derived, table
from briefing.model import Article

_EDGE = " ./:،؛!؟?|«»\"'-–…<>*_()[]#"
_ABOVE = 6  # lines above a headline that may be its rubric
_BELOW = 6  # lines below a text that may say whose opinion it is
_RUBRIC_WORDS = 4
_MENU_WORDS, _MENU_LINES = 3, 3  # a row of more lines than this, each of so few words, is a menu
_SIGNED_WORDS = 12
_PAGE = re.compile(r"\d*(?:\.[a-z]{2,5})?$")


@dataclass(frozen=True, slots=True)
class Sign:
    """A kind, and what says so."""

    kind: str
    why: str


def section_of(article: Article) -> Sign | None:
    """The kind that the section in the page's metadata or a part of the address stands for."""
    parts = re.split(r"[,/|>;،]", article.document.metadata.section or "")
    kinds = {kind for part in parts if (kind := _sections().get(fold_line(part).strip(_EDGE)))}
    if len(kinds) == 1:  # several kinds are the tags of something between them
        return Sign(kinds.pop(), f"section «{', '.join(part.strip() for part in parts)}»")
    url = article.url or article.document.metadata.url
    return _by_address(url) if url else None


def _by_address(url: str) -> Sign | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    folders = [unquote(part) for part in parts.path.split("/") if part]
    # a page's own name is its headline in most addresses, so only a short one with a number behind it may be a section
    names = [_name(folder, last=n == len(folders)) for n, folder in enumerate(folders, 1)]
    for name in filter(None, [*host.split(".")[:-2], *names]):
        if kind := _sites().get(f"{host}/{name}") or _sections().get(name):
            return Sign(kind, f"«{name}» in its address")
    return None


def _name(folder: str, *, last: bool) -> str:
    folded = fold_line(folder)
    if last and not re.fullmatch(r"[a-z]{2,10}\d+(?:\.[a-z]{2,5})?", folded):
        return ""
    return _PAGE.sub("", folded).strip(_EDGE) if last else folded.strip(_EDGE)


@derived
def _sections() -> Mapping[str, str]:
    return {fold_line(word): kind for kind, words in table("kinds")["sections"].items() for word in words}


@derived
def _sites() -> Mapping[str, str]:
    return {word.lower(): kind for kind, words in table("kinds")["sites"].items() for word in words}


@derived
def _rubrics() -> Mapping[str, str]:
    return {fold_line(word).strip(_EDGE): kind for kind, words in table("kinds")["rubrics"].items() for word in words}


def signs_around(article: Article) -> Iterator[Sign]:
    """What the headline, a rubric over it, or the lines below the text say."""
    title = fold_line(article.title.ar).strip(_EDGE) if article.title else ""
    for kind, starts in table("kinds")["headlines"].items():
        for start in starts:
            if title.startswith(fold_line(start)):
                yield Sign(kind, f"headline begins with «{start}»")
    head = _head(article)
    kinds = {kind: line for n, line in enumerate(head) if not _in_menu(head, n) and (kind := _rubric(line))}
    if len(kinds) == 1:
        kind, line = next(iter(kinds.items()))
        yield Sign(kind, f"rubric «{' '.join(line.split())}»")
    for line in _tail(article):
        folded = fold_line(line)
        for phrase in table("kinds")["signature"]["disclaimers"]:
            if fold_line(phrase) in folded:
                yield Sign("opinion", f"«{' '.join(line.split())}» below the text")


def _in_menu(lines: list[str], n: int) -> bool:
    """Whether a line stands in a row of short ones, as the entries of a menu do."""
    short = [len(line.split()) <= _MENU_WORDS for line in lines]
    first, last = n, n
    while first > 0 and short[first - 1]:
        first -= 1
    while last + 1 < len(lines) and short[last + 1]:
        last += 1
    return last - first + 1 > _MENU_LINES


def _rubric(line: str) -> str | None:
    folded = fold_line(line).strip(_EDGE)
    if len(folded.split()) > _RUBRIC_WORDS + 2:
        return None
    return _rubrics().get(folded) or _rubrics().get(re.split(r"[:|/]", folded)[0].strip(_EDGE))


def signature(article: Article) -> str:
    """A line by the headline, or the last of the text, that says its author is a writer or scholar; "" if there is none."""
    writers = {fold_line(word) for word in table("kinds")["signature"]["writers"]}
    last = article.document.text[article.kept[-1].start : article.kept[-1].end].splitlines()[-1:] if article.kept else []
    for line in (*_head(article), *last, *_tail(article)[:1]):
        words = [word.strip(_EDGE) for word in fold_line(line).split()]
        if 0 < len(words) <= _SIGNED_WORDS and writers.intersection(words[:3]):
            return " ".join(line.split())
    return ""


def _head(article: Article) -> list[str]:
    """The lines right above the headline and those between it and the text."""
    text, first = article.document.text, article.kept[0].start if article.kept else 0
    title = article.title
    if title is None or title.start is None or title.end is None or title.end > first:
        return _lines(text[:first])[-_ABOVE:]
    between = _lines(text[title.end : first])
    return [*_lines(text[: title.start])[-_ABOVE:], *between]


def _tail(article: Article) -> list[str]:
    return _lines(article.document.text[article.kept[-1].end :])[:_BELOW] if article.kept else []


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]

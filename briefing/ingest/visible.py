"""HTML -> the visible text of the page, its blocks and its metadata.

Nothing is judged here: menus and related links stay in the text, because only the cleaning stage may exclude them, with
a reason. trafilatura's opinion on what is main text is noted per block (`voted_body`), not followed.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.ingest.decode import EXPORT_TEXT, UnreadableDocument, sound
from briefing.ingest.page_metadata import page_metadata
from briefing.model import Block, Metadata, Span

MOST_FOR_VOTE = 3_000_000
"""Characters of HTML above which trafilatura is not asked (about 5 s)."""

_INVISIBLE_NAMES = """
    head title meta link script style template noscript iframe noframes noembed object audio video canvas datalist rp
"""
_BLOCK_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section
    select summary table tbody td textarea tfoot th thead tr ul
"""
_INVISIBLE = frozenset(_INVISIBLE_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CONTEXTS = {name: name for name in ("nav", "header", "footer", "aside", "figure", "article", "main", "form")}
_ROLES = {
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "main": "main",
    "article": "article",
    "figure": "figure",
    "form": "form",
    "search": "form",
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_AS_IT_STANDS = frozenset(("pre", "textarea"))

# HTML's white space; NBSP is not among it and stays.
_SPACES = re.compile(r"[ \t\n\r\f]+")
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
# libxml2 needs quadratic time for the attributes of one element: 20,000 take a second, a million half an hour.
_CROWDED_TAG = re.compile(r"<([a-zA-Z][^\s<>/]*+)(?:[\s/]+[^\s<>\"'=/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']*))?+){3000,}+")
# libxml2 stops at 2,048 levels: without these elements hardly any level is left. <div> still breaks the line.
_LEVELS = re.compile(r"</?(?:div|section|article|center|ul|ol|li|blockquote|table|tbody|tr|td)\b[^<>]*+>", re.IGNORECASE)
_INLINE_LEVELS = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|big|small|bdi|bdo|label)\b[^<>]*+>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the visible text with what its block was."""

    text: str
    tag: str
    context: str
    link_share: float


def visible(html: str) -> tuple[str, tuple[Block, ...], Metadata]:
    """The visible text of a page, the blocks that tile its non-space characters, and the page's metadata.

    Text nodes stand in document order, entities decoded; a block is a line of its own, <br> is a newline and (outside
    headings) ends a block too; white space collapses as in a browser, except in <pre>. Not visible: head, script,
    style, template, noscript and the like, and whatever is hidden by attribute or inline style. If no block has
    `voted_body`, trafilatura found no main text or was not asked.

    Raises UnreadableDocument when the parser gives up.
    """
    clean = _CROWDED_TAG.sub(r"<\1", sound(html).replace("\0", "\ufffd"))
    if not clean.strip():
        return "", (), Metadata()
    root = _parsed(clean)
    lines = _Reader().read(root)
    return _assembled(lines, _votes(clean, lines), page_metadata(root))


def _assembled(lines: Sequence[_Line], votes: Sequence[bool], metadata: Metadata) -> tuple[str, tuple[Block, ...], Metadata]:
    blocks = []
    at = 0
    for line, vote in zip(lines, votes, strict=True):
        if line.text.strip():
            blocks.append(Block(Span(at, at + len(line.text)), line.tag, line.context, line.link_share, vote))
        at += len(line.text) + 1
    return "\n".join(line.text for line in lines), tuple(blocks), metadata


# ---------------------------------------------------------------- parsing


def _parsed(html: str) -> Any:
    """The root element. A page nested too deeply for the parser is parsed again without its bare levels."""
    root, whole = _tree(html)
    if not whole:
        root, whole = _tree(_INLINE_LEVELS.sub("", _LEVELS.sub("<br>", html)))
    if not whole:
        raise UnreadableDocument("is HTML nested too deeply to be read in full", EXPORT_TEXT)
    return root


def _tree(html: str) -> tuple[Any, bool]:
    """The root element, and whether the parser came to the end of the page."""
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableDocument(f"holds no HTML that can be read: {error}", EXPORT_TEXT) from error
    fatal = any(entry.level == lxml.etree.ErrorLevels.FATAL for entry in parser.error_log)
    return root, not fatal


class _Reader:
    """Walks the tree once, without recursion, and collects lines."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0
        self._preserving = 0
        self._tags = ["body"]
        self._contexts = [""]

    def read(self, root: Any) -> list[_Line]:
        """The lines of everything visible under `root`; an empty line stands for a <br> of its own."""
        from lxml.etree import iterwalk

        walker = iterwalk(root, events=("start", "end"))
        hidden = None
        for event, element in walker:
            if event == "start" and _is_hidden(element):
                hidden = element
                walker.skip_subtree()
            elif event == "start":
                self._open(element)
            else:
                if element is not hidden:
                    self._close(element)
                self._add(element.tail)
        self._end_line()
        return self._lines

    def _open(self, element: Any) -> None:
        tag = element.tag
        if _is_block(element):
            self._end_line()
            self._tags.append(tag)
        context = _context(element)
        if context:
            self._contexts.append(context)
        self._links += tag == "a"
        self._preserving += tag in _AS_IT_STANDS
        if tag == "br":
            self._break()
        self._add(element.text)

    def _close(self, element: Any) -> None:
        if _is_block(element):
            self._end_line()
            self._tags.pop()
        if _context(element):
            self._contexts.pop()
        self._links -= element.tag == "a"
        self._preserving -= element.tag in _AS_IT_STANDS

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if not self._preserving:
            text = _SPACES.sub(" ", text)
            if text[0] == " " and (not self._pieces or self._pieces[-1][-1] in " \n"):
                text = text[1:]
        if text:
            self._pieces.append(text)
            self._linked += _weight(text) if self._links else 0

    def _break(self) -> None:
        if self._tags[-1] in _HEADINGS and self._pieces:
            self._pieces[-1] = self._pieces[-1].rstrip(" ")
            self._pieces.append("\n")
        elif self._pieces:
            self._end_line()
        elif self._lines:
            self._lines.append(_Line("", self._tags[-1], self._contexts[-1], 0.0))

    def _end_line(self) -> None:
        text = "".join(self._pieces).strip(" \t\n\r\f")
        if text:
            share = self._linked / max(1, _weight(text))
            self._lines.append(_Line(text, self._tags[-1], self._contexts[-1], share))
        self._pieces = []
        self._linked = 0


def _weight(text: str) -> int:
    return len("".join(text.split()))


def _is_block(element: Any) -> bool:
    return element.tag in _BLOCKS


def _context(element: Any) -> str:
    return _CONTEXTS.get(element.tag) or _ROLES.get(element.get("role", ""), "")


def _is_hidden(element: Any) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _INVISIBLE:
        return True
    if tag in ("html", "body") or not element.attrib:  # pages hide their body until a script has run
        return tag == "dialog"
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden", "").strip().lower() == "true"
        or (tag == "dialog" and element.get("open") is None)
        or bool(_HIDING_STYLE.search(element.get("style", "")))
    )


# ---------------------------------------------------------------- trafilatura's vote


def _votes(html: str, lines: Sequence[_Line]) -> list[bool]:
    main = _main_text(html) if len(html) <= MOST_FOR_VOTE else ""
    whole = {_words(line) for line in main.splitlines()}
    known = _triples(_words(main))
    return [_voted(_words(line.text), whole, known) for line in lines]


def _voted(words: tuple[str, ...], whole: set[tuple[str, ...]], known: set[tuple[str, ...]]) -> bool:
    """Does most of the block stand in the main text? Short blocks must be a line of it, longer ones share its word triples."""
    if len(words) < 4:
        return bool(words) and words in whole
    triples = _triples(words)
    return len(triples & known) > 0.6 * len(triples)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


def _triples(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _main_text(html: str) -> str:
    import trafilatura

    # Without a handler of its own its remarks on odd pages would go to the user's terminal.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    try:
        return trafilatura.extract(html, include_comments=False, favor_recall=True) or ""
    except Exception:
        # A vote is only a hint, and what a hostile page makes of a third party's code cannot be listed.
        return ""

"""Document -> Articles: whose characters are whose, and why the rest is left out. No character is edited or lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from briefing.ingest import stories
from briefing.ingest.bounds import tells_after
from briefing.ingest.lines import Line, fold_line, lines
from briefing.ingest.outlets import outlet, wires
from briefing.ingest.published import Around, published
from briefing.model import Article, Document, Exclusion, Problem, Span, Title

_REACH = 8  # lines above or below a story in which its date may stand
_NOT_FOUND = "no article found: the page holds no paragraph of Arabic text"
_CHECK = "Check that the page's body was saved, not only its menu."


_DATED_BY_PAGE = ("stated_by_user", "json_ld", "html_meta", "date_line", "dateline", "caption")
_EDGE = 3  # last paragraphs of a page that may not be the story's


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a document gave: its articles, the excluded rest, and what went wrong.

    Kept spans, title spans and exclusions tile all characters of the text that are not white space, without overlap.
    """

    document: Document
    articles: tuple[Article, ...]
    excluded: tuple[Exclusion, ...]
    problems: tuple[Problem, ...]


def harvest(document: Document, zone: ZoneInfo, repeated: Collection[str] = ()) -> Harvest:
    """The articles in `document`; a document without one gives a Problem that says so.

    Times are days in `zone`; `repeated` are the folded lines that other pages of the outlet have too (ingest/repetition.py).
    """
    header_end = document.header.end if document.header else 0
    every = lines(document)
    head = [Exclusion(line.start, line.end, "header block") for line in every if line.start < header_end]
    found = [line for line in every if line.start >= header_end]
    read = stories.read(found, _folded_title(document), _trusted(document), repeated)
    articles = _articles(document, found, read, zone)
    if late := {start for article in articles for start in _late(article)}:
        read = stories.read(found, _folded_title(document), _trusted(document), repeated, late)
        articles = _articles(document, found, read, zone)
    rest = [Exclusion(found[i].start, found[i].end, reason) for i, reason in sorted(read.reasons.items())]
    titles = [found[s.title] for s in read.stories if s.title is not None]
    signs = [Exclusion(line.start, _title_start(line), "heading sign") for line in titles if line.level]
    problems = () if articles else (Problem(document.file, _NOT_FOUND, _CHECK),)
    return Harvest(document, articles, tuple(sorted((*head, *rest, *signs), key=lambda e: e.start)), problems)


def _articles(document: Document, found: list[Line], read: stories.Reading, zone: ZoneInfo) -> tuple[Article, ...]:
    return tuple(_article(document, found, read, n, zone) for n in range(len(read.stories)))


def _late(article: Article) -> list[int]:
    """The starts of paragraphs at the edges of a page's story that tell of days after it: a teaser, a comment, a ticker.

    Only where the page itself dates the story, not where the text was asked, and never in a text known to be an article.
    """
    when, kept = article.published, article.kept
    if _trusted(article.document) or when.value is None or when.basis not in _DATED_BY_PAGE or len(kept) < _EDGE + 2:
        return []
    day = date.fromisoformat(when.value)
    return [span.start for span in (kept[0], *kept[-_EDGE:]) if tells_after(article.document, span, day)]


def _folded_title(document: Document) -> str | None:
    title = document.metadata.title
    return fold_line(title) if title else None


def _trusted(document: Document) -> bool:
    """The text came as the content of one article (JSON with a title or URL), not as a page."""
    meta = document.metadata
    return not document.blocks and document.header is None and bool(meta.title or meta.url)


def _article(document: Document, found: list[Line], read: stories.Reading, n: int, zone: ZoneInfo) -> Article:
    story = read.stories[n]
    own = _own_lines(found, read, n)
    kept = tuple(Span(found[i].start, found[i].end) for i in story.body)
    captions = [found[i].text for i in own if read.reasons[i] == "photo credit or caption"]
    around = [found[i] for i in own]
    published_by = outlet(document, [found[i] for i in own if i < story.body[0]], around, captions)
    return Article(
        id=f"{document.sha256[:12]}-{n + 1}",
        document=document,
        language=document.metadata.language or "ar",
        title=_title(document, found, story, n),
        outlet=published_by,
        url=document.metadata.url if n == 0 else None,
        published=published(document, kept, _around(found, read, n, own), zone),
        kept=kept,
        wires=wires(document, around, kept, published_by),
    )


def _first_line(story: stories.Story) -> int:
    return story.title if story.title is not None else story.body[0]


def _own_lines(found: list[Line], read: stories.Reading, n: int) -> list[int]:
    """The excluded lines of the story's own part of the page: from its headline (the first: from the top) to the next one's."""
    start = 0 if n == 0 else _first_line(read.stories[n])
    end = _first_line(read.stories[n + 1]) if n + 1 < len(read.stories) else len(found)
    return [i for i in range(start, end) if i in read.reasons]


def _around(found: list[Line], read: stories.Reading, n: int, own: list[int]) -> Around:
    """The lines that may date the story: right above its first paragraph, or right below its last and before any list."""
    story = read.stories[n]
    above = [i for i in own if story.body[0] - _REACH <= i < story.body[0]]
    below: list[int] = []
    for i in own:
        if i > story.body[-1] + _REACH or (i > story.body[-1] and read.reasons[i].startswith("related")):
            break
        if i > story.body[-1]:
            below.append(i)
    return Around(tuple(found[i] for i in reversed(above)), tuple(found[i] for i in below), n == 0)


def _title(document: Document, found: list[Line], story: stories.Story, n: int) -> Title | None:
    if story.title is not None:
        line = found[story.title]
        start = _title_start(line)
        return Title(document.text[start : line.end], None, start, line.end)
    if n == 0 and document.metadata.title:
        return Title(document.metadata.title, None, None, None)
    return None


def _title_start(line: Line) -> int:
    """Where the headline's words start; a Markdown heading's sign is not one of them."""
    return line.end - len(line.text.lstrip("#").lstrip()) if line.level else line.start

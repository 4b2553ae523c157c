"""Document -> Articles: whose characters are whose, and why the rest is left out. No character is edited or lost."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from briefing.arabic.fold import key
from briefing.ingest import stories
from briefing.ingest.lines import Line, lines
from briefing.ingest.outlets import outlet
from briefing.ingest.published import published
from briefing.model import Article, Document, Exclusion, Problem, Span, Title


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a document gave: its articles, the excluded rest, and what went wrong.

    Kept spans, title spans and exclusions tile all characters of the text that are not white space, without overlap.
    """

    document: Document
    articles: tuple[Article, ...]
    excluded: tuple[Exclusion, ...]
    problems: tuple[Problem, ...]


def harvest(document: Document, zone: ZoneInfo) -> Harvest:
    """The articles in `document`; a document without one gives a Problem that says so. Times are days in `zone`."""
    header_end = document.header.end if document.header else 0
    every = lines(document)
    head = [Exclusion(line.start, line.end, "header block") for line in every if line.start < header_end]
    found = [line for line in every if line.start >= header_end]
    read = stories.read(found, _folded(document.metadata.title), _trusted(document))
    articles = tuple(_article(document, found, read, n, zone) for n in range(len(read.stories)))
    rest = [Exclusion(found[i].start, found[i].end, reason) for i, reason in sorted(read.reasons.items())]
    problems = () if articles else (Problem(document.file, "no article found: the page holds no paragraph of Arabic text", "Check that the page's body was saved, not only its menu."),)
    return Harvest(document, articles, (*head, *rest), problems)


def _trusted(document: Document) -> bool:
    """The text came as the content of one article (JSON with a title or URL), not as a page."""
    meta = document.metadata
    return not document.blocks and document.header is None and bool(meta.title or meta.url)


def _folded(title: str | None) -> str | None:
    return " ".join(key(w) for w in title.split()).lower() if title else None


def _article(document: Document, found: list[Line], read: stories.Reading, n: int, zone: ZoneInfo) -> Article:
    story = read.stories[n]
    start = 0 if n == 0 else (story.title if story.title is not None else story.body[0])
    later = read.stories[n + 1] if n + 1 < len(read.stories) else None
    end = len(found) if later is None else (later.title if later.title is not None else later.body[0])
    around = [found[i] for i in range(start, end) if i in read.reasons]
    above = _lines_above(found, read, story)
    captions = [found[i].text for i in range(start, end) if read.reasons.get(i) == "photo credit or caption"]
    kept = tuple(Span(found[i].start, found[i].end) for i in story.body)
    return Article(
        id=f"{document.sha256[:12]}-{n + 1}",
        document=document,
        language=document.metadata.language or "ar",
        title=_title(document, found, story, n),
        outlet=outlet(document, around, captions),
        url=document.metadata.url if n == 0 else None,
        published=published(document, kept, above, [line for line in around if line not in above], n == 0, zone),
        kept=kept,
    )


def _lines_above(found: list[Line], read: stories.Reading, story: stories.Story) -> list[Line]:
    """The excluded lines right above the story's first paragraph, nearest last: bylines, captions, date lines."""
    return [found[i] for i in range(max(0, story.body[0] - 8), story.body[0]) if i in read.reasons]


def _title(document: Document, found: list[Line], story: stories.Story, n: int) -> Title | None:
    if story.title is not None:
        line = found[story.title]
        return Title(line.text, None, line.start, line.end)
    if n == 0 and document.metadata.title:
        return Title(document.metadata.title, None, None, None)
    return None

"""Which lines are whose: prose, headline and everything else, for one or several stories in a document.

A page is read as lines with a shape. Prose is what ends like a sentence or reads like one; a story is a run of prose with
the nearest headline above it; the rest is excluded with the reason its phrase, its markup or its place gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefing.arabic.lexicon import table
from briefing.arabic.tokens import bare, stems
from briefing.ingest.lines import Line
from briefing.ingest.marks import Mark, mark

_LEAD_WORDS = 8  # a paragraph has more words than a menu entry
_LONG_WORDS = 12  # an unpunctuated line this long, with a comma or a verb in front, is a paragraph
_TITLE_WORDS = (3, 30)
_TICKER_WORDS = 36  # longer than any headline
_FULL_STOP = re.compile(r"(?<!\.)\.(?=[\s»\"”)]|$)")
_HEADLINE_MARK = re.compile(r":|\.\.|[؟!]")


@dataclass
class Story:
    """Line numbers of one story: its body and its headline (None if it has none)."""

    body: list[int] = field(default_factory=list)
    title: int | None = None


@dataclass(frozen=True)
class Reading:
    """Stories of a document and, for every other line, why it is left out."""

    stories: tuple[Story, ...]
    reasons: dict[int, str]


def read(lines: Sequence[Line], title: str | None, trusted: bool) -> Reading:
    """The stories in `lines`.

    `title` is the headline known from metadata (folded as Line.folded is), `trusted` says that the text came as the content
    of one article (JSON), so only lines that name themselves as chrome are left out.
    """
    marks = [mark(line) for line in lines]
    if trusted:
        return _whole(lines, marks, title)
    prose = [m is None and is_prose(line) for m, line in zip(marks, lines, strict=True)]
    if not any(prose):
        return _without_prose(lines, marks, title)
    _bridge(lines, marks, prose)
    stories = _stories(lines, marks, prose, title)
    return Reading(tuple(stories), _reasons(lines, marks, stories))


def is_prose(line: Line) -> bool:
    """Whether the line reads as (part of) a paragraph rather than a headline, link or label."""
    if line.block is not None and line.block.tag in ("h1", "h2", "h3", "h4", "title"):
        return False
    if _glued_headlines(line):
        return False
    if line.terminal:
        return line.words >= _LEAD_WORDS or (line.words >= 3 and line.text.rstrip("»”\"')").endswith((".", "؟")) and not line.bullet)
    if line.block is not None and line.block.voted_body and line.block.tag == "p":
        return line.words >= _LEAD_WORDS
    return line.words >= _LONG_WORDS and not line.bullet and (_starts_with_verb(line) or ("،" in line.text and line.words >= 20))


def _glued_headlines(line: Line) -> bool:
    """A ticker scraped as one line: very long, without one full stop, but with the marks of several headlines."""
    if line.words < _TICKER_WORDS or _FULL_STOP.search(line.text):
        return False
    return len(_HEADLINE_MARK.findall(line.text)) >= 3


def _starts_with_verb(line: Line) -> bool:
    first = line.folded.split(" ", 1)[0].strip("\"«“")
    return any(rest in _verbs() for _, rest in stems(first))


def _verbs() -> frozenset[str]:
    from briefing.arabic.verbs import reporting_forms

    return reporting_forms()


def _whole(lines: Sequence[Line], marks: Sequence[Mark | None], title: str | None) -> Reading:
    """One trusted article: everything but named chrome, and never its prose."""
    body = [i for i, (line, m) in enumerate(zip(lines, marks, strict=True)) if m is None or (m.reason == "no Arabic" and line.words > 3)]
    heading = next((i for i in body[:3] if title and _same(lines[i].folded, title)), None)
    story = Story([i for i in body if i != heading], heading)
    if not story.body:
        return _without_prose(lines, marks, title)
    return Reading((story,), {i: (m.reason if m else "chrome") for i, m in enumerate(marks) if i not in body})


def _without_prose(lines: Sequence[Line], marks: Sequence[Mark | None], title: str | None) -> Reading:
    """No paragraph anywhere: the unmarked lines of some length are all there is of an article, if any."""
    body = [i for i, line in enumerate(lines) if marks[i] is None and line.words >= _LEAD_WORDS and not line.bullet]
    if not body:
        return Reading((), {i: (m.reason if m else "no paragraph") for i, m in enumerate(marks)})
    story = Story(body, _headline_above(lines, marks, body[0], 0, title))
    return Reading((story,), _reasons(lines, marks, [story]))


def _bridge(lines: Sequence[Line], marks: Sequence[Mark | None], prose: list[bool]) -> None:
    """A long line between two paragraphs, or unpunctuated right below one, is one too (a stop was forgotten)."""
    for i in range(1, len(lines) - 1):
        long = marks[i] is None and not lines[i].bullet and lines[i].words >= 2 * _LONG_WORDS
        if long and prose[i - 1] and prose[i + 1]:
            prose[i] = True


# ---------------------------------------------------------------- several stories


def _stories(lines: Sequence[Line], marks: Sequence[Mark | None], prose: Sequence[bool], title: str | None) -> list[Story]:
    stories: list[Story] = []
    floor = 0  # lines before it belong to stories above
    for i in range(len(lines)):
        if not prose[i]:
            continue
        if not stories:
            stories.append(Story([i], _headline_above(lines, marks, i, 0, title)))
        elif _opens_another(lines, marks, prose, stories[-1], i):
            stories.append(Story([i], _headline_above(lines, marks, i, floor, None)))
        elif not _closed(marks, stories[-1], i):
            stories[-1].body.append(i)
        floor = i + 1
    return stories


def _closed(marks: Sequence[Mark | None], story: Story, i: int) -> bool:
    """Whether a line that ends a story stands between the story's last paragraph and line i."""
    return any(m is not None and m.ends_story for m in marks[story.body[-1] + 1 : i])


def _opens_another(lines: Sequence[Line], marks: Sequence[Mark | None], prose: Sequence[bool], story: Story, i: int) -> bool:
    """Line i starts a story of its own: below a closed one (or a "read also"), under a headline that is about it."""
    between = marks[story.body[-1] + 1 : i]
    if not any(m is not None and (m.ends_story or m.heading) for m in between):
        return False
    heading = _headline_above(lines, marks, i, story.body[-1] + 1, None)
    if heading is None:
        return False
    below = _content(lines[k] for k in range(i, min(i + 6, len(lines))) if prose[k])
    above = _content([lines[k] for k in story.body])
    wanted = _content([lines[heading]])
    fit, fit_above = len(wanted & below) / max(len(wanted), 1), len(wanted & above) / max(len(wanted), 1)
    return fit >= 0.3 and (fit > fit_above or _closed(marks, story, i))


def _content(chosen: Sequence[Line] | object) -> set[str]:
    words = set()
    for line in chosen:  # type: ignore[attr-defined]
        for word in line.folded.split():
            readings = [bare(rest) for _, rest in stems(word.strip(".,،:؛«»\"()؟!"))]
            words.add(min(readings, key=len)[:5]) if readings and len(readings[0]) > 3 else None
    return words


def _headline_above(lines: Sequence[Line], marks: Sequence[Mark | None], i: int, floor: int, title: str | None) -> int | None:
    """The headline of the paragraph at i: the known title if it stands there, an <h1>, or the nearest fitting line above."""
    above = [k for k in range(floor, i) if marks[k] is None and not lines[k].bullet]
    for k in above:
        if title and _same(lines[k].folded, title):
            return k
    for k in reversed(above):
        block = lines[k].block
        if block is not None and block.tag == "h1":
            return k
    low, high = _TITLE_WORDS
    return next((k for k in reversed(above[-4:]) if low <= lines[k].words <= high and i - k <= 12), None)


def _same(a: str, b: str) -> bool:
    return a.strip(' ".«»') == b.strip(' ".«»')


# ---------------------------------------------------------------- reasons


def _reasons(lines: Sequence[Line], marks: Sequence[Mark | None], stories: Sequence[Story]) -> dict[int, str]:
    used = {i for s in stories for i in (*s.body, s.title) if i is not None}
    titles = {lines[s.title].folded for s in stories if s.title is not None}
    first = {s.body[0]: s for s in stories}
    last = max((s.body[-1] for s in stories), default=-1)
    reasons: dict[int, str] = {}
    started = False
    for i, line in enumerate(lines):
        started = started or i in first
        if i not in used:
            reasons[i] = _reason(line, marks[i], titles, started, i > last)
    return reasons


def _reason(line: Line, found: Mark | None, titles: set[str], started: bool, ended: bool) -> str:
    if line.folded in titles:
        return "repeated headline"
    if found is not None:
        return found.reason
    if ended:
        return "related list" if line.words > 2 else "navigation"
    if started:
        return "related link inside text"
    if line.words > _TITLE_WORDS[1]:
        return "ticker"
    return "navigation" if line.words < 5 or line.bullet else "kicker or menu line"


def known_reasons() -> frozenset[str]:
    """Every reason `read` can give, for the schema and the documentation."""
    ours = {"repeated headline", "related list", "related link inside text", "ticker", "navigation", "kicker or menu line", "no paragraph", "no Arabic", "chrome", "header block"}
    return frozenset(ours | {row["reason"] for row in table("page")["mark"]} | {"photo credit or caption", "counter"})

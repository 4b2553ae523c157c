"""Which lines are whose: prose, headline and everything else, for one or several stories in a document.

A page is read as lines with a shape. A story is a run of prose with the headline above it; the rest is excluded with the reason
its phrase, its markup or its place gives.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from briefing.ingest.headlines import MOST_WORDS, Headlines, same_title
from briefing.ingest.lines import Line
from briefing.ingest.marks import Mark, mark
from briefing.ingest.prose import glued_headlines, prose_lines

_LEAD_WORDS = 8  # without any paragraph, lines of this length are what there is
_STORY_WORDS = 60  # one paragraph alone is a second story only when it is this long; else it is a related story's teaser
_NOTICE_WORDS = 20  # a notice above the headline («you have been added to the list») is no longer
_TRUSTED_WORDS = 15  # in a text known to be an article, a full sentence of this length is kept whatever it starts with
REPEATED, LATE = Mark("repeated on the outlet's pages"), Mark("later than the article")
_MOST_REPEATED = 0.5  # of the words in sentences


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


def read(
    lines: Sequence[Line], title: str | None, trusted: bool, repeated: Collection[str] = (), late: Collection[int] = ()
) -> Reading:
    """The stories in `lines`.

    `title` is the headline known from metadata (folded as Line.folded is), `trusted` says that the text came as the content
    of one article (JSON), so only lines that name themselves as chrome are left out. `repeated` are folded lines that other pages
    of the outlet have too, `late` the starts of lines that tell of what came after the article.
    """
    marks = [mark(line) for line in lines]
    if _is_boilerplate(lines, repeated):
        marks = [m or (REPEATED if line.folded in repeated else None) for m, line in zip(marks, lines, strict=True)]
    marks = [m or (LATE if line.start in late else None) for m, line in zip(marks, lines, strict=True)]
    if trusted:
        return _whole(lines, marks, title)
    prose = prose_lines(lines, marks)
    if not any(prose):
        return _without_prose(lines, marks, title)
    page = _Page(lines, marks, prose)
    return page.reading(page.stories(title))


def _is_boilerplate(lines: Sequence[Line], repeated: Collection[str]) -> bool:
    """Repeated lines are the outlet's, unless they make up half of the page's sentences: a story in several versions."""
    told = [line for line in lines if line.terminal]
    again = sum(line.words for line in told if line.folded in repeated)
    return again <= _MOST_REPEATED * sum(line.words for line in told)


def _whole(lines: Sequence[Line], marks: Sequence[Mark | None], title: str | None) -> Reading:
    """One trusted article: everything but named chrome, and never its prose."""
    body = [i for i, (line, m) in enumerate(zip(lines, marks, strict=True)) if m is None or _is_text(line, m)]
    heading = next((i for i in body[:3] if title and same_title(lines[i].folded, title)), None)
    story = Story([i for i in body if i != heading], heading)
    if not story.body:
        return _without_prose(lines, marks, title)
    return Reading((story,), {i: m.reason for i, m in enumerate(marks) if m is not None and i not in set(body)})


def _is_text(line: Line, found: Mark) -> bool:
    """Text that only looks like chrome: a foreign name, a tilde, a paragraph that begins like a label."""
    if found.reason == "no Arabic":
        return len(line.text.split()) > 3
    if found.reason in ("date line", "byline", "counter"):
        return line.terminal and line.words > 3
    return line.words >= _TRUSTED_WORDS and line.terminal and found.reason != "photo credit or caption"


def _without_prose(lines: Sequence[Line], marks: Sequence[Mark | None], title: str | None) -> Reading:
    """No paragraph anywhere: the unmarked lines of some length are all there is of an article, if any."""
    body = [i for i, line in enumerate(lines) if marks[i] is None and line.words >= _LEAD_WORDS and not line.bullet]
    if not body:
        return Reading((), {i: (m.reason if m else "no paragraph") for i, m in enumerate(marks)})
    chosen = set(body)
    page = _Page(lines, marks, [i in chosen for i in range(len(lines))])
    return page.reading([Story(body, page.headlines.above(body[0], 0, title))])


class _Page:
    """The lines of one page with their marks and which of them are paragraphs."""

    def __init__(self, lines: Sequence[Line], marks: Sequence[Mark | None], prose: list[bool]) -> None:
        self.lines = lines
        self.marks = marks
        self.prose = prose
        self.headlines = Headlines(lines, marks, prose)

    # ------------------------------------------------------------ several stories

    def stories(self, title: str | None) -> list[Story]:
        """The stories from top to bottom."""
        self._drop_notice()
        found: list[Story] = []
        floor = 0  # lines before it belong to what stands above
        ended = headed = False  # what stands between the last paragraph taken and this line
        for i, m in enumerate(self.marks):
            ended, headed = ended or (m is not None and m.ends_story), headed or (m is not None and m.heading)
            if not self.prose[i]:
                continue
            heading = self._opens(found, i, floor, (ended, headed), title)
            floor = i + 1
            if not found or heading is not None:
                found.append(Story([i], heading))
            elif ended:
                continue
            else:
                found[-1].body.append(i)
            ended = headed = False
        return [s for n, s in enumerate(found) if n == 0 or self._is_whole(s)]

    def _opens(self, found: Sequence[Story], i: int, floor: int, state: tuple[bool, bool], title: str | None) -> int | None:
        """The headline under which line i starts a story of its own: the first, or one below a closed story or a "read also"."""
        if not found:
            return self.headlines.above(i, 0, title)
        ended, headed = state
        heading = self.headlines.above(i, floor, None) if ended or headed else None
        if heading is None:
            return None
        own, above = self.headlines.about(heading, self.headlines.lead(i)), self.headlines.about(heading, found[-1].body[-12:])
        return heading if own >= 0.3 and (own > above or ended) else None

    def _is_whole(self, story: Story) -> bool:
        """Whether a later story is one, rather than a list of other stories' first lines."""
        if len(story.body) == 1:
            return self.lines[story.body[0]].words >= _STORY_WORDS
        pairs = zip(story.body, story.body[1:], strict=False)
        broken = sum(any(self.marks[k] is None for k in range(a + 1, b)) for a, b in pairs)
        return broken * 2 <= len(story.body)

    def _drop_notice(self) -> None:
        """A sentence to the reader above the headline is no paragraph of the story: it shares no word with what follows."""
        paragraphs = [i for i, p in enumerate(self.prose) if p][:6]
        if len(paragraphs) < 3:
            return
        first, second = paragraphs[0], paragraphs[1]
        between = [k for k in range(first + 1, second) if self.marks[k] is None and 3 <= self.lines[k].words <= MOST_WORDS]
        if self.lines[first].words <= _NOTICE_WORDS and between and self.headlines.about(first, paragraphs[1:]) < 0.2:
            self.prose[first] = False

    # ------------------------------------------------------------ reasons

    def reading(self, stories: Sequence[Story]) -> Reading:
        """The stories with the reason for every line that is in none."""
        used = {i for s in stories for i in (*s.body, s.title) if i is not None}
        titles = {self.lines[s.title].folded for s in stories if s.title is not None}
        zones = _zones(stories, len(self.lines))
        reasons = {i: self._reason(i, titles, zones[i]) for i in range(len(self.lines)) if i not in used}
        return Reading(tuple(stories), reasons)

    def _reason(self, i: int, titles: set[str], zone: str) -> str:
        line, found = self.lines[i], self.marks[i]
        if line.folded in titles:
            return "repeated headline"
        if found is not None:
            return found.reason
        if zone == "below":
            return "related list" if line.words > 2 else "navigation"
        if zone == "inside":
            return "related link inside text"
        if zone == "under the headline":
            return "standfirst or caption"
        if line.words > MOST_WORDS or glued_headlines(line):
            return "ticker"
        if line.terminal and not line.bullet and line.words >= 3:
            return "notice"
        return "navigation" if line.words < 5 or line.bullet else "kicker or menu line"


def _zones(stories: Sequence[Story], count: int) -> list[str]:
    """For every line where it stands: above the first story, under a headline, inside a story or below the last."""
    zones = ["above"] * count
    for n, story in enumerate(stories):
        end = stories[n + 1].body[0] if n + 1 < len(stories) else count
        for i in range(story.title if story.title is not None else story.body[0], story.body[0]):
            zones[i] = "under the headline"
        for i in range(story.body[0], end):
            zones[i] = "inside" if i < story.body[-1] else "below"
    return zones

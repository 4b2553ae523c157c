"""Which line is a story's headline, among kickers, standfirsts, menus and bylines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.arabic.tokens import bare, stems
from briefing.ingest.lines import Line
from briefing.ingest.marks import Mark
from briefing.ingest.prose import glued_headlines

MOST_WORDS = 30
_LEAST_WORDS = 3
_REACH = 12  # lines above the first paragraph where a headline may stand
_LEAD = 4  # paragraphs a headline is compared with
_ENOUGH = 0.34  # a headline shares at least this part of its words with the lead, to be taken over a nearer line
_LOOKED_AT = 2000  # characters of a paragraph that are compared
_EDGE = ".,،:؛«»\"()؟!*"
_MASTHEADS = ("وكاله", "صحيفه", "جريده", "شبكه", "موقع", "بوابه", "قناه", "مجله")


class Headlines:
    """Finds the headline above a paragraph of one document."""

    def __init__(self, lines: Sequence[Line], marks: Sequence[Mark | None], prose: Sequence[bool]) -> None:
        self._lines = lines
        self._marks = marks
        self._prose = prose
        self._menu: dict[str, int] = {}  # where a bulleted copy of a line stands first
        for k, line in enumerate(lines):
            if line.bullet:
                self._menu.setdefault(line.folded, k)

    def above(self, i: int, floor: int, title: str | None) -> int | None:
        """The headline of the story whose first paragraph is line i, among the lines from `floor` on; None if it has none.

        The title known from metadata wins if it stands there, then an <h1>; else the nearest group of fitting lines, and in it
        (or right above it) the line that is about what the first paragraphs are about: the upper of two that fit as well,
        because a standfirst stands below its headline.
        """
        known = next((k for k in range(floor, i) if title and same_title(self._lines[k].folded, title)), None)
        if known is not None:
            return known
        first_level = next((k for k in range(i - 1, floor - 1, -1) if self._is_h1(k)), None)
        if first_level is not None:
            return first_level
        near = [k for k in range(max(floor, i - _REACH), i) if self._marks[k] is None and self._fits(k)]
        return self._choose(near, i) if near else None

    def about(self, headline: int, paragraphs: Iterable[int]) -> float:
        """The share (0 to 1) of the headline's content words that the paragraphs have too."""
        wanted = content([self._lines[headline]])
        return len(wanted & content(self._lines[k] for k in paragraphs)) / max(len(wanted), 1)

    def lead(self, i: int) -> list[int]:
        """The first paragraphs from line i on."""
        return [k for k in range(i, min(i + 2 * _LEAD, len(self._lines))) if self._prose[k]][:_LEAD]

    def _is_h1(self, k: int) -> bool:
        block = self._lines[k].block
        return self._lines[k].level == 1 or (block is not None and block.tag == "h1")

    def _fits(self, k: int) -> bool:
        line = self._lines[k]
        masthead = line.words <= 4 and line.folded.startswith(_MASTHEADS)
        long_enough = _LEAST_WORDS <= line.words <= MOST_WORDS
        entry = self._menu.get(line.folded, k) < k
        return long_enough and not (line.bullet or masthead or entry) and not glued_headlines(line)

    def _choose(self, near: Sequence[int], i: int) -> int:
        group, upper = self._group(near)
        lead = self.lead(i)
        fits = {k: self.about(k, lead) for k in group}
        best = max(fits.values())
        chosen = next(k for k in (group if best else reversed(group)) if fits[k] >= best / 2)
        if upper is not None:
            above, below = self.about(upper, lead[:1]), self.about(chosen, lead[:1])
            if above >= max(below, _ENOUGH):
                return upper
        return chosen

    def _group(self, near: Sequence[int]) -> tuple[list[int], int | None]:
        """The candidates with no blank line between them and the nearest one, and the next candidate above those."""
        top = near[-1]
        while top > near[0] and not self._lines[top].gap:
            top -= 1
        group = [k for k in near if k >= top]
        above = [k for k in near if k < top]
        return group, above[-1] if above else None


def same_title(folded: str, title: str) -> bool:
    """Whether a line is the known title, which may have the outlet's name behind it («... - بوابة الساحل»)."""
    a, b = folded.strip(' ".«»'), title.strip(' ".«»')
    return a == b or (len(a.split()) >= _LEAST_WORDS and b.startswith((a + " -", a + " |", a + " –", a + " —")))


def content(chosen: Iterable[Line]) -> set[str]:
    """The longer words of some lines, cut to the five letters that inflection seldom touches."""
    words: set[str] = set()
    for line in chosen:
        for word in line.folded[:_LOOKED_AT].split():
            readings = [bare(rest) for _, rest in stems(word.strip(_EDGE))]
            if len(readings[0]) > 3:
                words.add(min(readings, key=len)[:5])
    return words

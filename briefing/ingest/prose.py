"""Which lines read as paragraphs: what ends like a sentence or begins like one, and is no list entry, ticker or link."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.arabic.tokens import stems
from briefing.ingest.lines import Line
from briefing.ingest.marks import Mark

_LEAD_WORDS = 8  # a paragraph has more words than a menu entry
_LONG_WORDS = 12  # an unpunctuated line this long, with a comma or a verb in front, is a paragraph
_LINK_WORDS = 20  # no headline that asks something is longer
_TICKER_WORDS = 36  # longer than any headline
_GLUED_WORDS = 15
_REACH = 4000  # characters of a line that are looked at for its shape
_FULL_STOP = re.compile(r"(?<!\.)\.(?=[\s»\"”)]|$)")
_HEADLINE_MARK = re.compile(r":|\.\.|[؟!]")
# where two headlines were run together: a letter after a final form, after tanwin, after a closing mark; a quote after a letter
_SEAM = re.compile(r"[ةى][ء-ي]|[ًٌٍ]ا?[ء-ي]|[؟!»”][ء-ي]|[ء-ي][“«]|[ء-ي]\"[ء-ي]")
_OTHER_HEADINGS = ("h1", "h2", "h3", "h4", "title")


def prose_lines(lines: Sequence[Line], marks: Sequence[Mark | None]) -> list[bool]:
    """For every line, whether it is (part of) a paragraph, judged by itself and by its neighbours."""
    prose = [m is None and is_prose(line) for m, line in zip(marks, lines, strict=True)]
    _drop_entries(lines, marks, prose)
    _bridge(lines, marks, prose)
    return prose


def is_prose(line: Line) -> bool:
    """Whether the line reads as (part of) a paragraph rather than a headline, link or label."""
    if line.level or (line.block is not None and line.block.tag in _OTHER_HEADINGS) or glued_headlines(line):
        return False
    if line.bullet and not _FULL_STOP.search(line.text[:_REACH]):
        return False
    if line.terminal:
        return _ends_well(line)
    if line.block is not None and line.block.voted_body and line.block.tag == "p":
        return line.words >= _LEAD_WORDS
    return line.words >= _LONG_WORDS and not line.bullet and (_starts_with_verb(line) or ("،" in line.text and line.words >= 20))


def _ends_well(line: Line) -> bool:
    """A terminal line is a paragraph; but a headline too may end with a quotation, and then has no verb in front."""
    end = line.text.rstrip("»”\"')]*_")[-1:]
    if end and end in ".؟?!…:؛":
        return line.words >= _LEAD_WORDS or (line.words >= 3 and end == "." and not line.bullet)
    quoting = _starts_with_verb(line) or "،" in line.text or ":" in line.text
    return line.words >= 2 * _LONG_WORDS or (quoting and line.words >= _LEAD_WORDS)


def glued_headlines(line: Line) -> bool:
    """A ticker scraped as one line: without one full stop, but with the seams or the marks of several headlines."""
    head = line.text[:_REACH]
    if line.words < _GLUED_WORDS or _FULL_STOP.search(head):
        return False
    seams = len(_SEAM.findall(head))
    return seams >= 2 or (line.words >= _TICKER_WORDS and seams + len(_HEADLINE_MARK.findall(head)) >= 3)


def _starts_with_verb(line: Line) -> bool:
    from briefing.arabic.verbs import reporting_forms

    first = line.folded.split(" ", 1)[0].strip("\"«“")
    return any(rest in reporting_forms() for _, rest in stems(first))


def _drop_entries(lines: Sequence[Line], marks: Sequence[Mark | None], prose: list[bool]) -> None:
    """Bullets under a list's heading, and questions that stand where a headline or a link does, are not paragraphs."""
    listed = begun = False
    for i, line in enumerate(lines):
        found = marks[i]
        if found is not None:
            listed = found.heading or (listed and not found.ends_story)
            begun = begun and not (found.heading or found.ends_story)
            continue
        listed = listed and (line.bullet or not prose[i])
        if prose[i] and ((listed and line.bullet) or (_asks(line) and (not begun or _stands_like_a_link(marks, i)))):
            prose[i] = False
        begun = begun or prose[i]


def _asks(line: Line) -> bool:
    """A question or exclamation and nothing else: as a first line it is a headline."""
    return line.words <= _LINK_WORDS and line.text.endswith(("؟", "!")) and not _FULL_STOP.search(line.text)


def _stands_like_a_link(marks: Sequence[Mark | None], i: int) -> bool:
    before, after = marks[i - 1] if i else None, marks[i + 1] if i + 1 < len(marks) else None
    led = before is not None and (before.heading or before.reason in ("photo credit or caption", "related link inside text"))
    return led or (after is not None and after.reason == "date line")


def _bridge(lines: Sequence[Line], marks: Sequence[Mark | None], prose: list[bool]) -> None:
    """Between two paragraphs, a long line (a stop was forgotten) and a short one with a mark («وأضاف:») are paragraphs too."""
    for i in range(1, len(lines) - 1):
        line = lines[i]
        if marks[i] is not None or line.bullet or line.level or not (prose[i - 1] and prose[i + 1]):
            continue
        heading = line.block is not None and line.block.tag in _OTHER_HEADINGS
        if not heading and (line.words >= 2 * _LONG_WORDS or (line.terminal and not glued_headlines(line))):
            prose[i] = True

"""Days in which a story can have been published, and what remains when several of them hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.model import Span

SENTENCE_END = re.compile(r"[.؟!\n](?=[\s»\"”]|$)")
_QUOTES = (("«", "»"), ("“", "”"))


@dataclass(frozen=True, slots=True)
class Window:
    """The first and last day that the words in `evidence` allow; None is an open end.

    `exact`: it follows from the words (and the gazetteer, where `basis` is "gazetteer") alone, so a window of one day is the day;
    else it is a mere bound. `contradicts`: the words cannot all be right, and nothing follows.
    """

    earliest: date | None
    latest: date | None
    evidence: tuple[Span, ...]
    exact: bool = False
    basis: str = "inferred"
    contradicts: bool = False


def common(windows: Iterable[Window]) -> Window:
    """The days that all windows allow, with the evidence of those that set its ends; `contradicts` where there are none.

    Without any window nothing is known: both ends open, no evidence.
    """
    given = tuple(windows)
    low = max((w for w in given if w.earliest), key=lambda w: (w.earliest or date.min, w.exact), default=None)
    high = min((w for w in given if w.latest), key=lambda w: (w.latest or date.max, not w.exact), default=None)
    ends = tuple(w for w in (low, high) if w is not None)
    evidence = tuple(sorted({s for w in ends for s in w.evidence}))
    basis = "gazetteer" if any(w.basis == "gazetteer" for w in ends) else "inferred"
    first, last = low.earliest if low else None, high.latest if high else None
    crossed = first is not None and last is not None and first > last
    if crossed:
        first = last = None
    return Window(first, last, evidence, bool(ends) and all(w.exact for w in ends), basis, crossed)


def quoted(text: str, at: int, back: int = 400) -> bool:
    """Whether a place stands inside quotation marks of its line: somebody else's «today» is that of the speech."""
    line = text[max(0, at - back) : at].rsplit("\n", 1)[-1]
    return any(line.rfind(a) > line.rfind(b) for a, b in _QUOTES) or line.count('"') % 2 == 1


def spans_of(windows: Sequence[Window]) -> tuple[Span, ...]:
    """The evidence of all windows, each span once, in reading order."""
    return tuple(sorted({s for w in windows for s in w.evidence}))

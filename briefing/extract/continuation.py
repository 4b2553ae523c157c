"""Quotations that go on after the sentence that introduces them: after a colon at a line's end, or before the closing mark."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.clause import Parsed

_MOST = 6  # sentences a quotation is followed for; beyond that a mark was forgotten


def continued(sentences: Sequence[Parsed], i: int) -> list[Parsed]:
    """The sentences after i that still belong to what sentence i quotes, in order; usually none.

    After a colon at the end of the sentence the next one belongs to it; an open quotation runs on to its closing mark. When no
    closing mark comes within reach, nothing but that first sentence is taken.
    """
    following = list(sentences[i + 1 : i + 1 + _MOST])
    text = _text(sentences[i])
    after_colon = text.rstrip().endswith(":")
    if not following or (not after_colon and _open(text) <= 0):
        return []
    depth = _open(text)
    for n, sentence in enumerate(following):
        depth += _open(_text(sentence))
        if depth <= 0:
            return following[: n + 1]
    return following[:1] if after_colon else []


def _text(parsed: Parsed) -> str:
    return parsed.text[parsed.sentence.start : parsed.sentence.end]


def _open(text: str) -> int:
    """How many quotations are left open; straight marks count when there is an odd number of them."""
    curled = text.count("«") + text.count("“") - text.count("»") - text.count("”")
    if curled or text.count('"') % 2 == 0:
        return curled
    return 1 if text.rstrip().rfind('"') < len(text.rstrip()) - 1 else -1

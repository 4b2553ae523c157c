"""Headlines inside a text of several briefs, which are never evidence: the brief below them tells it."""

from __future__ import annotations

import re

from briefing.model import Sentence

_MOST = 15  # words of a headline
# «باماكو - رويترز: …» at the beginning of a paragraph
_DATELINE = re.compile(r"\s*[^\n:.،]{2,40}\s?[-–—ـ]\s?[^\n:،]{2,30}:")
_FULL_STOPS = '.؟!…:»"'


def is_headline(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is alone on its line, short, without a full stop, and stands right above a dateline."""
    quote = text[sentence.start : sentence.end].rstrip()
    before, after = text[: sentence.start].rstrip(" \t\u00a0"), text[sentence.end :].lstrip(" \t\u00a0")
    alone = (not before or before.endswith("\n")) and after.startswith("\n")
    short = len(quote.split()) <= _MOST and not quote.endswith(tuple(_FULL_STOPS))
    return alone and short and _DATELINE.match(after.lstrip()[:100]) is not None

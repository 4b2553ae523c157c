"""Whether quotations stay quotations and questions stay questions."""

from __future__ import annotations

import re

from briefing.translate.checks.finding import Finding
from briefing.translate.checks.words import data

_QUOTED = re.compile(r'[«“„"]([^«»“”„"]+)[»”“"]')
_MARKS = re.compile(r"[\"“”„«»‘’']|&quot;|&apos;")
_CLOSED = re.compile(r"[\s»”\"')\]]+\Z")
_QUESTION = re.compile(r"[؟?]")


def check(source: str, english: str) -> list[Finding]:
    """Findings "quotation" (a quoted clause without any mark in `english`) and "question" (a question on one side only)."""
    return [*_quotation(source, english), *_question(source, english)]


def _quotation(source: str, english: str) -> list[Finding]:
    long = [q for q in _QUOTED.findall(source) if len(q.split()) >= data("quotation")["shortest"]]
    if not long or _MARKS.search(english):
        return []
    return [Finding("quotation", "the source quotes words, the translation has no quotation marks")]


def _question(source: str, english: str) -> list[Finding]:
    asked = _CLOSED.sub("", source).endswith(("؟", "?"))
    if asked and not _QUESTION.search(english):
        return [Finding("question", "the source is a question, the translation is not")]
    if _CLOSED.sub("", english).endswith("?") and not _QUESTION.search(source) and not _asks(source):
        return [Finding("question", "the translation is a question, the source is not")]
    return []


def _asks(source: str) -> bool:
    return bool(re.search(r"(?<![ء-ي])(?:هل|أ?ليس|لماذا|كيف|ماذا|متى|أين|ما)(?![ء-ي])", source))

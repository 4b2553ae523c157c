"""Whether the translation is there and is English."""

from __future__ import annotations

import re

from briefing.translate.checks.finding import Finding

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc]+")
_LATIN = re.compile(r"[A-Za-z]")


def check(source: str, english: str) -> list[Finding]:
    """Findings "empty", "untranslated" (mostly Arabic, or no English word) and "arabic left" (Arabic words in English)."""
    if not english.strip():
        return [Finding("empty", "the engine gave no translation")] if _ARABIC.search(source) else []
    arabic, latin = _ARABIC.findall(english), len(_LATIN.findall(english))
    if sum(map(len, arabic)) > latin or (not latin and len(_ARABIC.findall(source)) > 1):
        return [Finding("untranslated", "the translation is not English")]
    return [Finding("arabic left", f"Arabic is left in the translation: {' '.join(arabic)[:60]}")] if arabic else []

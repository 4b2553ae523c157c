"""Whether the translation states the numbers of the source, and no others."""

from __future__ import annotations

from briefing.translate.checks.english_numbers import figures, values
from briefing.translate.checks.finding import Finding, listed
from briefing.translate.checks.source_numbers import demands, stated

SMALL = 10  # smaller figures are also duals, list marks and parts of names; alone they are no fault


def check(source: str, english: str) -> list[Finding]:
    """A finding "number" when a number of `source` is missing in `english`, or a figure there has no source."""
    said = values(english)
    missing = [d.shown for d in demands(source) if not any(option <= said for option in d.options)]
    known = stated(source)
    added = [f.text for f in figures(english) if not f.values & known and (missing or max(f.values) >= SMALL)]
    missing, added = list(dict.fromkeys(missing)), list(dict.fromkeys(added))
    return [Finding("number", _sentence(missing, added))] if missing or added else []


def _sentence(missing: list[str], added: list[str]) -> str:
    if missing and added:
        return f"the source says {listed(missing)}, the translation {listed(added)}"
    if missing:
        return f"the source says {listed(missing)}, the translation does not"
    return f"the translation says {listed(added)}, the source does not"

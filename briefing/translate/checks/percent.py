"""Whether percentages stay percentages."""

from __future__ import annotations

import re

from briefing.arabic.numbers import find_numbers
from briefing.translate.checks.finding import Finding, listed

_PERCENT = re.compile(r"%|\bper ?cent|\bpct\b|\bpercentage|\bhalf\b|\bquarter|\bthird|\bfull|\ball\b|\bdouble", re.I)


def check(source: str, english: str) -> list[Finding]:
    """A finding "percent" when `source` has a percentage and `english` has none."""
    shares = [f"{m.value}%" for m in find_numbers(source) if m.percent and m.value is not None]
    if not shares or _PERCENT.search(english):
        return []
    return [Finding("percent", f"the source says {listed(list(dict.fromkeys(shares)))}, the translation has no percentage")]

"""Where a sentence may be taken apart so that a model can translate its parts one by one."""

from __future__ import annotations

import re

CLAUSE_END = re.compile(r"[.؟!؛;:،,]\s+|[؟؛،]")
FEWEST_WORDS = 4  # of a clause that stands alone: less is a name in a list


def clauses(text: str) -> list[str]:
    """`text` cut behind its clause marks, outer space removed; a clause of few words stays with its neighbour."""
    ends = [match.end() for match in CLAUSE_END.finditer(text)]
    cut = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    joined: list[str] = []
    for part in cut:
        if joined and (_few(joined[-1]) or _few(part)):
            joined[-1] += part
        else:
            joined.append(part)
    return [part for each in joined if (part := each.strip())]


def _few(text: str) -> bool:
    return len(text.split()) < FEWEST_WORDS

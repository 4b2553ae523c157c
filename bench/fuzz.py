"""Coverage-guided fuzzing of reading and extraction (needs atheris): python bench/fuzz.py CORPUS_FOLDER -max_total_time=3600

Every input is read as a text file and as HTML. No crash; kept, title and excluded spans tile all characters that are not
white space, exactly once; every quote stands letter for letter at its offsets.
"""

from __future__ import annotations

import sys
from zoneinfo import ZoneInfo

import atheris

with atheris.instrument_imports(include=["briefing"]):
    from briefing.arabic.sentences import sentences
    from briefing.extract import rules
    from briefing.ingest.articles import harvest
    from briefing.ingest.decode import UnreadableDocument, decode
    from briefing.ingest.visible import visible
    from briefing.model import Block, Document

_ZONE = ZoneInfo("UTC")


def check(text: str, blocks: tuple[Block, ...] = ()) -> None:
    """Reads one text and asserts the invariants."""
    document = Document("fuzz", text, "0" * 64, blocks=blocks)
    found = harvest(document, _ZONE)
    spans = [(s.start, s.end) for a in found.articles for s in a.kept] + [(e.start, e.end) for e in found.excluded]
    spans += [(a.title.start, a.title.end) for a in found.articles if a.title and a.title.start is not None and a.title.end]
    held = bytearray(len(text))
    for start, end in spans:
        for i in range(start, end):
            held[i] += 1
    assert all(n == 1 or (n == 0 and text[i].isspace()) for i, n in enumerate(held)), "no tiling"
    for article in found.articles:
        for draft in rules.find(article, sentences(text, article.kept)):
            assert all(text[c.start : c.end] == c.quote for c in draft.item.citations), "a quote is not its text"


def one_input(data: bytes) -> None:
    """What the fuzzer calls."""
    if len(data) > 20_000:
        return
    try:
        text = decode(data)
    except UnreadableDocument:
        return
    check(text)
    try:
        shown, blocks, _ = visible(text)
    except UnreadableDocument:
        return
    check(shown, blocks)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()

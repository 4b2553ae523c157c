"""How much of the news the lexicon knows: python bench/breadth.py --news FILE --labels FILE [--missing] [--sure]

NEWS is a .jsonl.gz of articles (with "content"). LABELS names, by line and offset, the reporting verbs, the words that tell of
events and the places in sentences drawn from it, one JSON object a line: {"line", "start", "end", "verbs", "events", "places"},
each label with "start", "end", "kind" or "type", and "doubt" where the annotator was not sure. A word is known when the lexicon
reads it as what it is labelled; whether an item is made of it is measured elsewhere. --sure leaves out doubtful labels.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from briefing.arabic.lexicon import COUNTRY, PLACE
from briefing.extract import reporting, triggers
from briefing.extract.clause import Parsed, is_a, parse
from briefing.model import Sentence

Label = dict[str, Any]


def verb(parsed: Parsed, i: int, label: Label) -> bool:
    """A finite reporting verb or a word of attribution («وفقا») that is in the lexicon."""
    return reporting.forms_anywhere(parsed, i) or is_a(parsed.word(i), "attribution")


def event(parsed: Parsed, i: int, label: Label) -> bool:
    """A word of events.toml, with the company it needs."""
    starts = range(max(0, i - 3), i + 1)
    return any(t is not None and t.first <= i < t.last for t in (triggers.at(parsed, k) for k in starts))


def place(parsed: Parsed, i: int, label: Label) -> bool:
    """A place or country of the lexicon."""
    match = parsed.cover[i]
    return match is not None and match.kind in (PLACE, COUNTRY)


KINDS: dict[str, Callable[[Parsed, int, Label], bool]] = {"verbs": verb, "events": event, "places": place}


def looked_up(news: list[str], labels: Path, sure: bool) -> Iterator[tuple[str, str, bool]]:
    """(kind, the labelled words, whether they are known) of every label."""
    for line in labels.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = news[row["line"]]
        parsed = parse(text, Sentence(1, row["start"], row["end"]))
        for kind, known in KINDS.items():
            for label in row[kind]:
                if label.get("kind") == "participle" or (sure and label.get("doubt")):
                    continue  # participles stay with their verb and need no lexicon
                inside = [i for i, t in enumerate(parsed.tokens) if t.start < label["end"] and label["start"] < t.end]
                yield kind, text[label["start"] : label["end"]], any(known(parsed, i, label) for i in inside)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--missing", action="store_true", help="print what is not known")
    parser.add_argument("--sure", action="store_true", help="leave out labels that are marked as doubtful")
    args = parser.parse_args()
    if not (args.news.is_file() and args.labels.is_file()):
        sys.exit("the news or the labels are not there; nothing was measured")
    with gzip.open(args.news, "rt", encoding="utf-8") as file:
        news = [json.loads(line)["content"] for line in file]
    found = list(looked_up(news, args.labels, args.sure))
    for kind in KINDS:
        known = [ok for k, _, ok in found if k == kind]
        print(f"{kind:7} {sum(known) / max(1, len(known)):.3f} of {len(known)} known")
        if args.missing:
            print("  " + "، ".join(words for k, words, ok in found if k == kind and not ok))


if __name__ == "__main__":
    main()

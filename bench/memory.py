"""Time and yield of the search for near reviewed sentences: `python bench/memory.py --news FILE`.

FILE is gzipped JSON Lines with `content`. 3,000 of its sentences are looked up among 10,000 entries: its other sentences, filled
up with such as have every third word replaced by one from elsewhere. Every tenth of the 3,000 is an entry with one word changed,
dropped or added. Compared are the product's search and all against all (rapidfuzz's cdist within the length that 0.9 allows),
which finds every near one. Times are those of the processor. Where FILE is absent, the reason is printed and the exit status is
0: it is no part of the project.
"""

from __future__ import annotations

import argparse
import bisect
import gzip
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.arabic.sentences import sentences  # noqa: E402
from briefing.model import Span  # noqa: E402
from briefing.translate.entry import Entry, source_key  # noqa: E402
from briefing.translate.memory import Memory  # noqa: E402
from briefing.translate.near import NEAR  # noqa: E402

ENTRIES, SOUGHT = 10_000, 3_000
MOST_SECONDS = 2.0
LEAST_FOUND = 0.98  # of the near ones that comparing all with all finds


def texts(news: Path, count: int) -> list[str]:
    """`count` different sentences, as they are compared, shuffled: those of the articles, then such with other words."""
    found: dict[str, str] = {}
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["content"]
            for s in sentences(text, [Span(0, len(text))]):
                found.setdefault(source_key(text[s.start : s.end]), "")
            if len(found) >= count:
                break
    chosen = [text for text in found if text][:count]
    dice = random.Random(1)
    dice.shuffle(chosen)
    words = [word for text in chosen for word in text.split()]
    return chosen + [mixed(dice.choice(chosen), words, dice) for _ in range(count - len(chosen))]


def mixed(text: str, words: Sequence[str], dice: random.Random) -> str:
    """`text` with every third word replaced by one of `words`."""
    return " ".join(word if n % 3 else dice.choice(words) for n, word in enumerate(text.split()))


def altered(text: str, dice: random.Random) -> str:
    """`text` with one word changed, dropped or added."""
    words = text.split()
    place = dice.randrange(len(words))
    words[place : place + 1] = dice.choice(([], [words[place], "أيضا"], [str(dice.randrange(100))]))
    return " ".join(words)


def exhaustive(sought: Sequence[str], keys: Sequence[str]) -> set[str]:
    """Those of `sought` that have a near key which is not they themselves, found by comparing with all."""
    from rapidfuzz import fuzz, process

    ordered = sorted(keys, key=len)
    lengths = [len(key) for key in ordered]
    found = set()
    for text in sought:
        shortest, longest = len(text) * NEAR / (2 - NEAR) - 1, len(text) * (2 - NEAR) / NEAR + 1
        window = ordered[bisect.bisect_left(lengths, shortest) : bisect.bisect_right(lengths, longest)]
        scores = process.cdist([text], window, scorer=fuzz.ratio, score_cutoff=100 * NEAR)[0]
        if any(score and key != text for score, key in zip(scores, window, strict=True)):
            found.add(text)
    return found


def main() -> int:
    """Prints both times and how many are found; exit status 1 when one is outside its bound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--news", type=Path, default=ROOT.parent / "shared" / "news" / "saudi_2015_1000.jsonl.gz")
    args = parser.parse_args()
    if not args.news.is_file():
        print(f"skipped: no articles in {args.news}")
        return 0
    dice = random.Random(2)
    every = texts(args.news, ENTRIES + SOUGHT)
    keys, sought = every[SOUGHT:], every[:SOUGHT]
    sought = [source_key(altered(dice.choice(keys), dice)) if n % 10 == 0 else text for n, text in enumerate(sought)]
    memory = Memory([Entry(key, "English", "memory.tmx") for key in keys])
    start = time.process_time()
    unknown = [text for text in sought if memory.lookup(text) is None]
    near = {text for text, found in zip(unknown, memory.near(unknown), strict=True) if found is not None}
    ours = time.process_time() - start
    start = time.process_time()
    all_near = exhaustive(unknown, keys)
    print(f"{len(unknown)} sentences, {len(keys)} entries, {sum(map(len, keys)) / len(keys):.0f} characters each")
    print(f"ours, index included: {ours:.2f} s, {len(near)} near ones")
    print(f"all with all:         {time.process_time() - start:.2f} s, {len(all_near)} near ones")
    share = len(near & all_near) / len(all_near)
    print(f"found of those: {share:.1%}; found that are none: {len(near - all_near)}")
    return 0 if ours <= MOST_SECONDS and share >= LEAST_FOUND else 1


if __name__ == "__main__":
    sys.exit(main())

"""How often what the gloss gives is in a human's translation of the sentence: `python bench/gloss.py --corpus DIR`.

DIR holds flores_dev.jsonl and un_opusmt.jsonl: lines with `ar` and `ref`. A piece counts as right when one of its words, cut to
its stem, stands in the reference; another word of the translator's counts as wrong.
Half of the rows, by the digest of file and row number, was looked at while gloss.toml was made ("seen"), the other half was not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from briefing.translate.gloss_terms import terms

FILES = ("flores_dev", "un_opusmt")
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ies|ied|ers?|ed|es|s|ian|an|ions?|ment)$")
_SMALL = {"the", "of", "in", "al", "and", "for", "to"}


def main() -> int:
    """Print, for each half, the lines with a gloss and the share of its pieces that the reference bears out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    folder = parser.parse_args().corpus
    if not folder.is_dir():
        print(f"nothing measured: {folder} is no folder")
        return 0
    halves = {"seen": Counter[str](), "held": Counter[str]()}
    for name in FILES:
        for number, line in enumerate((folder / f"{name}.jsonl").read_text("utf-8").splitlines()):
            seen = int(hashlib.sha256(f"{name}{number}".encode()).hexdigest(), 16) % 2 == 0
            row = json.loads(line)
            halves["seen" if seen else "held"] += _counted(row["ar"], row["ref"])
    for half, count in halves.items():
        pieces = count["right"] + count["wrong"]
        print(f"{half}: {count['lines']} lines, {count['glossed']} glossed, right {count['right'] / pieces:.3f} of {pieces}")
    return 0


def _counted(source: str, reference: str) -> Counter[str]:
    words = _stems(reference)
    words |= {word[:5] for word in words}
    pieces = [stems for *_, english in terms(source) if (stems := _stems(english))]
    right = sum(any(s in words or s[:5] in words for s in stems) for stems in pieces)
    return Counter(lines=1, glossed=bool(pieces), right=right, wrong=len(pieces) - right)


def _stems(text: str) -> set[str]:
    return {_ENDING.sub("", word) for word in _WORD.findall(text.casefold()) if word not in _SMALL}


if __name__ == "__main__":
    raise SystemExit(main())

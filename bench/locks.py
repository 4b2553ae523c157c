"""Names and terms in their form before and after locking: `python bench/locks.py --corpus DIR`.

DIR holds flores_dev.jsonl and un_opusmt.jsonl: lines with `ar`, `ref` (a human's English), `opusmt` and, in the first, `nllb`
(what models made of it). Half of the rows, by the digest of file and row number as in bench/checks.py, was looked at while the
locks were made ("seen"), the other half ("held") only for the figures and, once, for the note in docs/translation.md. chrF is
that of sacrebleu, where it can be imported. No second attempt is made: the models themselves are not here. Where DIR is absent,
the reason is printed and the exit status is 0: it is no part of the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.arabic.lexicon import ADJECTIVE, TERM  # noqa: E402
from briefing.lexicon.glossary import NONE  # noqa: E402
from briefing.translate.checks import names  # noqa: E402
from briefing.translate.locks.demands import Demand, demands  # noqa: E402
from briefing.translate.locks.line import SPELLING, Locked, lock, standing  # noqa: E402

OUTPUTS = (("flores_dev", "opusmt"), ("flores_dev", "nllb"), ("un_opusmt", "opusmt"))
READ = (*OUTPUTS, ("flores_dev", "argos"), ("flores_dev", "google"), ("flores_dev", "ref"), ("un_opusmt", "ref"))
SHIFTS = 15  # with how many other lines of its corpus each source is paired
HALVES = ("seen", "held")
LEAST_STANDING = 0.98
MOST_CHRF_LOST = 0.2
ACRONYM = re.compile(r"\b[A-Z][A-Za-z]?[A-Z][A-Za-z]*\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a model's output; `half` is "seen" or "held"."""

    number: int
    half: str
    ar: str
    ref: str
    machine: str


def rows(corpus: Path, file: str, model: str) -> list[Row]:
    """The lines of one output."""
    found = []
    for number, line in enumerate((corpus / f"{file}.jsonl").read_text("utf-8").splitlines()):
        row, half = json.loads(line), HALVES[hashlib.sha256(f"{file}:{number}".encode()).digest()[0] % 2]
        found.append(Row(number, half, row["ar"], row["ref"], row[model]))
    return found


def named(row: Row) -> Iterator[Demand]:
    """The names of a line: no terms, no adjectives."""
    yield from (demand for demand in demands(row.ar, NONE) if demand.kind not in (ADJECTIVE, TERM))


def counted(lines: Sequence[Row], english: Sequence[str]) -> Counter[str]:
    """Of the names in the source: how many there are, stand letter for letter, in their form, and are there by name at all.

    By name: as far as the check can tell, and not only inside an abbreviation ("MINURCAT" for Chad).
    """
    found: Counter[str] = Counter()
    for row, text in zip(lines, english, strict=True):
        lost = {match.start for match in names.missing(row.ar, ACRONYM.sub("", text))}
        for demand in named(row):
            right = standing(demand, text)
            found["all"] += 1
            found["exact"] += bool(re.search(rf"(?<!\w){re.escape(demand.wording.en)}(?!\w)", text))
            found["right"] += right
            found["named"] += right or demand.start not in lost
    return found


def chrf(english: Sequence[str], references: Sequence[str]) -> float | None:
    """sacrebleu's chrF, None where it is not installed."""
    try:
        from sacrebleu.metrics import CHRF
    except ImportError:
        return None
    return float(CHRF().corpus_score(list(english), [list(references)]).score)


def report(title: str, lines: Sequence[Row]) -> tuple[Counter[str], bool]:
    """Prints the figures of some lines; what was counted after locking, and whether chrF is within its bound."""
    before, locked = [row.machine for row in lines], [lock(row.ar, row.machine, NONE) for row in lines]
    after = [line.english for line in locked]
    for name, english in (("before", before), ("after", after)):
        found = counted(lines, english)
        share = found["right"] / found["named"]
        print(
            f"{title}, {name:6}: {found['all']} names, {found['exact'] / found['all']:.1%} letter for letter, "
            f"{found['right'] / found['all']:.1%} in their form, {share:.1%} of those named at all"
        )
    print(f"{title}: {sum(map(replaced, locked))} replacements in {sum(bool(replaced(line)) for line in locked)} lines")
    references = [row.ref for row in lines]
    was, now = chrf(before, references), chrf(after, references)
    if was is None or now is None:
        print(f"{title}: no chrF, sacrebleu is not installed")
        return found, True
    print(f"{title}: chrF {was:.2f} before, {now:.2f} after ({now - was:+.2f})")
    return found, was - now <= MOST_CHRF_LOST


def replaced(line: Locked) -> int:
    """How many replacements were made in a line."""
    return len(line.replaced)


def astray(corpus: Path, half: str) -> None:
    """Prints how often a name is found by its spelling in the English of another line, where it cannot be."""
    for file in ("flores_dev", "un_opusmt"):
        lines = [row for row in rows(corpus, file, "ref") if row.half == half]
        pairs = [(row.ar, lines[(n + shift) % len(lines)].ref) for shift in range(1, SHIFTS + 1) for n, row in enumerate(lines)]
        found = sum(one.why == SPELLING for ar, ref in pairs for one in lock(ar, ref, NONE).replaced)
        print(f"{half}, {file}, English of other lines: {found} spellings found in {len(pairs)} pairs")


def show(title: str, lines: Sequence[Row]) -> None:
    """Prints every replacement with its line."""
    for row in lines:
        for one in (line := lock(row.ar, row.machine, NONE)).replaced:
            print(f"{title} {row.number}: {row.ar[one.start : one.end]}: {one.before} -> {one.after} ({one.why})")
            print("", row.ar, line.english, row.ref, sep="\n  ")


def main() -> int:
    """Prints all figures; exit status 1 when one is outside its bound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "mt")
    parser.add_argument("--show", choices=HALVES, help="print every replacement in this half instead")
    args = parser.parse_args()
    if not all((args.corpus / f"{file}.jsonl").is_file() for file, _ in OUTPUTS):
        print(f"skipped: no corpus in {args.corpus}")
        return 0
    for file, model in READ if args.show else ():
        show(f"{file} {model}", [row for row in rows(args.corpus, file, model) if row.half == args.show])
    good = True
    for half in () if args.show else HALVES:
        every: Counter[str] = Counter()
        for file, model in OUTPUTS:
            found, kept = report(f"{half}, {file} {model}", [r for r in rows(args.corpus, file, model) if r.half == half])
            every, good = every + found, good and kept
        share = every["right"] / every["named"]
        good &= share >= LEAST_STANDING
        print(f"{half}, all: {share:.1%} of the names that are there at all stand in their form")
        astray(args.corpus, half)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

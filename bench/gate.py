"""The quality gate: scores the program on a gold corpus and fails when a figure falls below its pinned floor.

    python bench/gate.py --corpus FOLDER              compare with bench/floors.toml
    python bench/gate.py --corpus FOLDER --raise      pin better figures
    python bench/gate.py --corpus FOLDER --lower NAME pin a worse figure, on purpose

A corpus is known by the digest of its files: with another one the gate says so and compares nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import events as labelled

FLOORS = Path(__file__).with_name("floors.toml")
LOWER_IS_BETTER = ("leak", "untiled", "differs", "wrong_day", "bad")
RUNS = {"shown": [], "hidden": ["--hide-dates"]}
_FIGURE = re.compile(r"^([a-z_.0-9]+)\s+(-?\d+(?:\.\d+)?)$", re.MULTILINE)


def digest(corpus: Path) -> str:
    """sha256 over names and bytes of the scorer, the gold, the scored files and the labelled sentences."""
    state = hashlib.sha256()
    files = [corpus / "score.py", *(p for part in ("gold", "seeds", "events") for p in (corpus / part).rglob("*") if p.is_file())]
    for path in sorted(files):
        state.update(path.relative_to(corpus).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return state.hexdigest()


def measure(corpus: Path) -> dict[str, float]:
    """Every figure of both runs ("shown.statements.f1", "hidden.dates.wrong_day", …) and of bench/events.py ("sentences.…")."""
    command = f"{sys.executable} -m briefing inspect"
    figures: dict[str, float] = {}
    for name, extra in RUNS.items():
        ran = subprocess.run(
            [sys.executable, str(corpus / "score.py"), "--command", command, *extra], capture_output=True, text=True, check=True
        )
        figures |= {f"{name}.{key}": float(value) for key, value in _FIGURE.findall(ran.stdout)}
    for kind in labelled.FITTING:
        precision, recall, f1, _ = labelled.score(corpus / "events" / f"{kind.lower()}.csv", kind, "all", 0)
        scores = {"precision": precision, "recall": recall, "f1": f1}
        figures |= {f"sentences.{kind.lower()}.{name}": round(value, 3) for name, value in scores.items()}
    return figures


def is_worse(name: str, value: float, floor: float) -> bool:
    """Whether a figure falls short of its floor (of its ceiling, for errors)."""
    return value > floor if name.endswith(LOWER_IS_BETTER) else value < floor


def write(corpus_digest: str, floors: dict[str, float]) -> None:
    """bench/floors.toml, sorted, with the digest it holds for."""
    lines = [f'digest = "{corpus_digest}"', "", "[floors]", *(f'"{name}" = {floors[name]}' for name in sorted(floors)), ""]
    FLOORS.write_text("\n".join(lines), "utf-8")


def main() -> None:
    """The command line: exit 0 when every floor holds, 1 when one does not, 2 when the corpus is another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--raise", dest="lift", action="store_true", help="pin better figures")
    parser.add_argument("--lower", action="append", default=[], metavar="NAME", help="pin this figure although it is worse")
    args = parser.parse_args()
    if not (args.corpus / "score.py").is_file():
        sys.exit(f"{args.corpus}: no scorer and gold there; nothing was measured")
    known = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"digest": "", "floors": {}}
    here = digest(args.corpus)
    if known["digest"] != here and not args.lift:
        print(f"{args.corpus}: another corpus than the floors were pinned for ({here[:12]}); pin them anew with --raise")
        sys.exit(2)
    figures, floors = measure(args.corpus), dict(known["floors"])
    short = [n for n, f in floors.items() if n in figures and is_worse(n, figures[n], f) and n not in args.lower]
    for name in short:
        print(f"falls short: {name} {figures[name]}, floor {floors[name]}")
    if short:
        sys.exit(1)
    if args.lift or args.lower:
        better = {n: v for n, v in figures.items() if n not in floors or is_worse(n, floors[n], v) or n in args.lower}
        write(here, floors | better)
    print(f"{len(floors)} floors hold")


if __name__ == "__main__":
    main()

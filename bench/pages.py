"""Pages that the estimate of briefing/render/pages.py gives against those of rendered PDFs.

    python bench/pages.py --inputs FOLDER_OR_FILE ... [--budgets 0,6,12,20] [--first N] [--paper A4,letter]

For each input and page budget a brief is built with the gloss, rendered, and its pages counted. --first takes the first N entries
of a .jsonl or .jsonl.gz file only. A budget is kept when the PDF has no more pages; "full" says how much of it is used.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from briefing.brief_model import Brief
from briefing.config import Config
from briefing.ingest.read import memories
from briefing.pipeline import Means, Order, build
from briefing.progress import untracked
from briefing.render.context import make_context
from briefing.render.html import page
from briefing.render.markdown import markdown
from briefing.render.pages import A4, LETTER, estimated
from briefing.render.pdf import to_pdf
from briefing.scope.settings import Scope
from briefing.translate.engine import open_engine
from briefing.translate.memory import Memory

NOW = datetime(2024, 11, 18, 6, tzinfo=UTC)
PAPERS = {"A4": A4, "letter": LETTER}


def main() -> int:
    """Prints one line for each brief; exit code 1 where a PDF has more pages than its budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=Path, nargs="+", required=True)
    parser.add_argument("--budgets", default="0,6,12,20")
    parser.add_argument("--first", type=int)
    parser.add_argument("--paper", default="A4,letter")
    args = parser.parse_args()
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        for given in args.inputs:
            path = _first(given, args.first, Path(folder)) if args.first else given
            for budget in map(int, args.budgets.split(",")):
                over += sum(_line(given, path, budget, args.paper.split(",")))
    return 1 if over else 0


def _first(path: Path, most: int, folder: Path) -> Path:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    cut = folder / "first.jsonl"
    cut.write_bytes(b"\n".join(data.split(b"\n")[:most]) + b"\n")
    return cut


def _line(given: Path, path: Path, budget: int, papers: list[str]) -> Iterator[bool]:
    start = time.perf_counter()
    config = replace(Config(), scope=Scope(pages=budget))
    engine = open_engine("gloss", config, Memory.from_files(memories([path])), print, None)
    brief = build(Order((path,), None, True, NOW), config, Means(lambda: engine), lambda line: None, untracked)
    took = time.perf_counter() - start
    for name in papers:
        real, guess = pages_of(brief, config, name), estimated(markdown(brief, make_context(config)), PAPERS[name])
        full = f"  full {real / budget:.2f}" if budget else ""
        told = f"told {brief.articles_used}, by title {len(brief.also)}, left out {brief.articles_left_out}"
        print(f"{given.name} {budget} {name}: {real} pages, estimated {guess:.1f}{full}  {told}  {took:.1f} s", flush=True)
        yield bool(budget) and real > budget


def pages_of(brief: Brief, config: Config, paper: str) -> int:
    """Pages of the brief's PDF on a paper."""
    import io

    from pypdf import PdfReader

    context = make_context(config)
    return len(PdfReader(io.BytesIO(to_pdf(page(brief, context), context.fonts, paper.lower()))).pages)


if __name__ == "__main__":
    raise SystemExit(main())

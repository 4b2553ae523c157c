"""Any number of articles made from seeds/ by changing words: for measurements that need more than there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.duplicates import changed

ROOT = Path(__file__).resolve().parent.parent
WEEK = "2024-W46"
FEWEST_WORDS = 8  # in a line that is taken for a paragraph


@dataclass(frozen=True, slots=True)
class Made:
    """A name for a file, and its text with a date and an outlet at the top."""

    name: str
    text: str


def made(count: int, days: int = 7) -> Iterator[Made]:
    """`count` articles of `days` days before the end of WEEK; each is a seed of which one word in five is another one.

    The same number gives the same articles.
    """
    bodies = [_body(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for n in range(count):
        body = "\n".join(changed(line, n) for line in bodies[n % len(bodies)])
        day = 17 - n % days
        yield Made(f"{n:06}.txt", f"Published: 2024-11-{day:02}\nOutlet: Outlet {n % 40}\n\n{body}\n")


def folder(path: Path, count: int) -> Path:
    """A folder with `count` of them."""
    path.mkdir(parents=True, exist_ok=True)
    for one in made(count):
        (path / one.name).write_text(one.text, encoding="utf-8")
    return path


def _body(path: Path) -> list[str]:
    """The paragraphs of a seed, without headers, menus and lists."""
    return [line.strip() for line in path.read_text("utf-8").split("\n") if len(line.split()) >= FEWEST_WORDS]

"""Time and memory of the renderers: `python bench/render.py [--items 500 2000]`.

The brief is the sample of the tests, multiplied: each repetition has ids and numbers of its own, and one word in three is written
backwards, so that nothing is laid out twice. Each measurement runs in a process of its own; times are those of the processor.
The PDF is compared with what WeasyPrint alone takes for the same page and fonts: tagged like ours, which is what the bound is
for, and untagged, for information.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.brief_model import Brief, Entry  # noqa: E402
from briefing.config import Config  # noqa: E402
from briefing.render.context import make_context  # noqa: E402
from briefing.render.rendition import Rendition  # noqa: E402
from briefing.render.verify import check_brief, item_ids  # noqa: E402
from briefing.source_model import CitedSentence, Reference, Source  # noqa: E402

MOST_RATIO = 1.15  # of the PDF's time to raw WeasyPrint's
MOST_SECONDS = 1.0  # for the Markdown, and for the HTML made of it, of 500 items
MOST_GROWTH = 1.3  # of the time for one item, from the first number of items to the last
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = {(Reference, "number"), (Reference, "source"), (CitedSentence, "number"), (CitedSentence, "same_as"),
             (Source, "number"), (Source, "copy_of")}  # fmt: skip
_IDS = {(Entry, "id"), (CitedSentence, "entries")}


def sample() -> Brief:
    """The sample brief of the tests."""
    spec = importlib.util.spec_from_file_location("render_sample", ROOT / "tests" / "render" / "sample.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Brief = module.sample_brief()
    return made


def multiplied(brief: Brief, items: int) -> Brief:
    """A brief with at least `items` items, made of repetitions of `brief`'s."""
    repetitions = range(1, -(-items // len(item_ids(brief))))
    copies = [_copy(brief, n) for n in repetitions]
    sections = tuple(_joined(parts) for parts in zip(brief.sections, *(one.sections for one in copies), strict=True))
    return replace(brief, sections=sections, sources=tuple(s for one in (brief, *copies) for s in one.sources))


def _joined(parts: tuple[Any, ...]) -> Any:
    """Sections of one kind as one, all their lists after one another."""
    lists = [f.name for f in fields(parts[0]) if isinstance(getattr(parts[0], f.name), tuple)]
    return replace(parts[0], **{name: tuple(one for part in parts for one in getattr(part, name)) for name in lists})


def _copy(value: Any, n: int) -> Any:
    if isinstance(value, tuple):
        return tuple(_copy(one, n) for one in value)
    if isinstance(value, str):
        return _reworded(value, n)
    if not is_dataclass(value):
        return value
    return replace(value, **{f.name: _field(value, f.name, n) for f in fields(value)})  # type: ignore[type-var]


def _field(owner: Any, name: str, n: int) -> Any:
    value, place = getattr(owner, name), (type(owner), name)
    if place in _NUMBERED:
        return value and value + 100 * n
    if place in _IDS:
        return _identified(value, n) if isinstance(value, str) else tuple(_identified(one, n) for one in value)
    return _copy(value, n)


def _identified(identifier: str, n: int) -> str:
    return f"{identifier[0]}{int(identifier[1:]) + 100 * n}"


def _reworded(text: str, n: int) -> str:
    """Prose with one word in three backwards; what has fewer than four words may be a key and stays."""
    if len(text.split()) < 4:
        return text
    return _WORD.sub(lambda word: word[0][::-1] if crc32(f"{word[0]}{n}".encode()) % 3 == 0 else word[0], text)


# ---------------------------------------------------------------- what is measured, each in a process of its own


def _rendition(items: int) -> Rendition:
    brief = multiplied(sample(), items)
    check_brief(brief)
    with tempfile.TemporaryDirectory() as folder:
        warm = Rendition(sample(), make_context(Config(base=Path(folder))))
    assert warm.page  # imports and templates are loaded
    return replace(warm, brief=brief)


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def texts(items: int) -> tuple[float, ...]:
    """Seconds for the Markdown and for the HTML made of it."""
    rendition = _rendition(items)
    return _timed(lambda: rendition.markdown), _timed(lambda: rendition.page)


def pdf(items: int) -> tuple[float, ...]:
    """Seconds for the PDF from the finished page, and the process's peak in MiB."""
    from briefing.render.pdf import render

    rendition = _rendition(items)
    assert rendition.page and rendition.json
    _alone("<p>warm", rendition, None)
    return _timed(lambda: render(rendition)), _peak()


def alone(items: int) -> tuple[float, ...]:
    """The same with WeasyPrint alone: the page as it is, the same fonts, tagged like ours."""
    rendition = _rendition(items)
    page = rendition.page
    _alone("<p>warm", rendition, None)
    return _timed(lambda: _alone(page, rendition, "pdf/ua-1")), _peak()


def untagged(items: int) -> tuple[float, ...]:
    """The same without tags."""
    rendition = _rendition(items)
    page = rendition.page
    _alone("<p>warm", rendition, None)
    return _timed(lambda: _alone(page, rendition, None)), _peak()


def _alone(page: str, rendition: Rendition, variant: str | None) -> None:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from briefing.render.pdf import font_sheet

    fonts = FontConfiguration()
    sheet = font_sheet(rendition.context.fonts, rendition.context.paper, fonts)
    weasyprint.HTML(string=page).write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=variant)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(work: Callable[[int], tuple[float, ...]], items: int) -> tuple[float, ...]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, items).result()


def main() -> int:
    """Prints times and peaks; exit status 1 when one is outside its bound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, nargs="+", default=[500, 2000])
    sizes = parser.parse_args().items
    within, each = True, []
    for items in sizes:
        markdown, html = _apart(texts, items)
        (ours, peak), (theirs, base), (plain, _) = (_apart(work, items) for work in (pdf, alone, untagged))
        each.append(ours / items)
        print(f"{items} items: Markdown {markdown:.2f} s, HTML {html:.2f} s, PDF {ours:.1f} s (peak {peak:.0f} MiB); ", end="")
        print(f"WeasyPrint alone {theirs:.1f} s ({base:.0f} MiB), ratio {ours / theirs:.2f}; ", end="")
        print(f"untagged {plain:.1f} s, ratio {ours / plain:.2f}", flush=True)
        within &= ours <= MOST_RATIO * theirs and (items > 500 or max(markdown, html) < MOST_SECONDS)
    print(f"PDF time for one item: {', '.join(f'{1000 * one:.1f} ms' for one in each)}")
    return 0 if within and each[-1] <= MOST_GROWTH * each[0] else 1


if __name__ == "__main__":
    sys.exit(main())

"""What a renderer needs besides the brief."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.config import Config
from briefing.resources import fonts_dir, template_dirs


@dataclass(frozen=True, slots=True)
class RenderContext:
    """`templates`: folders to look templates and CSS up in, first wins; `fonts`: the only folder a PDF may read from.

    `paper` is the size of a PDF's pages, one of `config.PAPERS`, `layout` one of `config.LAYOUTS`.
    """

    templates: tuple[Path, ...]
    fonts: Path
    paper: str = "a4"
    layout: str = "bilingual"


def make_context(config: Config) -> RenderContext:
    """The context that `config` asks for. Raises BriefingError when the packaged data is missing."""
    return RenderContext(tuple(template_dirs(config)), fonts_dir(), config.paper, config.layout)

"""What a renderer needs besides the brief."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from briefing.config import Config
from briefing.language import Language, english, language
from briefing.resources import fonts_dir, template_dirs


@dataclass(frozen=True, slots=True)
class RenderContext:
    """`templates`: folders to look templates and CSS up in, first wins; `fonts`: the only folder a PDF may read from.

    `paper` is the size of a PDF's pages, one of `config.PAPERS`, `layout` one of `config.LAYOUTS`; `language` has the
    fixed words.
    """

    templates: tuple[Path, ...]
    fonts: Path
    paper: str = "a4"
    layout: str = "bilingual"
    language: Language = field(default_factory=english)


def make_context(config: Config) -> RenderContext:
    """The context that `config` asks for.

    Raises BriefingError when the packaged data is missing, ConfigError when the user's own words cannot be used.
    """
    folders = tuple(template_dirs(config))
    return RenderContext(folders, fonts_dir(), config.paper, config.layout, language(config.lang, folders))

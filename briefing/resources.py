"""Where the data that travels with the program lies: templates, fonts and prompts.

In a checkout these folders stand beside the package; a wheel carries them as `briefing/_data/<name>`.
A user's own folder of the same name overrides them file by file, so every lookup is a list of folders, the user's first.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.config import Config

_PACKAGE = Path(__file__).resolve().parent


def packaged(name: str) -> Path:
    """The folder of packaged data called `name` ("templates" or "prompts").

    Raises BriefingError when the installation is incomplete.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise BriefingError(f"The packaged folder {name} is missing from {_PACKAGE}", "Install the program again.")


def template_dirs(config: Config) -> list[Path]:
    """The folders templates and CSS are looked for in: the user's own (when it exists), then the packaged one."""
    return _user_first(config.base / config.paths.templates, packaged("templates"))


def prompt_dirs(config: Config) -> list[Path]:
    """The folders prompts are looked for in: `prompts/` beside the configuration (when it exists), then the packaged one."""
    return _user_first(config.base / "prompts", packaged("prompts"))


def fonts_dir() -> Path:
    """The folder of the bundled fonts and their licence."""
    return packaged("templates") / "fonts"


def _user_first(own: Path, ours: Path) -> list[Path]:
    # In a checkout both are the same folder, which must not be searched twice.
    return [own, ours] if own.is_dir() and own.resolve() != ours.resolve() else [ours]

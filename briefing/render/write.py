"""Renders a brief in the formats asked for and puts the files in their folder: all of them whole, or an error."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from briefing.brief_model import Brief
from briefing.errors import OutputError
from briefing.render.context import RenderContext
from briefing.render.registry import check_formats, renderer
from briefing.render.rendition import Rendition
from briefing.render.verify import check_brief, check_outputs

_NEXT_STEPS = {
    errno.ENOSPC: "Free some disk space, or choose another folder with --out.",
    errno.EDQUOT: "Free some disk space, or choose another folder with --out.",
    errno.EACCES: "Give yourself permission to write there, or choose another folder with --out.",
    errno.EPERM: "Give yourself permission to write there, or choose another folder with --out.",
    errno.EROFS: "That file system is read-only: choose another folder with --out.",
    errno.ENOTDIR: "A file stands where a folder is needed: move it, or choose another folder with --out.",
    errno.EEXIST: "A file stands where a folder is needed: move it, or choose another folder with --out.",
}


def write(brief: Brief, formats: Iterable[str], folder: Path, context: RenderContext) -> list[Path]:
    """Writes brief.<format> for each format into `folder` (made if need be) and returns the paths in the order given.

    Everything is rendered and checked before the first file is touched. Raises UsageError for an unknown format,
    ConfigError for a broken template, OutputError when the brief does not hold together or cannot be written.
    """
    chosen = check_formats(formats)
    check_brief(brief)
    rendition = Rendition(brief, context)
    made = {name: renderer(name)(rendition) for name in chosen}
    check_outputs(brief, made)
    return write_files(folder, {f"brief.{name}": content for name, content in made.items()})


def write_files(folder: Path, contents: dict[str, bytes]) -> list[Path]:
    """Writes the files beside their places first and moves them there when all are on disk, so none is ever half-written.

    Raises OutputError naming the path and what to do.
    """
    staged: list[tuple[Path, Path]] = []
    target = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            target = folder / name
            staged.append((_stage(target), target))
            _fill(staged[-1][0], content)
        for temporary, target in staged:  # the error below names the one that failed
            os.replace(temporary, target)
    except OSError as error:
        step = _NEXT_STEPS.get(error.errno or 0, "Mend this, or choose another folder with --out.")
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}", step) from error
    finally:
        _discard(temporary for temporary, _ in staged)
    return [target for _, target in staged]


def _stage(target: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    os.close(handle)
    return Path(name)


def _fill(temporary: Path, content: bytes) -> None:
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    # mkstemp makes files only their owner can read; a brief is for others too, as far as the umask lets it.
    umask = os.umask(0)
    os.umask(umask)
    temporary.chmod(0o666 & ~umask)


def _discard(temporaries: Iterable[Path]) -> None:
    for temporary in temporaries:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)

"""The formats a brief can be written in. CLI choices and the conformance tests are derived from this dict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, cast

from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.render.rendition import Rendition

Renderer = Callable[["Rendition"], bytes]

RENDERERS: dict[str, str] = {
    "md": "briefing.render.markdown:render",
    "html": "briefing.render.html:render",
    "pdf": "briefing.render.pdf:render",
    "json": "briefing.render.json_brief:render",
}


def check_formats(names: Iterable[str]) -> tuple[str, ...]:
    """The formats in the order given, each once. Raises UsageError for an unknown one or when there is none."""
    chosen = tuple(dict.fromkeys(names))
    unknown = [name for name in chosen if name not in RENDERERS]
    if unknown or not chosen:
        wrong = f"unknown format {', '.join(unknown)}" if unknown else "no format given"
        raise UsageError(f"--format: {wrong}", f"Choose from {', '.join(RENDERERS)}.")
    return chosen


def renderer(name: str) -> Renderer:
    """The function that renders format `name`. Raises UsageError when there is no such format."""
    check_formats([name])
    module, _, function = RENDERERS[name].partition(":")
    return cast(Renderer, getattr(import_module(module), function))

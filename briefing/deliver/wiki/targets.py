"""The kinds of targets pages can be kept in, and how one is found.

To add one, write `publish(order) -> Done` and put it into TARGETS, or name it as "package.module:function" where a
kind is expected.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from briefing.deliver.wiki.order import Done, Order
from briefing.errors import ConfigError

Target = Callable[[Order], Done]

TARGETS: dict[str, str] = {
    "git": "briefing.deliver.wiki.git_target:publish",
    "folder": "briefing.deliver.wiki.folder_target:publish",
    "mediawiki": "briefing.deliver.wiki.mediawiki_target:publish",
}


def target(kind: str) -> Target:
    """The function that publishes to a target of this kind. Raises ConfigError when there is none."""
    module, colon, function = TARGETS.get(kind, kind).partition(":")
    known = f'Known: {", ".join(TARGETS)}; or write "package.module:function".'
    if not colon:
        raise ConfigError(f"publish.to: there is no kind of target {kind!r}", known)
    try:
        return cast(Target, getattr(import_module(module), function))
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(f"publish.to: {kind!r} cannot be loaded: {error}", known) from error

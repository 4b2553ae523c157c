"""The optional extra `[torch]`: is it there, and what to run when it is needed and is not."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from briefing.errors import EngineError

INSTALL_TORCH = "pip install 'monday-brief[torch]'"


def torch_installed() -> bool:
    """Whether torch can be found, without importing it (that takes seconds)."""
    return importlib.util.find_spec("torch") is not None


def load(module: str, purpose: str) -> Any:
    """The imported `module` ("torch", "transformers", "ctranslate2", ...), needed for `purpose`.

    Raises EngineError with the command to run when it is missing or does not load.
    """
    try:
        return importlib.import_module(module)
    except (ImportError, OSError) as error:
        raise EngineError(f"{purpose} needs {module}, which cannot be loaded: {error}", next_step(module)) from error


def next_step(module: str = "torch") -> str:
    """What to run when `module` is missing."""
    if module in ("torch", "transformers"):
        return f"Run: {INSTALL_TORCH}"
    return "The installation is incomplete. Run: pip install --force-reinstall monday-brief"

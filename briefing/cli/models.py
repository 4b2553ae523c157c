"""briefing models add and briefing models list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.options import config_option, verbosity_options
from briefing.errors import EngineError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.translate.models import ModelInfo

EXAMPLES = """\b
Examples:
  briefing models add /media/stick/opus-mt-ar-en   convert (or copy) a model that was brought here
  briefing models list                             what is there, and which one is used

\b
Licences: opus-mt-ar-en is Apache-2.0; NLLB-200 is CC-BY-NC-4.0, not for commercial use."""
ADD_EXAMPLES = """\b
Examples:
  briefing models add opus-mt-ar-en
  briefing models add nllb-200-distilled-600M --name facebook/nllb-200-distilled-600M

\b
DIR holds config.json, the tokeniser's files (source.spm, target.spm and vocab.json for opus-mt) and model.safetensors
(pytorch_model.bin needs torch as well), or an already converted CTranslate2 model."""


@click.group(epilog=EXAMPLES)
def models() -> None:
    """Add and list translation models. Nothing is downloaded here."""


@models.command(epilog=ADD_EXAMPLES)
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", default="", metavar="NAME", help="What to call it (default: the name found in DIR).")
@config_option
@verbosity_options
@click.pass_obj
def add(console: Console, directory: Path, name: str, config_path: Path | None) -> int:
    """Check the model in DIR, convert it to int8 (or copy it, if it is converted) and put it with the others."""
    from briefing.translate import models as known

    config = configuration.load(config_path, Path.cwd())
    info = known.add(directory, config, console.notice, name)
    _show(info, _chosen(config, console), console)
    return 0


@models.command("list", epilog="\b\nExample:\n  briefing models list -v    with folder, revision and digest")
@config_option
@verbosity_options
@click.pass_obj
def list_(console: Console, config_path: Path | None) -> int:
    """List the models on this machine; * marks the one that is used."""
    from briefing.translate import models as known

    config = configuration.load(config_path, Path.cwd())
    found = known.list_models(config)
    chosen = _chosen(config, console) if found else None
    for info in found:
        _show(info, chosen, console)
    if not found:
        console.notice(f"No model in {config.models_dir}. Add one: briefing models add DIR")
    return 0


def _chosen(config: Config, console: Console) -> ModelInfo | None:
    from briefing.translate import models as known

    try:
        return known.present(config)
    except EngineError as error:
        console.notice(str(error))
        return None


def _show(info: ModelInfo, chosen: ModelInfo | None, console: Console) -> None:
    mark = "*" if chosen is not None and chosen.path == info.path else " "
    console.result(f"{mark} {info.name}: {info.architecture}, {info.languages}, {info.quantisation}, licence {info.licence}")
    if console.verbose:
        console.result(f"    {info.path}, at most {info.max_tokens} tokens")
        console.result(f"    revision {info.revision or 'unknown'}, sha256 {info.sha256}")

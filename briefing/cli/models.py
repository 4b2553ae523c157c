"""briefing models pull, add, verify, list and remove."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.options import config_option, verbosity_options
from briefing.errors import EngineError, UsageError

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.translate.models import ModelInfo
    from briefing.translate.verify import Comparison, Line

DOUBTFUL = 1  # exit code of verify: it works, but what it says should be looked at

EXAMPLES = """\b
Examples:
  briefing models pull                             fetch and convert the model of the settings (opus-mt-ar-en)
  briefing models add /media/stick/opus-mt-ar-en   convert (or copy) a model that was brought here
  briefing models verify                           are its files whole, and does it translate?
  briefing models list                             what is there, and which one is used

\b
Licences: opus-mt-ar-en is Apache-2.0; NLLB-200 is CC-BY-NC-4.0, not for commercial use."""
PULL_EXAMPLES = """\b
Examples:
  briefing models pull                            the model that translate.model names
  briefing models pull nllb-200-distilled-600M    a preset, at the revision it is pinned to
  briefing models pull opus-mt-ar-en --revision main
  briefing models pull --presets                  the presets with licence and size

\b
A pull that was stopped goes on where it was. HF_ENDPOINT names another hub; HF_HUB_OFFLINE=1 forbids downloads.
Exit codes: 0 it is there, 5 it could not be had (the message says why)."""
ADD_EXAMPLES = """\b
Examples:
  briefing models add opus-mt-ar-en
  briefing models add nllb-200-distilled-600M --name facebook/nllb-200-distilled-600M

\b
DIR holds config.json, the tokeniser's files (source.spm, target.spm and vocab.json for opus-mt) and model.safetensors
(pytorch_model.bin needs torch as well), or an already converted CTranslate2 model."""
VERIFY_EXAMPLES = """\b
Examples:
  briefing models verify                          the model that is used
  briefing models verify opus-mt-ar-en --against /media/stick/opus-mt-ar-en

\b
--against takes the directory the model was converted from, and needs torch.
Exit codes: 0 fine, 1 a translation is doubtful or the comparison failed, 5 files are missing or damaged, or it does not load."""

REMOVE_EXAMPLES = """\b
Examples:
  briefing models remove nllb-200-distilled-600M
  briefing models remove opus-mt-ar-en --yes

\b
Exit codes: 0 removed, 2 the name may be several, 5 there is no such model, 130 not confirmed."""


@click.group(epilog=EXAMPLES)
def models() -> None:
    """Fetch, add, verify, list and remove translation models."""


@models.command(epilog=PULL_EXAMPLES)
@click.argument("name", required=False)
@click.option("--revision", default="", metavar="REV", help="A commit, branch or tag (default: that of the preset, else main).")
@click.option("--presets", "list_presets", is_flag=True, help="List the presets, fetch nothing.")
@config_option
@verbosity_options
@click.pass_obj
def pull(console: Console, name: str | None, revision: str, list_presets: bool, config_path: Path | None) -> int:
    """Fetch the model NAME (a preset or OWNER/NAME on the hub), check and convert it, and put it with the others."""
    from briefing.translate import pull as fetching

    config = configuration.load(config_path, Path.cwd())
    if list_presets:
        _presets(console)
        return 0
    info = fetching.pull(name or config.translate.model, config, console.notice, console.track, revision)
    _show(info, _chosen(config, console), console)
    return 0


def _presets(console: Console) -> None:
    from briefing.translate.licence import licence
    from briefing.translate.presets import presets

    for one in presets():
        console.result(f"{one.name}: {one.hub}, {one.languages}, {one.megabytes:,} MB, licence {licence(one.hub)}")
        if console.verbose:
            console.result(f"    revision {one.revision or 'the newest'}")


@models.command(epilog=ADD_EXAMPLES)
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", default="", metavar="NAME", help="What to call it (default: the name found in DIR).")
@config_option
@verbosity_options
@click.pass_obj
def add(console: Console, directory: Path, name: str, config_path: Path | None) -> int:
    """Check the model in DIR, convert it to int8 (or copy it, if it is converted) and put it with the others."""
    from briefing.translate import models as known
    from briefing.translate.licence import warning

    config = configuration.load(config_path, Path.cwd())
    info = known.add(directory, config, console.notice, name)
    if said := warning(info.name, info.licence):
        console.notice(said)
    _show(info, _chosen(config, console), console)
    return 0


@models.command(epilog=VERIFY_EXAMPLES)
@click.argument("name", required=False)
@click.option("--against", type=click.Path(path_type=Path), metavar="DIR", help="The original, to compare with transformers.")
@config_option
@verbosity_options
@click.pass_obj
def verify(console: Console, name: str | None, against: Path | None, config_path: Path | None) -> int:
    """Check the files of a model, load it and translate a few sentences; NAME is the one that is used if not given."""
    from briefing.translate import verify as verifying

    config = configuration.load(config_path, Path.cwd())
    info = verifying.choose(name, config)
    _show(info, None, console)
    _show_files(verifying.check_files(info), console)
    lines = verifying.translated(info, config)
    for line in lines:
        _show_line(line, console)
    compared = verifying.compare(info, against, config, console.notice) if against else None
    if compared:
        _show_comparison(compared, console)
    else:
        console.notice("Not compared with transformers: --against DIR does that, with the original's directory and torch.")
    fine = not any(line.faults for line in lines) and (compared is None or compared.fine)
    console.notice("It works." if fine else "It works, but look at what is marked above.")
    return 0 if fine else DOUBTFUL


def _show_files(count: int, console: Console) -> None:
    said = f"{count} files, all as they were when it was added" if count else "what they should be was never noted down"
    console.result(f"  files: {said}")


def _show_line(line: Line, console: Console) -> None:
    console.result(f"  {line.ar}")
    console.result(f"    {line.en}")
    for fault in line.faults:
        console.result(f"    ! {fault}")


def _show_comparison(compared: Comparison, console: Console) -> None:
    same = "yes" if compared.same_file else "! no: it comes from other files, another revision or another version of ctranslate2"
    mark = "" if compared.float32 == compared.lines else "! "
    console.result(f"  the original converts to just this model: {same}")
    console.result(f"  float32 and transformers, greedy: {mark}{compared.float32} of {compared.lines} answers are the same")
    console.result(f"  as stored and transformers, greedy: {compared.stored} of {compared.lines}; int8 may make some differ")


@models.command("list", epilog="\b\nExample:\n  briefing models list -v    with folder, revision and digest")
@config_option
@verbosity_options
@click.pass_obj
def list_(console: Console, config_path: Path | None) -> int:
    """List the models on this machine; * marks the one that is used, ! what cannot be used, with what to do about it."""
    from briefing.translate.inventory import inventory

    config = configuration.load(config_path, Path.cwd())
    found, unusable = inventory(config)
    chosen = _chosen(config, console) if found else None
    for info in found:
        _show(info, chosen, console)
    for one in unusable:
        console.result(f"! {one.name}: {one.what}")
        console.result(f"    {one.next_step}")
    if not found and not unusable:
        console.notice(f"No model in {config.models_dir}. Fetch one: briefing models pull; or: briefing models add DIR")
    return 0


@models.command(epilog=REMOVE_EXAMPLES)
@click.argument("name")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@config_option
@verbosity_options
@click.pass_obj
def remove(console: Console, name: str, yes: bool, config_path: Path | None) -> int:
    """Delete the model NAME, or a download of it that was not finished, from the folder of models."""
    from briefing.translate import removal

    config = configuration.load(config_path, Path.cwd())
    folder = removal.choose(name, config)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError(f"{folder} would be deleted", "Nobody can be asked here: add --yes to do it.")
        click.confirm(f"Delete {folder}?", abort=True, err=True)
    removal.remove(folder, config)
    console.result(f"Removed {folder}")
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

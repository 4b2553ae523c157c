"""What `briefing doctor` looks at: each thing the program needs, whether it is there, and what to do when it is not.

Nothing here changes anything: no folder is made, no model loaded, and the network is asked only on request.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from briefing import __version__, resources
from briefing.arabic import lexicon
from briefing.config import FILE_NAME, STORE, Config, own
from briefing.errors import BriefingError, ConfigError
from briefing.extract.llm.reach import looked_at
from briefing.lexicon import glossary, tables
from briefing.translate import models, torch_extra
from briefing.translate.inventory import inventory

# The direct dependencies of pyproject.toml; a test keeps the two equal. Written out so that a bare checkout can be examined.
PACKAGES = (
    "click",
    "ctranslate2",
    "defusedxml",
    "feedparser",
    "hijridate",
    "httpx",
    "huggingface_hub",
    "idna",
    "jinja2",
    "lxml",
    "lxml_html_clean",
    "markdown",
    "msgspec",
    "nh3",
    "numpy",
    "platformdirs",
    "rapidfuzz",
    "rich",
    "safetensors",
    "sentencepiece",
    "starlette",
    "trafilatura",
    "transformers",
    "tzdata",
    "uvicorn",
    "weasyprint",
)
# What WeasyPrint loads: its file names on Linux, macOS and Windows, the Debian package, and what goes wrong without it.
LIBRARIES = (
    ("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), "libpango-1.0-0", "no PDF can be made"),
    (
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
        "libpangoft2-1.0-0",
        "no PDF can be made",
    ),
    (
        "HarfBuzz subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        "libharfbuzz-subset0",
        "PDFs are made more slowly",
    ),
)
HUB = "https://huggingface.co"
_MEGABYTE = 1_000_000
_INSTALL_AGAIN = "The installation is incomplete: install the program again."
OUT_NEEDS = 50 * _MEGABYTE  # a brief of 500 items is under 10 MB in all four formats
MODELS_NEED = 1_000 * _MEGABYTE  # opus-mt-ar-en while it is fetched and converted: 300 MB twice, and room


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `detail` says what was found; `next_step` is "" when nothing needs doing."""

    name: str
    ok: bool
    detail: str
    next_step: str = ""


def examine(config: Config, hub: str | None = None, ask_llm: bool = False) -> list[Check]:
    """Everything the program rests on, in the order a user would mend it.

    `hub` is the address of the model hub to ask (see `hub_address`); `ask_llm` asks the language model's server. Without them the
    network is left alone. Raises nothing.
    """
    checks = [_python(), _packages(), _torch(), *map(_library, LIBRARIES), _templates(), _fonts(), _lexicon(config)]
    checks += [_glossary(config), _config(config), *(_input(config, name) for name in config.inputs)]
    checks += [_folder("output folder", config.base / config.out, OUT_NEEDS), _models(config)]
    checks += [_folder("models folder", config.models_dir, MODELS_NEED), Check("language model", *looked_at(config, ask_llm))]
    return [*checks, _hub(hub, config.translate.hub_timeout)] if hub else checks


def hub_address() -> str:
    """The model hub this machine is set to use: HF_ENDPOINT, or the public one."""
    return os.environ.get("HF_ENDPOINT") or HUB


def _found(name: str, ok: bool, detail: str, next_step: str) -> Check:
    """A check that advises only when something is wrong."""
    return Check(name, ok, detail, "" if ok else next_step)


def _python() -> Check:
    # An older Python than the package needs could not have imported it.
    return Check("python", True, f"Python {platform.python_version()} at {sys.executable}, briefing {__version__}")


def _packages() -> Check:
    versions = {name: _version(name) for name in PACKAGES}
    missing = " ".join(name for name, version in versions.items() if version is None)
    if missing:
        return Check("packages", False, f"missing: {missing}", f"Run: {sys.executable} -m pip install {missing}")
    return Check("packages", True, ", ".join(f"{name} {version}" for name, version in versions.items()))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _torch() -> Check:
    if torch_extra.torch_installed():
        return Check("torch", True, f"torch {_version('torch')}: the transformers engine can be used")
    return Check("torch", True, f"not installed; only the transformers engine needs it ({torch_extra.INSTALL_TORCH})")


def _library(library: tuple[str, tuple[str, ...], str, str]) -> Check:
    name, files, package, without = library
    for file in files:
        try:
            ctypes.CDLL(file)
        except OSError:
            continue
        return Check(f"library {name}", True, file)
    detail = f"{files[0]} cannot be loaded: {without}"
    return Check(f"library {name}", False, detail, f"On Debian, as root: apt-get install {package}")


def _templates() -> Check:
    try:
        folder = resources.packaged("templates")
    except BriefingError as error:
        return Check("templates", False, error.message, error.next_step)
    count = sum(1 for path in folder.iterdir() if path.is_file())
    return _found("templates", count > 0, f"{count} files in {folder}", _INSTALL_AGAIN)


def _fonts() -> Check:
    try:
        folder = resources.fonts_dir()
    except BriefingError as error:
        return Check("fonts", False, error.message, error.next_step)
    fonts = sorted(path.stem for path in folder.glob("*.[ot]tf"))
    return _found("fonts", bool(fonts), f"{', '.join(fonts) or 'none'} in {folder}", _INSTALL_AGAIN)


def _lexicon(config: Config) -> Check:
    try:
        places = (own(config, "lexicon"), own(config, "topics"))
        with tables.using(*places) as theirs:
            lexicon.load()
    except ConfigError as error:
        return Check("lexicon", False, error.message, error.next_step)
    except (OSError, ValueError, KeyError) as error:
        return Check("lexicon", False, f"cannot be loaded: {error!r}", _INSTALL_AGAIN)
    where = " and ".join(str(path) for path in places if path)
    yours = f", with yours over it: {where} ({', '.join(theirs.files)})" if theirs else ""
    return Check("lexicon", True, f"loads{yours}")


def _glossary(config: Config) -> Check:
    try:
        path = own(config, "glossary")
        words = glossary.read(path) if path else glossary.NONE
    except ConfigError as error:
        return Check("glossary", False, error.message, error.next_step)
    detail = f"{path}: {words.count} names and terms" if path else "none: names stand as the lexicon has them"
    return Check("glossary", True, detail)


def _config(config: Config) -> Check:
    if config.file is not None:
        return Check("configuration", True, str(config.file))
    place = config.base.resolve()
    return Check("configuration", True, f"no {FILE_NAME} in {place}: the defaults (`briefing init` writes one)")


def _input(config: Config, name: str) -> Check:
    if Path(name) == STORE and not (config.base / name).exists():
        return Check("input", True, f"the store, {config.store_file}")
    path = (config.base / name).resolve()
    detail = str(path) if path.exists() else f"{path} does not exist"
    return _found("input", path.exists(), detail, "Put articles there, or set inputs in briefing.toml.")


def _models(config: Config) -> Check:
    try:
        found, unusable = inventory(config)
        chosen = models.present(config)
    except BriefingError as error:
        return Check("models", False, error.message, error.next_step)
    except OSError as error:
        return Check("models", False, f"{config.models_dir}: cannot be read: {error.strerror}", "Check its permissions.")
    listed = ", ".join(f"{model.name} ({model.licence})" for model in found) or "none"
    useless = "".join(f"; {one.what}" for one in unusable)
    choice = chosen.name if chosen else f"{config.translate.model}, which is not here"
    fetch = "Run `briefing models pull`, or `briefing models add DIR` with a model's folder. Without one nothing is translated."
    damaged = next((one.next_step for one in unusable if chosen is None or one.path == chosen.path), "")
    ok = chosen is not None and not damaged
    return _found("models", ok, f"{listed}; chosen: {choice}{useless}", damaged or fetch)


def _folder(name: str, path: Path, needs: int) -> Check:
    """Whether `path`, or the nearest thing above it that exists, is a folder to write in with `needs` bytes free."""
    path = path.resolve()
    there = next(folder for folder in (path, *path.parents) if folder.exists())
    if not (there.is_dir() and os.access(there, os.W_OK)):
        step = "Change its permissions, or set another folder in briefing.toml."
        return Check(name, False, f"{path}: {there} cannot be written to", step)
    free = shutil.disk_usage(there).free
    step = f"Free at least {needs // _MEGABYTE} MB there, or set a folder on another disk in briefing.toml."
    return _found(name, free >= needs, f"{path}, {free // _MEGABYTE} MB free", step)


def _hub(address: str, seconds: int) -> Check:
    try:
        urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=seconds).close()
    except urllib.error.HTTPError as error:
        return Check("model hub", True, f"{address} answers ({error.code})")
    except (OSError, ValueError) as error:
        step = "Without the hub, copy a model here by hand and run `briefing models add DIR`."
        return Check("model hub", False, f"{address} cannot be reached: {error}", step)
    return Check("model hub", True, f"{address} answers")

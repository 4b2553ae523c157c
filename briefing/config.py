"""briefing.toml -> a frozen Config; an unknown key is an error that lists the known ones."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import platformdirs

from briefing.errors import ConfigError, InputError

APP = "briefing"
FILE_NAME = "briefing.toml"
FORMATS = ("md", "html", "pdf", "json")


@dataclass(frozen=True, slots=True)
class Translate:
    """How sentences become English. `beam` >= 1; `batch_tokens` source tokens per batch; `hub_timeout` in seconds."""

    engine: str = "auto"
    model: str = "Helsinki-NLP/opus-mt-ar-en"
    beam: int = 4
    batch_tokens: int = 1024
    device: str = "auto"
    hub_timeout: int = 10
    memory: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders outside the project: converted models, and the user's own templates (override ours file by file)."""

    models: str = ""
    templates: str = "templates"


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, defaults included; `base` is the folder that relative paths start from."""

    title: str = "Monday brief"
    inputs: tuple[str, ...] = ("seeds",)
    out: str = "out"
    timezone: str = "UTC"
    formats: tuple[str, ...] = FORMATS
    undated: str = "exclude"
    translate: Translate = field(default_factory=Translate)
    paths: Paths = field(default_factory=Paths)
    base: Path = Path()
    file: Path | None = None

    @property
    def models_dir(self) -> Path:
        """Where converted models live."""
        given = self.paths.models
        return self.base / given if given else Path(platformdirs.user_data_dir(APP)) / "models"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone weeks and days are counted in."""
        return ZoneInfo(self.timezone)


T = TypeVar("T")
NOT_SETTINGS = {"base", "file"}  # fields of Config that say where it came from


def load(path: Path | None, cwd: Path) -> Config:
    """The settings in `path`, or in `cwd`/briefing.toml when there is one, or the defaults.

    Raises ConfigError naming file and key.
    """
    chosen = path if path is not None else cwd / FILE_NAME
    if path is None and not chosen.is_file():
        return Config(base=cwd)
    table = read_toml(chosen, "Run `briefing init` to write a commented example.")
    config = _fill(Config(), table, chosen, "")
    return _checked(replace(config, base=chosen.resolve().parent, file=chosen), chosen)


def inputs(config: Config, given: Sequence[Path]) -> tuple[Path, ...]:
    """What to read: `given`, else the inputs of the configuration. Raises InputError when one of those is missing."""
    if given:
        return tuple(given)
    defaults = tuple(config.base / name for name in config.inputs)
    for path in defaults:
        if not path.exists():
            step = "Name your inputs (briefing build FOLDER --week), or run `briefing init` to start a project here."
            raise InputError(f"{path}: no such file or folder", step)
    return defaults


def read_toml(path: Path, next_step: str = "") -> dict[str, Any]:
    """The table in a TOML file. Raises ConfigError when it cannot be read or parsed."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}", next_step) from error
    except (ValueError, RecursionError) as error:  # bad TOML, bad UTF-8, a number of 5,000 digits, lists 1,000 deep
        raise ConfigError(f"{path}: is not valid TOML: {error}", "Mend the line named above.") from error


def _fill(settings: T, table: Mapping[str, Any], path: Path, prefix: str) -> T:
    known = {f.name: getattr(settings, f.name) for f in fields(settings) if f.name not in NOT_SETTINGS}  # type: ignore[arg-type]
    changes = {}
    for key, value in table.items():
        if key not in known:
            raise _unknown(prefix + key, [prefix + name for name in known], path)
        changes[key] = _value(known[key], value, path, prefix + key)
    return replace(settings, **changes)  # type: ignore[type-var]


def _value(default: Any, value: Any, path: Path, key: str) -> Any:
    if is_dataclass(default):
        if not isinstance(value, dict):
            raise ConfigError(f"{path}: {key} must be a table", f"Write it as [{key}].")
        return _fill(default, value, path, key + ".")
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ConfigError(f"{path}: {key} must be a list of strings", f'For example: {key} = ["seeds"]')
        return tuple(_printable(v, path, key) for v in value)
    if type(value) is not type(default):
        raise ConfigError(f"{path}: {key} must be {_KINDS[type(default)]}, not {value!r}", f"The default is {default!r}.")
    return _printable(value, path, key) if isinstance(value, str) else value


_KINDS: Mapping[type, str] = {str: "a string", int: "a whole number"}


def _printable(value: str, path: Path, key: str) -> str:
    if any(ord(c) < 32 for c in value):  # no file name may hold a zero, and no title a line feed
        raise ConfigError(f"{path}: {key} holds a control character: {value!r}", "Take it out.")
    return value


def _unknown(key: str, known: list[str], path: Path) -> ConfigError:
    close = difflib.get_close_matches(key, known, 1)
    hint = f"Did you mean {close[0]}? " if close else ""
    return ConfigError(f"{path}: unknown key {key}", f"{hint}Known keys: {', '.join(known)}.")


def _checked(config: Config, path: Path) -> Config:
    try:
        ZoneInfo(config.timezone)
    except (ValueError, OSError, LookupError) as error:
        step = 'Use an IANA name such as "Asia/Riyadh".'
        raise ConfigError(f"{path}: timezone {config.timezone!r} is not known", step) from error
    wrong = [name for name in config.formats if name not in FORMATS]
    if wrong or not config.formats:
        raise ConfigError(f"{path}: formats: {', '.join(wrong) or 'none given'}", f"Choose from {', '.join(FORMATS)}.")
    if config.undated not in ("exclude", "include"):
        raise ConfigError(f"{path}: undated is {config.undated!r}", "Choose from exclude, include.")
    for name, (least, most) in _BOUNDS.items():
        if not least <= (value := getattr(config.translate, name)) <= most:
            raise ConfigError(f"{path}: translate.{name} is {value}", f"It must lie between {least} and {most}.")
    return config


_BOUNDS = {"beam": (1, 64), "batch_tokens": (1, 1_000_000), "hub_timeout": (1, 3600)}

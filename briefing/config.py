"""The settings of briefing.toml, with their defaults and bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import platformdirs

from briefing.config_tables import Filling, Tables, read_toml
from briefing.deliver.mail_settings import Mail
from briefing.deliver.mail_settings import mistake as mail_mistake
from briefing.deliver.wiki.settings import Publish
from briefing.errors import ConfigError, InputError
from briefing.extract.llm.server import unusable
from briefing.language import TITLE, contrary
from briefing.ledger.settings import Ledger
from briefing.scope.settings import Scope, mistake

APP = "briefing"
FILE_NAME = "briefing.toml"
KEPT = ".briefing"  # beside the settings: what the program keeps between builds; hidden, so never an input
FORMATS = ("md", "html", "pdf", "json")
PAPERS = ("a4", "letter")
MOST_WORKERS = 1024  # on one machine
LAYOUTS = ("bilingual", "en")
STORE = Path("store")  # as an input: what `briefing fetch` has fetched


@dataclass(frozen=True, slots=True)
class Build:
    """What does the work: `cores` processes of this machine (0: as many as it has cores), or a Dask cluster.

    `cluster` is the address of its scheduler ("tcp://host:8786", "tls://host:8786"), "local:N", or "" for none.
    """

    cores: int = 0
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Translate:
    """How sentences become English. `beam` >= 1; `batch_tokens` source tokens per batch at beam 1; `hub_timeout` in seconds.

    `threads` is how many batches ctranslate2 works on at a time on the processor (0: one for each core).
    With `cache`, machine translations are kept in the store and found again.
    """

    engine: str = "auto"
    model: str = "Helsinki-NLP/opus-mt-ar-en"
    beam: int = 4
    batch_tokens: int = 1024
    device: str = "auto"
    threads: int = 0
    hub_timeout: int = 10
    memory: tuple[str, ...] = ()
    cache: bool = True


@dataclass(frozen=True, slots=True)
class Extract:
    """What finds items. All but `engine` is for a language model behind an OpenAI-compatible server.

    `url` is the address that /chat/completions is appended to, `timeout` seconds for one answer as a whole, `retries` how often a
    request is made again after a failure that may pass, `concurrency` the most requests at a time, `tokens` the most that one
    request and its answer may come to.
    """

    engine: str = "rules"
    url: str = "http://127.0.0.1:11434/v1"
    model: str = ""
    timeout: int = 120
    retries: int = 2
    concurrency: int = 2
    tokens: int = 8192


@dataclass(frozen=True, slots=True)
class Fetch:
    """How feeds and pages are asked for. Times in seconds; `timeout` is for one answer as a whole, `megabytes` after unpacking.

    `delay` lies between two requests to one host; `retries` follow a failure that may pass; `items` is the most that is taken
    from one feed in one run.
    """

    user_agent: str = "monday-brief"
    delay: int = 1
    connect_timeout: int = 10
    read_timeout: int = 20
    timeout: int = 60
    megabytes: int = 10
    retries: int = 2
    items: int = 100
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed or page to fetch, and the outlet's name when it should not be taken from the page."""

    url: str = ""
    outlet: str = ""

    def mistake(self) -> tuple[str, str] | None:
        """What is wrong with this table, and the next step; None when it can be used."""
        if self.url.startswith(("http://", "https://")):
            return None
        return f"url is {self.url!r}", "It must begin with https:// or http://."


@dataclass(frozen=True, slots=True)
class Paths:
    """Other places: converted models, the store, and the user's own templates, lexicon, memory, glossary and topics."""

    models: str = ""
    store: str = ""
    templates: str = "templates"
    lexicon: str = "lexicon"
    memory: str = "memory.tmx"
    glossary: str = "glossary.toml"
    topics: str = "topics.toml"


@dataclass(frozen=True, slots=True)
class Store:
    """What `briefing store prune` leaves, in weeks before this one (0: all of it): documents, and answers of the cache."""

    keep_weeks: int = 0
    cache_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, defaults included; `base` is the folder that relative paths start from."""

    title: str = TITLE
    inputs: tuple[str, ...] = ("seeds",)
    out: str = "out"
    timezone: str = "UTC"
    formats: tuple[str, ...] = FORMATS
    paper: str = "a4"
    layout: str = "bilingual"
    lang: str = "en"
    undated: str = "exclude"
    feed: tuple[Subscription, ...] = ()
    page: tuple[Subscription, ...] = ()
    publish: tuple[Publish, ...] = ()
    build: Build = field(default_factory=Build)
    translate: Translate = field(default_factory=Translate)
    extract: Extract = field(default_factory=Extract)
    ledger: Ledger = field(default_factory=Ledger)
    scope: Scope = field(default_factory=Scope)
    paths: Paths = field(default_factory=Paths)
    fetch: Fetch = field(default_factory=Fetch)
    mail: Mail = field(default_factory=Mail)
    store: Store = field(default_factory=Store)
    base: Path = Path()
    file: Path | None = None

    @property
    def models_dir(self) -> Path:
        """Where converted models live."""
        given = self.paths.models
        return self.base / given if given else Path(platformdirs.user_data_dir(APP)) / "models"

    @property
    def store_file(self) -> Path:
        """Where fetched articles are kept, what was made at a cost, what was said in review, and who was sent what.

        Each settings file has a store of its own beside it, so that one desk's mail never corrects another's; without settings it
        is one of the user account.
        """
        if self.paths.store:
            return self.base / self.paths.store
        if self.file is not None:
            return self.base / KEPT / ("store.db" if self.file.name == FILE_NAME else f"{self.file.stem}.db")
        return Path(platformdirs.user_data_dir(APP)) / "store.db"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone weeks and days are counted in."""
        return ZoneInfo(self.timezone)


SEVERAL: Tables = {"feed": Subscription, "page": Subscription, "publish": Publish}


def load(path: Path | None, cwd: Path) -> Config:
    """The settings in `path`, or in `cwd`/briefing.toml when there is one, or the defaults.

    Raises ConfigError naming file and key.
    """
    chosen = path if path is not None else cwd / FILE_NAME
    if path is None and not chosen.is_file():
        return Config(base=cwd)
    table = read_toml(chosen, "Run `briefing init` to write a commented example.")
    config = Filling(chosen, SEVERAL).fill(Config(), table)
    return _checked(replace(config, base=chosen.resolve().parent, file=chosen), chosen)


def inputs(config: Config, given: Sequence[Path]) -> tuple[Path, ...]:
    """What to read: `given`, else the inputs of the configuration. Raises InputError when one of those is missing.

    The name "store" means the store (as `STORE`), unless there is a file or folder of that name.
    """
    if given:
        return tuple(given)
    defaults = tuple(_input(config, name) for name in config.inputs)
    for path in defaults:
        if not path.exists() and not is_store(path):
            step = "Name your inputs (briefing build FOLDER --week), or run `briefing init` to start a project here."
            raise InputError(f"{path}: no such file or folder", step)
    return defaults


def _input(config: Config, name: str) -> Path:
    path = config.base / name
    return STORE if is_store(Path(name)) and not path.exists() else path


def own(config: Config, key: Literal["lexicon", "glossary", "topics"]) -> Path | None:
    """The user's own lexicon, glossary or topics, None without. Raises ConfigError when one is named that is not there."""
    given: str = getattr(config.paths, key)
    path = config.base / given
    if path.exists():
        return path
    if given != getattr(Paths(), key):
        raise ConfigError(f"{config.file}: paths.{key}: {path} does not exist", "Make it, or take the line out of the settings.")
    return None


def is_store(path: Path) -> bool:
    """Is this input the store, and no file or folder called "store"?"""
    return path == STORE and not path.exists()


def _checked(config: Config, path: Path) -> Config:
    try:
        ZoneInfo(config.timezone)
    except (ValueError, OSError, LookupError) as error:
        step = 'Use an IANA name such as "Asia/Riyadh".'
        raise ConfigError(f"{path}: timezone {config.timezone!r} is not known", step) from error
    wrong = [name for name in config.formats if name not in FORMATS]
    if wrong or not config.formats:
        raise ConfigError(f"{path}: formats: {', '.join(wrong) or 'none given'}", f"Choose from {', '.join(FORMATS)}.")
    if config.layout not in LAYOUTS:
        raise ConfigError(f"{path}: layout is {config.layout!r}", f"Choose from {', '.join(LAYOUTS)}.")
    if config.paper not in PAPERS:
        raise ConfigError(f"{path}: paper is {config.paper!r}", f"Choose from {', '.join(PAPERS)}.")
    if config.undated not in ("exclude", "include"):
        raise ConfigError(f"{path}: undated is {config.undated!r}", "Choose from exclude, include.")
    layout, cluster = contrary(config.lang, config.layout), unreachable(config.build.cluster)
    for found in filter(None, (mistake(config.scope), layout, mail_mistake(config.mail), cluster)):
        raise ConfigError(f"{path}: {found[0]}", found[1])
    for table, bounds in _BOUNDS.items():
        for name, (least, most) in bounds.items():
            if not least <= (value := getattr(getattr(config, table), name)) <= most:
                raise ConfigError(f"{path}: {table}.{name} is {value}", f"It must lie between {least} and {most}.")
    if len({table.name for table in config.publish}) < len(config.publish):
        raise ConfigError(f"{path}: publish: two tables have one name", "Give each a name of its own.")
    if (wrong_url := unusable(config.extract.url)) is not None:
        step = "Write the address that /chat/completions comes after, for example http://127.0.0.1:11434/v1"
        raise ConfigError(f"{path}: extract.url {wrong_url}", step)
    if not config.fetch.user_agent.isascii() or not config.fetch.user_agent.strip():
        step = "A header holds ASCII letters only, for example: my-briefing (desk@example.org)"
        raise ConfigError(f"{path}: fetch.user_agent is {config.fetch.user_agent!r}", step)
    return config


def unreachable(cluster: str) -> tuple[str, str] | None:
    """What is wrong with the address of a cluster, and the next step; None when there is nothing, or no address."""
    kind, _, rest = cluster.partition(":")
    if not cluster or (kind == "local" and rest.isascii() and rest.isdigit() and 0 < int(rest) <= MOST_WORKERS):
        return None
    if kind in ("tcp", "tls") and rest.startswith("//") and ":" in rest[2:]:
        return None
    step = f"Write tcp://host:8786, tls://host:8786, or local:N with N up to {MOST_WORKERS}."
    return f"cluster {cluster!r} is no address of a Dask scheduler", step


_BOUNDS = {
    "build": {"cores": (0, MOST_WORKERS)},
    "translate": {"beam": (1, 64), "batch_tokens": (1, 1_000_000), "threads": (0, 1024), "hub_timeout": (1, 3600)},
    "ledger": {"weeks": (0, 5200), "lines": (0, 10_000)},
    "extract": {"timeout": (1, 3600), "retries": (0, 10), "concurrency": (1, 64), "tokens": (2048, 1_000_000)},
    "mail": {"port": (0, 65_535), "timeout": (1, 600), "max_megabytes": (0, 100)},
    "fetch": {
        "delay": (0, 3600), "connect_timeout": (1, 600), "read_timeout": (1, 600), "timeout": (1, 3600), "megabytes": (1, 100),
        "retries": (0, 10), "items": (1, 10_000),
    },
    "store": {"keep_weeks": (0, 5200), "cache_weeks": (0, 5200)},
}  # fmt: skip

"""What a worker of a cluster keeps between tasks: that it fits, and the engine it has opened, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefing.config import Config, Paths
from briefing.errors import BriefingError, SpreadError
from briefing.spread.kit import Kit, Model, differences, put_to_use
from briefing.translate import integrity, models
from briefing.translate.engine import Engine, open_raw

_engine: Engine | None = None


def prepare(kit: Kit, threads: int) -> None:
    """Makes this process one that tasks may be given to; `threads` is how many it works on at a time.

    Raises SpreadError saying why it cannot be.
    """
    global _engine
    put_to_use(kit)
    if (why := differences(kit)) is not None:
        raise SpreadError(why)
    if kit.model is not None and (_engine is None or _engine.signature != kit.model.signature):
        _engine = _opened(kit.model, threads)


def engine_here(signature: str) -> Engine:
    """The engine that was opened. Raises SpreadError when it is not the one with this signature."""
    if _engine is None or _engine.signature != signature:
        here = _engine.signature if _engine is not None else "none"
        step = "Is another build with another model on the same cluster? Wait for its end, and run this one again."
        raise SpreadError(f"a worker has the engine {here}, and {signature} is wanted", step)
    return _engine


def _opened(model: Model, threads: int) -> Engine:
    """The engine, from the folder of models that the kit names, else from this machine's own."""
    reasons: list[str] = []
    for folder in dict.fromkeys((model.models, str(Config().models_dir))):
        settings = replace(model.settings, threads=threads)
        config = Config(translate=settings, paths=Paths(models=folder), base=Path(model.base))
        try:
            engine = open_raw(model.engine, config, lambda line: None)
            _check_files(config)
        except (BriefingError, OSError) as error:
            reasons.append(f"{folder}: {error.message if isinstance(error, BriefingError) else error}")
            continue
        if engine.signature == model.signature:
            return engine
        reasons.append(f"{folder}: has {engine.signature}, and {model.signature} is wanted")
    raise SpreadError(f"it cannot open the engine: {'; '.join(reasons)}")


def _check_files(config: Config) -> None:
    """Raises SpreadError when the model's files are not those that its card lists, by their digests."""
    found = models.present(config)
    if found is not None and (wrong := integrity.changed(found.path, found.files, digests=True)):
        raise SpreadError(wrong[0])

"""Who does the middle of the walk: this process, the cores of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.config import Config

if TYPE_CHECKING:
    from briefing.spread.cluster import Cluster
    from briefing.spread.hands import Hands
    from briefing.translate.engine import Engine, Over

Notify = Callable[[str], None]


@contextmanager
def hands_of(config: Config, notify: Notify) -> Iterator[Hands]:
    """The hands that the settings name; what was started for them ends with the block.

    Processes are started when there is enough to do, a cluster is asked at once. Raises ExtraError, SpreadError.
    """
    hands = _cluster(config, notify) if config.build.cluster else _local(config)
    try:
        yield hands
    finally:
        hands.crew.close()


def _local(config: Config) -> Hands:
    from briefing.spread.crew import ALONE
    from briefing.spread.hands import Hands
    from briefing.spread.kit import kit
    from briefing.spread.processes import Processes, cores

    places = config.build.cores or cores()
    return Hands(Processes(places, kit(config)) if places > 1 else ALONE)


def _cluster(config: Config, notify: Notify) -> Hands:
    from briefing.spread.cluster import Cluster
    from briefing.spread.hands import Hands
    from briefing.spread.kept import Keeping
    from briefing.spread.kit import kit

    cluster = Cluster(config.build.cluster, kit(config), notify)
    crew = Keeping(cluster, config.store_file, notify) if config.translate.cache else cluster
    return Hands(crew, _over(cluster, config, notify))


def _over(cluster: Cluster, config: Config, notify: Notify) -> Over:
    from briefing.spread.kit import Model
    from briefing.spread.translating import Spread

    def over(name: str, engine: Engine) -> Engine:
        base, models = str(config.base.resolve()), str(config.models_dir.resolve())
        cluster.equip(Model(name, engine.signature, config.translate, models, base))
        return Spread(engine, cluster, notify)

    return over

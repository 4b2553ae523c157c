"""Machine translations kept in the store: looked up all at once before an engine is asked, and kept as they come.

What is kept rests on the sentence and on the engine's signature, which names everything that shapes an answer. So deleting
the store costs time and changes nothing else, and a changed setting finds nothing that was made under another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.model import Problem, Translation
from briefing.store.cache import Cache, key, open_cache

if TYPE_CHECKING:
    from briefing.translate.engine import Engine, Notify

KIND = "translation"  # of the rows in the cache
# What this program itself does around a model (segments.py, retry.py, doubts.py): raise it when that changes an answer.
FORM = "1"


class Cached:
    """An engine that is asked only for what the store does not hold.

    It keeps what one call of `translate` gave before the next begins, so a process that is killed loses one call at most. Only
    the label "machine" is kept. Several processes may share a store. A store that fails is said once through `notify`, and the
    engine then does all the work.
    """

    def __init__(self, engine: Engine, store: Path, notify: Notify) -> None:
        """`store` is the path of the store; it is opened when there is something to translate."""
        self._engine = engine
        self._store: Path | None = store
        self._notify = notify
        self.info = engine.info
        self.signature = engine.signature

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """One Translation for each source, in order. Raises EngineError when the model fails."""
        if self._store is None or not sources:
            return self._engine.translate(sources)
        keys = {source: key(FORM, self.signature, source) for source in sources}
        with open_cache(self._store) as cache:
            known = _found(cache, keys)
            missing = [source for source in keys if source not in known]
            if missing:
                made = dict(zip(missing, self._engine.translate(missing), strict=True))
                cache.keep(KIND, {keys[source]: _written(t) for source, t in made.items() if t.label == "machine"})
                known |= made
            self._tell(cache.problems)
        return [known[source] for source in sources]

    def _tell(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self._store = None
            self._notify(f"{problem.where}: {problem.message}. {problem.next_step}")


def _found(cache: Cache, keys: Mapping[str, str]) -> dict[str, Translation]:
    values = cache.found(KIND, keys.values())
    read = {source: _read(values[k]) for source, k in keys.items() if k in values}
    return {source: translation for source, translation in read.items() if translation is not None}


def _written(translation: Translation) -> str:
    return json.dumps([translation.en, translation.engine, *translation.flags])


def _read(value: str) -> Translation | None:
    """A row of the cache; None when it is none that we wrote, for the store may be damaged."""
    try:
        parts = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, list) or len(parts) < 2 or not all(isinstance(part, str) for part in parts):
        return None
    return Translation(parts[0], parts[1], "machine", tuple(parts[2:]))

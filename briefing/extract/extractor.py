"""Extractors: what one is, the registry of them, and how one is opened.

To add an extractor, write `create(config, notify) -> Extractor` and put it into EXTRACTORS, or name it as
"package.module:function" where a name is expected.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from briefing.brief_model import Brief
from briefing.config import Config
from briefing.errors import UsageError
from briefing.model import Article, ExtractorInfo, Problem, Sentence
from briefing.progress import Track

if TYPE_CHECKING:
    from briefing.extract.rules import Drafts

Notify = Callable[[str], None]
Cut = tuple[Article, tuple[Sentence, ...]]
EXTRACTORS = {
    "rules": "briefing.extract.rules_extractor:create",
    "llm": "briefing.extract.llm.extractor:create",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one article, and what the reader must know of it; no drafts when the article could not be read."""

    drafts: Drafts | None
    problems: tuple[Problem, ...] = ()


class Extractor(Protocol):
    """Finds statements, agreements and events, and may have a word in what stands at the top of the brief."""

    @property
    def infos(self) -> tuple[ExtractorInfo, ...]:
        """Everything that takes part in finding, for people and for brief.json."""
        ...

    def find(self, articles: Sequence[Cut], track: Track) -> Iterable[Found]:
        """One Found for each article, in order. A failure in one article is a Problem of it, never an exception."""
        ...

    def summarise(self, brief: Brief) -> Brief:
        """`brief`, with highlights of its own and problems it met; the same brief when it has nothing to add."""
        ...


Factory = Callable[[Config, Notify], Extractor]


def names() -> list[str]:
    """What may stand as an extractor's name, the default first."""
    return list(EXTRACTORS)


def open_extractor(name: str, config: Config, notify: Notify) -> Extractor:
    """The extractor called `name` (one of EXTRACTORS, or "package.module:function").

    `notify` gets one line of text for each thing that takes long. Raises UsageError when there is no such extractor,
    ConfigError when its settings do not do.
    """
    target = EXTRACTORS.get(name, name)
    module, colon, function = target.partition(":")
    known = f'Known extractors: {", ".join(names())}; or write "package.module:function".'
    if not colon:
        raise UsageError(f"There is no extractor {name!r}", known)
    try:
        factory = cast(Factory, getattr(importlib.import_module(module), function))
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(f"The extractor {name!r} cannot be loaded: {error}", known) from error
    return factory(config, notify)

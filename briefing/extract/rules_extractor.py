"""The rules as an extractor: the default, and the net under every other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources

from briefing import __version__
from briefing.brief_model import Brief
from briefing.config import Config
from briefing.extract import rules
from briefing.extract.extractor import Cut, Found, Notify
from briefing.extract.rules import Drafts
from briefing.lexicon import tables
from briefing.lexicon.tables import derived
from briefing.model import ExtractorInfo
from briefing.problems import failure
from briefing.progress import Track

LINE = "Items are found by rules in the Arabic text; every item cites the sentence it rests on, letter for letter."


def create(config: Config, notify: Notify) -> Rules:
    """The rules; nothing in the settings changes them."""
    return RULES


class Rules:
    """Finds items by rules, one article after the other. Needs no network and gives the same items every time."""

    @property
    def infos(self) -> tuple[ExtractorInfo, ...]:
        """The rules, signed with the version of the program and a digest of the lexicon, the user's own included."""
        return (ExtractorInfo("rules", "", _signature(), LINE),)

    def find(self, articles: Sequence[Cut], track: Track) -> Iterator[Found]:
        """The items of each article; one that our own code stumbles over is a Problem."""
        (info,) = self.infos
        for article, sentences in track(articles, "Reading"):
            try:
                yield Found(signed(rules.find(article, sentences), info.signature))
            except Exception as error:
                yield Found(None, (failure(article.document.file, error),))

    def summarise(self, brief: Brief) -> Brief:
        """The brief as it is: its highlights are chosen by rule already."""
        return brief


RULES = Rules()


def signed(drafts: Drafts, signature: str) -> Drafts:
    """The drafts, each with the signature of what found it."""
    kinds = (drafts.statements, drafts.agreements, drafts.events)
    said, agreed, happened = (tuple(replace(d, found_by=(signature,)) for d in kind) for kind in kinds)
    return replace(drafts, statements=said, agreements=agreed, events=happened)


@derived
def _signature() -> str:
    """Equal for equal rules and words: version of the program and digest of lexicon/*.toml, ours and the user's."""
    state = hashlib.sha256()
    folder = resources.files("briefing.lexicon")
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        state.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    if (own := tables.own()) is not None:
        state.update(own.sha256.encode())
    return f"rules:{__version__}:{state.hexdigest()[:12]}"

"""An article of our own, asked about of a scripted model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing.arabic.sentences import sentences
from briefing.config import Config, Extract, Paths
from briefing.extract.draft import Draft, finish
from briefing.extract.extractor import Cut, Found
from briefing.extract.llm.asking import Asking
from briefing.extract.llm.client import Client, World
from briefing.extract.llm.extractor import LanguageModel
from briefing.extract.llm.request import requests
from briefing.extract.llm.secret import Secret
from briefing.item_model import Item
from briefing.model import Problem
from briefing.progress import untracked
from tests.extract.extracted import article
from tests.extract.llm.model_server import Asked, ModelServer, Says

TEXT = (
    "قال وزير النقل سامي الحداد يوم الثلاثاء إن الجسر سيفتح بعد أسبوع. وأضاف أن الكلفة بلغت عشرة ملايين دينار. "
    "ووصف التاجر نبيل كرم الخطوة بأنها متأخرة. وقتل 12 شخصا بينهم 3 أطفال في غارة على بلدة سرمين أمس. "
    "ولقي عاملان حتفهما قرب النهر بعدما داس أحدهما جسما متفجرا. واتفقت الأردن والعراق على فتح معبر طريبيل."
)
SAID = {
    "sentence": 1,
    "quote": "قال وزير النقل سامي الحداد يوم الثلاثاء إن الجسر سيفتح بعد أسبوع",
    "speaker": "وزير النقل سامي الحداد",
    "name": None,
    "name_sentence": None,
    "addressee": None,
}
ADDED = {**SAID, "sentence": 2, "quote": "وأضاف أن الكلفة بلغت عشرة ملايين دينار", "speaker": None} | {
    "name": "سامي الحداد",
    "name_sentence": 1,
}
CALLED = {**SAID, "sentence": 3, "quote": "ووصف التاجر نبيل كرم الخطوة بأنها متأخرة", "speaker": "التاجر نبيل كرم"}
STRUCK: dict[str, Any] = {
    "sentence": 4,
    "quote": "وقتل 12 شخصا بينهم 3 أطفال في غارة على بلدة سرمين أمس",
    "type": "AIRSTRIKE",
    "actor": None,
    "target": None,
    "place": "سرمين",
    "counts": ["12 شخصا", "3 أطفال"],
    "status": "reported",
    "claimed_by": None,
}
BLAST = {**STRUCK, "sentence": 5, "quote": "ولقي عاملان حتفهما قرب النهر بعدما داس أحدهما جسما متفجرا", "type": "BOMBING"} | {
    "place": None,
    "counts": ["عاملان"],
}
AGREED = {
    "sentence": 6,
    "quote": "واتفقت الأردن والعراق على فتح معبر طريبيل",
    "parties": [{"name": "الأردن", "sentence": 6}, {"name": "العراق", "sentence": 6}],
    "status": "new",
}
GOOD = {"statements": [SAID, ADDED, CALLED], "agreements": [AGREED], "events": [STRUCK, BLAST], "highlights": []}


def good(asked: Asked) -> Says:
    """The answers of a model that reads TEXT well."""
    return Says({asked.section: GOOD[asked.section]})


def settings(server: ModelServer | None, folder: Path, **changes: Any) -> Config:
    """Settings for a server (for one that is not there when None is given), with a store in `folder`."""
    url = server.url if server else "http://127.0.0.1:9/v1"
    extract = Extract("llm", url, "tiny-model", **{"timeout": 10, "retries": 0, **changes})
    return replace(Config(base=folder, paths=Paths(store="store.db")), extract=extract)


@dataclass
class Waits:
    """Notes how long a client would have slept."""

    slept: list[float]

    async def sleep(self, seconds: float) -> None:
        """Does not wait."""
        self.slept.append(seconds)


def extractor(config: Config, secret: str = "", waits: Waits | None = None) -> LanguageModel:
    """The extractor of these settings; with `waits` it does not really wait."""
    world = World(sleep=waits.sleep) if waits else None
    return LanguageModel(
        config, requests(config), Asking(Client(config.extract, Secret(secret), world), config.extract.concurrency)
    )


def cut(text: str = TEXT, ident: str = "a1") -> Cut:
    """An article of 13 November 2024, in sentences."""
    made = article(text, "2024-11-13", ident)
    return made, sentences(text, made.kept)


def found(server: ModelServer | None, folder: Path, text: str = TEXT, **changes: Any) -> Found:
    """What is found in an article of `text`."""
    (result,) = extractor(settings(server, folder, **changes)).find([cut(text)], untracked)
    return result


def items(result: Found) -> list[Item]:
    """The items, finished without a translation."""
    assert result.drafts is not None
    return [finish(draft, None, {}) for draft in result.drafts]


def drafts(result: Found) -> list[Draft]:
    """All drafts."""
    assert result.drafts is not None
    return list(result.drafts)


def told(problems: Iterable[Problem]) -> str:
    """Problems in one text."""
    return "\n".join(f"{p.where}: {p.message} | {p.next_step}" for p in problems)


def flags(result: Found) -> list[tuple[str, Sequence[str]]]:
    """(id, flags) of every item."""
    return [(d.item.id, d.item.flags) for d in drafts(result)]

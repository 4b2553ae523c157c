"""The language model as an extractor: what it points at, checked, beside what the rules find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.brief_model import Brief
from briefing.config import Config
from briefing.extract.clause import Parsed, parse
from briefing.extract.extractor import Cut, Found, Notify
from briefing.extract.kicker import is_headline
from briefing.extract.llm.answers import Reply, read
from briefing.extract.llm.asking import Asking, Question, Settled
from briefing.extract.llm.client import Client
from briefing.extract.llm.numbered import Piece, pieces, shown
from briefing.extract.llm.pointing import Checked, check
from briefing.extract.llm.reading import About, Asked, together, troubles
from briefing.extract.llm.request import Requests, requests
from briefing.extract.llm.schemas import SECTIONS, schema
from briefing.extract.llm.secret import from_environment
from briefing.extract.llm.summary import summarised
from briefing.extract.rules_extractor import RULES
from briefing.model import ExtractorInfo, Problem
from briefing.progress import Track
from briefing.store.cache import open_cache

NET = "Rules found their own items and are the net: an item that only one of the two found says so."


def create(config: Config, notify: Notify) -> LanguageModel:
    """The extractor that asks the model of the settings. Raises ConfigError for settings or prompts that do not do."""
    asked = requests(config)
    return LanguageModel(config, asked, Asking(Client(config.extract, from_environment()), config.extract.concurrency))


@dataclass(frozen=True, slots=True)
class _Page:
    """An article taken apart, and the pieces of it that are asked about."""

    parsed: tuple[Parsed, ...]
    pieces: tuple[Piece, ...]
    left: tuple[int, ...]


class LanguageModel:
    """Finds items by rules and by a model. Whatever becomes of the model, the rules' items are there."""

    def __init__(self, config: Config, asked: Requests, asking: Asking) -> None:
        self._config = config
        self._requests = asked
        self._asking = asking

    @property
    def infos(self) -> tuple[ExtractorInfo, ...]:
        """The rules and the model."""
        model, signature = self._requests.model, self._requests.signature
        line = (
            f"The language model {model} pointed at items too: at sentences, quotes and names, which were looked up in the text, "
            f"letter for letter. It wrote no English of any item. {NET} (Signatures: {RULES.infos[0].signature}, {signature}.)"
        )
        return (*RULES.infos, ExtractorInfo("llm", model, signature, line))

    def find(self, articles: Sequence[Cut], track: Track) -> Iterator[Found]:
        """What rules and model found in each article; trouble with the server or the store comes with the first one."""
        net = list(RULES.find(articles, track))
        pages = [self._page(cut) if found.drafts else _Page((), (), ()) for cut, found in zip(articles, net, strict=True)]
        abouts = [About(n, section, piece) for n, page in enumerate(pages) for section in SECTIONS for piece in page.pieces]
        questions = [self._question(about, pages[about.article]) for about in abouts]
        with open_cache(self._config.store_file) as cache:
            settled = self._asking.ask(questions, cache, track)
        mine: dict[int, list[tuple[About, Settled[Checked]]]] = {}
        for about, one in zip(abouts, settled, strict=True):
            mine.setdefault(about.article, []).append((about, one))
        general = (*cache.problems, *self._down(mine))
        for n, (cut, found) in enumerate(zip(articles, net, strict=True)):
            yield self._found(cut, found, pages[n], mine.get(n, ()), general if n == 0 else ())

    def summarise(self, brief: Brief) -> Brief:
        """The brief with highlights that the model chose and wrote, when they hold."""
        return summarised(brief, self._requests, self._asking, self._config.store_file)

    def _page(self, cut: Cut) -> _Page:
        article, sentences = cut
        text = article.document.text
        body = [shown(text, s) for s in sentences if not is_headline(text, s)]  # a headline is no evidence
        found, left = pieces(body, self._requests.room)
        return _Page(tuple(parse(text, s) for s in sentences), found, left)

    def _question(self, about: About, page: _Page) -> Question[Checked]:
        parsed = {p.sentence.n: p for p in page.parsed}

        def judge(reply: Reply) -> Checked:
            return check(read(reply, about.section), about.section, about.piece, parsed)

        prompt = self._requests.text(about.section, about.piece)
        key, limit = self._requests.key(about.section, prompt), self._requests.limit(prompt)
        return Question(prompt, schema(about.section), limit, judge, key)

    def _found(self, cut: Cut, net: Found, page: _Page, asked: Asked, general: tuple[Problem, ...]) -> Found:
        """One article's items, merged."""
        problems = (*general, *net.problems, *troubles(cut[0], asked, page.left, self._asking.down))
        if net.drafts is None:
            return Found(None, problems)
        drafts, wrong = together(cut[0], page.parsed, net.drafts, asked, self._requests.signature)
        return Found(drafts, (*problems, *wrong))

    def _down(self, asked: Mapping[int, Asked]) -> Iterator[Problem]:
        """One Problem for a server that does not serve, with how much the rules had to do alone."""
        down = self._asking.down
        alone = sum(any(one.failed is down for _, one in mine) for mine in asked.values())
        if down is not None and alone:
            count = f"{alone} article{'s' if alone > 1 else ''}"
            message = f"the language model's server {down.message}; for {count} the rules stand alone"
            yield Problem(self._config.extract.url, message, down.next_step)

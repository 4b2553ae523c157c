"""What articles of earlier weeks agreed and held: read by rules, and kept in the store so that each is read once.

The ledger has no memory of its own. It rests on the earlier articles among the inputs and on nothing else, so the same inputs
give the same brief, whichever weeks were built before. What is kept is derived: deleting it costs time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from briefing.arabic.sentences import sentences
from briefing.config import Config
from briefing.extract.draft import Draft
from briefing.extract.rules_extractor import RULES
from briefing.item_model import Agreement, Citation, Name
from briefing.ledger.code import digest
from briefing.ledger.held import held
from briefing.model import Article, Problem, Sentence, When
from briefing.problems import failure
from briefing.progress import Track, untracked
from briefing.store.cache import Cache, key, open_cache
from briefing.week import Week

KIND = "ledger"  # of the rows in the cache
_AT_ONCE = 500  # articles looked up and kept in one go


@dataclass(frozen=True, slots=True)
class Past:
    """An article of an earlier week: its agreements, and the sentences that these cite or that tell of a meeting."""

    article: Article
    sentences: tuple[Sentence, ...]
    agreements: tuple[Draft, ...]
    held: tuple[int, ...]


def before(articles: Iterable[Article], week: Week, weeks: int) -> tuple[Article, ...]:
    """The articles that were surely published before `week`, and not more than `weeks` weeks before; oldest first."""
    since = (week.first - timedelta(weeks=weeks)).isoformat() if weeks < week.first.toordinal() // 7 else ""
    until = week.first.isoformat()
    known = [(a, a.published.earliest, a.published.latest) for a in {a.id: a for a in articles}.values()]
    chosen = [(last, first, a) for a, first, last in known if first and last and since <= first and last < until]
    return tuple(a for *_, a in sorted(chosen, key=lambda c: (c[0], c[1], c[2].document.file, c[2].id)))


def read(articles: Sequence[Article], config: Config, track: Track = untracked) -> tuple[tuple[Past, ...], tuple[Problem, ...]]:
    """What each article agreed and held, and a Problem for each that our own code stumbled over."""
    parts = [articles[i : i + _AT_ONCE] for i in range(0, len(articles), _AT_ONCE)]
    store = open_cache(config.store_file) if articles and config.translate.cache else nullcontext(Cache(None))
    found: list[Past] = []
    problems: list[Problem] = []
    with store as cache:
        for part in track(parts, "Reading earlier weeks", len):
            past, wrong = _part(part, cache)
            found += past
            problems += wrong
    return tuple(found), tuple(problems)


def _part(articles: Sequence[Article], cache: Cache) -> tuple[list[Past], list[Problem]]:
    keys = {a.id: _key(a) for a in articles}
    kept = cache.found(KIND, keys.values())
    found: list[Past] = []
    problems: list[Problem] = []
    fresh: dict[str, str] = {}
    for article in articles:
        past = _unpacked(article, kept.get(keys[article.id], ""))
        if past is None:
            try:
                past = look(article)
            except Exception as error:
                problems.append(failure(article.document.file, error))
                continue
            fresh[keys[article.id]] = _packed(past)
        found.append(past)
    cache.keep(KIND, fresh)
    return found, problems


def look(article: Article) -> Past:
    """What an article agreed and held, by rules."""
    cut = tuple(sentences(article.document.text, article.kept))
    (found,) = RULES.find([(article, cut)], untracked)
    drafts = found.drafts.agreements if found.drafts is not None else ()
    telling = tuple(h.sentence.n for h in held(article, cut))
    wanted = {*telling, *(c.sentence for d in drafts for c in d.item.citations)}
    return Past(article, tuple(s for s in cut if s.n in wanted), drafts, telling)


# ---------------------------------------------------------------- kept


def _key(article: Article) -> str:
    """All that `look` rests on: the text, the part of it that is the article, its day, the words and the code."""
    (info,) = RULES.infos
    kept = json.dumps([[s.start, s.end] for s in article.kept])
    published = json.dumps(asdict(article.published))
    return key(info.signature, digest(), article.id, article.document.sha256, kept, published)


def _packed(past: Past) -> str:
    drafts = [asdict(draft) for draft in past.agreements]
    return json.dumps({"sentences": [[s.n, s.start, s.end] for s in past.sentences], "drafts": drafts, "held": past.held})


def _unpacked(article: Article, value: str) -> Past | None:
    """A row of the cache; None when there is none, or none that we wrote, for the store may be damaged."""
    try:
        row = json.loads(value)
        cut = tuple(Sentence(n, start, end) for n, start, end in row["sentences"])
        past = Past(article, cut, tuple(_draft(d) for d in row["drafts"]), tuple(row["held"]))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
    return past if _holds(past) else None


def _draft(row: Mapping[str, Any]) -> Draft:
    item = row["item"]
    agreement = Agreement(
        **item
        | {
            "parties": tuple(Name(**p) for p in item["parties"]),
            "date": When(**item["date"]),
            "citations": tuple(Citation(**c) for c in item["citations"]),
            "flags": tuple(item["flags"]),
        }
    )
    lists = {name: tuple(row[name]) for name in ("unnamed", "found_by")}
    return Draft(**{**row, **lists, "item": agreement})


def _holds(past: Past) -> bool:
    """Whether every citation of a row is what the article says there."""
    text, numbers = past.article.document.text, {s.n for s in past.sentences}
    cited = [c for d in past.agreements for c in d.item.citations]
    return all(text[c.start : c.end] == c.quote and c.sentence in numbers for c in cited) and numbers.issuperset(past.held)

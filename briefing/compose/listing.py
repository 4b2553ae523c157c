"""Articles that stand in a brief by their title only: what did not fit, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from briefing.compose.copies import Story
from briefing.compose.sources import date_line
from briefing.model import Article
from briefing.selection import Left
from briefing.source_model import LeftOut, Listed

PRINTED_ALSO, PRINTED_LEFT_OUT = 8, 3  # titles for each page of the budget that are printed; brief.json has all
UNREAD, FAILED = "unread", "failed"  # files that gave no article, and articles the program stumbled over


def also(told: Sequence[Story], listed: Sequence[str]) -> tuple[Listed, ...]:
    """The stories of those articles, which did not fit, in the order of `listed`."""
    by_article = {story.used.article.id: story for story in told}
    found = (by_article[ident] for ident in listed if ident in by_article)
    return tuple(_listed(s.used.article, "pages", "", [_by(r.article) for r in s.copies]) for s in found)


def left_out(left: Iterable[Left]) -> tuple[Listed, ...]:
    """The articles that were left out, reason by reason."""
    counts = Counter(one.reason for one in left)
    return tuple(_listed(one.article, one.reason, one.why) for one in sorted(left, key=lambda x: (-counts[x.reason], x.reason)))


def counted(left: Iterable[Left], unread: int, failed: int) -> tuple[LeftOut, ...]:
    """How many were left out for each reason, the most first."""
    counts = Counter(one.reason for one in left) + Counter({UNREAD: unread, FAILED: failed})
    return tuple(LeftOut(reason, n) for reason, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _listed(article: Article, reason: str, why: str, outlets: Iterable[str] = ()) -> Listed:
    return Listed(
        article.id, article.document.file, article.title, article.outlet, article.url or article.document.metadata.url,
        article.published, date_line(article.published), reason, why, tuple(dict.fromkeys(outlets)),
    )  # fmt: skip


def _by(article: Article) -> str:
    return article.outlet.name if article.outlet else article.document.file

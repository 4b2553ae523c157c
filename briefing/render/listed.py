"""Words and links for articles that stand in a brief by their title only, and for what a watchlist found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from briefing.brief_model import Brief, LeftOut, Listed
from briefing.compose.listing import PRINTED_ALSO, PRINTED_LEFT_OUT
from briefing.render.inline import arabic_text, english_text, safe_url

REASONS = {
    "sport": "sport",
    "culture": "culture",
    "opinion": "opinion",
    "advert": "advertising",
    "horoscope": "horoscope",
    "listing": "listing",
    "scope": "outside the scope",
    "undated": "undated",
    "unread": "not read",
    "failed": "failed in the program",
}


def reason_text(reason: str) -> str:
    """A reason in words: "scope" -> "outside the scope"."""
    return REASONS.get(reason, reason)


def reasons_text(counts: Iterable[LeftOut]) -> str:
    """Counts by reason in one line: "3 sport, 1 opinion, 2 outside the scope, 1 undated"; "" when there are none."""
    return ", ".join(f"{one.articles:,} {reason_text(one.reason)}" for one in counts)


def headline(article: Listed) -> Markup:
    """The title in both languages, linked to the article's address where it has one."""
    title = article.title
    arabic = Markup(f'<bdi dir="rtl" lang="ar">{arabic_text(title.ar)}</bdi>') if title else Markup("")
    english = english_text(title.en) if title and title.en else Markup("")
    first = english or arabic or english_text(article.file)
    target = safe_url(article.url) if article.url else None
    linked = Markup(f"[{first}](<{target}>)") if target else first
    return Markup(f"{linked} {arabic}") if english and arabic else linked


def printed_also(brief: Brief) -> Sequence[Listed]:
    """The stories listed by title that are printed: all without a page budget, else so many for each page."""
    return brief.also[: PRINTED_ALSO * brief.pages or None]


def printed_left_out(brief: Brief) -> Sequence[Listed]:
    """The same of the articles left out, the undated apart: they stand among the problems."""
    others = [one for one in brief.left_out if one.reason != "undated"]
    return others[: PRINTED_LEFT_OUT * brief.pages or None]

"""Words and links for articles that stand in a brief by their title only, and for what a watchlist found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from briefing.brief_model import Brief
from briefing.compose.listing import PRINTED_ALSO, PRINTED_LEFT_OUT
from briefing.language import ENGLISH, Language
from briefing.render.inline import arabic_text, english_text, safe_url
from briefing.render.words import named
from briefing.source_model import LeftOut, Listed


def reason_text(reason: str, language: Language) -> str:
    """A reason in words: "scope" -> "outside the scope"."""
    return named("reason", reason, language)


def reasons_text(counts: Iterable[LeftOut], language: Language) -> str:
    """Counts by reason in one line: "3 sport, 1 opinion, 2 outside the scope, 1 undated"; "" when there are none."""
    told = (language.text("listed.reason", n=one.articles, reason=reason_text(one.reason, language)) for one in counts)
    return language.text("common.comma").join(told)


def headline(article: Listed, language: Language) -> Markup:
    """The title in both languages, that of the brief first, linked to the article's address where it has one."""
    title = article.title
    arabic = Markup(f'<bdi dir="rtl" lang="ar">{arabic_text(title.ar)}</bdi>') if title else Markup("")
    english = _english(title.en, language) if title and title.en else Markup("")
    first, second = (english, arabic) if language.code == ENGLISH else (arabic, english)
    shown = first or second or english_text(article.file)
    target = safe_url(article.url) if article.url else None
    linked = Markup(f"[{shown}](<{target}>)") if target else shown
    return Markup(f"{linked} {second}") if first and second else linked


def _english(text: str, language: Language) -> Markup:
    return english_text(text) if language.code == ENGLISH else Markup(f'<bdi dir="ltr" lang="en">{english_text(text)}</bdi>')


def printed_also(brief: Brief) -> Sequence[Listed]:
    """The stories listed by title that are printed: all without a page budget, else so many for each page."""
    return brief.also[: PRINTED_ALSO * brief.pages or None]


def printed_left_out(brief: Brief) -> Sequence[Listed]:
    """The same of the articles left out, the undated apart: they stand among the problems."""
    others = [one for one in brief.left_out if one.reason != "undated"]
    return others[: PRINTED_LEFT_OUT * brief.pages or None]

"""Headlines in English, where no flag can stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefing.model import Article, Translation


def titled(article: Article, english: Mapping[str, Translation]) -> Article:
    """The article with the English of its headline, if that may stand alone."""
    title = article.title
    return replace(article, title=title and replace(title, en=_english(english.get(title.ar))))


def _english(translation: Translation | None) -> str | None:
    return translation.en if translation and sound(translation) else None


def sound(translation: Translation) -> bool:
    """Whether English may stand where no flag can stand beside it."""
    return translation.label in ("machine", "reviewed") and not translation.flags

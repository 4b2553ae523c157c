"""Brief -> one self-contained HTML file: the brief's Markdown through Python-Markdown, sanitised, in a page template."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from markupsafe import Markup

from briefing.brief_model import Brief
from briefing.language import Language
from briefing.render.context import RenderContext
from briefing.render.event_chart import with_chart
from briefing.render.inline import plain
from briefing.render.markdown import markdown, period, title
from briefing.render.templating import read_asset, render_html

if TYPE_CHECKING:
    from briefing.render.rendition import Rendition

TEMPLATE = "brief.html.j2"
STYLE = "brief.css"

# What the Markdown templates use and nothing that loads, runs or covers the page: a second lock behind the escaping.
_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "blockquote", "ul", "ol", "li", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "span", "strong", "em", "small", "code", "bdi"),
}
_ATTRIBUTES = {"a": {"href", "id"}, "*": {"id", "class", "dir", "lang"}}
_SCHEMES = {"http", "https"}


def render(rendition: Rendition) -> bytes:
    """The brief as UTF-8 HTML. Raises ConfigError when a template is broken."""
    return rendition.page.encode("utf-8")


def page(brief: Brief, context: RenderContext) -> str:
    """The brief as an HTML page with its style sheet inside."""
    return page_of(markdown(brief, context), brief, context)


def page_of(text: str, brief: Brief, context: RenderContext) -> str:
    """The page that holds `text`, which is the brief's Markdown."""
    values = {
        "brief": brief,
        "title": plain(title(brief, context.language)),
        "period": period(brief, context.language),
        "body": Markup(with_chart(to_html(text), brief, context)),
        # Our own or the user's file, not an article's text.
        "style": Markup(read_asset(STYLE, context.templates)),
        "running": Markup(running(period(brief, context.language), context.language)),
        "page_number": Markup(page_number(context.language)),
    }
    return render_html(TEMPLATE, context.templates, values, context.language)


def page_number(language: Language) -> str:
    """The words "page n of m" as the value of a CSS `content`."""
    pattern = language.pattern("page.number")
    parts = (_css(text) + (f" counter({name})" if name else "") for text, name, _, _ in string.Formatter().parse(pattern))
    return " ".join(parts)


def running(text: str, language: Language) -> str:
    """The period in the margin of a page as the value of a CSS `content`.

    The margin gets text alone: what <bdi> isolates in the page, an Arabic one isolates here by control characters (UAX #9).
    """
    shown = plain(text)
    if language.direction == "ltr":
        return "string(period)"
    return _css(re.sub(r"[0-9A-Z][0-9A-Z\u2013:-]*", "\u2066\\g<0>\u2069", shown))


def _css(text: str) -> str:
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in text) + '"'


def to_html(text: str) -> str:
    """Markdown -> sanitised HTML: the tags of our templates only, links to http(s) or within the page only."""
    import nh3
    from markdown import Markdown

    converted = Markdown(extensions=["md_in_html", "tables"], output_format="html").convert(text)
    return nh3.clean(converted, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)

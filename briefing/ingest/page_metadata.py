"""What a page says about itself: JSON-LD, Open Graph, <meta>, <time>, <link>; nothing is inferred from the visible text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from briefing.ingest.decode import sound
from briefing.model import Metadata

# schema.org types whose datePublished is the story's (https://schema.org/Article and its news subtypes).
_STORY = re.compile(r".*(?:Article|BlogPosting|LiveBlogPosting|Report)\Z")
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "parsely-pub-date",
    "publishdate",
    "pubdate",
)
_LONG_PARAGRAPH = 100
_WRAPPING = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*\Z")


def page_metadata(root: Any) -> Metadata:
    """Title, URL, publication date with its basis (json_ld before html_meta), outlet, author, language and section of a page.

    `root` is the lxml element of <html>. Values are as written there, white space collapsed; what is not stated is None.
    """
    meta = _meta(root)
    nodes = _json_ld(root)
    url = _url(root, meta)
    title = _first(meta.get("og:title"), _text(root, "title"), _text(root, "h1"))
    story = _story(nodes, url, title)
    published, basis = _published(root, meta, story)
    return Metadata(
        title=title,
        url=url,
        published=published,
        published_basis=basis,
        outlet=_first(meta.get("og:site_name"), _name(story.get("publisher"), nodes)),
        author=_first(meta.get("author"), _not_a_link(meta.get("article:author")), _name(story.get("author"), nodes)),
        language=_first(root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")),
        section=_first(_listed(story.get("articleSection")), meta.get("article:section"), meta.get("parsely-section")),
    )


def _first(*values: Any) -> str | None:
    """The first value that is a string with something in it, white space collapsed."""
    for value in values:
        text = " ".join(sound(value).split()) if isinstance(value, str) else ""
        if text:
            return text
    return None


def _listed(value: Any) -> Any:
    """Several sections as one string."""
    return ", ".join(v for v in value if isinstance(v, str)) if isinstance(value, list) else value


def _meta(root: Any) -> dict[str, str]:
    """<meta> contents by lower-case property, name or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content", "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute, "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _text(root: Any, tag: str) -> str | None:
    for element in root.iter(tag):
        text = _first("".join(element.itertext()))
        if text and not any(parent.tag == "svg" for parent in element.iterancestors()):
            return text
    return None


def _url(root: Any, meta: dict[str, str]) -> str | None:
    links = (e.get("href", "") for e in root.iter("link") if "canonical" in e.get("rel", "").lower().split())
    for value in (*links, meta.get("og:url", "")):
        if value.strip().lower().startswith(("http://", "https://")):
            return _first(value)
    return None


def _not_a_link(value: str | None) -> str | None:
    return None if value is None or value.startswith("http") else value


# ---------------------------------------------------------------- publication date


def _published(root: Any, meta: dict[str, str], story: dict[str, Any]) -> tuple[str | None, str | None]:
    stated = _first(story.get("datePublished"))
    if stated:
        return stated, "json_ld"
    stated = _first(*(meta.get(name) for name in _PUBLISHED_META), _marked_date(root), _time_above_story(root))
    return (stated, "html_meta") if stated else (None, None)


def _marked_date(root: Any) -> str | None:
    """The date of an element other than <meta> that carries itemprop="datePublished"."""
    for element in root.iterfind(".//*[@itemprop='datePublished']"):
        value = _first(element.get("content"), element.get("datetime"), "".join(element.itertext()))
        if value:
            return value
    return None


def _time_above_story(root: Any) -> str | None:
    """The first <time datetime> of the article that has the headline, as long as no paragraph of the story came before."""
    for article in root.iter("article"):
        if article.find(".//h1") is None:
            continue
        for element in article.iter("time", "p"):
            if element.tag == "p" and len("".join(element.itertext())) > _LONG_PARAGRAPH:
                break
            if element.tag == "time" and element.get("datetime"):
                return _first(element.get("datetime"))
    return None


# ---------------------------------------------------------------- JSON-LD


def _json_ld(root: Any) -> list[dict[str, Any]]:
    """Every object that describes the page: top level, lists, @graph and mainEntity; damaged scripts are passed over."""
    nodes: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if not script.get("type", "").strip().lower().startswith("application/ld+json"):
            continue
        try:
            nodes.extend(_objects(json.loads(_WRAPPING.sub("", script.text or ""), strict=False)))
        except (ValueError, RecursionError):
            continue
    return nodes


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node
        elif isinstance(node, dict):
            yield node
            waiting[:0] = [node[key] for key in ("@graph", "mainEntity") if key in node]


def _story(nodes: list[dict[str, Any]], url: str | None, title: str | None) -> dict[str, Any]:
    """The object of the page's own story; of several the one with the page's address or headline, else none."""
    stories = [node for node in nodes if _is_story(node.get("@type"))]
    if len(stories) == 1:
        return stories[0]
    for node in stories:
        main = node.get("mainEntityOfPage")
        addresses = (node.get("url"), node.get("@id"), main.get("@id") if isinstance(main, dict) else main)
        if (url and url in addresses) or (title and _first(node.get("headline")) == title):
            return node
    return {}


def _is_story(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and _STORY.match(name) for name in kinds)


def _name(value: Any, nodes: list[dict[str, Any]]) -> str | None:
    """The name of a person or publisher: a string, an object, a reference to another object, or a list of those."""
    if isinstance(value, list):
        names = [_name(entry, nodes) for entry in value[:10] if not isinstance(entry, list)]
        return ", ".join(name for name in names if name) or None
    if not isinstance(value, dict):
        return _first(value)
    named = _first(value.get("name"))
    referred = (node for node in nodes if value.get("@id") and node.get("@id") == value["@id"])
    return named or next((name for node in referred if (name := _first(node.get("name")))), None)

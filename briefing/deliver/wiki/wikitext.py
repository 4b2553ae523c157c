"""Text of an article or of ours -> wikitext of MediaWiki that says exactly that text: no markup, template, link or magic word."""

from __future__ import annotations

import re

from markupsafe import Markup

from briefing.render.inline import isolated, plain, safe_url

# All ASCII punctuation but for what never means anything by itself. As an entity it is shown, and read by nothing:
# neither by the parser nor by what is done when a page is saved (~~~~, {{subst:}}, [[...|]]).
_SPECIAL = re.compile(r"""[&<>\[\]{}|'"=*#:;!~_\\`^@$+/]|^-|--""")
_MAGIC = re.compile(r"\b(?:RFC|PMID|ISBN)(?=[\s\u00a0])")  # made into links without any markup


def wiki_text(text: str) -> Markup:
    """`text` as one line, escaped for any place in a page, link or heading."""
    return Markup(_escape(plain(text)))


def wiki_english(text: str) -> Markup:
    """English text, with Arabic words isolated and marked as Arabic."""
    return isolated(text, _escape, arabic=False)


def wiki_arabic(text: str) -> Markup:
    """Arabic text for a right-to-left block, with what reads left to right isolated."""
    return isolated(text, _escape, arabic=True)


def wiki_link(url: str) -> Markup:
    """An external link to `url` when it is http(s), else its escaped text."""
    target = safe_url(plain(url))
    if target is None:
        return wiki_text(url)
    # "~~~~" would become a signature, and "__TOC__" a table of contents, in an address too
    return Markup("[{} {}]").format(Markup(target.replace("~", "%7E").replace("_", "%5F")), wiki_text(url))


def _escape(text: str) -> str:
    return _MAGIC.sub(lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", _SPECIAL.sub(_entities, text))


def _entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(one)};" for one in found[0])

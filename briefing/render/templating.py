"""Jinja2 set up so that a template cannot leak unescaped text, and its errors name template and line.

Markdown templates escape by default: whatever is not already Markup goes through `markdown_text`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from briefing.compose.highlights import shortened
from briefing.compose.sources import date_line
from briefing.errors import ConfigError
from briefing.language import Language, WordsError
from briefing.render import difference_words, event_words, framing, inline, ledger_words, listed, words

if TYPE_CHECKING:
    from jinja2 import Environment

Filter = Callable[..., object]

# Those that say something in the language of the brief.
_WORDED: dict[str, Filter] = {
    "item_links": words.item_links,
    "when": words.when_text,
    "day": words.day_text,
    "moment": words.moment_text,
    "attribution": words.attribution,
    "flag": framing.flag,
    "reviewed": words.reviewed_text,
    "short_when": event_words.short_when,
    "area": event_words.area_text,
    "around": event_words.around,
    "toll": event_words.toll_text,
    "standing": ledger_words.standing,
    "change": ledger_words.change,
    "headline": listed.headline,
    "reason": listed.reason_text,
    "reasons": listed.reasons_text,
    "frame": framing.frame,
    "embedded": framing.embedded,
    "apart": framing.apart,
    "link": framing.link,
    "named": framing.name,
    "row": framing.row,
    "heading": framing.heading,
    "method": framing.method,
    "about": difference_words.about,
    "teller": difference_words.teller,
    "source_link": framing.source_link,
    "dated": date_line,
}
_MARKDOWN_FILTERS: dict[str, Filter] = {
    "en": inline.english_text,
    "ar": inline.arabic_text,
    "anchor": inline.anchor,
    "plain": inline.plain,
    "cites": words.cites,
    "shortened": shortened,
    "near": words.near_text,
    "count": words.count_text,
    "printed_also": listed.printed_also,
    "printed_left_out": listed.printed_left_out,
}


_HTML_FILTERS: dict[str, Filter] = {
    "en": inline.english_html,
    "ar": inline.arabic_html,
    "plain": inline.plain,
    "safe_url": inline.safe_url,
    "word": words.word,
}


def render_markdown(name: str, folders: tuple[Path, ...], values: Mapping[str, object], language: Language) -> str:
    """The Markdown that template `name` makes of `values`. Raises ConfigError naming template and line."""
    with errors_named(name, folders):
        return str(_environment(folders, language, markdown=True).get_template(name).render(values))


def render_html(name: str, folders: tuple[Path, ...], values: Mapping[str, object], language: Language) -> str:
    """The HTML that template `name` makes of `values`, autoescaped. Raises ConfigError naming template and line."""
    with errors_named(name, folders):
        return str(_environment(folders, language, markdown=False).get_template(name).render(values))


def render_text(name: str, folders: tuple[Path, ...], values: Mapping[str, object], language: Language) -> str:
    """The plain text that template `name` makes of `values`; nothing is escaped. Raises ConfigError naming template and line."""
    with errors_named(name, folders):
        return str(_environment(folders, language, markdown=False, escape=False).get_template(name).render(values))


def read_asset(name: str, folders: tuple[Path, ...]) -> str:
    """The text of a file beside the templates (CSS), the user's own first. Raises ConfigError when there is none."""
    for folder in folders:
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    raise ConfigError(f"{name}: not found in {_listed(folders)}", "Install the program again, or mend paths.templates.")


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...], language: Language, *, markdown: bool, escape: bool = True) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_as_markdown if markdown else None,
    )
    environment.globals |= {"lang": language.code, "direction": language.direction, "t": language.text}
    if markdown:
        environment.globals |= {"t": partial(framing.words, language), "named_in": partial(_named_in, language)}
        environment.filters.update(_MARKDOWN_FILTERS)
        environment.filters.update({name: _in(worded, language) for name, worded in _WORDED.items()})
    else:
        environment.filters.update({**_HTML_FILTERS, "flag": lambda value: "".join(words.flag_text(value, language))})
    return environment


def _in(worded: Filter, language: Language) -> Filter:
    def filtered(value: object, *rest: object) -> object:
        made = worded(value, *rest, language)
        return framing.frame(made, language) if isinstance(made, str) else made

    return filtered


def _named_in(language: Language, kind: str, value: str) -> Markup:
    """What `value` is called among the words of a section ("status"); one that is in no table is the English it looks like."""
    return framing.frame(words.named(kind, value, language), language)


def _as_markdown(value: Any) -> Any:
    from jinja2 import Undefined

    # An undefined value must reach Jinja2, which raises; numbers and Markup are safe as they are.
    if isinstance(value, (Markup, Undefined, int)):
        return value
    return inline.markdown_text(str(value))


@contextmanager
def errors_named(name: str, folders: tuple[Path, ...]) -> Iterator[None]:
    """Turns what Jinja2 raises for template `name` into a ConfigError that names template and line."""
    from jinja2 import TemplateError, TemplateNotFound

    try:
        yield
    except TemplateNotFound as error:
        message = f"{name}: template {error.name} not found in {_listed(folders)}"
        raise ConfigError(message, "Install the program again, or mend paths.templates.") from error
    except WordsError as error:
        raise WordsError(f"{_place(error, name, folders)}: {error.message}", error.next_step) from error
    except TemplateError as error:
        message = f"{_place(error, name, folders)}: {error.message}"
        raise ConfigError(message, "Mend this line, or delete the file to use the packaged template.") from error


def _place(error: Exception, name: str, folders: tuple[Path, ...]) -> str:
    """Template file and line: from a syntax error itself, else the last frame of the traceback inside a template."""
    line = getattr(error, "lineno", None)
    if line is not None:
        return f"{getattr(error, 'filename', None) or getattr(error, 'name', None) or name}: line {line}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if any(Path(frame.filename).is_relative_to(folder) for folder in folders):
            return f"{frame.filename}: line {frame.lineno}"
    return name


def _listed(folders: tuple[Path, ...]) -> str:
    return ", ".join(str(folder) for folder in folders)

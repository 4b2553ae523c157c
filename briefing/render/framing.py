"""Words of the frame, and English in a frame that may be Arabic: filters and functions of the Markdown templates."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from briefing.brief_model import Heading, Line
from briefing.item_model import Name
from briefing.language import ENGLISH, Language, WordsError
from briefing.render import inline
from briefing.render.inline import arabic_text, english_text
from briefing.render.words import flag_text


def words(language: Language, key: str, **values: object) -> Markup:
    """The words called `key`, which are Markdown as in a template; what fills them is escaped. Raises WordsError."""
    filling = {name: _filling(value, language) for name, value in values.items()}
    try:
        return Markup(language.pattern(key, values.get("n"))).format(**filling)
    except KeyError as error:
        message = f"{language.file}: {key}: nothing is given for {{{error.args[0]}}}"
        raise WordsError(message, "Give it in the template.") from error


def frame(text: str, language: Language) -> Markup:
    """Text in the language of the brief, escaped, with what runs the other way isolated; Markup as it is."""
    if isinstance(text, Markup):
        return text
    return english_text(text) if language.code == ENGLISH else arabic_text(text)


def embedded(text: str, language: Language) -> Markup:
    """English text in a line of the frame: in an Arabic one isolated and marked as English."""
    shown = english_text(text)
    return shown if language.code == ENGLISH or not text else Markup(f'<bdi dir="ltr" lang="en">{shown}</bdi>')


def apart(text: str, language: Language) -> Markup:
    """English sentences in an Arabic frame: the same on lines of their own."""
    return Markup(str(embedded(text, language)).replace("<bdi ", '<bdi class="apart" ', 1 if language.code != ENGLISH else 0))


def link(url: str, language: Language) -> Markup:
    """A link to `url`, as `inline.link` makes it, whose address reads from left to right in an Arabic line too."""
    made = inline.link(url)
    return made if language.code == ENGLISH else Markup(f'<bdi dir="ltr">{made}</bdi>')


def row(values: Iterable[str], language: Language) -> Markup:
    """Names in a row, escaped."""
    return frame(language.text("common.comma").join(values), language)


def name(one: Name, language: Language) -> Markup:
    """A name in the language of the brief, as far as it is known there."""
    return embedded(one.en, language) if language.code == ENGLISH or not one.ar else arabic_text(one.ar)


def heading(one: Heading, language: Language) -> Markup:
    """A theatre or a topic in the language of the brief."""
    return english_text(one.en) if language.code == ENGLISH else arabic_text(one.ar)


def flag(value: str, language: Language) -> Markup:
    """What an item or a translation is marked with, in words; the finding of a check is English in every brief."""
    ours, english = flag_text(value, language)
    if language.code == ENGLISH:
        return english_text(ours + english)
    return arabic_text(ours) + (Markup(" ") if ours and english else Markup("")) + embedded(english, language)


def method(line: Line, language: Language) -> Markup:
    """A line of the method."""
    values = {key: (apart if key == "line" else embedded)(value, language) for key, value in line.values}
    return words(language, line.key, **values)


def source_link(number: int, language: Language) -> Markup:
    """A link to a source of the annex by its number."""
    return Markup(f"[{frame(language.text('sources.source', number=str(number)), language)}](#source-{number})")


def _filling(value: object, language: Language) -> Markup:
    if isinstance(value, Markup):
        return value
    return Markup(f"{value:,}") if isinstance(value, int) else frame(str(value), language)

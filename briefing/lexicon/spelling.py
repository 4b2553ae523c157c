"""Texts of a lexicon file that no article would match as they are written: invisible characters, foreign letters, cuts, twins."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from briefing.arabic.fold import key
from briefing.arabic.tokens import tokenise
from briefing.lexicon.finding import Text, grouped, texts
from briefing.lexicon.flaw import Flaw, folded
from briefing.lexicon.sources import Source


def findings(source: Source) -> Iterator[Flaw]:
    """What is wrong with how the texts of a file are spelled, then what stands in one list twice."""
    for text in texts(source):
        wrong = _invisible(text) or _mixed(text) or _spaced(text) or _cut(text)
        if wrong:
            yield wrong
    for found in grouped(texts(source)).values():
        yield from _twice(found)


def _invisible(text: Text) -> Flaw | None:
    hidden = next((c for c in text.text if unicodedata.category(c) == "Cf" or c == "\u00a0"), None)
    if hidden is None:
        return None
    name = unicodedata.name(hidden, "a character without a name")
    return _flaw(text, f"holds the invisible character U+{ord(hidden):04X} ({name})", "Type the word anew.")


def _mixed(text: Text) -> Flaw | None:
    """«سوريا» with a Latin or Persian letter in it looks right and is another word."""
    for word in text.text.split():
        letters = [c for c in word if c.isalpha()]
        strangers = [c for c in letters if not unicodedata.name(c, "").startswith("ARABIC")]
        if strangers and len(strangers) < len(letters):
            name = unicodedata.name(strangers[0], "of another script")
            return _flaw(text, f"mixes scripts: {strangers[0]!r} is {name}", "Type the word anew, in one script.")
    return None


def _spaced(text: Text) -> Flaw | None:
    shape = " ".join(text.text.split())
    if text.text in (shape, shape + " ") and (text.text == shape or text.key == "starts"):
        return None
    return _flaw(text, "has spaces at an end or two between words", f"Write {shape!r}.")


def _cut(text: Text) -> Flaw | None:
    """A text is read word by word: what the tokeniser cuts further is never found in one piece."""
    pieces = [t.text for t in tokenise(text.text)]
    if text.value.script != "arabic" or pieces == text.text.split():
        return None
    return _flaw(
        text, f"is read as {' | '.join(pieces) or 'nothing'}", f"Write {' '.join(p for p in pieces if key(p)[:1].isalnum())!r}."
    )


def _twice(found: list[Text]) -> Iterator[Flaw]:
    seen: dict[str, str] = {}
    for text in found:
        name = folded(text.text).casefold() or text.text
        if name in seen:
            other = seen[name]
            same = "stands there twice" if other == text.text else f"is {other!r} once more: the two are read alike"
            yield _flaw(text, same, "Keep one of them.")
        seen.setdefault(name, text.text)


def _flaw(text: Text, message: str, step: str) -> Flaw:
    return Flaw(text.at, f"{text.key}: {text.text!r} {message}", step)

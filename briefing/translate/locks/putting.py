"""A form put in the place of another with the grammar intact: capitals, plural, "a" and "an", "the" once, possessives."""

from __future__ import annotations

import re

from briefing.translate.locks.wording import Wording

_SENTENCE_START = re.compile(r"(?:^|[.!?…]['\"”’»)\]]*\s+|^\W+)$")
_THE = re.compile(r"\b([Tt]he|THE)\s+$")
_A = re.compile(r"(?<![\w'’])([Aa]|AN|[Aa]n)\s+$")
_DOUBTFUL = ("u", "eu", "h", "o", "y")  # "a union", "an hour": their sound does not follow from the letter


def put(english: str, start: int, end: int, wording: Wording, plural: bool) -> tuple[int, int, str]:
    """What to write instead of english[start:end], and where: the stretch grows by an article that must change."""
    before = english[start:end]
    form = _dressed(wording.plural if plural and wording.plural else wording.en, before, english[:start], bool(wording.plural))
    if (the := _THE.search(english[:start])) and (wording.bare or form.lower().startswith("the ")):
        opens = the[1][0].isupper()
        return the.start(), end, form[:1].upper() + form[1:] if opens else form
    if (article := _A.search(english[:start])) and (right := _article(article[1], before, form)) != article[1]:
        return article.start(), end, f"{right} {form}"
    return start, end, form


def _dressed(form: str, before: str, left: str, term: bool) -> str:
    """The form with the capitals of what it replaces. A name keeps its own, but in a text of capitals."""
    letters = [c for c in before if c.isalpha()]
    if len(letters) > 3 and all(c.isupper() for c in letters):
        return form.upper()
    if term and before[:1].isupper() and not _SENTENCE_START.search(left) and _titled(before):
        return re.sub(r"(?<![\w'])[a-z]", lambda m: m[0].upper(), form)
    if before[:1].isupper() and (term or _SENTENCE_START.search(left)):
        return form[:1].upper() + form[1:]
    return form


def _titled(text: str) -> bool:
    return all(word[0].isupper() for word in re.split(r"\s+", text) if word[:1].isalpha())


def _article(article: str, before: str, form: str) -> str:
    """ "a" or "an" as `form` needs it, where the letters say so; else as it stands."""
    if before.lower().startswith(_DOUBTFUL) or form.lower().startswith(_DOUBTFUL):
        return article
    vowel = form[:1].lower() in "aei"
    if vowel == (before[:1].lower() in "aei"):
        return article
    right = "an" if vowel else "a"
    return right.upper() if article == "AN" else right.capitalize() if article[0].isupper() else right

"""Whether a text speaks as a columnist does: of itself, to its reader, and without reporting what others said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.arabic.sentences import sentences
from briefing.arabic.tokens import stems, tokenise
from briefing.arabic.verbs import reporting_forms
from briefing.ingest.lines import fold_line
from briefing.ingest.outlets import by_name
from briefing.model import Article, Span
from briefing.scope.page_marks import signature
from briefing.scope.vocabulary import Words, found

_QUOTED = re.compile(r"«[^»]{0,1500}»|“[^”]{0,1500}”|\"[^\"\n]{0,1500}\"")
_NAME = re.compile(r"(?:د\s?\.\s?|م\s?\.\s?|أ\s?\.\s?)?[ء-ي]+(?: [ء-ي]+){1,4}")
_SELF, _APPEAL = 4, 3  # most points that words of one list give
_REPORTED = 2  # points that each sentence takes away which begins with a reporting verb
_UNSIGNED = 2  # points fewer where neither the writer's self nor a name or signature shows
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """Points for a columnist's voice and the marks that gave them."""

    points: int
    why: tuple[str, ...]


def voice(read: Words, article: Article) -> Voice:
    """How much a text sounds like a column; below zero where it reports."""
    own = _QUOTED.sub(" ", read.text)
    spoken = tokenise(own)
    me, us = found(spoken, "voice", "self"), found(spoken, "voice", "appeal")
    asked = own.count("؟") + own.count("?") + own.count("!")
    signed = signature(article)
    marks = [
        (min(len(me), _SELF), f"first person: {', '.join(me[:_NAMED])}"),
        (min(len(us), _APPEAL), f"addresses the reader: {', '.join(us[:_NAMED])}"),
        ((asked >= 2) + (asked >= 5), "asks and exclaims"),
        (int(bool(read.title) and read.title[-1].text in "؟?!"), "headline asks or exclaims"),
        (2 * _by_a_person(article), "by a person, no place or agency"),
        (3 * bool(signed), f"signed «{signed}»"),
    ]
    unsigned = not (me or signed or _by_a_person(article))
    against = _REPORTED * _reports(own) + 3 * bool(article.wires) + _UNSIGNED * unsigned
    return Voice(sum(n for n, _ in marks) - against, tuple(why for n, why in marks if n))


def _reports(text: str) -> int:
    """How many sentences begin with a reporting verb."""
    first = (tokenise(text[s.start : s.end])[:1] for s in sentences(text, (Span(0, len(text)),)))
    return sum(any(rest in reporting_forms() for _, rest in stems(tokens[0].key)) for tokens in first if tokens)


def _by_a_person(article: Article) -> bool:
    """The author line is a name and nothing else: reporters stand there with a place, an agency or a colleague."""
    author = " ".join((article.document.metadata.author or "").split())
    return bool(_NAME.fullmatch(author)) and by_name(fold_line(author)) is None

"""`briefing lexicon check`: everything that is wrong with a lexicon, or would never be found in an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.errors import ConfigError
from briefing.lexicon import names, reach, sources, spelling, tables
from briefing.lexicon.conform import broken_rules, flaws
from briefing.lexicon.finding import Files, Finding, of_flaw
from briefing.lexicon.overlay import laid
from briefing.lexicon.schema import FILES
from briefing.lexicon.sources import Source


def check(folder: Path | None, topics: Path | None = None) -> list[Finding]:
    """What is wrong with our lexicon (both None), or with a user's over it; ours alone is taken to be right then.

    `topics` is their topics.toml outside the folder. Mistakes of form come first; while there are any, what the words mean is not
    looked at. Raises ConfigError when the folder cannot be read.
    """
    ours = [sources.packaged(name) for name in FILES]
    theirs = folder is not None or topics is not None
    own, unreadable = _own(sources.owned(folder, topics))
    looked_at = own if theirs else ours
    formal = [*unreadable, *(found for source in looked_at for found in _formal(source, theirs))]
    if formal:
        return formal
    with tables.using(folder, topics):
        return [*_spelling(looked_at), *_meaning(Files([*own, *ours]), looked_at)]


def _own(files: Mapping[Path, str]) -> tuple[list[Source], list[Finding]]:
    """A user's files, and what keeps some of them from being read."""
    read: list[Source] = []
    wrong: list[Finding] = []
    for path, name in files.items():
        try:
            read.append(sources.own(path, name))
        except ConfigError as error:
            wrong.append(Finding(str(path), None, "", error.message.removeprefix(f"{path}: "), error.next_step))
    return read, wrong


def _formal(source: Source, own: bool) -> list[Finding]:
    sections, ours = FILES[source.name], tables.packaged(source.name) if own else None
    found = list(flaws(source.table, sections, ours))
    if not found:
        found = list(broken_rules(laid(ours, source.table, sections) if ours is not None else source.table, sections))
    return [of_flaw(source, flaw) for flaw in found]


def _spelling(looked_at: list[Source]) -> Iterator[Finding]:
    return (of_flaw(source, flaw) for source in looked_at for flaw in spelling.findings(source))


def _meaning(files: Files, looked_at: list[Source]) -> Iterator[Finding]:
    """Findings about the whole lexicon that lie in one of the files looked at, or name one of them."""
    labels, called = [source.label for source in looked_at], [source.name for source in looked_at]
    named = (*names.findings(files), *names.references(files)) if names.FILES.intersection(called) else ()
    for found in (*named, *reach.findings(files, called)):
        if found.file in labels or any(label in found.message for label in labels):
            yield found

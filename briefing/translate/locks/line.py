"""One line of English with the names and terms of its source in their form. Pure: what cannot be decided is left as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.arabic.lexicon import ADJECTIVE, PERSON, TERM
from briefing.lexicon.glossary import Glossary
from briefing.lexicon.tables import remembered
from briefing.model import Replacement
from briefing.translate.locks import spelling
from briefing.translate.locks.demands import Demand, demands
from briefing.translate.locks.plain import pattern, plain, unaccented
from briefing.translate.locks.putting import put
from briefing.translate.locks.wording import Wording

VARIANT, SPELLING, SECOND = "variant", "spelling", "second attempt"
_ARTICLE = re.compile(r"(?<!\w)(?:al|el)-")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Locked:
    """A line with what was replaced in it, and the demands whose form stands in it nowhere."""

    english: str
    replaced: tuple[Replacement, ...]
    missing: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A form of a demand at english[start:end]; `wrong` is why it is to be replaced, "" where it is right."""

    start: int
    end: int
    demand: Demand
    wrong: str
    plural: bool = False


def lock(source: str, english: str, glossary: Glossary) -> Locked:
    """`english`, a machine's translation of `source`, with every known name and term that can be found in its form."""
    wanted = demands(source, glossary)
    hits = _found(wanted, english)
    changed, replaced = _replaced(english, hits)
    there = _found(wanted, changed) if replaced else hits
    met = {hit.demand.wording for hit in there}
    missing = (d for d in wanted if not met & {d.wording, d.surname} and (d.own or d.kind not in (ADJECTIVE, TERM)))
    return Locked(changed, replaced, tuple(missing))


def standing(demand: Demand, english: str) -> bool:
    """Whether a name or term stands in `english` in its form, or in one that is as right."""
    short = [replace(demand, wording=demand.surname)] if demand.surname else []
    return any(not hit.wrong for hit in (*_known([demand], english), *_known(short, english)))


def _found(wanted: Sequence[Demand], english: str) -> list[_Hit]:
    """Where the demands stand, in a known form or another spelling; of people who do not, where their surname does."""
    hits = _known(wanted, english)
    hits += _spelled(_unmet(wanted, hits), english, hits)
    short = [replace(d, wording=d.surname) for d in _unmet(wanted, hits) if d.surname]
    more = [hit for hit in _known(short, english) if _free(hit.start, hit.end, hits)]
    hits += more
    return hits + _spelled(_unmet(short, more), english, hits)


def _free(start: int, end: int, hits: Iterable[_Hit]) -> bool:
    return all(end <= hit.start or start >= hit.end for hit in hits)


def _unmet(wanted: Sequence[Demand], hits: Iterable[_Hit]) -> list[Demand]:
    """The demands for which there is no hit: of a name that the source has twice and the English once, the second."""
    left = Counter(hit.demand.wording for hit in hits)
    unmet = []
    for demand in wanted:
        if left[demand.wording]:
            left[demand.wording] -= 1
        else:
            unmet.append(demand)
    return unmet


# ---------------------------------------------------------------- known forms


def _known(wanted: Sequence[Demand], english: str) -> list[_Hit]:
    """Every form of every demand, right or to be replaced, the longest first where they overlap."""
    text = plain(english)
    every = {d.wording: d for d in reversed(wanted)}.values()
    found = [hit for demand in every for hit in _forms(demand, text, english)]
    taken: list[_Hit] = []
    for hit in sorted(found, key=lambda h: (h.start - h.end, h.wrong, h.start)):
        if _free(hit.start, hit.end, taken):
            taken.append(hit)
    return taken


def _forms(demand: Demand, text: str, english: str) -> Iterator[_Hit]:
    for form, wrong, found in _patterns(demand.wording):
        for match in found.finditer(text):
            if _cased(form, english[match.start() : match.end()], demand.kind == TERM):
                wrong = wrong or _misspelled(demand, form, english[match.start() : match.end()])
                plural = bool(demand.wording.plural) and match.group().endswith("s") and not plain(form).endswith("s")
                yield _Hit(match.start(), match.end(), demand, wrong, plural)


@remembered(20_000)
def _patterns(wording: Wording) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    right = dict.fromkeys((wording.en, *wording.also, *filter(None, (wording.plural,))))
    ending = "s?" if wording.plural else ""
    made = [(form, "", pattern(form)) for form in right]
    return (*made, *((form, VARIANT, pattern(form, ending)) for form in wording.variants))


def _cased(form: str, written: str, term: bool) -> bool:
    """A name has its capitals; "us" is no state, and "turkey" a bird."""
    if form.isupper():
        return written.isupper()
    return term or written[0].isupper() or not form[0].isupper()


def _misspelled(demand: Demand, form: str, written: str) -> str:
    """Whether a name with an article has it in another way: "Bashar Al Assad"."""
    if demand.kind == TERM or form != demand.wording.en or not _ARTICLE.search(form) or written.isupper():
        return ""
    first = {written[0].lower(), form[0].lower()}
    return SPELLING if len(first) > 1 or unaccented(written)[1:] != unaccented(form)[1:] else ""


# ---------------------------------------------------------------- other spellings


def _spelled(unmet: Sequence[Demand], english: str, hits: Sequence[_Hit]) -> list[_Hit]:
    words = spelling.words_of(english) if any(d.spelled for d in unmet) else []
    free = [word for word in words if _free(word.start, word.end, hits)]
    found: list[_Hit] = []
    for demand in unmet:
        if demand.spelled:
            name = spelling.sought(demand.wording.en, demand.arabic, demand.arab, demand.kind == PERSON)
            found += (_Hit(start, end, demand, SPELLING) for start, end in spelling.find(name, english, free))
        free = [word for word in free if _free(word.start, word.end, found)]
    return found


# ---------------------------------------------------------------- replacing


def _replaced(english: str, hits: Iterable[_Hit]) -> tuple[str, tuple[Replacement, ...]]:
    made: list[Replacement] = []
    for hit in sorted((hit for hit in hits if hit.wrong), key=lambda h: -h.start):
        start, end, form = put(english, hit.start, hit.end, hit.demand.wording, hit.plural)
        before = english[start:end]
        if form != before and _DIGITS.findall(form) == _DIGITS.findall(before):
            english = english[:start] + form + english[end:]
            made.append(Replacement(hit.demand.start, hit.demand.end, before, form, hit.wrong))
    return english, tuple(reversed(made))

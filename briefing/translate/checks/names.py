"""Whether the names of the source that the lexicon knows stand in the translation, in any known or similar spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Any

from rapidfuzz import fuzz

from briefing.arabic import lexicon
from briefing.arabic.fold import key
from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, Entry, Match
from briefing.lexicon import glossary
from briefing.lexicon.tables import derived, remembered, table
from briefing.translate.checks.finding import Finding, listed
from briefing.translate.checks.words import data

_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]?[A-Z][A-Za-z]*\b")
_ENDING = "(?:s|n|i|an|ian|ese|ans|ians|is)?"
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = re.compile(r"(.)\1|[aeiouyw]+|h")


def check(source: str, english: str) -> list[Finding]:
    """A finding "name" with the names of `source` that `english` does not have, as the lexicon writes them."""
    names = list(dict.fromkeys(match.entry.en for match in missing(source, english)))
    return [Finding("name", f"the source names {listed(names)}, the translation does not")] if names else []


def missing(source: str, english: str) -> list[Match]:
    """The names of `source` of which no form and no similar spelling stands in `english`; not those of the user's glossary."""
    text = _plain(english)
    words = frozenset(_WORD.findall(text))
    acronyms = frozenset(acronym.casefold() for acronym in _ACRONYM.findall(english) if acronym not in source)
    named = list(_named(source))
    acronyms -= {word for match in named for form in forms(match.entry) for word in form.split()}
    return [m for m in named if not _stands(m, text, words, acronyms) or _only_adjective(m, named, text)]


def _named(source: str) -> Iterator[Match]:
    tokens, found = lexicon.found_in(source)
    own = {n for match in glossary.in_use().find(tokens) for n in range(match.first, match.last)}
    for match in found:
        before = tokens[match.first - 1].key if match.first else ""
        free = own.isdisjoint(range(match.first, match.last))
        if free and match.kind in data("names")["kinds"] and sure(match, before):
            yield match


def sure(match: Match, before: str) -> bool:
    """Whether a match is a name, given the folded word before it.

    It is none when it is a word too («مالي», unless «في» or «حكومة» stands before it), or three letters behind a prefix:
    «لغات», languages, is not «ل» and Ghat.
    """
    rules = data("names")
    if (match.kind == ADJECTIVE and match.entry.id in rules["weak_adjectives"]) or match.entry.en in rules["weak"]:
        return False
    clear = not match.entry.data.get("ambiguous") or (match.kind == COUNTRY and not match.prefix and before in _introducing())
    return clear and not (match.prefix and match.end - match.start < 4)


def _stands(match: Match, text: str, words: frozenset[str], acronyms: frozenset[str]) -> bool:
    entries = (match.entry, *match.namesakes)
    if any(_times(form, text) for entry in entries for form in forms(entry)):
        return True
    if any(_within(acronym, form, match.kind) for acronym in acronyms for entry in entries for form in forms(entry)):
        return True
    if match.kind == BODY:
        return any(_body(entry, words) for entry in entries)
    return match.kind in (PERSON, PLACE) and any(_similar(word, words) for entry in entries for word in _own(entry))


def _times(form: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(form)}{_ENDING}\b", text))


def _only_adjective(match: Match, named: list[Match], text: str) -> bool:
    """A source with a country and its adjective names it twice; one word of English can then not answer for both."""
    twice = match.kind == COUNTRY and any(m.kind == ADJECTIVE and m.entry.id == match.entry.id for m in named)
    return twice and sum(_times(form, text) for form in forms(match.entry)) == 1


def _within(acronym: str, form: str, kind: str) -> bool:
    """An acronym can hold a name: "IOC" that of a body of these initials, "BINUB" Burundi."""
    if kind == BODY:
        initials = "".join(word[0] for word in _WORD.findall(form) if word not in ("of", "the", "and", "for", "in"))
        return len(initials) > 1 and initials in acronym
    least = data("names")["acronym"]
    return len(acronym) >= least[kind] and form[:1] in acronym


def _body(entry: Entry, words: frozenset[str]) -> bool:
    """A body is named by any of its words that says something: "the Foreign Ministry", "the Ministry of Foreign Affairs"."""
    return any(word[:5] in {w[:5] for w in words} for form in forms(entry) for word in _WORD.findall(form) if len(word) > 3)


def _own(entry: Entry) -> frozenset[str]:
    """The words of a name that are its own: not "al", not "north"."""
    return frozenset(w for form in forms(entry) for w in _WORD.findall(form) if len(w) > 3 and w not in _common())


def _similar(name: str, words: frozenset[str]) -> bool:
    least = data("names")["similar"]
    if name in words or len(name) < 5:
        return name in words
    bones = _bones(name)
    return any(fuzz.ratio(name, w) >= least or (len(bones) > 2 and bones == _bones(w)) for w in words if len(w) > 3)


@remembered(20_000)
def _bones(word: str) -> str:
    """The consonants of a romanised name, those that are written in several ways as one."""
    for many, one in (("kh", "k"), ("gh", "g"), ("q", "k"), ("dj", "j"), ("ck", "k"), ("c", "k"), ("z", "s"), ("v", "f")):
        word = word.replace(many, one)
    return _ALIKE.sub(lambda m: m[1] or "", word)


@remembered(20_000)
def _of(kind: str, ident: str, en: str) -> tuple[str, ...]:
    names = [en, re.sub(r"\s*\(.*?\)", "", en), *re.findall(r"\((.*?)\)", en)]
    if kind in (COUNTRY, ADJECTIVE):
        row = _countries().get(ident.partition(".")[0].upper(), {})
        names += [str(row[part]) for part in ("en", "adjective_en", "capital_en") if row.get(part)]
        names += data("country_forms").get(ident, ())
    for name in list(names):
        names += data("names")["also"].get(name, ())
    return tuple({_plain(name) for name in names if name})


def forms(entry: Entry) -> tuple[str, ...]:
    """The known English forms of an entry, plain and in small letters; a country's adjective and capital are among them."""
    return _of(entry.kind, entry.id, entry.en)


@derived
def _countries() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in table("countries")["country"]}


@derived
def _introducing() -> frozenset[str]:
    return frozenset(key(word) for word in data("names")["introducing"])


@derived
def _common() -> frozenset[str]:
    return frozenset(data("names")["common"])


def _plain(text: str) -> str:
    """Small letters without accents and dots; every dash and apostrophe a space."""
    opened = unicodedata.normalize("NFKD", unescape(text).casefold())
    return re.sub(r"[-–’'`ʻʿʾ\s]+", " ", "".join(c for c in opened if not unicodedata.combining(c))).replace(".", "")

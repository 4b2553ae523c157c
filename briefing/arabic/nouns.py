"""Nouns that are counted in news, in all the forms they take beside a number, duals included (lexicon/counted.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from briefing.arabic.plain import plain_word
from briefing.lexicon.tables import derived, table

NounClass = Literal["person", "thing", "attack", "measure"]
Grammar = Literal["one", "many", "dual", "dual_or_many", "construct"]
CLASSES: tuple[NounClass, ...] = ("person", "thing", "attack", "measure")
_PREFIXES = "و ف ب ل ك ال وب ول وك فب فل وال فال بال كال لل وبال وكال ولل فلل فبال"
PREFIXES = ("", *_PREFIXES.split())


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: Arabic singular, English singular and plural, and what it means."""

    ar: str
    en: str
    many: str
    meaning: NounClass


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a noun. "construct" is a dual without ن, which needs one of the followers after it."""

    noun: Noun
    grammar: Grammar


def split_prefix(word: str, known: Mapping[str, Any]) -> tuple[str, str] | None:
    """(prefix, rest) with the shortest prefix of conjunction, preposition and article that leaves a word of `known`."""
    for prefix in PREFIXES:
        if word.startswith(prefix) and word[len(prefix) :] in known:
            return prefix, word[len(prefix) :]
    return None


def noun_form(word: str) -> Form | None:
    """The counted noun that a plain word (prefixes allowed) is a form of."""
    found = split_prefix(word, forms())
    return forms()[found[1]] if found else None


@derived
def forms() -> Mapping[str, Form]:
    """Every plain form of every counted noun, without prefixes. Read from the package once."""
    found: dict[str, Form] = {}
    for noun, row in _rows():
        for word, grammar in _noun_forms(noun.ar, row):
            held = found.get(word)
            if held is None:
                found[word] = Form(noun, grammar)
            elif {held.grammar, grammar} == {"dual", "many"} and held.noun == noun:
                found[word] = Form(noun, "dual_or_many")
    return found


@derived
def followers() -> frozenset[str]:
    """Words after which a dual may stand in construct («ضابطي صف»), with and without article."""
    words = [plain_word(w) for w in table("counted")["construct"]["followers"]]
    return frozenset(words + ["ال" + w for w in words])


def _rows() -> Iterator[tuple[Noun, Mapping[str, Any]]]:
    data = table("counted")
    for meaning in CLASSES:
        for ar, row in data[meaning].items():
            yield Noun(ar, row["en"], row["many"], meaning), row


def _noun_forms(ar: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Grammar]]:
    one = plain_word(ar)
    yield one, "one"
    if not one.endswith(("ه", "ا")):
        yield one + "ا", "one"
    yield from ((word, "many") for word in plurals(ar, row))
    if row.get("dual", True):
        yield from _duals(one, construct="+ون" not in row["plural"])


def plurals(ar: str, row: Mapping[str, Any]) -> list[str]:
    """The plain plurals of a noun and its row in counted.toml."""
    return [word for plural in row["plural"] for word in _plural(plain_word(ar), plural)]


def _plural(one: str, plural: str) -> Iterator[str]:
    if plural == "+ون":
        yield from (one + "ون", one + "ين")
    elif plural == "+ات":
        yield one.removesuffix("ه") + "ات"
    else:
        yield plain_word(plural)


def _duals(one: str, construct: bool) -> Iterator[tuple[str, Grammar]]:
    """The duals of a plain singular; «مراقبي أمن» is a plural, so sound masculines have none in construct."""
    stem = one[:-1] + "ت" if one.endswith("ه") else one
    yield stem + "ان", "dual"
    yield stem + "ين", "dual"
    if construct:
        yield stem + "ا", "construct"
        yield stem + "ي", "construct"

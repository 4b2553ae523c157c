"""Reporting verbs: conjugated by rule from briefing/lexicon/verbs.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.arabic.fold import key
from briefing.lexicon.tables import derived, table


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of reported speech; `takes` says which complements other than «أن», colon or quotation it may have.

    `only`: none but those («عبر» is to express with «عن» and to cross without it). `needs_subject`: without one beside it the
    verb is a passive or has its subject further on («نُسب إلى», «وتحدث عن التقرير الخبير»).
    """

    past: str
    present: str
    en: str
    act: str
    takes: frozenset[str]
    only: bool = False
    needs_subject: bool = False


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A conjugated form: gender "m" or "f", number "s", "d" or "p", person 3 (they) or 1 (we)."""

    verb: Verb
    gender: str
    number: str
    person: int = 3
    past: bool = True


def past_forms(base: str) -> Iterator[tuple[str, str, str, int]]:
    """(form, gender, number, person) of a past tense given its third person masculine singular."""
    weak = base.endswith(("ى", "ا"))
    stem = base[:-1] if weak else base
    middle = stem + ("ي" if base.endswith("ى") else "و") if weak else base
    yield base, "m", "s", 3
    yield stem + "ت", "f", "s", 3
    yield stem + "وا", "m", "p", 3
    yield stem + "تا", "f", "d", 3
    yield middle + "ا", "m", "d", 3
    yield middle + "ن", "f", "p", 3
    yield (middle if weak else _hollow(base)) + "نا", "m", "p", 1


def _hollow(base: str) -> str:
    """«قال» -> «قل», «أشار» -> «أشر»: a long middle vowel falls before a consonant ending."""
    return base[:-2] + base[-1] if len(base) >= 3 and base[-2] == "ا" and len(base) in (3, 4) else base


def present_forms(base: str) -> Iterator[tuple[str, str, str, int]]:
    """The same for a present tense given as «يقول»."""
    rest = base[1:]
    stem = rest[:-1] if rest.endswith(("ي", "و", "ى")) else rest
    yield "ي" + rest, "m", "s", 3
    yield "ت" + rest, "f", "s", 3
    yield "ي" + stem + "ون", "m", "p", 3
    yield "ي" + rest.replace("ى", "ي") + "ان", "m", "d", 3
    yield "ت" + rest.replace("ى", "ي") + "ان", "f", "d", 3


@derived
def _forms() -> dict[str, tuple[VerbForm, ...]]:
    found: dict[str, list[VerbForm]] = {}
    for row in table("verbs")["verb"]:
        verb = Verb(
            row["past"],
            row["present"],
            row["en"],
            row["act"],
            frozenset(row["takes"]),
            row.get("only", False),
            row.get("needs_subject", False),
        )
        for form, gender, number, person in past_forms(verb.past):
            found.setdefault(key(form), []).append(VerbForm(verb, gender, number, person))
        for form, gender, number, person in present_forms(verb.present):
            found.setdefault(key(form), []).append(VerbForm(verb, gender, number, person, past=False))
    return {form: tuple(verbs) for form, verbs in found.items()}


def reading(word: str) -> tuple[VerbForm, ...]:
    """The reporting verbs a folded word (without prefix) may be a form of."""
    return _forms().get(word, ())


@derived
def reporting_forms() -> frozenset[str]:
    """Every conjugated form, folded."""
    return frozenset(_forms())

"""The words of agreements (lexicon/agreements.toml): verbs of agreeing, carriers of a noun of agreeing, closed classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.arabic.fold import key
from briefing.arabic.tokens import bare, stems
from briefing.arabic.verbs import past_forms
from briefing.extract.clause import Parsed
from briefing.lexicon.tables import derived, remembered, table


@dataclass(frozen=True)
class AgreeingVerb:
    """A form of a verb of agreeing: its status, what has to follow it, and `we` for a first person («اتفقنا»)."""

    status: str
    object: frozenset[str]
    granted: frozenset[str]
    several: bool
    we: bool = False


@dataclass(frozen=True)
class Carrier:
    """A form of a verb that tells that what a noun after it (of `nouns`) names was done; `subject`: by whom may stand between."""

    status: str
    nouns: frozenset[str]
    subject: bool


@derived
def verbs() -> Mapping[str, AgreeingVerb]:
    """Folded past forms of the verbs of agreeing."""
    found = {}
    for row in table("agreements")["verb"]:
        for form, _, _, person in past_forms(row["past"]):
            found[key(form)] = AgreeingVerb(
                row["status"], _keys(row, "object"), _keys(row, "granted"), row.get("several", False), person == 1
            )
    return found


@derived
def carriers() -> Mapping[str, Carrier]:
    """Folded past forms of the verbs that carry a noun of agreeing."""
    found = {}
    for row in table("agreements")["carrier"]:
        nouns = _keys(row, "nouns") or words("agreeing")
        carrier = Carrier(row.get("status", "new"), nouns, row.get("subject", False))
        found.update({key(form): carrier for form, _, _, person in past_forms(row["past"]) if person == 3})
    return found


@derived
def outcomes() -> frozenset[str]:
    """Folded past forms of verbs whose outcome may be an agreement («أسفر عن»)."""
    rows = table("agreements")["outcome"]
    return frozenset(key(form) for row in rows for form, _, _, person in past_forms(row["past"]) if person == 3)


def _keys(row: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(key(w) for w in row.get(name, ()))


@derived
def _words() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(key(w) for w in row) for name, row in table("agreements")["words"].items()}


def words(name: str) -> frozenset[str]:
    """A closed class of [words], folded."""
    return _words()[name]


def reads(word: str, wanted: frozenset[str]) -> bool:
    """Whether a folded word, whatever prefixes, article or accusative ending it has, is one of `wanted`."""
    return not wanted.isdisjoint(_forms(word))


def is_noun(word: str, wanted: frozenset[str], prefixes: tuple[str, ...] = ("",)) -> bool:
    """The same for a noun that may carry only one of `prefixes`: «اتفاقا» is what is signed, «باتفاق» is not."""
    return any(not wanted.isdisjoint(_forms(word, prefix)) for prefix in prefixes)


def is_sport(parsed: Parsed) -> bool:
    """Whether a sentence has words of the playing field; a literary club («النادي الأدبي») plays nothing."""
    plays = any(reads(t.key, words("sport")) for t in parsed.tokens)
    return plays and not any(t.key in words("not_sport") for t in parsed.tokens)


@remembered(100_000)
def _forms(word: str, prefix: str | None = None) -> frozenset[str]:
    """What a folded word may be without its prefixes (only without `prefix`, where given), article and accusative ending."""
    rests = [rest for p, rest in stems(word) if prefix is None or p == prefix]
    return frozenset(form for rest in rests for form in (rest, bare(rest), rest.removesuffix("ا")))


@remembered(100_000)
def may_tell(word: str) -> bool:
    """Whether a folded word may begin to tell of an agreement; most words of a text may not."""
    telling = ("entered", "deeds", "agreement", "planned", "will_be", "of_one_mind")
    forms = _forms(word)
    return any(form in verbs() or form in carriers() or form in outcomes() for form in forms) or any(
        not words(name).isdisjoint(forms) for name in telling
    )

"""Agreements: who agreed on what, and whether it is new, reaffirmed, scheduled, called for or said to be broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.arabic.fold import key
from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, table
from briefing.arabic.tokens import bare, stems
from briefing.arabic.verbs import past_forms, present_forms
from briefing.extract import noun_phrase
from briefing.extract.cast import Cast, is_plural
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly
from briefing.extract.dating import Dating
from briefing.extract.draft import Draft, agreement_lead
from briefing.extract.naming import named
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.statements import Found
from briefing.model import Agreement, Citation, Name

_REACH = 8
_STANCE = ("stress", "express", "condemn", "say", "pledge")


@dataclass(frozen=True)
class _Verb:
    status: str
    objects: frozenset[str]


@lru_cache(maxsize=1)
def _verbs() -> dict[str, _Verb]:
    found = {}
    for row in table("agreements")["verb"]:
        verb = _Verb(row["status"], frozenset(key(w) for w in row.get("object", ())))
        forms = (*past_forms(row["past"]), *present_forms(row["present"]))
        found.update({key(form): verb for form, *_ in forms})
    return found


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(" ".join(key(w) for w in p.split()) for p in words)
        for name, words in table("agreements")["words"].items()
    }


def find(parsed: Parsed, said: Sequence[Found], cast: Cast, dating: Dating, ident: str) -> Draft | None:
    """The agreement told in a sentence, or None. `ident` becomes its id."""
    first, status, why = _agreeing(parsed) or _breach(parsed, said) or _reaffirming(parsed, said) or (None, "", "")
    if first is None:
        return None
    start = parsed.tokens[first].start
    end = parsed.tokens[-1].end
    if status != "new":
        statement = next((s for s in said if s.first <= first < s.last), None)
        end = parsed.tokens[statement.last - 1].end if statement else end
    quote = parsed.text[start:end]
    speaking = next((s.speaker for s in said if s.first <= first < s.last and s.speaker.en), None)
    if status in ("alleged_breach", "reaffirmed") and speaking is not None:
        parties: tuple[Name, ...] = (Name(speaking.ar, speaking.en),)
    else:
        parties = _parties(parsed, first, said, cast)
    if not parties:
        return None  # an agreement between nobody the text names is not one a reader can use
    date = dating.of(parsed, start, end)
    item = Agreement(ident, parties, status, quote, "", date, (Citation(start, end, quote, parsed.sentence.n),))
    return Draft(item, agreement_lead(parties, status, date), "", quote, why)


def _reads(word: str, wanted: frozenset[str]) -> bool:
    return any(rest in wanted or bare(rest) in wanted for _, rest in stems(word))


def _agreeing(parsed: Parsed) -> tuple[int, str, str] | None:
    for i, token in enumerate(parsed.tokens):
        if not token.is_word:
            continue
        if (verb := _verb_at(parsed, i)) is not None and _object_fits(parsed, i, verb):
            if _any_near(parsed, i + 1, 3, "tentative"):
                continue
            meeting = _any_near(parsed, i + 1, 3, "set_meeting") and _any_near(parsed, i + 1, 6, "meeting")
            return i, "scheduled" if meeting else verb.status, "a verb of agreeing"
        for status, name in (("new", "phrases_new"), ("implemented", "phrases_implemented")):
            pair = {f"{rest} {parsed.word(i + 1)}" for _, rest in stems(token.key)} | {
                f"{rest} {parsed.word(i + 1)} {parsed.word(i + 2)}" for _, rest in stems(token.key)
            }
            if pair & _words()[name] and (status == "implemented" or not is_a(parsed.word(i - 1), "relative")):
                return 0, status, "a phrase of agreeing"
    return None


def _verb_at(parsed: Parsed, i: int) -> _Verb | None:
    before = parsed.word(i - 1)
    if before and (
        is_exactly(before, "negation") or is_a(before, "relative") or (is_exactly(before, "subordinators") and before != "ان")
    ):
        return None
    if before and is_a(before, "prepositions") and before not in ("كما", "فيما", "حيث", "بينما"):
        return None
    for prefix, rest in stems(parsed.word(i)):
        if prefix in ("", "و", "ف") and rest in _verbs():
            return _verbs()[rest]
    return None


def _object_fits(parsed: Parsed, i: int, verb: _Verb) -> bool:
    near = [parsed.word(k) for k in range(i + 1, min(i + 1 + _REACH + 4, len(parsed.tokens)))]
    if verb.objects:
        return any(_reads(w, verb.objects) for w in near)
    return any(w in ("علي", "ان") or w.startswith("ب") for w in near[:_REACH])


def _any_near(parsed: Parsed, i: int, most: int, name: str) -> bool:
    wanted = _words()[name]
    return any(_reads(parsed.word(k), wanted) for k in range(i, min(i + most + 2, len(parsed.tokens))))


def _breach(parsed: Parsed, said: Sequence[Found]) -> tuple[int, str, str] | None:
    """«قالت إن … أنهت وقف إطلاق النار»: a party says that an agreement was broken."""
    for statement in said:
        words = range(statement.first, statement.last)
        broken = any(_reads(parsed.word(k), _words()["breach"]) for k in words)
        if broken and any(_reads(parsed.word(k), _words()["truce"]) for k in words):
            return statement.first, "alleged_breach", "a party says a truce or agreement was broken"
    return None


def _reaffirming(parsed: Parsed, said: Sequence[Found]) -> tuple[int, str, str] | None:
    """Several parties together stress a commitment they had («أكد المجتمعون ضرورة تنفيذ …»)."""
    for statement in said:
        if not _is_joint(statement) or statement.act not in _STANCE:
            continue
        if any(_reads(parsed.word(k), _words()["commitment"]) for k in range(statement.first, statement.last)):
            return statement.first, "reaffirmed", "joint speakers restate a commitment"
    return None


def _is_joint(statement: Found) -> bool:
    return " and " in statement.speaker.en or any(
        w in statement.speaker.en for w in ("participants", "guarantor", "sides", "states", "parties")
    )


def _parties(parsed: Parsed, first: int, said: Sequence[Found], cast: Cast) -> tuple[Name, ...]:
    """The subject of the verb of agreeing; for an absent one the speaker of the sentence or the group spoken of last."""
    after = noun_phrase.read(parsed, first + 1)
    phrase = after if after is not None and _can_agree(after) else _right_before(parsed, first)
    if phrase is not None:
        names = phrase.of_kind(COUNTRY, BODY, "common_body")
        if len(names) > 1:
            return tuple(Name(m.entry.ar, m.entry.en) for m in names)
        if not is_plural(phrase):
            who = named(phrase)
            return (Name(who.ar, who.en),)
    speaking = next((s.speaker for s in said if s.speaker.en), None)
    if speaking is not None:
        return (Name(speaking.ar, speaking.en),)
    group = cast.last_group() or cast.last_speaker()
    return (Name(group.ar, group.en),) if group is not None and (group.plural or after is None) and group.en else ()


def _can_agree(phrase: NounPhrase) -> bool:
    """States, bodies and groups make agreements; an unnamed person or an unknown noun is no party."""
    group = head_is(phrase.head, "groups") or is_exactly(phrase.head, "groups")
    return group or bool(phrase.of_kind(COUNTRY, BODY, "common_body", PERSON)) or phrase.capital is not None


def _right_before(parsed: Parsed, first: int) -> NounPhrase | None:
    """A party that opens the sentence and runs up to the verb («الوزارتان … وقعتا»)."""
    start = 1 if first > 1 and is_exactly(parsed.word(0), "connectors") else 0
    phrase = noun_phrase.read(parsed, start, first) if first > start else None
    return phrase if phrase is not None and phrase.last == first and _can_agree(phrase) else None

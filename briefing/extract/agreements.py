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
from briefing.extract.clause import Parsed, is_a, is_exactly
from briefing.extract.dating import Dating
from briefing.extract.draft import Draft, agreement_lead
from briefing.extract.naming import members, named
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
    if first is None or any(s.act == "deny" and s.first <= first < s.last for s in said) or _recalled(parsed, first):
        return None
    start = parsed.tokens[first].start
    end = parsed.tokens[-1].end
    if status != "new":
        statement = next((s for s in said if s.first <= first < s.last), None)
        end = parsed.tokens[statement.last - 1].end if statement else end
    quote = parsed.text[start:end]
    speaking = next((s.speaker for s in said if s.first <= first < s.last and s.speaker.en), None)
    if status in ("alleged_breach", "reaffirmed") and speaking is not None:
        parties: tuple[Name, ...] | None = (Name(speaking.ar, speaking.en),)
    else:
        parties = _parties(parsed, first, said, cast)
    if parties is None:
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
    wished = before.endswith("ان") and is_exactly(before.removeprefix("ب"), "complementisers")
    for prefix, rest in stems(parsed.word(i)):
        if prefix in ("", "و", "ف") and rest in _verbs() and not (wished and rest[0] in "يت"):
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


def _recalled(parsed: Parsed, first: int) -> bool:
    """«وكانت … اتفقتا العام الماضي»: an agreement from before that is only remembered."""
    return first > 0 and any(rest in _ONCE for _, rest in stems(parsed.word(0)))


_ONCE = frozenset(("كان", "كانت", "كانا", "كانوا", "سبق"))


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


def _parties(parsed: Parsed, first: int, said: Sequence[Found], cast: Cast) -> tuple[Name, ...] | None:
    """The subject of the verb of agreeing; for an absent one the body that speaks or the group spoken of last.

    Empty when somebody tells of it without saying who agreed; None when it is nothing two parties could agree on.
    """
    after = noun_phrase.read(parsed, first + 1)
    if after is not None and after.animate and not _can_agree(after):
        return None  # «اتفق خبراء على أن»
    phrase = after if after is not None and _can_agree(after) else _right_before(parsed, first)
    other = _with(parsed, first)
    if phrase is not None:
        joined = members(phrase)
        if len(joined) > 1:
            return tuple(Name(ar, en) for ar, en in joined)
        if not is_plural(phrase):
            return (_name(phrase), *other)
    speaking = next((s.speaker for s in said if s.speaker.en), None)
    if speaking is not None:
        return other if speaking.role_en else (Name(speaking.ar, speaking.en), *other)
    group = cast.last_group() or cast.last_speaker()
    here = group is not None and (group.plural or after is None) and group.en
    return (Name(group.ar, group.en), *other) if group is not None and here else other or None


def _name(phrase: NounPhrase) -> Name:
    who = named(phrase)
    return Name(who.ar, who.en)


def _with(parsed: Parsed, first: int) -> tuple[Name, ...]:
    """The other party: «… اتفاقية مع الأردن»."""
    for k in range(first + 1, min(first + 14, len(parsed.tokens) - 1)):
        if parsed.word(k) == "مع":
            phrase = noun_phrase.read(parsed, k + 1)
            return (_name(phrase),) if phrase is not None and _can_agree(phrase) else ()
    return ()


def _can_agree(phrase: NounPhrase) -> bool:
    """States, bodies and groups make agreements; an unnamed person or an unknown noun is no party."""
    if phrase.matches and phrase.matches[0].entry.data.get("kind") == "source_role":
        return False  # «خبراء الوزارة»
    return phrase.group or bool(phrase.of_kind(COUNTRY, BODY, "common_body", PERSON)) or phrase.capital is not None


def _right_before(parsed: Parsed, first: int) -> NounPhrase | None:
    """A party that opens its clause and runs up to the verb («الوزارتان وقعتا», «إن الجانبين اتفقا»)."""
    for k in range(max(0, first - 8), first):
        opens = k == 0 or not parsed.tokens[k - 1].is_word or is_exactly(parsed.word(k - 1), "complementisers")
        phrase = noun_phrase.read(parsed, k, first) if opens or is_exactly(parsed.word(k - 1), "connectors") else None
        if phrase is not None and phrase.last == first and _can_agree(phrase):
            return phrase
    return None

"""The clause an agreement is told in: whether it tells what happened, where it goes on, and the standing it gives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from briefing.arabic.lexicon import COUNTRY, PLACE, TERM
from briefing.arabic.tokens import stems
from briefing.extract.agreement_words import reads, words
from briefing.extract.clause import Parsed, is_a, is_exactly
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.reporting import is_time
from briefing.extract.subjects import is_adverb

_NEAR = 4  # words from a noun to what qualifies it


@dataclass(frozen=True)
class Agreeing:
    """A clause that tells of an agreement: its verb, who does it (None: not said there), and where the content begins.

    `signing`: the content is a document, so where and when it was signed may stand after it. `several`: it counts only between
    two parties or more. `we`: «اتفقنا». `alone`: whether its subject may be the only party (a witness or a mediator may not).
    `beside`: the token from which the parties have to be named, where nobody named before may stand for them.
    """

    verb: int
    content: int
    subject: NounPhrase | None
    status: str
    why: str
    signing: bool = False
    several: bool = False
    we: bool = False
    alone: bool = True
    beside: int | None = None


def is_unreal(parsed: Parsed, i: int) -> bool:
    """Whether the clause up to the word at i is a condition, or of what was before («وكانت … اتفقتا»)."""
    opened = next((k for k in range(i - 1, -1, -1) if not parsed.tokens[k].is_word), -1) + 1
    clause = [*range(opened, i + 1), *([0] if not parsed.word(i).startswith("و") else [])]
    return any(rest in words("conditions") | words("once") for k in clause for _, rest in stems(parsed.word(k)))


def is_told(parsed: Parsed, i: int) -> bool:
    """Whether a verb at i tells what happened: not negated, in no relative clause, after nothing that makes it a purpose."""
    before = parsed.word(i - 1)
    if before in ("كما", "فيما", "حيث", "بينما", "ثم", "وقد", "فقد", "قد", "لقد"):
        return True
    if is_exactly(before, "complementisers"):
        return not is_a(parsed.word(i - 2), "prepositions")
    closed = ("negation", "relative", "subordinators", "prepositions")
    return not before or not any(is_a(before, kind) for kind in closed)


def past(parsed: Parsed, i: int) -> list[str]:
    """The word at i without a conjunction."""
    return [rest for prefix, rest in stems(parsed.word(i)) if prefix in ("", "و", "ف")]


def skip(parsed: Parsed, k: int, dated: Collection[int]) -> int:
    """The first token from k on that says neither when nor where."""
    while k < len(parsed.tokens):
        following = parsed.match_at(k + 1) if parsed.word(k) == "في" else None
        if following is not None and following.kind in (PLACE, COUNTRY):
            k = following.last
        elif parsed.tokens[k].text in "،,-" or _is_when(parsed, k, dated) or is_adverb(parsed, k):
            k += 1
        elif parsed.word(k) == "في" and _is_when(parsed, k + 1, dated):
            k += 2
        else:
            return k
    return k


def _is_when(parsed: Parsed, k: int, dated: Collection[int]) -> bool:
    return k in dated or is_time(parsed, k)


def judged(parsed: Parsed, told: Agreeing) -> Agreeing | None:
    """With its standing: scheduled, only to be looked into, or nothing the parties have agreed."""
    at = told.content
    if near(parsed, at + 1, 1, "laws") or near(parsed, at, 3, "talk") or _is_opinion(parsed, at):
        return None
    if told.status == "scheduled":
        return told if near(parsed, at, _NEAR, "meeting") else None
    if near(parsed, at, 3, "tentative") or near(parsed, told.verb + 1, at - told.verb - 1, "tentative"):
        return replace(told, status="pending")
    if not told.signing and near(parsed, at, 3, "set_meeting") and near(parsed, at, 6, "meeting"):
        return replace(told, status="scheduled")
    return told


def near(parsed: Parsed, k: int, most: int, name: str, wanted: frozenset[str] | None = None) -> bool:
    """Whether one of the words from token k to `most` further on is of a closed class."""
    listed = words(name) if wanted is None else wanted
    return any(reads(parsed.word(n), listed) for n in range(k, min(k + most + 1, len(parsed.tokens))))


def _is_opinion(parsed: Parsed, at: int) -> bool:
    """«اتفقت … على أن الجفاف خطر» is a view; «على أن تعقد الجولة» is an undertaking."""
    if parsed.word(at + 1) != "ان" and not (parsed.word(at) == "ان" and parsed.word(at + 1)):
        return parsed.word(at + 1) in ("انه", "انها", "انهم")
    after = at + 2 if parsed.word(at + 1) == "ان" else at + 1
    match = parsed.match_at(after)
    return not parsed.word(after).startswith(("ي", "ت", "ن")) or (match is not None and match.kind != TERM)

"""Agreements: who agreed on what, and whether it is new, reaffirmed, scheduled, called for or said to be broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.extract import noun_phrase
from briefing.extract.agreeing import agreeing
from briefing.extract.agreement_clause import Agreeing
from briefing.extract.agreement_parties import parties
from briefing.extract.agreement_words import reads, words
from briefing.extract.cast import Cast
from briefing.extract.clause import Parsed
from briefing.extract.contracting import contracted
from briefing.extract.dating import Dating
from briefing.extract.draft import NO_SIGNING, Draft, Signing, agreement_lead
from briefing.extract.sides import sides
from briefing.extract.signing import is_long_past, signatories_told, signing, when_made
from briefing.extract.statements import Found
from briefing.item_model import Agreement, Citation, Name
from briefing.model import NO_DATE, When

_STANCE = ("stress", "express", "condemn", "say", "pledge")
_TELLS_BREACH = ("say", "stress", "accuse", "condemn", "claim", "announce", "express")
_NO_CONTRACT = ("deny", "call", "ask", "warn", "threaten", "condemn")
_ASKED = 5  # words of a call in which it is for a truce to be respected
_JOINT = ("participants", "guarantor", "sides", "states", "countries", "parties", "delegations", "ministers", "leaders")


@dataclass(frozen=True)
class _Told:
    """What a sentence tells of an agreement, before it has a number: the token it begins and the one it ends at."""

    first: int
    last: int
    parties: tuple[Name, ...]
    status: str
    why: str
    date: When
    signing: Signing = NO_SIGNING


class Agreements:
    """The agreements of one article, read sentence by sentence; `ident` begins their ids."""

    def __init__(self, cast: Cast, dating: Dating, ident: str) -> None:
        self._cast, self._dating, self._ident = cast, dating, ident
        self._found: list[tuple[Agreement, Signing, str]] = []

    def read(self, parsed: Parsed, said: Sequence[Found]) -> None:
        """Takes in the next sentence with its statements."""
        if self._found and (signed := signatories_told(parsed)):
            self._sign(parsed, signed)
            return
        told = self._told(parsed, said)
        if told is not None:
            self._add(parsed, told)

    def drafts(self) -> list[Draft]:
        """What was found, in order of the text."""
        return [Draft(item, agreement_lead(item, s), "", item.citations[0].quote, why) for item, s, why in self._found]

    def _told(self, parsed: Parsed, said: Sequence[Found]) -> _Told | None:
        """The agreement a sentence tells of, or None."""
        for told in agreeing(parsed, self._dating):
            found = self._agreed(parsed, told, said)
            if found is not None:
                return found
        return _mutual_breach(parsed) or self._by_a_statement(parsed, said) or self._contracted(parsed, said)

    def _contracted(self, parsed: Parsed, said: Sequence[Found]) -> _Told | None:
        """A document signed by parties that the rules for states and bodies do not read, or by nobody named."""
        found = contracted(parsed, self._dating)
        if found is None or is_long_past(parsed, found.told, self._dating):
            return None
        told = found.told
        statement = _around(said, told.verb)
        if statement is not None and statement.act in _NO_CONTRACT:
            return None
        date = when_made(parsed, told, told.verb if statement is not None else 0, self._dating)
        signed = replace(signing(parsed, told, told.subject, self._dating), signatories=())
        return _Told(told.verb, len(parsed.tokens), found.parties, told.status, told.why, date, signed)

    def _agreed(self, parsed: Parsed, told: Agreeing, said: Sequence[Found]) -> _Told | None:
        statement = _around(said, told.verb)
        if (statement is not None and statement.act == "deny") or is_long_past(parsed, told, self._dating):
            return None
        between = parties(parsed, told, statement, self._cast)
        if between is None:
            return None
        first = min(told.verb, between.who.first) if between.who is not None else told.verb
        last = statement.last if statement is not None and told.status != "new" else len(parsed.tokens)
        date = when_made(parsed, told, first if statement is not None else 0, self._dating)
        signed = signing(parsed, told, between.who, self._dating)
        # what is scheduled is about the day that was set
        set_for = signed.due if signed.due.earliest is not None else date
        return _Told(first, last, between.names, told.status, told.why, set_for, signed)

    def _by_a_statement(self, parsed: Parsed, said: Sequence[Found]) -> _Told | None:
        """A breach that is alleged, a commitment said again, a joint call."""
        for reader in (_breach, self._reaffirmed, self._called):
            for statement in said:
                read = reader(statement)
                if read is not None and statement.speaker.en:
                    status, why = read
                    who = (Name(statement.speaker.ar, statement.speaker.en),)
                    start, end = parsed.span(statement.first, statement.last)
                    date = self._dating.of(parsed, start, end)
                    return _Told(statement.first, statement.last, who, status, why, date)
        return None

    def _reaffirmed(self, statement: Found) -> tuple[str, str] | None:
        """Several parties together stress a commitment they had («أكد المجتمعون ضرورة تنفيذ …»)."""
        if statement.act in _STANCE and self._is_joint(statement) and _has(statement, "commitment"):
            return "reaffirmed", "joint speakers restate a commitment"
        return None

    def _called(self, statement: Found) -> tuple[str, str] | None:
        """«دعت الدول … إلى استئناف المفاوضات»: several call together for what is an agreement or leads to one.

        Or one side calls on another to respect what was agreed («طالب … باحترام الهدنة»).
        """
        asked = [statement.parsed.word(k) for k in range(statement.content, statement.content + _ASKED)]
        respect = any(reads(w, words("respect")) for w in asked) and any(reads(w, words("broken")) for w in asked)
        if statement.act in ("call", "ask") and respect:
            return "call", "a side calls for a truce or agreement to be respected"
        calls = statement.act == "call" or _has(statement, "calling")
        if calls and self._is_joint(statement) and _has(statement, "called_for"):
            return "call", "joint speakers call for it"
        return None

    def _is_joint(self, statement: Found) -> bool:
        en = statement.speaker.en
        return any(w in en for w in _JOINT) or (" and " in en and self._cast.several(statement.speaker))

    def _add(self, parsed: Parsed, told: _Told) -> None:
        """The same breach alleged again in the article is one item with one more citation."""
        start, end = parsed.span(told.first, told.last)
        quote = parsed.text[start:end]
        citation = Citation(start, end, quote, parsed.sentence.n)
        known = next((k for k, (a, *_) in enumerate(self._found) if a.status == told.status == "alleged_breach"), None)
        if known is not None:
            self._cite(known, citation)
            return
        ident = f"{self._ident}-A{len(self._found) + 1}"
        flags = () if told.parties else ("parties_unknown",)
        item = Agreement(ident, told.parties, told.status, quote, "", told.date, (citation,), flags)
        self._found.append((item, told.signing, told.why))

    def _sign(self, parsed: Parsed, signed: tuple[str, ...]) -> None:
        """Who signed the agreement told of last, with this sentence as further evidence."""
        start, end = parsed.span(0, len(parsed.tokens))
        self._cite(len(self._found) - 1, Citation(start, end, parsed.text[start:end], parsed.sentence.n))
        item, known, why = self._found[-1]
        self._found[-1] = (item, replace(known, signatories=signed), why)

    def _cite(self, k: int, citation: Citation) -> None:
        item, known, why = self._found[k]
        citations = (*item.citations, citation)
        self._found[k] = (replace(item, citations=citations, ar=" … ".join(c.quote for c in citations)), known, why)


def _around(said: Sequence[Found], i: int) -> Found | None:
    return next((s for s in said if s.first <= i < s.last), None)


def _has(statement: Found, name: str) -> bool:
    parsed = statement.parsed
    return any(reads(parsed.word(k), words(name)) for k in range(statement.first, statement.last))


def _breach(statement: Found) -> tuple[str, str] | None:
    """«قالت إن … أنهت وقف إطلاق النار»: a party says that an agreement was broken."""
    parsed = statement.parsed
    if statement.act not in _TELLS_BREACH or not _has(statement, "broken"):
        return None
    for k in range(statement.first, statement.last):
        held_back = any(reads(parsed.word(n), words("no_breach")) for n in (k - 1, k - 2))
        if reads(parsed.word(k), words("breach")) and not held_back:
            return "alleged_breach", "a party says a truce or agreement was broken"
    return None


def _mutual_breach(parsed: Parsed) -> _Told | None:
    """«وتبادل … الاتهامات بخرق الهدنة»: each says that the other broke it."""
    if not reads(parsed.word(0), words("exchanged")):
        return None
    accused = next((k for k in range(1, len(parsed.tokens)) if reads(parsed.word(k), words("accusations"))), None)
    phrase = noun_phrase.read(parsed, 1, accused) if accused is not None and accused > 1 else None
    rest = [t.key for t in parsed.tokens[accused:]] if accused is not None else []
    if phrase is None or len(sides(phrase)) < 2:
        return None
    if not any(reads(w, words("breach")) for w in rest) or not any(reads(w, words("broken")) for w in rest):
        return None
    return _Told(0, len(parsed.tokens), sides(phrase), "alleged_breach", "each says the other broke it", NO_DATE)

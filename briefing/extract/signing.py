"""When, where and by whom an agreement was made, and the day it sets, read only where the clause says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from briefing.arabic.lexicon import PERSON, PLACE, ROLE
from briefing.extract import noun_phrase
from briefing.extract.agreement_clause import Agreeing
from briefing.extract.agreement_words import is_noun, reads, words
from briefing.extract.clause import Parsed
from briefing.extract.dating import Dating
from briefing.extract.draft import Signing
from briefing.extract.naming import conjuncts, named
from briefing.extract.noun_phrase import NounPhrase
from briefing.model import NO_DATE, When

_RECENT = timedelta(45)  # an agreement made longer before publication is one that is remembered
_SET_WITHIN = 14  # words after the meeting's noun in which its day and place are said


def when_made(parsed: Parsed, told: Agreeing, first: int, dating: Dating) -> When:
    """The day it was made: stated before what was agreed on, or for a document also after it. Never after publication.

    `first` is the token the telling begins at: a date before it is when somebody said it.
    """
    start = parsed.tokens[first].start
    before = dating.of(parsed, start, parsed.tokens[told.content].start)
    if before.earliest is not None:
        return before if _until_published(before, dating) else NO_DATE
    if not told.signing:
        return NO_DATE
    after = [w for w in _resolved(parsed, dating, parsed.tokens[told.content].start) if _until_published(w, dating)]
    return next((w for w in after if w.precision == "day"), NO_DATE)


def is_long_past(parsed: Parsed, told: Agreeing, dating: Dating) -> bool:
    """Whether a date in the clause puts it well before publication («وقعت … عام 1959»)."""
    published = dating.published.earliest
    if published is None:
        return False
    limit = date.fromisoformat(published) - _RECENT
    start = parsed.tokens[told.verb].start
    end = parsed.sentence.end if told.signing else parsed.tokens[told.content].start
    return any(w.latest is not None and date.fromisoformat(w.latest) < limit for w in _resolved(parsed, dating, start, end))


def _until_published(when: When, dating: Dating) -> bool:
    latest = dating.published.latest
    return latest is None or (when.earliest is not None and when.earliest <= latest)


def _resolved(parsed: Parsed, dating: Dating, start: int, end: int | None = None) -> Iterator[When]:
    base = parsed.sentence.start
    for mention in dating.mentions(parsed):
        if start <= base + mention.start and (end is None or base + mention.end <= end):
            yield dating.resolve(mention)


def signing(parsed: Parsed, told: Agreeing, who: NounPhrase | None, dating: Dating) -> Signing:
    """Who signed it and where; for a meeting, the day and the place that were set."""
    dated = dating.tokens(parsed)
    if told.status == "scheduled":
        return Signing(place=_place(parsed, told, dated), due=_due(parsed, told, dating), due_place=_due_place(parsed, told))
    return Signing(_signatories(who) if told.signing else (), _place(parsed, told, dated))


def _signatories(who: NounPhrase | None) -> tuple[str, ...]:
    """The people who are the subject of signing, each with office and name."""
    parts = conjuncts(who) if who is not None else []
    if not parts or not all(p.of_kind(ROLE, PERSON) for p in parts) or (who is not None and who.group):
        return ()
    return tuple(_with_office(p) for p in parts)


def _with_office(person: NounPhrase) -> str:
    who = named(person)
    return f"{who.role_en} {who.en}" if who.role_en else who.en


def signatories_told(parsed: Parsed) -> tuple[str, ...]:
    """«ووقع الاتفاقية عن الجانب الأردني وزير الطاقة وعن …»: who signed the agreement told of before; none in other sentences."""
    if not reads(parsed.word(0), words("signed")):
        return ()
    on_behalf = any(reads(parsed.word(k), words("on_behalf")) for k in range(1, 4))
    known = parsed.word(1).startswith("ال") and is_noun(parsed.word(1), words("document"))  # «وقع المذكرتين الأمير …»
    if not on_behalf and not known:
        return ()
    found = []
    for match in dict.fromkeys(m for m in parsed.cover if m is not None and m.kind == ROLE):
        phrase = noun_phrase.read(parsed, match.first)
        if match.entry.data.get("kind") == "person_role" and phrase is not None:
            found.append(_with_office(phrase))
    return tuple(found)


def _place(parsed: Parsed, told: Agreeing, dated: frozenset[int]) -> str:
    """«وفي الدوحة، وقعت», «وقعت في عمان», «في القاهرة أمس»: a place said of the signing, not of what is built."""
    for k in range(len(parsed.tokens) - 1):
        match = parsed.match_at(k + 1)
        if match is None or match.kind != PLACE or parsed.word(k).removeprefix("و") != "في":
            continue
        opens = k == 0 and parsed.tokens[match.last].text in "،," if match.last < len(parsed.tokens) else False
        beside = k - 1 in dated or match.last in dated
        if opens or k == told.verb + 1 or (beside and k > told.verb and told.signing):
            return match.entry.en
    return ""


def _due(parsed: Parsed, told: Agreeing, dating: Dating) -> When:
    """The day set for the meeting: the first date from the verb on that is not before publication."""
    today = dating.published.earliest
    start = parsed.tokens[told.verb].start
    ahead = [w for w in _resolved(parsed, dating, start) if w.earliest and w.latest and (today is None or w.latest > today)]
    return next(iter(ahead), NO_DATE)


def _due_place(parsed: Parsed, told: Agreeing) -> str:
    for k in range(told.content, min(told.content + _SET_WITHIN, len(parsed.tokens) - 1)):
        match = parsed.match_at(k + 1)
        if parsed.word(k) == "في" and match is not None and match.kind == PLACE:
            return match.entry.en
    return ""

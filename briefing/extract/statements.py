"""Statements: one per finite reporting verb with its own content, with its speaker found or resolved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.arabic.verbs import VerbForm
from briefing.extract import attribution, noun_phrase
from briefing.extract.cast import Cast, speaker
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly
from briefing.extract.listening import listen
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.reports import Report, merged, reports
from briefing.extract.venue import venue
from briefing.item_model import Name, QuoteType, Speaker

_BEFORE_OBJECT = 6  # words that may tell where it was said before an object


@dataclass(frozen=True)
class Found:
    """A statement in one sentence: tokens[first:last] from the verb (or its subject) to the end of its content."""

    parsed: Parsed
    first: int
    last: int
    speaker: Speaker
    act: str
    verb: str
    addressee: NounPhrase | None
    why: str
    content: int  # token where what is said begins
    venue: Name | None = None


def find(parsed: Parsed, cast: Cast) -> list[Found]:
    """The statements of one sentence, in order; `cast` learns who spoke."""
    if _is_question(parsed):
        return []
    found: list[Found] = []
    if (document := attribution.in_a_document(parsed)) is not None:
        return [_attributed(parsed, document, cast)]
    for report in merged(reports(parsed, cast)):
        statement = _statement(parsed, report, cast)
        if statement.speaker.en or report.kind in ("that", "quote"):
            found.append(placed(statement, not found))
    source = None if found else attribution.trailing(parsed) or attribution.after_quotation(parsed)
    if source is not None:
        found.append(_attributed(parsed, source, cast))
    elif not found and (known := _by_a_known_name(parsed, cast)) is not None:
        found.append(known)
    listen(parsed, bool(found), cast)
    return _bounded(found, parsed)


def placed(found: Found, opens: bool = False) -> Found:
    """With the place of saying it: between the verb and what is said, or before it where it `opens` its sentence.

    The latter is «وفي مؤتمر صحفي، قال».
    """
    parsed = found.parsed
    # «دانت في بيان القصف»: an object that seems to begin with a preposition begins after it
    beyond = _BEFORE_OBJECT if is_a(parsed.word(found.content), "prepositions") else 0
    inside = venue(parsed, found.first, min(found.content + beyond, len(parsed.tokens)))
    leads = opens and is_a(parsed.word(0), "prepositions")
    return replace(found, venue=inside or (venue(parsed, 1, found.first) if leads else None))


def _attributed(parsed: Parsed, a: attribution.Attribution, cast: Cast) -> Found:
    end = len(parsed.tokens)
    where = venue(parsed, a.phrase.last, end) if a.trails else None
    return Found(parsed, a.first, end, speaker(a.phrase, cast), "say", a.verb, None, a.why, a.content, where)


def _by_a_known_name(parsed: Parsed, cast: Cast) -> Found | None:
    """«ووفقا لشترايتر، فإن»: a surname no lexicon has, behind its preposition, of somebody named before."""
    source = parsed.word(1)
    apart = len(parsed.tokens) > 2 and parsed.tokens[2].text in "،,"
    if not is_a(parsed.word(0), "attribution") or not source.startswith("ل") or not apart:
        return None
    member = cast.person_called(source[1:])
    if member is None:
        return None
    cast.add(replace(member, spoke=True))
    written = parsed.raw(1, 2)[1:]
    who = Speaker(member.ar, member.en, written, member.role_en, "role_only")
    return Found(parsed, 0, len(parsed.tokens), who, "say", "said", None, "attribution to a name given before", 3)


def _is_question(parsed: Parsed) -> bool:
    last = parsed.text[parsed.sentence.start : parsed.sentence.end].rstrip('»"” ')
    return last.endswith(("؟", "?")) and parsed.word(0) in ("هل", "ماذا", "لماذا", "متي", "كيف", "اين", "ما", "من")


def _statement(parsed: Parsed, report: Report, cast: Cast) -> Found:
    inner = _inner_speaker(parsed, report) or _issuer(parsed, report)
    relayed = _relayed(parsed, report, cast)
    if relayed is not None:
        who, why = relayed, "relayed quotation: the speaker is after «عن»"
    elif inner is not None:
        who, why = speaker(inner, cast), "a document speaks for those named in it"
    elif report.subject is not None:
        who, why = speaker(report.subject, cast), "subject before the verb" if report.before else "subject after the verb"
    else:
        who, why = _pronoun(report.form, cast), "no subject: the last speaker who fits the verb"
    first = report.subject.first if report.before and report.subject else report.i
    if is_exactly(parsed.word(first - 1), "was") and first > 0:
        first -= 1  # «وكانت الغرفة قد تحدثت»: it was before
    return Found(
        parsed,
        first,
        len(parsed.tokens),
        who,
        report.form.verb.act,
        report.form.verb.en,
        _addressee(parsed, report),
        why,
        report.complement,
    )


def _pronoun(form: VerbForm, cast: Cast) -> Speaker:
    member = cast.by_pronoun(form)
    if member is None:
        return Speaker("", "", None, None, "pronoun")
    cast.add(member)
    return Speaker(member.ar, member.en, None, member.role_en, "pronoun")


def _inner_speaker(parsed: Parsed, report: Report) -> NounPhrase | None:
    """«أشار البيان إلى أن الدول الضامنة عبرت عن …»: those whose words the document gives."""
    if report.subject is None or not head_is(report.subject.head, "documents"):
        return None
    that = next((k for k in range(report.complement, len(parsed.tokens)) if is_exactly(parsed.word(k), "complementisers")), None)
    if that is None:
        return None
    inner = noun_phrase.read(parsed, that + 1)
    return inner if inner is not None and attribution.speaks_for_itself(parsed, inner) else None


def _issuer(parsed: Parsed, report: Report) -> NounPhrase | None:
    """«أفاد بيان صادر عن الوزارة بأن», «قال بيان أصدرته الوزارة إن»: whose document it is."""
    if report.subject is None or report.before or not head_is(report.subject.head, "documents"):
        return None
    return attribution.issuer(parsed, report.subject.first + 1, len(parsed.tokens))


def _relayed(parsed: Parsed, report: Report, cast: Cast) -> Speaker | None:
    """«نقلت عنه الوكالة أن», «نقلت الوكالة عن مصدر أن», «أفادت الوكالة نقلا عن مصدر بأن»: the real speaker."""
    if report.form.verb.act != "relay" and not any(parsed.word(k) == "نقلا" for k in range(report.i + 1, report.complement)):
        return None
    for k in range(report.i + 1, report.complement + 1):
        word = parsed.word(k)
        if word in ("عنه", "عنها", "عنهم"):
            gendered = {"عنه": "m", "عنها": "f"}.get(word)
            member = cast.by_pronoun(VerbForm(report.form.verb, gendered or "m", "s" if gendered else "p"))
            return Speaker(member.ar, member.en, None, member.role_en, "pronoun") if member else None
        if word == "عن" and (phrase := noun_phrase.read(parsed, k + 1)) is not None:
            return speaker(phrase, cast)
    return None


def _addressee(parsed: Parsed, report: Report) -> NounPhrase | None:
    """Who is called on, accused or warned: the phrase between subject and complement."""
    if report.form.verb.act not in ("call", "accuse", "warn"):
        return None
    start = report.subject.last if report.subject and not report.before else report.i + 1
    if start >= report.complement and report.kind != "object":
        return None
    phrase = noun_phrase.read(parsed, start, report.complement if report.complement > start else None)
    return phrase if phrase is not None and phrase.animate else None


def _bounded(found: list[Found], parsed: Parsed) -> list[Found]:
    """Each statement ends where the next one begins, without the comma between them."""
    ends = [*(f.first for f in found[1:]), len(parsed.tokens)] if found else []
    bounded = []
    for f, end in zip(found, ends, strict=True):
        bounded.append(replace(f, last=_without_link(parsed, f.first + 1, end) if end < len(parsed.tokens) else end))
    return bounded


def _without_link(parsed: Parsed, least: int, end: int) -> int:
    """Where tokens[:end] end without the marks and the words that lead on to what follows: «، في حين», «، إلا أن»."""
    while end > least:
        word, before = parsed.word(end - 1), parsed.word(end - 2)
        if parsed.tokens[end - 1].text in "،,؛-" or is_exactly(word, "connectors"):
            end -= 1
        elif is_exactly(word, "complementisers") and is_exactly(before, "but"):
            end -= 2
        elif word == "في" and parsed.word(end) in ("حين", "وقت", "الوقت"):
            end -= 1
        else:
            break
    return max(end, least)


def quote_type(found: Found, goes_on: bool = False) -> QuoteType:
    """direct: the content is one quotation; mixed: part of it is; indirect: none. `goes_on`: into further sentences."""
    parsed = found.parsed
    if goes_on:
        return "mixed" if _has_that(found) else "direct"
    inside = [parsed.quoted[i] for i in range(found.first, found.last) if parsed.tokens[i].is_word]
    share = sum(inside) / max(len(inside), 1)
    if share < 0.12:
        return "indirect"
    colon = any(parsed.tokens[i].text == ":" for i in range(found.first, found.last))
    return "direct" if share > 0.5 and (colon or inside[0] or inside[-1]) and not _has_that(found) else "mixed"


def _has_that(found: Found) -> bool:
    parsed = found.parsed
    return any(is_exactly(parsed.word(i), "complementisers") for i in range(found.first, found.last) if not parsed.quoted[i])

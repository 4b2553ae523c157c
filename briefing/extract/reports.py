"""Reports: each reporting verb of a main clause with its subject and what it introduces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.arabic.lexicon import BODY, PERSON, ROLE
from briefing.arabic.verbs import VerbForm
from briefing.extract import noun_phrase, subjects
from briefing.extract.cast import Cast
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.reporting import clause_start, complement, forms, forms_without, free, is_present, is_time, turns

_OUTLET = 6  # tokens of an outlet's name in quotation marks


@dataclass(frozen=True)
class Report:
    """A reporting verb at token i with the subject read after or before it (None: pronoun) and its complement."""

    i: int
    form: VerbForm
    subject: NounPhrase | None
    before: bool
    complement: int
    kind: str
    implied: bool = False


def reports(parsed: Parsed, cast: Cast) -> Iterator[Report]:
    """Reporting verbs in main clauses, left to right, each with subject and complement."""
    busy = -1  # tokens up to here belong to the content of the verb before
    for i in range(len(parsed.tokens)):
        if parsed.quoted[i] or not parsed.tokens[i].is_word:
            continue
        readings = forms(parsed, i)
        if not readings or not free(parsed, i):
            continue
        late = (i <= busy or is_present(readings)) and not _starts_clause(parsed, i)
        if late and (i <= busy or parsed.tokens[i - 1].text != "،"):
            continue
        report = _report(parsed, i, readings, cast)
        if report is not None and not (late and not _by_a_named_speaker(report)):
            yield report
            busy = len(parsed.tokens)


def _starts_clause(parsed: Parsed, i: int) -> bool:
    """The first word of its clause, a coordinated verb («وأضاف»), or one whose subject begins a clause («لكن المسؤول ذكر»)."""
    if i == 0 or (parsed.word(i).startswith(("و", "ف")) and forms_without(parsed, i)) or turns(parsed, i):
        return True
    if is_exactly(parsed.word(i - 1), "connectors") or (parsed.tokens[i - 1].text in "،؛" and not is_present(forms(parsed, i))):
        return True
    start = clause_start(parsed, i)
    opens = start == 0 or is_exactly(parsed.word(start), "connectors")
    return opens and not any(forms(parsed, k) for k in range(start, i)) and subjects.subject_before(parsed, i) is not None


def _by_a_named_speaker(report: Report) -> bool:
    """«وعن الأسباب، يقول الطبيب فلان: …»: a present tense after a comma, with its own subject and what that says."""
    known = report.subject is not None and report.subject.of_kind(PERSON, ROLE, BODY, "common_body")
    return bool(known) and not report.before and not report.implied and report.kind in ("quote", "that")


def _report(parsed: Parsed, i: int, readings: tuple[VerbForm, ...], cast: Cast) -> Report | None:
    after = _subject_after(parsed, i, readings, cast)
    for form in readings:
        found = complement(parsed, after.last if after else i + 1, form)
        if found is None:
            continue
        ahead = None if after else subjects.subject_before(parsed, i, form) or subjects.overt_before(parsed, i, form)
        if after is None and ahead is None and subjects.nominal(parsed, i):
            ahead = noun_phrase.read(parsed, 0, next(k for k, t in enumerate(parsed.tokens) if t.text in "،,"))
        implied = None if after or ahead else subjects.first_subject(parsed, i, form)
        subject = after or ahead or implied
        if subject is None and (form.verb.needs_subject or (found[1] == "object" and not forms_without(parsed, i))):
            return None  # «ثمن العلبة», «نُسب إلى التنظيم»
        if subject is None and not form.past and i > 1:
            return None  # «وتهدف العملية إلى … كما تؤكد …»: the thing the sentence is about, not the last speaker
        if subject is not None and (subjects.scripture(subject) or _does_not_speak(subject, form, found[1], cast)):
            return None
        return Report(i, form, subject, ahead is not None, found[0], found[1], implied is not None)
    return None


def _does_not_speak(subject: NounPhrase, form: VerbForm, kind: str, cast: Cast) -> bool:
    """«رفض السائق التوقف», «يتحدث المزارع عن المطر»: with a mere object, or in general truths, only known speakers count."""
    if form.verb.act == "condemn" and head_is(subject.head, "courts"):
        return True  # «أدانت المحكمة ثلاثة»: convicted them
    if form.verb.past == "تابع" and not subject.animate and subject.head.startswith("ال"):
        return True  # «وتابع الجلسات»: followed them
    if head_is(subject.head, "amounts") and subject.parsed.word(subject.first + 1) not in ("من", "منهم", "منها"):
        return True  # «يبلغ حجم السوق»
    known = subject.animate or ((member := cast.by_title(subject)) is not None and member.person)
    return not known and (kind == "object" or (not form.past and kind == "preposition"))


def _subject_after(parsed: Parsed, i: int, readings: tuple[VerbForm, ...], cast: Cast) -> NounPhrase | None:
    """The subject in its usual place; plural and dual verbs never have one there."""
    form, start = readings[0], i + 1
    while start < len(parsed.tokens) and (is_time(parsed, start) or subjects.is_adverb(parsed, start)):
        start += 1
    start = _past_outlet(parsed, start)
    if is_exactly(parsed.word(start), "time_nouns") and is_a(parsed.word(start + 1), "relative"):
        return None  # «أوضح الأسبوع الذي سبق …»
    if is_exactly(parsed.word(start), "time_nouns") and is_exactly(parsed.word(start + 1), "time_adjectives"):
        start += 2  # «أعلنت الشهر الماضي أن»
    if parsed.word(start) == "كل" and parsed.word(start + 1) == "من":
        start += 2  # «قال كل من الوزير والمحافظ»
    if form.number != "s" or subjects.own_preposition(parsed, start, readings):
        return None
    phrase = noun_phrase.read(parsed, start)
    if phrase is None or not subjects.agrees(phrase, form):
        return None
    other = subjects.is_spoken_to(parsed, phrase, form, cast) or subjects.is_what_is_said(phrase, form)
    return None if other or subjects.is_object(phrase, form) else phrase


def _past_outlet(parsed: Parsed, k: int) -> int:
    """The token after «لـ«الصحيفة»», which Gulf papers put between the verb and its subject; k where none stands there."""
    if parsed.word(k) != "ل" or k + 1 >= len(parsed.tokens) or parsed.tokens[k + 1].text not in '«“"':
        return k
    closing = range(k + 2, min(k + 2 + _OUTLET, len(parsed.tokens)))
    return next((n + 1 for n in closing if parsed.tokens[n].text in '»”"'), k)


def merged(found: Iterable[Report]) -> list[Report]:
    """A coordinated verb of the same subject without its own clause («وشددوا على») stays with the statement before it."""
    kept: list[Report] = []
    for report in found:
        if kept and (report.subject is None or report.implied) and report.kind in ("preposition", "object"):
            continue
        kept.append(report)
    return kept

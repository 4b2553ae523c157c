"""Statements: one per finite reporting verb with its own content, with its speaker found or resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, ROLE, Match
from briefing.arabic.tokens import stems
from briefing.arabic.verbs import VerbForm, reading
from briefing.extract import noun_phrase
from briefing.extract.cast import Cast, gender, is_plural, speaker
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly
from briefing.extract.noun_phrase import NounPhrase
from briefing.model import QuoteType, Speaker

_REACH = 30  # how many words a verb and its complement may be apart
_NEAR = 6  # the same for verbs that mean saying only with their own preposition


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


@dataclass(frozen=True)
class _Report:
    """A reporting verb at token i with the subject read after or before it (None: pronoun) and its complement."""

    i: int
    form: VerbForm
    subject: NounPhrase | None
    before: bool
    complement: int
    kind: str
    implied: bool = False


def find(parsed: Parsed, cast: Cast) -> list[Found]:
    """The statements of one sentence, in order; `cast` learns who spoke."""
    if _is_question(parsed):
        return []
    found: list[Found] = []
    if (document := _in_a_document(parsed, cast)) is not None:
        return _bounded([document], parsed)
    for report in _merged(parsed, list(_reports(parsed, cast))):
        statement = _statement(parsed, report, cast)
        if statement.speaker.en or report.kind in ("that", "quote"):
            found.append(statement)
    if not found and (trailing := _trailing(parsed, cast)):
        found.append(trailing)
    _listen(parsed, found, cast)
    return _bounded(found, parsed)


def _is_question(parsed: Parsed) -> bool:
    last = parsed.text[parsed.sentence.start : parsed.sentence.end].rstrip("»\"” ")
    return last.endswith(("؟", "?")) and parsed.word(0) in ("هل", "ماذا", "لماذا", "متي", "كيف", "اين", "ما", "من")


def _in_a_document(parsed: Parsed, cast: Cast) -> Found | None:
    """«وجاء في البيان أن المجتمعين …»: those the document speaks for, not its reader, say what follows."""
    for i in range(min(4, len(parsed.tokens) - 3)):
        if not any(rest in ("جاء", "ورد") for _, rest in stems(parsed.word(i))) or parsed.word(i + 1) != "في":
            continue
        if not head_is(parsed.word(i + 2), "documents"):
            return None
        document = noun_phrase.read(parsed, i + 2)
        that = next((k for k in range(i + 3, len(parsed.tokens)) if _introduces(parsed, k)), None)
        if document is None or that is None:
            return None
        inner = noun_phrase.read(parsed, that + 1)
        who = speaker(inner if inner is not None and _speaks_for_itself(parsed, inner) else document, cast)
        return Found(parsed, i, len(parsed.tokens), who, "say", "stated", None, "what a document says is said by those it speaks for", that)
    return None


def _introduces(parsed: Parsed, k: int) -> bool:
    return is_exactly(parsed.word(k), "complementisers") or (parsed.tokens[k].text in "«:" and not _short_quote(parsed, k))


def _speaks_for_itself(parsed: Parsed, inner: NounPhrase) -> bool:
    """A group word, or a name followed by a verb of saying («الدول الضامنة عبرت عن»)."""
    group = head_is(inner.head, "groups") or is_exactly(inner.head, "groups")
    return group or (inner.animate and any(_forms_anywhere(parsed, k) for k in range(inner.last, min(inner.last + 2, len(parsed.tokens)))))


def _forms_anywhere(parsed: Parsed, k: int) -> bool:
    return any(reading(rest) for prefix, rest in stems(parsed.word(k)) if prefix in ("", "و", "ف"))


# ---------------------------------------------------------------- verbs


def _reports(parsed: Parsed, cast: Cast) -> Iterator[_Report]:
    """Reporting verbs in main clauses, left to right, each with subject and complement."""
    busy = -1  # tokens up to here belong to the content of the verb before
    for i in range(len(parsed.tokens)):
        if parsed.quoted[i] or not parsed.tokens[i].is_word:
            continue
        forms = _forms(parsed, i)
        if not forms or not _free(parsed, i):
            continue
        if (i <= busy or _is_present(forms)) and not _starts_clause(parsed, i):
            continue
        report = _report(parsed, i, forms, cast)
        if report is not None:
            yield report
            busy = len(parsed.tokens)


def _forms(parsed: Parsed, i: int) -> tuple[VerbForm, ...]:
    covering = parsed.cover[i]
    if covering is not None and covering.kind in (PERSON, BODY, ROLE) and covering.last - covering.first > 1:
        return ()
    for prefix, rest in stems(parsed.word(i)):
        if prefix in ("", "و", "ف") and (forms := reading(rest)):
            return tuple(f for f in forms if f.person == 3)
    return ()


def _free(parsed: Parsed, i: int) -> bool:
    """Not a noun, not negated, not in a relative or subordinate clause."""
    before = parsed.word(i - 1)
    if is_exactly(parsed.word(i), "prepositions"):
        return False
    if not before or not before[0].isalpha():
        return True
    if is_exactly(before, "negation") or (before.startswith(("و", "ف")) and is_exactly(before[1:], "negation") and before != "وما"):
        return before in ("ما",) and head_is(parsed.word(i - 2), "attribution")
    if is_a(before, "relative") or is_exactly(before, "subordinators"):
        return False
    if is_a(before, "prepositions") and not is_a(before, "connectors") and before not in ("ثم", "ايضا", "موخرا", "لاحقا", "سابقا", "بدوره", "بدورها", "هنا"):
        return before in ("ما", "حين", "بينما", "فيما", "وفيما", "عندما", "مجددا")
    return True


def _is_present(forms: tuple[VerbForm, ...]) -> bool:
    return not any(f.past for f in forms)


def _starts_clause(parsed: Parsed, i: int) -> bool:
    """The first word of its clause, a coordinated verb («وأضاف»), or one whose subject begins a clause («لكن المسؤول ذكر»)."""
    if i == 0 or (parsed.word(i).startswith(("و", "ف")) and _forms_without(parsed, i)):
        return True
    if is_exactly(parsed.word(i - 1), "connectors") or (parsed.tokens[i - 1].text in "،؛" and not _is_present(_forms(parsed, i))):
        return True
    start = _clause_start(parsed, i)
    opens = start == 0 or is_exactly(parsed.word(start), "connectors")
    return opens and not any(_forms(parsed, k) for k in range(start, i)) and _subject_before(parsed, i) is not None


def _forms_without(parsed: Parsed, i: int) -> bool:
    return bool(reading(parsed.word(i)[1:]))


def _report(parsed: Parsed, i: int, forms: tuple[VerbForm, ...], cast: Cast) -> _Report | None:
    form = forms[0]
    start = i + 1
    while start < len(parsed.tokens) and (_is_time(parsed, start) or _is_adverb(parsed, start)):
        start += 1
    after = noun_phrase.read(parsed, start) if form.number == "s" and not _own_preposition(parsed, start, forms) else None
    if after is not None and not _agrees(after, form):
        after = None
    if after is not None and _is_spoken_to(parsed, after, form, cast):
        after = None
    for candidate in forms:
        complement = _complement(parsed, after.last if after else i + 1, candidate, has_subject=after is not None)
        if complement is not None:
            subject = after or _subject_before(parsed, i, candidate)
            implied = None if subject else _first_subject(parsed, i, candidate)
            if subject is not None and _scripture(subject):
                return None
            ahead = after is None and subject is not None
            return _Report(i, candidate, subject or implied, ahead, complement[0], complement[1], implied is not None)
    return None


def _first_subject(parsed: Parsed, i: int, form: VerbForm) -> NounPhrase | None:
    """«استعرضت الدول … وشددت»: the subject of the verb that opens the sentence, for a later verb that agrees with it.

    For a plural or dual verb also a group named on the way («ممثلي الدول … وأكدوا»).
    """
    if i < 3 or not parsed.word(i).startswith("و"):
        return None
    opening = 1 if not is_exactly(parsed.word(0), "connectors") else 2
    if form.number == "s":
        if is_a(parsed.word(opening - 1), "prepositions") or any(_forms(parsed, k) for k in range(i)):
            return None
        phrase = noun_phrase.read(parsed, opening, i)
        fits = phrase is not None and phrase.animate and gender(phrase) == form.gender
        return phrase if fits or (phrase is not None and head_is(phrase.head, "groups") and form.gender == "f") else None
    for k in range(i - 1, -1, -1):
        if is_exactly(parsed.word(k), "groups") and (phrase := noun_phrase.read(parsed, k, i)) is not None:
            return phrase
    return None


def _own_preposition(parsed: Parsed, i: int, forms: tuple[VerbForm, ...]) -> bool:
    """«تطالب بفرص»: the word after carries the verb's own «ب» or «ل», so it is what is said, not who says it."""
    match = parsed.match_at(i)
    prefixes = tuple(t for t in ("ب", "ل") for f in forms if t in f.verb.takes)
    if match is not None:
        return match.prefix in prefixes
    return bool(prefixes) and parsed.word(i).startswith(prefixes) and parsed.cover[i] is None


def _is_time(parsed: Parsed, i: int) -> bool:
    return is_exactly(parsed.word(i), "temporal")


def _is_adverb(parsed: Parsed, i: int) -> bool:
    return parsed.word(i) in ("ايضا", "موخرا", "لاحقا", "بدوره", "بدورها", "مجددا", "كذلك", "بالفعل", "اخيرا")


def _agrees(phrase: NounPhrase, form: VerbForm) -> bool:
    """Arabic verbs agree with the subject in gender; a phrase that does not is the object of an unnamed subject."""
    theirs = gender(phrase)
    if theirs == "?" or theirs == form.gender:
        return True
    if form.gender == "f" and theirs == "m":
        return not (phrase.of_kind(PERSON) or is_exactly(phrase.head, "addressed") or phrase.of_kind(ROLE))
    return not phrase.parsed.tokens[phrase.first].text.endswith("ة") and not phrase.of_kind(COUNTRY) or bool(phrase.of_kind(PERSON))


def _is_spoken_to(parsed: Parsed, phrase: NounPhrase, form: VerbForm, cast: Cast) -> bool:
    """«ودعا المجتمع الدولي إلى …»: a bare collective right after a call is its addressee when someone spoke before."""
    if form.verb.act not in ("call", "accuse", "warn") or not is_exactly(phrase.head, "addressed") or phrase.of_kind(BODY):
        return False
    nothing_else = noun_phrase.read(parsed, phrase.last) is None
    return nothing_else and cast.last_speaker() is not None


def _scripture(phrase: NounPhrase) -> bool:
    return any(is_exactly(parsed_word, "scripture") for parsed_word in (phrase.head, phrase.parsed.word(phrase.first + 1)) if parsed_word)


def _complement(parsed: Parsed, start: int, form: VerbForm, has_subject: bool) -> tuple[int, str] | None:
    """(token, kind) of what the verb introduces: "that", "quote", "preposition" or "object"; None when there is none."""
    takes = form.verb.takes
    for k in range(start, min(start + (_NEAR if form.verb.only else _REACH), len(parsed.tokens))):
        text, word = parsed.tokens[k].text, parsed.word(k)
        if form.verb.only and not _is_preposition_of(word, takes):
            continue
        if is_exactly(word, "complementisers") or (word.startswith("ب") and word[1:] in ("ان", "انه", "انها", "انهم")):
            return k, "that"
        if text in (":", "«", "“", '"') and not (text != ":" and _short_quote(parsed, k)):
            return k, "quote"
        if _is_preposition_of(word, takes):
            return k, "preposition"
        if text in "؛.!" or (k > start and _other_verb(parsed, k)):
            break
    while start < len(parsed.tokens) and _is_time(parsed, start):
        start += 1
    if "object" in takes and start < len(parsed.tokens) and parsed.tokens[start].is_word:
        return start, "object"
    return None


def _short_quote(parsed: Parsed, k: int) -> bool:
    closer = {"«": "»", "“": "”"}.get(parsed.tokens[k].text, '"')
    return any(parsed.tokens[n].text == closer for n in range(k + 1, min(k + 4, len(parsed.tokens))))


def _is_preposition_of(word: str, takes: frozenset[str]) -> bool:
    if {"على": "علي", "إلى": "الي"}.get(word, word) in {t.replace("ى", "ي").replace("إ", "ا") for t in takes}:
        return True
    if "عن" in takes and word in ("عنه", "عنها", "عنهم"):
        return True
    return any(t in ("ب", "ل") and word.startswith(t) and len(word) > 3 for t in takes) or ("مسؤولية" in takes and word.startswith("مسؤوليه"))


def _other_verb(parsed: Parsed, k: int) -> bool:
    return parsed.word(k).startswith("و") and bool(_forms(parsed, k)) and not parsed.quoted[k]


# ---------------------------------------------------------------- subject before the verb


def _subject_before(parsed: Parsed, i: int, form: VerbForm | None = None) -> NounPhrase | None:
    """The subject of «المصدر … ذكر أن»: a phrase that starts its clause and runs up to the verb."""
    start = _clause_start(parsed, i)
    while start < i and (is_exactly(parsed.word(start), "connectors") or not parsed.tokens[start].is_word):
        start += 1
    if start >= i or is_a(parsed.word(start), "prepositions"):
        return None
    phrase = noun_phrase.read(parsed, start, i)
    if phrase is None or not phrase.animate or (form is not None and form.number == "d" and not is_plural(phrase)):
        return None
    rest = [k for k in range(phrase.last, i) if parsed.tokens[k].is_word]
    inside = range(start, i)
    return phrase if len(rest) <= 12 and not any(_forms(parsed, k) and _free(parsed, k) for k in inside) else None


def _clause_start(parsed: Parsed, i: int) -> int:
    for k in range(i - 1, -1, -1):
        if parsed.tokens[k].text in "؛:" or (parsed.tokens[k].text in "،," and is_exactly(parsed.word(k + 1), "connectors")):
            return k + 1
    return 0


# ---------------------------------------------------------------- merging and bounds


def _merged(parsed: Parsed, reports: list[_Report]) -> list[_Report]:
    """A coordinated verb of the same subject without its own clause («وشددوا على») stays with the statement before it."""
    kept: list[_Report] = []
    for report in reports:
        if kept and (report.subject is None or report.implied) and report.kind in ("preposition", "object"):
            continue
        kept.append(report)
    return kept


def _statement(parsed: Parsed, report: _Report, cast: Cast) -> Found:
    inner = _inner_speaker(parsed, report)
    relayed = _relayed(parsed, report, cast)
    if relayed is not None:
        who, why = relayed, "relayed quotation: the speaker is after «عن»"
    elif inner is not None:
        who, why = speaker(inner, cast), "a document speaks for the group named in it"
    elif report.subject is not None:
        who, why = speaker(report.subject, cast), "subject before the verb" if report.before else "subject after the verb"
    else:
        who, why = _pronoun(report.form, cast), "no subject: the last speaker who fits the verb"
    first = report.subject.first if report.before and report.subject else report.i
    return Found(parsed, first, len(parsed.tokens), who, report.form.verb.act, report.form.verb.en, _addressee(parsed, report), why, report.complement)


def _pronoun(form: VerbForm, cast: Cast) -> Speaker:
    member = cast.by_pronoun(form)
    if member is None:
        return Speaker("", "", None, None, "pronoun")
    cast.add(member)
    return Speaker(member.ar, member.en, None, member.role_en, "pronoun")


def _inner_speaker(parsed: Parsed, report: _Report) -> NounPhrase | None:
    """«أشار البيان إلى أن الدول الضامنة عبرت عن …»: those whose words the document gives."""
    if report.subject is None or not head_is(report.subject.head, "documents"):
        return None
    that = next((k for k in range(report.complement, len(parsed.tokens)) if is_exactly(parsed.word(k), "complementisers")), None)
    if that is None:
        return None
    inner = noun_phrase.read(parsed, that + 1)
    return inner if inner is not None and _speaks_for_itself(parsed, inner) else None


def _relayed(parsed: Parsed, report: _Report, cast: Cast) -> Speaker | None:
    """«نقلت عنه الوكالة أن», «نقلت الوكالة عن مصدر أن»: the real speaker."""
    if report.form.verb.act != "relay":
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


def _addressee(parsed: Parsed, report: _Report) -> NounPhrase | None:
    """Who is called on, accused or warned: the phrase between subject and complement."""
    if report.form.verb.act not in ("call", "accuse", "warn"):
        return None
    start = report.subject.last if report.subject and not report.before else report.i + 1
    if start >= report.complement and report.kind != "object":
        return None
    phrase = noun_phrase.read(parsed, start, report.complement if report.complement > start else None)
    return phrase if phrase is not None and phrase.animate else None


def _listen(parsed: Parsed, found: list[Found], cast: Cast) -> None:
    """Names outside statements are remembered too, so that a later title can mean them."""
    spoken = {id(f.speaker) for f in found}
    for match in dict.fromkeys(m for m in parsed.cover if m is not None):
        if match.kind == PERSON and not spoken:
            _remember(parsed, match, cast)
        elif match.entry.data.get("kind") == "state_group":
            cast.group(match)


def _remember(parsed: Parsed, match: Match, cast: Cast) -> None:
    start = match.first
    while start > 0 and (m := parsed.cover[start - 1]) is not None and m.kind in (ROLE, "adjective", COUNTRY):
        start = m.first
    phrase = noun_phrase.read(parsed, start, match.last)
    if phrase is not None and phrase.of_kind(PERSON):
        cast.mention(phrase, spoke=False)


def _bounded(found: list[Found], parsed: Parsed) -> list[Found]:
    """Each statement ends where the next one begins, without the comma between them."""
    ends = [*(f.first for f in found[1:]), len(parsed.tokens)] if found else []
    bounded = []
    for f, end in zip(found, ends, strict=True):
        while end > f.first + 1 and end < len(parsed.tokens) and parsed.tokens[end - 1].text in "،,؛" + "-":
            end -= 1
        while end < len(parsed.tokens) and end > f.first + 1 and is_exactly(parsed.word(end - 1), "connectors"):
            end -= 1
            while parsed.tokens[end - 1].text in "،,؛":
                end -= 1
        bounded.append(Found(f.parsed, f.first, end, f.speaker, f.act, f.verb, f.addressee, f.why, f.content))
    return bounded


# ---------------------------------------------------------------- trailing attribution


def _trailing(parsed: Parsed, cast: Cast) -> Found | None:
    """«…، وفق ما أعلنت الوزارة», «…، بحسب مصدر أمني»: the whole sentence is the source's."""
    for i in range(1, len(parsed.tokens)):
        if parsed.quoted[i]:
            continue
        subject = _source_after(parsed, i)
        if subject is not None:
            first = next(k for k, t in enumerate(parsed.tokens) if t.is_word or t.key.isdigit() or t.text in "«\"“(")
            return Found(parsed, first, len(parsed.tokens), speaker(subject, cast), "say", "reported", None, "attribution at the end of the sentence", len(parsed.tokens))
    return None


def _source_after(parsed: Parsed, i: int) -> NounPhrase | None:
    word = parsed.word(i)
    what_said = parsed.word(i + 1) == "ما" and (is_exactly(word, "attribution") or word == "علي")
    if what_said or word in ("كما", "حسبما"):
        verb = i + 2 if what_said else i + 1
        return _animate(parsed, verb + 1) if _said(parsed.word(verb)) and i > 2 else None
    if is_exactly(word, "attribution") and i > 2:
        start = i + 1
        if not _is_source(parsed, start):
            return None
        return _animate(parsed, start)
    return None


def _said(word: str) -> bool:
    """A reporting verb, also with an object pronoun («أعلنته»)."""
    return any(reading(w) for w in (word, word.removesuffix("ه"), word.removesuffix("ها"), word.removesuffix("ته") + "ت"))


def _is_source(parsed: Parsed, i: int) -> bool:
    words = [parsed.word(i), parsed.word(i).removeprefix("ل"), "ال" + parsed.word(i).removeprefix("لل")]
    return not any(is_exactly(w, "not_speakers") for w in words)


def _animate(parsed: Parsed, i: int) -> NounPhrase | None:
    if i >= len(parsed.tokens):
        return None
    match = parsed.match_at(i)
    if match is not None and match.prefix in ("ل",):
        limit = i + 14
        phrase = NounPhrase(parsed, i, min(match.last, limit), (match,), ())
        return phrase if phrase.animate else None
    phrase = noun_phrase.read(parsed, i)
    return phrase if phrase is not None and phrase.animate else None


def quote_type(found: Found) -> QuoteType:
    """direct: the content is one quotation; mixed: part of it is; indirect: none."""
    parsed = found.parsed
    inside = [parsed.quoted[i] for i in range(found.first, found.last) if parsed.tokens[i].is_word]
    share = sum(inside) / max(len(inside), 1)
    if share < 0.12:
        return "indirect"
    colon = any(parsed.tokens[i].text == ":" for i in range(found.first, found.last))
    return "direct" if share > 0.5 and (colon or inside[-1]) and not _has_that(found) else "mixed"


def _has_that(found: Found) -> bool:
    parsed = found.parsed
    return any(is_exactly(parsed.word(i), "complementisers") for i in range(found.first, found.last) if not parsed.quoted[i])

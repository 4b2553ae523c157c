"""Attribution without a reporting verb of its own clause: documents that speak, and sources named at the end."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.arabic.lexicon import ADJECTIVE, BODY, PERSON, ROLE
from briefing.arabic.romanise import is_given_name
from briefing.arabic.tokens import stems
from briefing.arabic.verbs import reading
from briefing.extract import noun_phrase
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.reporting import forms_anywhere, introduces

_ISSUED = 3  # words between a document and who issued it
_SPOKEN = 4  # tokens of a quotation that is somebody's words, not a title


@dataclass(frozen=True)
class Attribution:
    """Who a stretch of a sentence is attributed to: tokens from `first`, said by `phrase`, content from token `content`.

    `trails`: the source stands after what is said, so nothing of that follows it.
    """

    first: int
    phrase: NounPhrase
    content: int
    verb: str
    why: str
    trails: bool = False


def in_a_document(parsed: Parsed) -> Attribution | None:
    """«وجاء في البيان أن المجتمعين …»: those the document speaks for, not its reader, say what follows."""
    for i in range(min(4, len(parsed.tokens) - 3)):
        if not any(rest in ("جاء", "ورد") for _, rest in stems(parsed.word(i))) or parsed.word(i + 1) != "في":
            continue
        document = noun_phrase.read(parsed, i + 2) if head_is(parsed.word(i + 2), "documents") else None
        that = next((k for k in range(i + 3, len(parsed.tokens)) if introduces(parsed, k)), None)
        if document is None or that is None:
            return None
        inner = noun_phrase.read(parsed, that + 1)
        own = inner if inner is not None and speaks_for_itself(parsed, inner) else None
        who = own or issuer(parsed, i + 3, that) or document
        return Attribution(i, who, that, "stated", "what a document says is said by those it speaks for")
    return None


def issuer(parsed: Parsed, first: int, last: int) -> NounPhrase | None:
    """Who issued a document, named between the document (before token `first`) and what it says (at `last`)."""
    for k in range(first, min(first + _ISSUED, last - 1)):
        from_whom = parsed.word(k) in ("صادر", "صادره", "صدر", "صدرت") and parsed.word(k + 1) == "عن"
        if from_whom or is_exactly(parsed.word(k), "issued"):
            return _animate(parsed, k + 1 + from_whom)
        match = parsed.match_at(k)
        if k == first and match is not None and match.prefix == "ل":
            return _animate(parsed, k)
    return None


def speaks_for_itself(parsed: Parsed, inner: NounPhrase) -> bool:
    """A group word, or a name followed by a verb of saying («الدول الضامنة عبرت عن»)."""
    return inner.group or (
        inner.animate and any(forms_anywhere(parsed, k) for k in range(inner.last, min(inner.last + 2, len(parsed.tokens))))
    )


def trailing(parsed: Parsed) -> Attribution | None:
    """«…، وفق ما أعلنت الوزارة», «…، بحسب مصدر أمني»: the whole sentence is the source's."""
    for i in range(len(parsed.tokens)):
        subject = None if parsed.quoted[i] else _source_after(parsed, i)
        if subject is not None:
            first = next(k for k, t in enumerate(parsed.tokens) if t.is_word or t.key.isdecimal() or t.text in '«"“(')
            end = len(parsed.tokens)
            return Attribution(first, subject, end, "reported", "attribution at the end of the sentence", trails=i > first + 1)
    return None


def after_quotation(parsed: Parsed) -> Attribution | None:
    """«…»، يقول المدير فلان: the quotation that opens the sentence is the subject's of the verb after it."""
    opened = next((k for k, t in enumerate(parsed.tokens) if t.is_word), 0)
    closed = next((k for k in range(opened, len(parsed.tokens)) if not parsed.quoted[k]), len(parsed.tokens))
    if not parsed.quoted[opened] or closed - opened < _SPOKEN:
        return None
    verb = closed + (parsed.word(closed) in ("،", ","))
    readings = forms_anywhere(parsed, verb)
    subject = _animate(parsed, verb + 1) if readings else None
    if subject is None:
        return None
    return Attribution(opened - 1, subject, verb, "said", "a quotation with its verb after it", trails=True)


def _source_after(parsed: Parsed, i: int) -> NounPhrase | None:
    word = parsed.word(i)
    if is_exactly(word, "resuming") and parsed.word(i + 1) == "ما" and _said_it(parsed.word(i + 2)):
        source = _animate(parsed, i + 3)  # «هذا ما أكده المدير»
        return source if source is not None and source.of_kind(PERSON, ROLE, BODY, "common_body") else None
    what_said = parsed.word(i + 1) == "ما" and (is_exactly(word, "attribution") or word == "علي")
    if what_said or word in ("كما", "حسبما"):
        verb = i + 2 if what_said else i + 1
        return _animate(parsed, verb + 1) if _said(parsed.word(verb)) and i > 2 else None
    if (i == 0 and is_a(word, "attribution")) or (is_exactly(word, "attribution") and i > 2):
        if parsed.word(i + 2) and _said_it(parsed.word(i + 2)):  # «وفق حصيلة أعلنتها الوزارة»
            return _animate(parsed, i + 3)
        return (_of_record(parsed, i + 1) or _animate(parsed, i + 1)) if _is_source(parsed, i + 1) else None
    return None


def _of_record(parsed: Parsed, i: int) -> NounPhrase | None:
    """«وفقا لتقديرات الصندوق»: whose figures or documents they are."""
    word = parsed.word(i)
    return _animate(parsed, i + 1) if word.startswith("ل") and is_exactly(word[1:], "records") else None


def _said(word: str) -> bool:
    """A reporting verb, also with an object pronoun («أعلنته»)."""
    stems_of = (
        word,
        word.removesuffix("ه"),
        word.removesuffix("ها"),
        word.removesuffix("ته") + "ت",
        word.removesuffix("تها") + "ت",
    )
    return any(reading(w) for w in stems_of)


def _said_it(word: str) -> bool:
    """A reporting verb with an object pronoun («أعلنتها», «نشره»)."""
    return word.endswith(("ه", "ها")) and not reading(word) and _said(word)


def _is_source(parsed: Parsed, i: int) -> bool:
    words = [parsed.word(i), parsed.word(i).removeprefix("ل"), "ال" + parsed.word(i).removeprefix("لل")]
    return not any(is_exactly(w, "not_speakers") for w in words)


def _animate(parsed: Parsed, i: int) -> NounPhrase | None:
    if i >= len(parsed.tokens):
        return None
    match = parsed.match_at(i)
    if match is not None and match.prefix in ("ل",):
        found, last = [match], match.last
        while last < len(parsed.tokens) and (more := parsed.match_at(last)) is not None and more.kind == ADJECTIVE:
            found, last = [*found, more], more.last
        named = NounPhrase(parsed, i, last, tuple(found), ())
        return named if named.animate else None
    phrase = noun_phrase.read(parsed, i)
    return phrase if phrase is not None and (phrase.animate or _is_a_name(phrase)) else None


def _is_a_name(phrase: NounPhrase) -> bool:
    """«حسبما أفاد أحمد فوزي»: a given name with another name after it, of someone no lexicon has."""
    return phrase.unknown[:2] == (phrase.first, phrase.first + 1) and is_given_name(phrase.head)

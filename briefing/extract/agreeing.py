"""Where a sentence tells that something was agreed: a verb of agreeing, or a verb that carries a noun of agreeing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from briefing.extract import noun_phrase
from briefing.extract.agreement_clause import Agreeing, is_told, is_unreal, judged, near, past, skip
from briefing.extract.agreement_words import (
    AgreeingVerb,
    Carrier,
    carriers,
    is_noun,
    is_sport,
    may_tell,
    outcomes,
    reads,
    verbs,
    words,
)
from briefing.extract.clause import Parsed, is_a, is_exactly
from briefing.extract.dating import Dating
from briefing.extract.noun_phrase import NounPhrase

_Reader = Callable[[Parsed, int, Collection[int]], Agreeing | None]
_REACH = 16  # words from a verb to what it agrees on
_NEAR = 4  # words from a noun to what qualifies it
_CONTENT = ("علي", "حول", "بشان")


def agreeing(parsed: Parsed, dating: Dating) -> Iterator[Agreeing]:
    """The clauses of a sentence that tell of an agreement, left to right.

    Not those that are denied, wished for, planned, asked about, remembered or set under a condition, and none of sport.
    """
    begun = [i for i, token in enumerate(parsed.tokens) if may_tell(token.key) and not is_unreal(parsed, i)]
    if not begun or _is_question(parsed) or is_sport(parsed):
        return
    readers: tuple[_Reader, ...] = (_agreed, _of_one_mind, _carried, _in_force, _done_under, _outcome)
    dated = dating.tokens(parsed)
    for i in begun:
        if is_told(parsed, i):
            yield from (a for reader in readers if (a := reader(parsed, i, dated)) is not None)
        yield from (a for a in (_provided(parsed, i), _planned(parsed, i)) if a is not None)


def _is_question(parsed: Parsed) -> bool:
    return parsed.text[parsed.sentence.start : parsed.sentence.end].rstrip('»"” ').endswith(("؟", "?"))


# ---------------------------------------------------------------- a verb of agreeing


def _agreed(parsed: Parsed, i: int, dated: Collection[int]) -> Agreeing | None:
    verb = next((verbs()[rest] for rest in past(parsed, i) if rest in verbs()), None)
    content = _content(parsed, i, verb) if verb is not None else None
    if verb is None or content is None:
        return None
    start = skip(parsed, i + 1, dated)
    subject = noun_phrase.read(parsed, start, content) if start < content else None
    if subject is None and start < content and parsed.tokens[start].is_word and not is_a(parsed.word(start), "prepositions"):
        return None  # something stands in the subject's place that is no party
    signing = bool(verb.object) and verb.object != {"ب"}
    told = Agreeing(i, content, subject, verb.status, "a verb of agreeing", signing, verb.several, verb.we)
    if verb.granted:
        told = replace(told, several=not near(parsed, content + 1, 3, "granted", verb.granted))
    return judged(parsed, told)


def _of_one_mind(parsed: Parsed, i: int, dated: Collection[int]) -> Agreeing | None:
    """«أعلن المسؤول أن الجانبين متفقان على …»: the phrase before the participle agrees."""
    if parsed.word(i) not in words("of_one_mind"):
        return None
    agree = AgreeingVerb("new", frozenset(), frozenset(), several=True)
    content = _content(parsed, i, agree)
    starts = (k + 1 for k in range(i - 1, max(-1, i - _REACH), -1) if is_exactly(parsed.word(k), "complementisers"))
    start = next(starts, 0)
    subject = noun_phrase.read(parsed, start, i) if start < i else None
    if content is None or content > i + 1 or subject is None or subject.last != i:
        return None
    return judged(parsed, Agreeing(i, content, subject, "new", "two sides are of one mind", several=True))


def _content(parsed: Parsed, i: int, verb: AgreeingVerb) -> int | None:
    """Where what is agreed begins: the document signed, or the preposition before what is agreed on."""
    held_back = False  # «رغم اتفاق»
    for k in range(i + 1, min(i + 1 + _REACH, len(parsed.tokens))):
        word = parsed.word(k)
        if (is_a(word, "relative") and word != "من") or parsed.tokens[k].text in "؛.:":
            return None
        held_back = parsed.tokens[k].text not in "،," and (held_back or reads(word, words("adjuncts")))
        if _begins(parsed, k, i, verb) and not (held_back and verb.object):
            return k
    return None


def _begins(parsed: Parsed, k: int, i: int, verb: AgreeingVerb) -> bool:
    word = parsed.word(k)
    if verb.object == {"ب"}:
        return word.startswith("ب") and len(word) > 3 and not is_a(word, "prepositions") and parsed.word(k - 1) != "في"
    return is_noun(word, verb.object, ("", "ل")) if verb.object else word in _CONTENT or (word == "ان" and k == i + 1)


# ---------------------------------------------------------------- a verb that carries a noun of agreeing


def _carried(parsed: Parsed, i: int, dated: Collection[int]) -> Agreeing | None:
    """«تم توقيع …», «أعلنت قطر التوصل إلى …», «بدأ سريان الهدنة»."""
    carrier = next((carriers()[rest] for rest in past(parsed, i) if rest in carriers()), None)
    noun = _noun(parsed, i, carrier) if carrier is not None else None
    if carrier is None or noun is None:
        return None
    start = skip(parsed, i + 1, dated)
    subject = noun_phrase.read(parsed, start, noun) if carrier.subject and start < noun else None
    end = skip(parsed, subject.last if subject else start, dated)
    if end != noun and not (end == noun - 1 and parsed.word(end) in ("عن", "في", "من")):
        return None
    return _carrying(parsed, i, noun, subject, carrier)


def _noun(parsed: Parsed, i: int, carrier: Carrier) -> int | None:
    reach = range(i + 1, min(i + 1 + _REACH, len(parsed.tokens)))
    return next((k for k in reach if is_noun(parsed.word(k), carrier.nouns)), None)


def _carrying(parsed: Parsed, i: int, noun: int, subject: NounPhrase | None, carrier: Carrier) -> Agreeing | None:
    why = "a verb that carries a noun of agreeing"
    if carrier.status == "scheduled":
        return judged(parsed, Agreeing(i, noun, subject, "scheduled", why, several=True))
    if is_noun(parsed.word(noun), words("truce")) and not reads(parsed.word(noun - 1), words("beginning")):
        return Agreeing(i, noun, subject, carrier.status, "a truce is declared", signing=True)
    begun = reads(parsed.word(noun), words("beginning"))
    status = "implemented" if begun else carrier.status
    at = _document(parsed, noun + 1) if parsed.word(noun + 1) != "علي" or is_noun(parsed.word(noun), words("agreeing")) else None
    if at is None and reads(parsed.word(noun), frozenset(("اتفاق",))):
        at = next((k for k in range(noun + 1, min(noun + 6, len(parsed.tokens))) if parsed.word(k) == "علي"), None)
        return judged(parsed, Agreeing(i, at, subject, status, why, several=True, alone=False)) if at is not None else None
    if at is None:
        return None
    return judged(parsed, Agreeing(i, at, subject, status, why, signing=True, alone=status == "implemented"))


def _document(parsed: Parsed, k: int) -> int | None:
    """The agreement that a noun of agreeing is about: «توقيع ست مذكرات», «التوصل إلى اتفاق», «تنفيذ بنود الاتفاق»."""
    for n in range(k, min(k + _NEAR + 1, len(parsed.tokens))):
        if is_noun(parsed.word(n), words("agreement"), ("", "ل", "ب")):
            return n
        if is_a(parsed.word(n), "complementisers") or not parsed.tokens[n].is_word:
            return None
    return None


# ---------------------------------------------------------------- an agreement in force, a deed done under one


def _in_force(parsed: Parsed, i: int, dated: Collection[int]) -> Agreeing | None:
    """«دخلت حيز التنفيذ … الاتفاقية», «… الاتفاقية دخلت حيز التنفيذ»."""
    if not any(rest in words("entered") for rest in past(parsed, i)) or not near(parsed, i + 1, 10, "force"):
        return None
    around = [*range(i + 1, min(i + _REACH, len(parsed.tokens))), *range(max(0, i - 8), i)]
    at = next((k for k in around if is_noun(parsed.word(k), words("agreement"))), None)
    return Agreeing(i, at, None, "implemented", "an agreement comes into force", signing=True) if at is not None else None


def _done_under(parsed: Parsed, i: int, dated: Collection[int]) -> Agreeing | None:
    """«أفرجت … عن … تنفيذا لاتفاق …»: what is done because it was agreed."""
    if not any(rest in words("deeds") for rest in past(parsed, i)):
        return None
    for k in range(i + 2, len(parsed.tokens) - 1):
        if is_noun(parsed.word(k), words("under")) and is_noun(parsed.word(k + 1), words("agreement"), ("", "ل")):
            subject = noun_phrase.read(parsed, skip(parsed, i + 1, dated), k)
            told = Agreeing(i, k + 1, subject, "implemented", "a deed done under an agreement", signing=True)
            return told if subject is not None else None
    return None


def _provided(parsed: Parsed, i: int) -> Agreeing | None:
    """«… عن اتفاق بين … يقضي بفتح المعبر»: an agreement of which the text says what it holds."""
    if not is_noun(parsed.word(i), words("agreement")) or parsed.word(i).startswith("ال"):
        return None
    if reads(parsed.word(i - 1), words("unmade")) or not near(parsed, i + 1, 10, "provides"):
        return None
    return Agreeing(i, i, None, "new", "what an agreement provides for", signing=True, several=True, alone=False, beside=i)


def _planned(parsed: Parsed, i: int) -> Agreeing | None:
    """«ومن المقرر أن تستأنف المفاوضات بين …»: a meeting that is set."""
    will_be = any(rest in words("will_be") for rest in past(parsed, i))
    planned = is_noun(parsed.word(i), words("planned")) and parsed.word(i - 1).removeprefix("و") == "من"
    if not will_be and not (planned and near(parsed, i + 1, 2, "set_meeting")):
        return None
    told = Agreeing(i, i + 1, None, "scheduled", "a meeting is set", several=True, beside=i + 1)
    return judged(parsed, told)


def _outcome(parsed: Parsed, i: int, dated: Collection[int]) -> Agreeing | None:
    """«أسفرت المحادثات بين … عن اتفاق على», «توجت المباحثات … بتوقيع اتفاقية»."""
    if not any(rest in outcomes() for rest in past(parsed, i)):
        return None
    made = words("agreement") | words("agreeing")
    for k in range(i + 1, min(i + 1 + _REACH, len(parsed.tokens))):
        if is_a(parsed.word(k), "complementisers") or parsed.tokens[k].text in "؛.:" or reads(parsed.word(k), words("no_breach")):
            return None
        if is_noun(parsed.word(k), made, ("ب",)) or (is_noun(parsed.word(k), made) and parsed.word(k - 1) in ("عن", "الي")):
            subject = noun_phrase.read(parsed, skip(parsed, i + 1, dated), k)
            told = Agreeing(i, k, subject, "new", "what talks led to", signing=True, several=True, alone=False, beside=i + 1)
            return judged(parsed, told)
    return None

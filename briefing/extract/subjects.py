"""The subject of a reporting verb: after it, before it, or the one that opens the sentence."""

from __future__ import annotations

import re

from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, ROLE
from briefing.arabic.nouns import noun_form
from briefing.arabic.plain import plain_word
from briefing.arabic.romanise import SERVANT
from briefing.arabic.verbs import VerbForm
from briefing.extract import noun_phrase
from briefing.extract.cast import Cast, gender, is_plural
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly
from briefing.extract.name_words import name_like
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.reporting import clause_start, complement, forms, forms_anywhere, forms_without, free

_OPENED = 5  # tokens of a name that opens a sentence, up to its comma
_OVERT = 14  # words of a subject before its verb
_ACTION_NOUN = re.compile(r"ت\w\wي\w|[ا]\w{2,5}ا\w|م?قتل|وصول|بدء|مصرع")


def subject_before(parsed: Parsed, i: int, form: VerbForm | None = None) -> NounPhrase | None:
    """The subject of «المصدر … ذكر أن»: a phrase that starts its clause and runs up to the verb."""
    start = _opening(parsed, i)
    if start >= i or is_a(parsed.word(start), "prepositions") or is_a(parsed.word(start), "deeds"):
        return None  # «أصدر المجلس قرارا يطلب …»: the clause has another verb, whose subject is not this one's
    phrase = noun_phrase.read(parsed, start, i)
    if phrase is None or not phrase.animate or (form is not None and not _number_fits(phrase, form)):
        return None
    rest = [k for k in range(phrase.last, i) if parsed.tokens[k].is_word]
    inside = range(start, i)
    return phrase if len(rest) <= 12 and not any(forms(parsed, k) and free(parsed, k) for k in inside) else None


def nominal(parsed: Parsed, i: int) -> bool:
    """«جون برينس، مدير أحد الصناديق …، قال»: a sentence that opens with a name or noun, so that is whose verb stands at i.

    Read only so far that it is nobody else's: by a comma right behind two or three words that open it, none of them a verb.
    """
    comma = next((k for k in range(1, min(i, _OPENED)) if parsed.tokens[k].text in "،,"), None)
    if comma is None or comma < 2 or parsed.word(i).startswith(("و", "ف")):
        return False
    return all(name_like(parsed, k) and not forms_anywhere(parsed, k) and parsed.cover[k] is None for k in range(comma))


def _number_fits(phrase: NounPhrase, form: VerbForm) -> bool:
    """A verb behind its subject agrees with it in number: «الرجلان … نسب» is not what the two men said."""
    two = noun_form(plain_word(phrase.head))
    dual = two is not None and two.grammar == "dual" and phrase.head.endswith("ان")
    return dual or is_plural(phrase) if form.number == "d" else not (dual and form.number == "s")


def overt_before(parsed: Parsed, i: int, form: VerbForm) -> NounPhrase | None:
    """The subject of a verb behind a definite noun that opens its clause, whatever that noun is: no pronoun stands for it.

    «لكن الكومندر فلانة المتحدثة باسم الوزارة نفت»: the role in it where there is one, else the words as written.
    """
    start = _opening(parsed, i)
    opens = start < i and parsed.word(start).startswith("ال") and not forms_without(parsed, i)
    if not opens or any(forms_anywhere(parsed, k) or parsed.word(k).startswith("و") for k in range(start, i)):
        return None
    if i - start > _OVERT or any(is_a(parsed.word(start), kind) for kind in ("temporal", "relative", "prepositions")):
        return None
    role = next((k for k in range(start + 1, i) if (m := parsed.match_at(k)) is not None and m.kind == ROLE), None)
    inner = noun_phrase.read(parsed, role, i) if role is not None else None
    phrase = inner or noun_phrase.read(parsed, start, i)
    return phrase if phrase is not None and _number_fits(phrase, form) else None


def _opening(parsed: Parsed, i: int) -> int:
    """The first token of the clause of the verb at i that says something: behind «لكن», «غير أن», «كما أن»."""
    start = clause_start(parsed, i)
    while start < i and (is_exactly(parsed.word(start), "connectors") or not parsed.tokens[start].is_word):
        start += 1
    if parsed.word(start) == "ان" and is_exactly(parsed.word(start - 1).removeprefix("و"), "turning"):
        return start + 1
    if is_exactly(parsed.word(start), "impersonal"):  # «يذكر أن الوزارة كانت قد أعلنت»
        return next((k + 1 for k in range(start + 1, min(start + 4, i)) if parsed.word(k) == "ان"), start)
    return start


def first_subject(parsed: Parsed, i: int, form: VerbForm) -> NounPhrase | None:
    """«استعرضت الدول … وشددت»: the subject of the verb that opens the sentence, for a later verb that agrees with it.

    For a plural or dual verb also a group named on the way («ممثلي الدول … وأكدوا»).
    """
    if i < 3 or not parsed.word(i).startswith("و"):
        return None
    opening = 1 if not is_exactly(parsed.word(0), "connectors") else 2
    if form.number == "s":
        told = any(complement(parsed, k + 1, f) is not None for k in range(i) for f in forms(parsed, k))
        if is_a(parsed.word(opening - 1), "prepositions") or told:
            return None
        phrase = noun_phrase.read(parsed, opening, i)
        fits = phrase is not None and phrase.animate and gender(phrase) == form.gender
        return phrase if fits or (phrase is not None and phrase.group and form.gender == "f") else None
    for k in range(i - 1, -1, -1):
        if is_exactly(parsed.word(k), "groups") and (phrase := noun_phrase.read(parsed, k, i)) is not None:
            return phrase
    return None


def own_preposition(parsed: Parsed, i: int, readings: tuple[VerbForm, ...]) -> bool:
    """«تطالب بفرص»: the word after carries the verb's own «ب» or «ل», so it is what is said, not who says it."""
    match = parsed.match_at(i)
    prefixes = tuple(t for t in ("ب", "ل") for f in readings if t in f.verb.takes)
    if match is not None:
        return match.prefix in prefixes
    return bool(prefixes) and parsed.word(i).startswith(prefixes) and parsed.cover[i] is None


def is_adverb(parsed: Parsed, i: int) -> bool:
    """Whether the word at i is an adverb that may stand between a verb and its subject."""
    return parsed.word(i) in _BETWEEN


_BETWEEN = frozenset(
    (
        "فيه", "فيها", "خلاله", "خلالها", "ايضا", "موخرا", "لاحقا", "بدوره", "بدورها", "مجددا", "كذلك", "بالفعل", "اخيرا",
    )
)  # fmt: skip


def agrees(phrase: NounPhrase, form: VerbForm) -> bool:
    """Arabic verbs agree with the subject in gender; a phrase that does not is the object of an unnamed subject."""
    theirs = gender(phrase)
    if theirs == "?" or theirs == form.gender:
        return True
    if form.gender == "f" and theirs == "m":
        return not (phrase.of_kind(PERSON, ROLE) or is_exactly(phrase.head, "addressed") or head_is(phrase.head, "masculine"))
    return (not phrase.parsed.tokens[phrase.first].text.endswith("ة") and not phrase.of_kind(COUNTRY)) or bool(
        phrase.of_kind(PERSON)
    )


def is_object(phrase: NounPhrase, form: VerbForm) -> bool:
    """«حض الطرفين على», «حملت الحكومة مسؤولية التأخير»: an accusative, and the one whom a verb of blaming blames."""
    counted = noun_form(plain_word(phrase.head))
    several = phrase.group or (counted is not None and counted.grammar in ("dual", "many", "dual_or_many"))
    accusative = several and phrase.head.endswith("ين") and phrase.last - phrase.first == 1
    duty = phrase.parsed.word(phrase.last).removeprefix("ال").startswith("مسؤولي")
    return accusative or (duty and form.verb.act == "accuse")


def is_spoken_to(parsed: Parsed, phrase: NounPhrase, form: VerbForm, cast: Cast) -> bool:
    """«ودعا المجتمع الدولي إلى …»: a bare collective right after a call is its addressee when someone spoke before."""
    if form.verb.act not in ("call", "accuse", "warn") or not is_exactly(phrase.head, "addressed") or phrase.of_kind(BODY):
        return False
    nothing_else = noun_phrase.read(parsed, phrase.last) is None
    last = cast.last_speaker()
    return nothing_else and last is not None and (last.gender in (form.gender, "?") or last.plural)


def is_what_is_said(phrase: NounPhrase, form: VerbForm) -> bool:
    """«أعلنت تدمير دبابة»: an action noun after a verb with an object is what is announced, not who announces it."""
    if "object" not in form.verb.takes or phrase.animate or phrase.head.startswith("ال"):
        return False
    return bool(_ACTION_NOUN.fullmatch(phrase.head)) or not agrees(phrase, form)


def scripture(phrase: NounPhrase) -> bool:
    """«قال الله تعالى», «قال الشاعر»: quotations of scripture and verse are no news. «حزب الله» is a body."""
    if phrase.of_kind(BODY, PERSON) or phrase.head == SERVANT:
        return False  # «عبد الله» is a man
    return any(is_exactly(word, "scripture") for word in (phrase.head, phrase.parsed.word(phrase.first + 1)) if word)

"""The words of a noun phrase that no lexicon knows: parts of a name, of an office, or its end."""

from __future__ import annotations

from briefing.arabic.lexicon import ADJECTIVE, Match
from briefing.arabic.romanise import SERVANT, is_given_name
from briefing.arabic.tokens import stems
from briefing.extract.clause import Parsed, generic_body, head_is, is_a, is_exactly
from briefing.extract.name_words import adjectival, indefinite_adjective, is_verb, may_be_verb, never_a_name
from briefing.extract.phrase_known import ONE_OF
from briefing.extract.phrase_marks import MAX_NAME
from briefing.extract.phrase_state import State

_SON_OF = ("بن", "ابن", "بنت", "ال")  # join two names, «آل سعود» too
_POSSESSIVES = ("هم", "ها", "هما", "كم", "هن", "ته")  # «دعمهم»: a noun of its own, not part of a name
_ENDS = ("يدعي", "تدعي", "وهو", "وهي", "قوله", "قولها", "قولهم")  # words that end a name whatever follows


def unknown_step(parsed: Parsed, i: int, start: int, term: Match | None, state: State) -> int:
    """How many tokens from i belong to the phrase that begins at `start`; `term` is a term that covers them; 0 ends it."""
    word = parsed.word(i)
    size = term.last - i if term else 1
    definite = any(rest.startswith("ال") for _, rest in stems(word)[:1]) or word.startswith(("لل",))
    own = is_exactly(word, "own_words") and not parsed.tokens[i].text.endswith("ة")  # «حديثه», not «حديثة»
    possessed = own or (word.endswith(_POSSESSIVES) and not definite and len(word) > 4)
    if state.role and state.given and definite and generic_body(word):
        return 0  # «طالب الأمير فلان الاتحاد»
    if i > start and parsed.word(i - 1) == SERVANT:
        state.given, state.definite = True, False
        return size
    if i > start and (head_is(word, "demonstratives") or word in ONE_OF or _to_a_medium(word)):
        return 0
    if i == start and word.startswith("ب") and is_exactly(word[1:], "same"):
        return 0  # «بنفس النغمات»
    if i > start and state.role and _with_what(parsed, i):
        return 0
    if is_exactly(word, "in_its_name"):
        return size if state.role else 0
    if i > start and definite and generic_body(word) and generic_body(parsed.word(i - 1)) and parsed.word(i - 1).startswith("ال"):
        return 0  # «حملت الوزارة الشركة المسؤولية»
    if i == start and (word == "ل" or word.startswith(("بال", "لل", "كال")) or (word.startswith("و") and may_be_verb(parsed, i))):
        return 0
    if i == start:
        state.definite = definite
        state.given = is_given_name(word)
        return 0 if possessed else size
    if is_a(word, "connectors") or word in _ENDS or is_verb(parsed, i) or possessed:
        return 0
    if state.definite and not state.role and is_exactly(word, "addressed") and definite:
        return 0  # «ناشد الأحمدي الأهالي»
    if state.person or (state.named and not state.role and not (state.common and definite and adjectival(word))):
        return 0
    if _for_whom(parsed, i, start, state):
        state.closed = True
        return size
    if not state.role and not state.named and definite and (state.closed or state.definite) and not adjectival(word):
        return 0
    if definite and not state.role and not word.startswith("لل") and indefinite_adjective(parsed, i - 1, start):
        return 0  # «وجهاء قبليون التوصل»
    state.closed = state.closed or definite
    if word.startswith(("و", "ب", "ف")) and len(word) > 3 and not (state.role or not state.definite):
        return 0
    if word.startswith("و") and len(word) > 3 and not is_given_name(word):
        return size if word.startswith("وال") and state.role and not state.name_words else 0
    if state.definite and not definite and not state.role:
        return 0
    if state.role and not state.office and not definite and not is_given_name(word) and not state.name_words:
        return 0
    if state.role and not state.name_words and _governs(parsed, i):
        return 0
    if state.role or not (state.named or definite):
        whole = _body_before(parsed, i, start)
        told = state.given or state.named or (state.role and _ends_an_office(parsed, i)) or whole
        if told and never_a_name(word):
            return 0  # «أكد الوزير فلان الفلاني أهمية الحوار», «أكد وزير النقل السوري ضرورة فتح الطريق»
        if is_given_name(word) and not state.given:
            state.given, state.name_words = True, 0
        state.name_words += word not in _SON_OF
        return 0 if state.name_words > MAX_NAME else size
    return size


def _body_before(parsed: Parsed, i: int, start: int) -> bool:
    """«أعلنت لجنة الإغاثة الأهلية توقيع اتفاق»: behind a definite word the name of a body is whole."""
    head = parsed.word(start)
    return bool(generic_body(head) or generic_body(head.removeprefix("و"))) and parsed.word(i - 1).startswith("ال")


def _to_a_medium(word: str) -> bool:
    """«قال الجنرال فلان لراديو فرنسا»: whom it was said to."""
    return word.startswith("ل") and is_exactly(word[1:], "media_nouns")


def _with_what(parsed: Parsed, i: int) -> bool:
    """«رحب المبعوث بأجواء الحوار»: a noun behind «ب» and its genitive, unless it is where the office is («بفرع الهيئة»)."""
    word = parsed.word(i)
    plain = word.startswith("ب") and not word.startswith("بال") and len(word) > 3 and not is_given_name(word)
    where = generic_body(word[1:]) or any(head_is(word, kind) for kind in ("fields", "governed", "named_after"))
    return plain and not where and parsed.word(i + 1).startswith("ال") and parsed.cover[i] is None


def _governs(parsed: Parsed, i: int) -> bool:
    """«نفى المتحدث صحة الأنباء»: a feminine noun with a definite one after it is what is denied; a given name is none."""
    feminine = parsed.tokens[i].text.endswith("ة") and not is_given_name(parsed.word(i))
    after_the_office = parsed.word(i - 1).startswith("ال") or _ends_an_office(parsed, i)
    governs = not parsed.word(i).startswith(("ال", "ب", "ل")) and parsed.word(i + 1).startswith("ال")
    says = is_a(parsed.word(i + 2), "complementisers") or (i + 2 < len(parsed.tokens) and not parsed.tokens[i + 2].is_word)
    return feminine and after_the_office and governs and not says  # «قالت الوزيرة سمية الحاج إن»


def _ends_an_office(parsed: Parsed, i: int) -> bool:
    """After a nationality or a definite noun an office is complete («وزير النقل السوري»), and no genitive of it follows."""
    before = parsed.cover[i - 1]
    return parsed.word(i - 1).startswith("ال") or (before is not None and before.kind == ADJECTIVE)


def _for_whom(parsed: Parsed, i: int, start: int, state: State) -> bool:
    """«النقابة العامة للمعلمين»: after a body's adjective, whom it is for belongs to its name."""
    before = parsed.word(i - 1)
    a_body = bool(generic_body(parsed.word(start))) and not state.role and not state.named
    return a_body and parsed.word(i).startswith("لل") and i - start > 1 and before.startswith("ال") and adjectival(before)

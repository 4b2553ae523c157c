"""Reporting verbs in a sentence: which words are one, where they may stand, and what they introduce."""

from __future__ import annotations

from briefing.arabic.fold import key
from briefing.arabic.lexicon import BODY, PERSON, ROLE
from briefing.arabic.tokens import bare, stems
from briefing.arabic.verbs import VerbForm, reading
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly

_REACH = 30  # how many words a verb and its complement may be apart
_ASIDE = 8  # tokens between two commas
_NEAR = 6  # the same for verbs that mean saying only with their own preposition


def forms(parsed: Parsed, i: int) -> tuple[VerbForm, ...]:
    """The conjugated reporting verbs (third person) that the word at i may be; none inside a longer name."""
    covering = parsed.cover[i]
    if covering is not None and covering.kind in (PERSON, BODY, ROLE) and covering.last - covering.first > 1:
        return ()
    if is_exactly(parsed.word(i), "impersonal") and i == 0:
        return ()
    if parsed.word(i) in ("ورد", "وردت") and _arrives(parsed.word(i + 1)):
        return ()  # «وردت أنباء» came in; «ورد الوزير» is «و» and «رد»
    if parsed.word(i).removeprefix("و") in ("يدعي", "تدعي") and parsed.tokens[i].text.endswith("ى"):
        return ()  # «سيدة تدعى فاطمة» is called so; «يدعي» claims
    for prefix, rest in stems(parsed.word(i)):
        if prefix in ("", "و", "ف") and (found := reading(rest)):
            return tuple(f for f in found if f.person == 3 and (f.number != "d" or prefix or _opens(parsed, i)))
    return ()


def _arrives(word: str) -> bool:
    return head_is(word, "documents") or head_is(word, "tidings")


def _opens(parsed: Parsed, i: int) -> bool:
    """A dual such as «نسبا» is a noun elsewhere than at the beginning of its clause or before «أن»."""
    opens = i == 0 or not parsed.tokens[i - 1].is_word or is_exactly(parsed.word(i - 1), "connectors")
    return opens or is_exactly(parsed.word(i + 1), "complementisers")


def forms_anywhere(parsed: Parsed, k: int) -> bool:
    """Whether the word at k has the form of a reporting verb, also where it cannot report."""
    return any(reading(rest) for prefix, rest in stems(parsed.word(k)) if prefix in ("", "و", "ف"))


def free(parsed: Parsed, i: int) -> bool:
    """Not a noun, not negated, not in a relative or subordinate clause."""
    before = parsed.word(i - 1)
    if any(parsed.word(k) == "اذا" and parsed.word(k - 1) in ("ما", "عما", "وما") for k in range(max(1, i - 6), i)):
        return False  # the premise of a question
    if "\u0651" in parsed.tokens[i].text and parsed.word(i) == "بين":
        return True  # «بيَّن» says, «بين» is between
    if (
        parsed.word(i).removeprefix("و") in ("ردا", "نقلا")
        or is_exactly(parsed.word(i), "prepositions")
        or any(parsed.word(k) in _UNNAMED for k in range(i + 1, i + 6))
    ):
        return False
    if not before or not before[0].isalpha():
        return True
    if is_exactly(before, "negation") or (
        before.startswith(("و", "ف")) and is_exactly(before[1:], "negation") and before != "وما"
    ):
        return before in ("ما",) and head_is(parsed.word(i - 2), "attribution")
    if turns(parsed, i):
        return True
    if is_a(before, "relative") or is_exactly(before, "subordinators"):
        return False
    if (
        is_a(before, "prepositions")
        and not is_a(before, "connectors")
        and before not in ("ثم", "ايضا", "موخرا", "لاحقا", "سابقا", "بدوره", "بدورها", "هنا")
    ):
        return before in ("ما", "حين", "بينما", "فيما", "وفيما", "عندما", "مجددا")
    return True


def turns(parsed: Parsed, i: int) -> bool:
    """«إلا أنه أكد», «لكنها أضافت»: the speaker goes on after a turn."""
    before = parsed.word(i - 1)
    if is_exactly(before, "but_he"):
        return True
    return before in ("انه", "انها", "انهم") and is_exactly(parsed.word(i - 2).removeprefix("و"), "but")


_UNNAMED = frozenset(("اسمه", "هويته", "اسمها", "هويتها", "اسمائهم", "هويتهم"))  # «طلب عدم ذكر اسمه» says nothing


def is_present(forms: tuple[VerbForm, ...]) -> bool:
    """Whether all readings are present tense."""
    return not any(f.past for f in forms)


def forms_without(parsed: Parsed, i: int) -> bool:
    """Whether the word at i is a reporting verb once its conjunction is taken off."""
    return bool(reading(parsed.word(i)[1:]))


def clause_start(parsed: Parsed, i: int) -> int:
    """The first token of the clause token i stands in: after a colon, a semicolon, or a comma and connector."""
    for k in range(i - 1, -1, -1):
        if parsed.tokens[k].text in "؛:" or (parsed.tokens[k].text in "،," and is_exactly(parsed.word(k + 1), "connectors")):
            return k + 1
    return 0


def complement(parsed: Parsed, start: int, form: VerbForm) -> tuple[int, str] | None:
    """(token, kind) of what the verb introduces: "that", "quote", "preposition" or "object"; None when there is none."""
    takes = form.verb.takes
    for k in range(start, min(start + (_NEAR if form.verb.only else _REACH), len(parsed.tokens))):
        text, word = parsed.tokens[k].text, parsed.word(k)
        relays = form.verb.act == "relay" and is_exactly(word, "complementisers")  # «نقلت الوكالة أن»
        if form.verb.only and not relays and not _is_preposition_of(word, takes):
            continue
        if is_exactly(word, "complementisers") and not _of_time(parsed.word(k - 1), takes):
            return k, "that"
        if text == ":" or (text in ("«", "“", '"') and _opening_mark(parsed, k) and _closing(parsed, k) is None):
            return k, "quote"
        if _is_preposition_of(word, takes):
            return k, "preposition"
        abbreviated = text == "." and len(parsed.word(k - 1)) == 1  # «د. فلان»
        if (text in "؛.!" and not abbreviated) or (k > start and _other_verb(parsed, k)):
            break
    while start < len(parsed.tokens) and is_time(parsed, start):
        start += 1
    start = _past_aside(parsed, _past_medium(parsed, start))
    if "object" in takes and start < len(parsed.tokens) and parsed.tokens[start].is_word:
        return start, "object"
    return None


def _past_medium(parsed: Parsed, k: int) -> int:
    """The token after «ل"الصحيفة"،» between a subject and its object; k where none stands there."""
    mark = k + 1 < len(parsed.tokens) and parsed.word(k) == "ل" and parsed.tokens[k + 1].text in ("«", "“", '"')
    if not mark or (closing := _closing(parsed, k + 1)) is None:
        return k
    return closing + 1 + (closing + 1 < len(parsed.tokens) and parsed.tokens[closing + 1].text in "،,")


def _past_aside(parsed: Parsed, k: int) -> int:
    """The token after «، باسم المجلس،» or «-محلل مستقل-» between a subject and its object; k where none stands there."""
    marks = next((pair for pair in ("،,", "-") if k < len(parsed.tokens) and parsed.tokens[k].text in pair), "")
    closing = range(k + 2, min(k + 2 + _ASIDE, len(parsed.tokens))) if marks else ()
    return next((n + 1 for n in closing if parsed.tokens[n].text in marks), k)


def _of_time(before: str, takes: frozenset[str]) -> bool:
    """«بعد أن», «رغم أن» introduce no speech, nor does «إلى أن» after a verb that does not take «إلى»."""
    if before in _SUBORDINATING:
        return True
    return (before == "الي" and "إلى" not in takes) or (before == "علي" and "على" not in takes and "object" not in takes)


_SUBORDINATING = frozenset(
    ["بعد", "قبل", "رغم", "برغم", "منذ", "دون", "الا", "بيد", "مع", "لدرجه", "حتي", "لولا", "مجرد", "فور", "بمجرد", "غير"]
)


def _opening_mark(parsed: Parsed, k: int) -> bool:
    """Whether the mark at k opens a quotation: every second straight one closes it."""
    return parsed.tokens[k].text != '"' or sum(token.text == '"' for token in parsed.tokens[:k]) % 2 == 0


def _closing(parsed: Parsed, k: int) -> int | None:
    """The mark that closes the short quotation which begins at k, a name or a word; None where none does."""
    closer = {"«": "»", "“": "”"}.get(parsed.tokens[k].text, '"')
    return next((n for n in range(k + 1, min(k + 4, len(parsed.tokens))) if parsed.tokens[n].text == closer), None)


def _is_preposition_of(word: str, takes: frozenset[str]) -> bool:
    if {"على": "علي", "إلى": "الي"}.get(word, word) in {t.replace("ى", "ي").replace("إ", "ا") for t in takes}:
        return True
    if "عن" in takes and word in ("عنه", "عنها", "عنهم"):
        return True
    if any(t in ("ب", "ل") and word.startswith(t) and len(word) > 3 for t in takes):
        return True
    return any(len(t) > 3 and bare(word).startswith(key(t)) for t in takes - {"object"})  # «وجه دعوة», «حمله المسؤولية»


def _other_verb(parsed: Parsed, k: int) -> bool:
    return parsed.word(k).startswith("و") and bool(forms(parsed, k)) and not parsed.quoted[k]


def is_time(parsed: Parsed, i: int) -> bool:
    """Whether the word at i says when («أمس», a weekday)."""
    return is_exactly(parsed.word(i), "temporal")


def introduces(parsed: Parsed, k: int) -> bool:
    """Whether token k opens what is said: «أن», a colon, or a quotation of more than a few words."""
    text = parsed.tokens[k].text
    return is_exactly(parsed.word(k), "complementisers") or text == ":" or (text in '«“"' and _closing(parsed, k) is None)

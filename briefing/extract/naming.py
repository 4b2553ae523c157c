"""Names in both languages for a noun phrase: who it is, and the role in English."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.arabic.fold import key
from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, ROLE, TERM, Match, country_names
from briefing.arabic.nouns import noun_form
from briefing.arabic.plain import plain_word
from briefing.arabic.romanise import SERVANT, is_given_name, romanise
from briefing.extract.clause import Parsed, generic_body, head_is, is_exactly
from briefing.extract.describe import describe, listed
from briefing.extract.noun_phrase import NounPhrase, is_a_body, joined_body
from briefing.extract.phrase_known import ONE_OF

_BODIES = (BODY, "common_body")
_MOST_NAMES = 5  # words of a full name
_SON_OF = ("بن", "بنت", "ابن")


@dataclass(frozen=True)
class Named:
    """What a phrase names: `own` is True when it gives a name (person, body, country), False for a mere role or source."""

    ar: str
    en: str
    role_en: str | None
    own: bool
    person: bool


def named(phrase: NounPhrase) -> Named:
    """Who the phrase names."""
    if several := _several_people(phrase):
        return Named(" و".join(w.ar for w in several), listed([w.en for w in several]), None, True, True)
    people = phrase.of_kind(PERSON)
    only = phrase.matches[0] if len(phrase.matches) == 1 and not phrase.unknown else None
    if only is not None and only.kind == ADJECTIVE and only.entry.id in country_names():
        ar, en, _ = country_names()[only.entry.id]
        return Named(ar, en, None, True, False)  # «غارات إسرائيلية»: the state
    if people:
        role = describe(phrase, [m for m in phrase.matches if m.kind != PERSON])
        return Named(people[0].entry.ar, people[0].entry.en, role or None, True, True)
    if tail := _behind_comma(phrase) or _name_before_role(phrase) or _name_behind_nation(phrase) or _unknown_name(phrase):
        office = [m for m in _known_office(phrase) if m.last <= tail[0]] or [m for m in phrase.matches if m.first > tail[-1]]
        role = describe(phrase, office)
        ar = phrase.parsed.raw(tail[0], tail[-1] + 1).strip('«»"“”')
        return Named(ar, romanise(ar) if _arabic(ar) else untranslated(ar), role or None, True, True)
    en = _several_bodies(phrase) or _one_of(phrase) or _with_head(phrase, describe(phrase, phrase.matches))
    en = en or _kind_of_people(phrase)
    own = bool(phrase.of_kind(*_BODIES, COUNTRY) or phrase.capital) and not phrase.of_kind(ROLE)
    return Named(phrase.text, en or untranslated(phrase.text), None, own, False)


def _known_office(phrase: NounPhrase) -> list[Match]:
    """The matches that make an office; of one whose head no lexicon has only the titles («وكيل شؤون … بالرئاسة الدكتور»)."""
    if phrase.parsed.cover[phrase.first] is not None or phrase.first in phrase.unknown[:1]:
        return list(phrase.matches)
    return [m for m in phrase.matches if m.entry.data.get("kind") == "title"]


def _one_of(phrase: NounPhrase) -> str:
    """«أحد قادة الجيش»: one of the leaders of the army."""
    if phrase.head not in ONE_OF:
        return ""
    form = noun_form(plain_word(phrase.parsed.word(phrase.first + 1)))
    if form is not None and form.noun.meaning == "person" and phrase.last - phrase.first == 2:
        return f"one of the {form.noun.many}"
    first, _, rest = describe(phrase, phrase.matches).partition(" of ")
    if not first or phrase.parsed.cover[phrase.first + 1] is None:
        return ""
    several = first if first.endswith("s") else f"{first}s"
    return f"one of the {several.removeprefix('the ')}" + (f" of {rest}" if rest else "")


def _several_people(phrase: NounPhrase) -> list[Named]:
    """«وزير الطاقة فلان ونظيره فلان»: each of them. Offices before the one name are all that person's."""
    parts = conjuncts(phrase)
    if len(parts) == 1 or not all(p.of_kind(PERSON, ROLE) for p in parts):
        return []
    found = [named(p) for p in parts]
    sure = parts[0].of_kind(PERSON) or (found[0].person and is_given_name(key(found[0].ar.split()[0])))
    others = all(w.person or p.matches[0].entry.en == "counterpart" for p, w in zip(parts[1:], found[1:], strict=True))
    return found if sure and others else []


def _several_bodies(phrase: NounPhrase) -> str:
    """«لجنة الإغاثة ووزارة الصحة»: each of them; "" for one, and for others than bodies."""
    parts = conjuncts(phrase)
    bodies = len(parts) > 1 and all(is_a_body(p.parsed, p.first) or joined_body(p.parsed, p.first) for p in parts)
    return listed([named(p).en for p in parts]) if bodies else ""


def untranslated(text: str) -> str:
    """How a name stands in English lines that no lexicon knows: as written, with the kind of body it is if its head tells."""
    plain = text.strip('«»"“” ').replace("«", "").replace("»", "")
    return f"{_generic_of(plain)} «{plain}»".strip()


def _generic_of(text: str) -> str:
    words = text.split()
    return generic_body(key(words[0])) if words else ""


def _with_head(phrase: NounPhrase, en: str) -> str:
    """«لجنة … للحوثيين» is a committee, not the Houthis: a head the lexicon does not know may not be dropped."""
    known = phrase.parsed.cover[phrase.first]
    if not en or (known is not None and not (known.kind == TERM and head_is(phrase.head, "named_after"))):
        return en
    head = _generic_of(phrase.text)
    if head and all(m.kind == ADJECTIVE for m in phrase.matches):
        return f"{en} {head}"  # «القوات التركية»
    return f"{head} of {en if en.startswith('the ') else 'the ' + en}" if head else untranslated(phrase.text)


def _kind_of_people(phrase: NounPhrase) -> str:
    """«سائقون», «الصيادين»: people of a kind, in the plural or singular as written."""
    form = noun_form(plain_word(phrase.head))
    if form is None or form.noun.meaning != "person" or phrase.last - phrase.first > 2:
        return ""
    return form.noun.en if form.grammar == "one" else form.noun.many


def _behind_comma(phrase: NounPhrase) -> list[int] | None:
    """«الناطق باسم «فرق الجبل»، مروان العكل»: the words behind the last comma of a phrase with an office."""
    tokens = phrase.parsed.tokens
    comma = next((k for k in range(phrase.last - 2, phrase.first, -1) if tokens[k].text in "،,"), None)
    if comma is None or not any(m.kind == ROLE and m.first < comma for m in phrase.matches):
        return None
    name = list(range(comma + 1, phrase.last))
    whole = set(name) <= set(phrase.unknown) and not _is_common(phrase.parsed, name[0])
    if any(is_exactly(phrase.parsed.word(k), "unnamed") for k in name):
        return None
    return name if whole and 1 < len(name) <= _MOST_NAMES else None


def _name_behind_nation(phrase: NounPhrase) -> list[int] | None:
    """«الأرجنتيني بيلسا»: the words behind a nationality with the article, which is all that is known of who bears the name."""
    nation = phrase.matches[0] if len(phrase.matches) == 1 else None
    if nation is None or nation.kind != ADJECTIVE or nation.first != phrase.first or not nation.definite:
        return None
    names = [u for u in phrase.unknown if u >= nation.last]
    plain = names == list(range(nation.last, phrase.last)) and not any(_is_common(phrase.parsed, u) for u in names[:1])
    return names if names and plain and nation.entry.id in country_names() else None


def _unknown_name(phrase: NounPhrase) -> list[int] | None:
    """The run of unknown words that is a person's name: at the end of a phrase with a role, or the whole phrase."""
    roles = phrase.of_kind(ROLE)
    if roles and roles[-1].entry.data.get("kind") not in ("person_role", "title") and not _given_after(phrase, roles[-1].last):
        return None
    if not roles and phrase.matches:
        return None
    if roles and roles[-1].entry.data.get("takes_body") and not phrase.of_kind(*_BODIES):
        return None  # «المتحدث باسم فلان للطيران»: what follows is the body
    floor = roles[-1].last if roles else phrase.first
    words = [u for u in phrase.unknown if u >= floor]
    if any(is_exactly(phrase.parsed.word(u), "vague") for u in words):
        return None
    if not words or (not roles and not _looks_like_a_person(phrase, words)):
        return None
    run = [words[-1]]
    for u in reversed(words[:-1]):
        if u != run[0] - 1:
            break
        run.insert(0, u)
    while len(run) > 1 and (_is_common(phrase.parsed, run[0]) or generic_body(phrase.parsed.word(run[0]))):
        run.pop(0)  # «الباحث الأمني فلان», «عضو جمعية الصيادين فلان»: what qualifies the role comes first
    if phrase.parsed.word(run[0]).endswith(("يون", "يين")) or is_exactly(phrase.parsed.word(run[0]), "in_its_name"):
        return None  # «متحدثون رسميون», «الملك باسمه»
    if len(run) > 1 and all(phrase.parsed.word(u).endswith("ا") for u in run):
        return None  # «لم يذكر المتحدث موعدا محددا»: an object and its adjective
    if any(phrase.parsed.word(u).startswith(("لل", "ل")) and _of_a_body(phrase.parsed.word(u)) for u in run):
        return None  # «الرئيس التنفيذي لشركة تقنية للطاقة»: a body, however its words sound
    head = phrase.parsed.word(run[0])
    whom = len(run) == 1 or _is_common(phrase.parsed, run[1])
    if head.startswith("ل") and whom and not is_given_name(head) and _is_common(phrase.parsed, run[0] - 1):
        return None  # «الأكاديمية الأمريكية لطب الأطفال»
    given = next((k for k, u in enumerate(run) if is_given_name(phrase.parsed.word(u))), 0)
    if given > 1 and phrase.parsed.word(run[given - 1]) in _SON_OF:
        given -= 2  # «نوف بنت محمد»: what is before is the name, not the father's
    if any(_is_common(phrase.parsed, u) or phrase.parsed.word(u).startswith(("ب", "ل")) for u in run[:given]):
        run = run[given:]  # «مدير فرع الوزارة بالباحة فلان»
    return None if phrase.last - run[-1] > 2 or _is_common(phrase.parsed, run[0]) else run


def _name_before_role(phrase: NounPhrase) -> list[int] | None:
    """«فلان الفلاني مدير المستشفى»: a name with the office after it, which may be another's («هاجم الأمير فلان الكاتب فلانا»)."""
    word = phrase.parsed.word
    titles = {m.last for m in phrase.of_kind(ROLE) if m.entry.data.get("kind") == "title"}
    for role in phrase.of_kind(ROLE):
        end = role.first - (phrase.parsed.tokens[role.first - 1].text == "،")
        name = [u for u in phrase.unknown if u < end and set(range(u, end)) <= set(phrase.unknown)]
        if len(name) > 1 and (is_given_name(word(name[0])) or word(name[1]) == "بن" or name[0] in titles):
            return name
        foreign = not any(_is_common(phrase.parsed, u) or _known_noun(word(u)) for u in name)
        if len(name) > 1 and name[0] == phrase.first and foreign and role.entry.data.get("kind") == "person_role":
            return name  # «دي جانكيانغ وزير الخارجية»
    return None


def _arabic(name: str) -> bool:
    """Whether letters tell how a name sounds: an Arab given name, «بن» or an article in it. Others are an engine's to spell."""
    words = [key(w) for w in name.split()]
    return any(is_given_name(w) or w in _SON_OF or w.startswith("ال") for w in words)


def _known_noun(word: str) -> bool:
    """Whether a word is a noun that a lexicon counts, or heads names of bodies with."""
    return bool(generic_body(word)) or noun_form(plain_word(word)) is not None


def _given_after(phrase: NounPhrase, i: int) -> bool:
    """«الناشط حسين …»: a given name right after what is otherwise an unnamed source, or after where that works."""
    first = next((u for u in phrase.unknown if u >= i and not _is_common(phrase.parsed, u)), phrase.last)
    qualified = all(_is_common(phrase.parsed, k) for k in range(i, first))  # «الناشط الجنوبي فلان»
    apart = qualified or is_exactly(phrase.parsed.word(i), "prepositions")
    return first < phrase.last and apart and is_given_name(phrase.parsed.word(first))


def _looks_like_a_person(phrase: NounPhrase, words: list[int]) -> bool:
    """Two to four names, «بن» and «عبد» not counted, that begin with a given one."""
    word = phrase.parsed.word
    told = [u for u in words if word(u) not in (SERVANT, *_SON_OF)]
    one = len(words) == len(told) + 1 == 2 and word(words[0]) == SERVANT  # «عبد الباسط» alone
    return (2 <= len(told) <= 4 or one) and is_given_name(word(words[0]))


def _of_a_body(word: str) -> bool:
    """«لشركة», «للطاقة»: a noun behind the preposition, as names of bodies have and names of people have not."""
    return word.startswith("لل") or bool(generic_body(word[1:]))


def _is_common(parsed: Parsed, i: int) -> bool:
    """An article on the first word of a run says it is a noun or adjective, not a given name."""
    return parsed.word(i).startswith(("ال", "وال", "لل", "بال"))


def conjuncts(phrase: NounPhrase) -> list[NounPhrase]:
    """The phrases that «و» joins in a phrase, itself alone when it joins none: «وزير الطاقة الأردني ونظيره القبرصي» are two."""
    known = [m.first for m in phrase.matches if m.first > phrase.first and m.prefix.startswith("و") and m.kind != ADJECTIVE]
    others = [k for k in range(phrase.first + 1, phrase.last) if not phrase.unknown and joined_body(phrase.parsed, k)]
    bounds = [phrase.first, *sorted({*known, *others}), phrase.last]
    return [_part(phrase, first, last) for first, last in pairwise(bounds)]


def _part(phrase: NounPhrase, first: int, last: int) -> NounPhrase:
    matches = tuple(m for m in phrase.matches if first <= m.first < last)
    return NounPhrase(phrase.parsed, first, last, matches, tuple(u for u in phrase.unknown if first <= u < last))


def members(phrase: NounPhrase) -> list[tuple[str, str]]:
    """(Arabic, English) of each country or body that a phrase joins with «و», with its own adjectives; else one or none."""
    groups: list[list[Match]] = []
    for m in phrase.matches:
        if m.kind in (COUNTRY, *_BODIES) and (not groups or m.prefix.startswith("و")):
            groups.append([m])
        elif groups:
            groups[-1].append(m)
    text = phrase.parsed.text
    return [(text[g[0].start : g[-1].end], describe(phrase, [replace(g[0], prefix=""), *g[1:]])) for g in groups]


def joint(phrase: NounPhrase) -> str | None:
    """English for several countries, bodies or people named together («روسيا وتركيا وإيران»), or None."""
    countries = phrase.of_kind(COUNTRY)
    if phrase.of_kind(ROLE) and is_exactly(phrase.head, "many") and len(conjuncts(phrase)) > 1:
        return named(phrase).en  # «وزراء خارجية مصر والأردن»
    if len(countries) > 1 and any(m.prefix.startswith("و") for m in countries[1:]):
        head, states = phrase.matches[0], listed([m.entry.en for m in countries])
        delegations = head.entry.en == "delegation" and head.kind != COUNTRY
        return f"delegations of {states}" if delegations else states
    if bodies := _several_bodies(phrase):
        return bodies
    found = members(phrase)
    if len(found) > 1:
        return listed([en for _, en in found])
    return listed([w.en for w in several]) if (several := _several_people(phrase)) else None

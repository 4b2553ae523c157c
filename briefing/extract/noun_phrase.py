"""Reading a noun phrase: where the name of a speaker, party or actor ends."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, ROLE, TERM, Match
from briefing.arabic.nouns import noun_form
from briefing.arabic.plain import plain_word
from briefing.arabic.romanise import is_given_name
from briefing.arabic.tokens import stems
from briefing.extract.clause import Parsed, generic_body, head_is, is_a, is_exactly
from briefing.extract.name_words import adjectival, indefinite_adjective, is_verb, may_be_verb, never_a_name
from briefing.extract.phrase_marks import MAX_NAME, mark
from briefing.extract.titled_name import titled_name

_NAMES = {BODY, "common_body", COUNTRY}
_SON_OF = ("بن", "ابن", "بنت", "ال")  # join two names, «آل سعود» too
_OFFICES = ("person_role", "title")  # kinds of role that a name may follow
_MAX_WORDS = 22
ONE_OF = ("احد", "احدي")
_POSSESSIVES = ("هم", "ها", "هما", "كم", "هن", "ته")  # «دعمهم»: a noun of its own, not part of a name


@dataclass(frozen=True)
class NounPhrase:
    """tokens[first:last] of a sentence that name someone, with the lexicon matches inside.

    `unknown` are the words (token numbers) that may be parts of a name the lexicon does not have.
    """

    parsed: Parsed
    first: int
    last: int
    matches: tuple[Match, ...]
    unknown: tuple[int, ...]

    @property
    def text(self) -> str:
        """The phrase as written, without the conjunction or preposition its first word carries."""
        first = self.parsed.match_at(self.first)
        start, end = self.parsed.span(self.first, self.last)
        return self.parsed.text[first.start if first else start + self._joined : end].strip(" ،,")

    @property
    def head(self) -> str:
        """The folded first word, without conjunction when the word is known."""
        word = self.parsed.word(self.first)
        match = self.parsed.match_at(self.first)
        return word[len(match.prefix) :] if match and match.prefix else word[self._joined :]

    @property
    def _joined(self) -> bool:
        """Whether an unlisted body carries a conjunction («وشركة النقل»)."""
        word = self.parsed.word(self.first)
        return word.startswith("و") and bool(generic_body(word[1:])) and not generic_body(word)

    def of_kind(self, *kinds: str) -> tuple[Match, ...]:
        """The matches of these kinds, in order."""
        return tuple(m for m in self.matches if m.kind in kinds)

    @property
    def animate(self) -> bool:
        """Whether it names someone who can speak or act: a person, body, country or role, or looks like a name."""
        known = bool(self.of_kind(PERSON, BODY, "common_body", COUNTRY, ROLE)) or self.capital is not None
        return known or bool(generic_body(self.head)) or self.group or self.one_of_people

    @property
    def one_of_people(self) -> bool:
        """«إحدى الأمهات»: one of several people, of a kind the lexicon counts."""
        form = noun_form(plain_word(self.parsed.word(self.first + 1))) if self.head in ONE_OF else None
        return form is not None and form.noun.meaning == "person"

    @property
    def group(self) -> bool:
        """Whether its head stands for several parties («الطرفان», «الدول», «ممثلي …»)."""
        return head_is(self.head, "groups")

    @property
    def capital(self) -> Match | None:
        """A capital city that stands for its government («موسكو»)."""
        return next((m for m in self.matches if m.kind == PLACE and m.entry.data.get("kind") == "capital"), None)


@dataclass
class _State:
    person: bool = False
    role: bool = False
    office: bool = False  # the last role is one that a name may follow
    named: bool = False
    common: bool = False  # a body every country has: its place may follow
    name_words: int = 0
    definite: bool = False
    closed: bool = False  # an unknown noun and its definite genitive are complete
    given: bool = False  # a given name has been read, so an ordinary noun ends the name


def read(parsed: Parsed, start: int, limit: int | None = None) -> NounPhrase | None:
    """The noun phrase that begins at token `start`, or None when none does. Stops before `limit`."""
    end = min(len(parsed.tokens) if limit is None else limit, start + _MAX_WORDS)
    state, matches, unknown, i = _State(), [], [], start
    while i < end:
        step = _step(parsed, i, start, end, state)
        if step == 0:
            break
        match = parsed.match_at(i)
        if match and match.last <= i + step and match.kind != TERM:
            matches.append(match)
        elif _may_be_name(parsed, i, state) and not is_a(parsed.word(i), "prepositions") and not _of_a_place(parsed, i, state):
            unknown.append(i)
        i += step
    if not state.person and not state.given and (name := titled_name(parsed, i, end)) is not None:
        matches += [m for k in range(i, name[0]) if (m := parsed.match_at(k)) is not None and m.kind != TERM]
        unknown, i = [*range(*name)], name[1]
    last = _trim(parsed, start, i)
    if last <= start:
        return None
    return NounPhrase(parsed, start, last, tuple(m for m in matches if m.first < last), tuple(u for u in unknown if u < last))


def _may_be_name(parsed: Parsed, i: int, state: _State) -> bool:
    """An unknown word, or an ordinary one after the beginning of a name («نبيل حرب»)."""
    covering = parsed.cover[i]
    return parsed.tokens[i].is_word and (covering is None or (covering.kind == TERM and state.name_words > 1))


def _of_a_place(parsed: Parsed, i: int, state: _State) -> bool:
    """«محافظ بلدة كرفونا سالم الفلاني»: behind an office, a kind of place and the place's own name are no one's name."""
    return state.role and any(is_exactly(parsed.word(k), "governed") for k in (i - 1, i))


def _trim(parsed: Parsed, start: int, i: int) -> int:
    while (
        i > start
        and not parsed.tokens[i - 1].is_word
        and not parsed.tokens[i - 1].key.isdecimal()
        and parsed.tokens[i - 1].text not in ')»”"'
    ):
        i -= 1
    return i - 1 if i > start + 1 and parsed.word(i - 1) == "ل" else i


def _step(parsed: Parsed, i: int, start: int, end: int, state: _State) -> int:
    """How many tokens from i belong to the phrase: 0 ends it."""
    token = parsed.tokens[i]
    if not token.is_word:
        return mark(parsed, i, start, end, state.role, open_=(state.role or state.named) and not state.person)
    if is_a(token.key, "complementisers") or is_exactly(token.key, "negation"):
        return 0
    match = parsed.match_at(i)
    if i > start and match is None and parsed.cover[i] is not None:
        return 1
    if match is not None and match.kind != TERM:
        return _known(parsed, i, start, match, state)
    if is_a(token.key, "temporal") or is_a(token.key, "relative"):
        return 0
    governor = i == start and token.key == "والي" and token.text.endswith("ي")  # «والي المدينة», not «وإلى»
    if is_a(token.key, "prepositions") and not governor:
        return _preposition(parsed, i, start, end, state)
    return _unknown(parsed, i, start, match, state)


def _known(parsed: Parsed, i: int, start: int, match: Match, state: _State) -> int:
    kind, size = match.kind, match.last - i
    first = i == start
    if first and match.prefix not in ("", "و", "ف"):
        return 0
    if match.prefix.startswith(("و", "ف")) and not first:
        return _conjoined(match, state, size) or size * _second_state(parsed, i, kind)
    if kind == ROLE and match.prefix.startswith("ل") and not first:
        return 0  # «أكد الوزير لمدير المستشفى»: the one spoken to
    source = match.entry.data.get("kind") == "source_role" and match.definite and not match.prefix
    if source and not first and state.definite and parsed.cover[start] is None:
        return 0  # «ناشد الفلاني الأهالي»
    if kind == PERSON:
        if state.person or (state.named and not state.role):
            return 0
        state.person = True
        return size
    if kind == ADJECTIVE:
        state.common = False
        return 0 if first and not match.definite and not state.definite else size
    if kind in (COUNTRY, PLACE):
        if first:
            state.named = True
            return size
        genitive = _follows_preposition(parsed, i) or not parsed.word(i - 1).startswith(("ال", "لل"))
        if match.entry.data.get("kind") == "capital" and not genitive and not match.prefix:
            return 0  # «اتهم وفد المعارضة دمشق»: the one accused
        return size if not state.person and (state.role or not state.named or state.common) else 0
    if kind in (BODY, "common_body") and not first and match.definite and not match.prefix and _has_article(parsed, i - 1):
        return 0  # «حمل الجيش الحكومة المسؤولية»: a noun with the article has no genitive
    if kind == ROLE and match.entry.data.get("kind") == "group" and i == start + 1 and parsed.word(start) in ONE_OF:
        state.role = True  # «أحد المحتجين»
        return size
    return _body_or_role(match, first, state, size, adjacent=i > start and head_is(parsed.word(i - 1), "of_media"))


def _has_article(parsed: Parsed, i: int) -> bool:
    """Whether the word at i is a noun made definite by its article; an adjective after it may belong to a longer name."""
    before = parsed.cover[i]
    ends_a_noun = before is None or before.kind in ("common_body", ROLE)
    return ends_a_noun and parsed.word(i).startswith("ال") and not adjectival(parsed.word(i))


def _second_state(parsed: Parsed, i: int, kind: str) -> bool:
    """«الرئيسان التونسي والجزائري», «وزيرا الزراعة في الأردن ولبنان»: a second state under one head."""
    before = parsed.cover[i - 1]
    return kind in (ADJECTIVE, COUNTRY) and before is not None and before.kind == kind


def _follows_preposition(parsed: Parsed, i: int) -> bool:
    return is_a(parsed.word(i - 1), "prepositions")


def _body_or_role(match: Match, first: bool, state: _State, size: int, adjacent: bool) -> int:
    if state.person or (match.kind == ROLE and not first and (match.entry.data.get("kind") == "group" or state.named)):
        return 0
    if match.entry.data.get("kind") in ("agency", "media") and (match.prefix or (state.role and not adjacent)):
        return 0  # «أبلغ مسؤول حكومي وكالة …» is told to the agency
    if not first and match.kind != ROLE and not state.role and not match.prefix and not _genitive(match, state):
        return 0
    if match.kind == ROLE:
        state.role = True
        state.name_words = 0
        state.office = match.entry.data.get("kind") in _OFFICES
    else:
        state.named = True
        state.common = match.kind == "common_body"
    state.definite = match.definite
    return size


def _genitive(match: Match, state: _State) -> bool:
    """A body after a body («وفد الحكومة»), or after an unknown noun without article («لجنة الجيش»)."""
    if state.named:
        return state.common and match.kind == "common_body" and not state.definite
    return not state.definite and not state.closed


def _conjoined(match: Match, state: _State, size: int) -> int:
    """«روسيا وتركيا وإيران»: a further member of a joint speaker."""
    if match.prefix in ("و",) and match.kind in (*_NAMES, PERSON, PLACE, ROLE) and (state.named or state.person or state.role):
        state.person = match.kind == PERSON
        state.named = state.named or match.kind in _NAMES
        if match.kind == ROLE:
            state.role, state.name_words = True, 0
            state.office = match.entry.data.get("kind") in _OFFICES
        return size
    return 0


def _preposition(parsed: Parsed, i: int, start: int, end: int, state: _State) -> int:
    """«مصدر في الوزارة», «المبعوث إلى سوريا»: prepositions that are part of a name."""
    if i == start or i + 1 >= end:
        return 0
    head, word = parsed.word(start), parsed.word(i)
    following = parsed.match_at(i + 1)
    if head_is(parsed.word(i + 1), "venue"):
        return 0
    if word in ("في", "لدي", "من") and any(head_is(parsed.word(k), "takes_place") for k in range(start, i)):
        return (
            1
            if not state.person and not is_a(parsed.word(i + 1), "temporal") and not is_a(parsed.word(i + 1), "complementisers")
            else 0
        )
    if word == "في" and is_exactly(head, "many") and following is not None and following.kind == COUNTRY:
        return 1  # «وزيرا الزراعة في الأردن ولبنان»
    if word == "الي" and any(head_is(parsed.word(k), "takes_to") for k in range(start, i)):
        return 1 if following is not None and following.kind in (COUNTRY, PLACE) else 0
    return int(head == "عدد" and word == "من")


def _unknown(parsed: Parsed, i: int, start: int, term: Match | None, state: _State) -> int:
    word = parsed.word(i)
    size = term.last - i if term else 1
    definite = any(rest.startswith("ال") for _, rest in stems(word)[:1]) or word.startswith(("لل",))
    possessed = word.endswith(_POSSESSIVES) and not definite and len(word) > 4
    if word in _IN_ITS_NAME:
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
        told = state.given or state.named or (state.role and _ends_an_office(parsed, i))
        if told and never_a_name(word):
            return 0  # «أكد الوزير فلان الفلاني أهمية الحوار», «أكد وزير النقل السوري ضرورة فتح الطريق»
        if is_given_name(word) and not state.given:
            state.given, state.name_words = True, 0
        state.name_words += word not in _SON_OF
        return 0 if state.name_words > MAX_NAME else size
    return size


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


def _for_whom(parsed: Parsed, i: int, start: int, state: _State) -> bool:
    """«النقابة العامة للمعلمين»: after a body's adjective, whom it is for belongs to its name."""
    before = parsed.word(i - 1)
    a_body = bool(generic_body(parsed.word(start))) and not state.role and not state.named
    return a_body and parsed.word(i).startswith("لل") and i - start > 1 and before.startswith("ال") and adjectival(before)


_ENDS = ("يدعي", "تدعي", "وهو", "وهي", "قوله", "قولها", "قولهم")  # words that end a name whatever follows
_IN_ITS_NAME = frozenset(("باسمه", "باسمها", "باسمهم", "باسمهما"))

"""Reading a noun phrase: where the name of a speaker, party or actor ends."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, PLACE, ROLE, TERM, Match
from briefing.arabic.nouns import noun_form
from briefing.arabic.plain import plain_word
from briefing.arabic.romanise import is_given_name
from briefing.extract.clause import Parsed, generic_body, head_is, is_a, is_exactly
from briefing.extract.phrase_known import ONE_OF, known_step
from briefing.extract.phrase_marks import mark
from briefing.extract.phrase_state import State
from briefing.extract.phrase_unknown import unknown_step
from briefing.extract.post import post
from briefing.extract.titled_name import apposed_name, is_namesake, name_before_saying, name_behind, titled_name

_MAX_WORDS = 22


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


def read(parsed: Parsed, start: int, limit: int | None = None) -> NounPhrase | None:
    """The noun phrase that begins at token `start`, or None when none does. Stops before `limit`."""
    end = min(len(parsed.tokens) if limit is None else limit, start + _MAX_WORDS)
    state, matches, unknown, i = State(), [], [], start
    while i < end:
        step = _step(parsed, i, start, end, state)
        if step == 0:
            break
        match = parsed.match_at(i)
        if _surname(parsed, i, match):
            unknown.append(i)
        elif is_namesake(parsed, i):
            pass  # «مدينة الملك عبدالله» is no king
        elif match and match.last <= i + step and match.kind != TERM:
            matches.append(match)
        elif _may_be_name(parsed, i, state) and not is_a(parsed.word(i), "prepositions") and not _of_a_place(parsed, i, state):
            unknown.append(i)
        i += step
    if not state.person and (name := _name_after(parsed, i, end, state)) is not None:
        inside = (m for k in range(i, name[0]) if not is_namesake(parsed, k) and (m := parsed.match_at(k)) is not None)
        matches += [m for m in inside if m.kind != TERM]
        unknown, i = [*range(*name)], name[1]
    last = _trim(parsed, start, i)
    if last <= start:
        return None
    found = NounPhrase(parsed, start, last, tuple(m for m in matches if m.first < last), tuple(u for u in unknown if u < last))
    return found if state.role or state.person else _with_the_next(found, limit)


def _with_the_next(one: NounPhrase, limit: int | None) -> NounPhrase:
    """«لجنة الإغاثة ووزارة الصحة»: a body with the one that «و» joins to it, where either is in no lexicon."""
    parsed, at = one.parsed, one.last
    first = is_a_body(parsed, one.first) or joined_body(parsed, one.first)
    if at >= (len(parsed.tokens) if limit is None else limit) or not first or not joined_body(parsed, at):
        return one
    other = read(parsed, at, limit)
    if other is None or other.of_kind(PERSON):
        return one
    return NounPhrase(parsed, one.first, other.last, (*one.matches, *other.matches), ())


def is_a_body(parsed: Parsed, k: int) -> bool:
    """Whether a body's name begins at token k, known or by the noun that heads it, in the construct state."""
    match = parsed.match_at(k)
    word = parsed.word(k)
    return (match is not None and match.kind in (BODY, "common_body")) or (not word.startswith("ال") and bool(generic_body(word)))


def joined_body(parsed: Parsed, k: int) -> bool:
    """«ولجنة», «ووزارة»: a body that «و» joins to what is before, the noun that heads it in the construct state."""
    match, word = parsed.match_at(k), parsed.word(k)
    if match is not None:
        return match.kind in (BODY, "common_body") and match.prefix == "و"
    construct = word.startswith("و") and not word.startswith("وال") and bool(generic_body(word[1:])) and not generic_body(word)
    return construct and parsed.cover[k] is None


def _name_after(parsed: Parsed, i: int, end: int, state: State) -> tuple[int, int] | None:
    """The name that the office leads up to whose reading stopped at token i."""
    found = titled_name(parsed, i, end)
    ways = (*((name_behind, apposed_name) if not state.given else ()), name_before_saying) if state.role else ()
    return found or next((name for find in ways if (name := find(parsed, i, end)) is not None), None)


def _surname(parsed: Parsed, i: int, match: Match | None) -> bool:
    """«سعيد الحاج»: a title behind a given name, with no name after it, is a surname."""
    title = match is not None and match.kind == ROLE and match.entry.data.get("kind") == "title" and match.definite
    return title and is_given_name(parsed.word(i - 1)) and not is_given_name(parsed.word(i + 1))


def _may_be_name(parsed: Parsed, i: int, state: State) -> bool:
    """An unknown word, or an ordinary one after the beginning of a name («نبيل حرب»)."""
    covering = parsed.cover[i]
    return parsed.tokens[i].is_word and (covering is None or (covering.kind == TERM and state.name_words > 1))


def _of_a_place(parsed: Parsed, i: int, state: State) -> bool:
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
    while i > start + 1 and (parsed.word(i - 1) == "ل" or is_a(parsed.word(i - 1), "prepositions")):
        i -= 1
    return i


def _step(parsed: Parsed, i: int, start: int, end: int, state: State) -> int:
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
        return known_step(parsed, i, start, match, state)
    if is_a(token.key, "temporal") or is_a(token.key, "relative"):
        return 0
    governor = i == start and token.key == "والي" and token.text.endswith("ي")  # «والي المدينة», not «وإلى»
    if is_a(token.key, "prepositions") and not governor:
        return _preposition(parsed, i, start, end, state)
    return unknown_step(parsed, i, start, match, state)


def _preposition(parsed: Parsed, i: int, start: int, end: int, state: State) -> int:
    """«مصدر في الوزارة», «المبعوث إلى سوريا»: prepositions that are part of a name."""
    if i == start or i + 1 >= end:
        return 0
    head, word = parsed.word(start), parsed.word(i)
    following = parsed.match_at(i + 1)
    if head_is(parsed.word(i + 1), "venue"):
        return 0
    if word == "في" and state.role and not state.person and not state.given and (size := post(parsed, start, i, end)):
        return size
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

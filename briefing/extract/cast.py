"""The people and bodies an article has named so far: what a pronoun, a title or «المصدر» refers back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, ROLE, Match
from briefing.arabic.romanise import is_womans_name
from briefing.arabic.verbs import VerbForm
from briefing.extract.clause import head_is, is_exactly, words_of
from briefing.extract.naming import joint, named
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.sides import is_both, is_states
from briefing.item_model import Name, Speaker

_REMEMBERED = 80  # mentions a title or pronoun can reach back over: far more than any article's
_AGENCIES = frozenset(("وكاله", "صحيفه", "قناه", "موقع"))
_FEMININE_ENDING = ("ة", "ات", "اء")


@dataclass(frozen=True)
class Member:
    """Someone named in the article: resolved name, role, the words it was named by, and gender ("m", "f" or "?")."""

    ar: str
    en: str
    role_en: str | None
    words: frozenset[str]
    gender: str
    plural: bool
    spoke: bool
    person: bool = False


class Cast:
    """Members in order of mention, latest last. One Cast serves one article."""

    def __init__(self) -> None:
        self._members: list[Member] = []
        self._both: tuple[Name, ...] = ()
        self._states: Counter[Name] = Counter()

    def add(self, member: Member) -> None:
        """Records a mention."""
        self._members.append(member)
        del self._members[:-_REMEMBERED]

    def mention(self, phrase: NounPhrase, spoke: bool) -> Member | None:
        """Records who a phrase names, if it gives a name; later titles and pronouns can then mean them."""
        who = named(phrase)
        if not who.own and not spoke:
            return None
        member = Member(
            who.ar,
            joint(phrase) or who.en,
            who.role_en,
            words_of(phrase.text),
            gender(phrase),
            is_plural(phrase),
            spoke,
            who.person,
        )
        self.add(member)
        return member

    def group(self, match: Match) -> None:
        """Records a group of states that is named without speaking («بمشاركة الدول الضامنة»)."""
        self.add(Member(match.entry.ar, match.entry.en, None, words_of(match.entry.ar), "f", True, False))

    def by_pronoun(self, form: VerbForm) -> Member | None:
        """Who an absent subject is: the last speaker who fits the verb's gender and number; one of many for nobody's plural.

        Gender is a guess at times, so a verb that nobody fits takes the last speaker all the same.
        """
        spoke = [m for m in self._members if m.spoke]
        fits = [m for m in spoke if _fits(m, form)]
        if form.number == "d" and not fits and (pair := self._pair()) is not None:
            return pair
        several = form.number in ("p", "d")
        return (fits or ([] if several else spoke) or [None])[-1]  # type: ignore[list-item]

    def _pair(self) -> Member | None:
        """The last two people named, for a dual verb without a dual subject («وطالبا»)."""
        quiet = self._people(lambda m: not m.spoke)  # those spoken of, before those who speak of them
        people = quiet if len(quiet) > 1 else self._people(lambda m: True)
        if len(people) < 2:
            return None
        second, first = people[:2]
        return Member(
            f"{first.ar} و{second.ar}", f"{first.en} and {second.en}", None, first.words | second.words, "m", True, True
        )

    def _people(self, wanted: Callable[[Member], bool]) -> list[Member]:
        """Distinct people among the members, latest first."""
        found: dict[str, Member] = {}
        for member in reversed(self._members):
            if member.person and wanted(member):
                found.setdefault(member.en, member)
        return list(found.values())

    def last_speaker(self) -> Member | None:
        """The last who spoke."""
        return next((m for m in reversed(self._members) if m.spoke), None)

    def author(self) -> Member | None:
        """Whose a document is: the last speaker's, but no news agency's, which only carries it."""
        last = self.last_speaker()
        return None if last is not None and last.words & _AGENCIES else last

    def by_title(self, phrase: NounPhrase) -> Member | None:
        """Who a title, a shortened name or «المصدر» means: the last member whose words include all of the phrase's."""
        wanted = {
            w for w in words_of(phrase.text) if w not in ("ذات", "نفس", "نفسه", "نفسها", "ذاته", "ذاتها", "مذكور", "مذكوره")
        }
        person = bool(named(phrase).person)
        body = bool(phrase.of_kind(BODY, "common_body")) and not phrase.of_kind(ROLE)
        for member in reversed(self._members):
            if (person and not member.person) or (body and member.person):
                continue
            if member.plural and member.person and not is_plural(phrase):
                continue  # «الشيخ» is one of them
            if wanted and wanted <= _stretched(member.words) and len(member.words) >= len(wanted):
                return member
        return None

    def person_called(self, name: str) -> Member | None:
        """The last person with this folded word in the name."""
        return next((m for m in reversed(self._members) if m.person and name in m.words), None)

    def meet(self, both: tuple[Name, ...], states: Iterable[Name]) -> None:
        """Records two sides that a sentence brings together, or none, which «الجانبان» can then mean; and its states."""
        self._both = both or self._both
        self._states.update(states)

    def two_states(self) -> tuple[Name, ...]:
        """The only two states the article is about so far: named more than once, or no others named at all; else none."""
        often = [s for s, n in self._states.items() if n > 1]
        return next((tuple(found) for found in (often, list(self._states)) if len(found) == 2), ())

    def knows_two(self) -> bool:
        """Whether the article has named two states or two people so far, whom «الطرفان» may mean."""
        return len(self._states) > 1 or len(self._people(lambda member: True)) > 1

    def both_sides(self) -> tuple[Name, ...]:
        """The two sides brought together last, or none."""
        return self._both

    def several(self, speaker: Speaker) -> bool:
        """Whether a speaker is several: a group, or names joined by «و»."""
        return any(m.plural for m in reversed(self._members) if m.en == speaker.en)

    def last_group(self) -> Member | None:
        """The last joint speaker or group of parties («الدول الضامنة»)."""
        return next((m for m in reversed(self._members) if m.plural), None)


def _stretched(words: frozenset[str]) -> set[str]:
    """Words and their singular twins, so «المصدر» finds «مصادر»."""
    pairs = {"مصادر": "مصدر", "وزراء": "وزير", "مسوولون": "مسوول", "مسؤولون": "مسؤول"}
    return set(words) | {pairs[w] for w in words if w in pairs}


def _fits(member: Member, form: VerbForm) -> bool:
    if form.number in ("p", "d"):
        return member.plural
    if form.gender == "f":
        return member.gender in ("f", "?")
    return member.gender in ("m", "?")


def gender(phrase: NounPhrase) -> str:
    """Grammatical gender of a phrase's head: "m", "f", or "?" when the word does not tell."""
    head = phrase.parsed.tokens[phrase.first].text
    if is_exactly(phrase.head, "many") or is_exactly(phrase.head, "of_either"):
        return "?"  # «وزراء», «قادة»: men, though the word ends like a woman's; «عضو»: a woman too
    if people := phrase.of_kind(PERSON):
        return "f" if is_womans_name(people[0].entry.ar) or head.endswith("ة") else "m"
    if phrase.capital or (phrase.matches and phrase.matches[0].kind == COUNTRY and phrase.matches[0].first == phrase.first):
        return "f"
    if head.endswith(_FEMININE_ENDING) or phrase.group or _broken_plural(phrase.head):
        return "f"
    if not phrase.matches and len(phrase.unknown) == phrase.last - phrase.first and not phrase.head.startswith("ال"):
        return "?"  # an unknown name may be a woman's
    body = phrase.of_kind(BODY)
    return "?" if body and body[0].first == phrase.first and not head_is(phrase.head, "masculine") else "m"


def _broken_plural(head: str) -> bool:
    return head_is(head, "broken_plurals")


def is_plural(phrase: NounPhrase) -> bool:
    """Whether the phrase names several: a group word, or names joined by «و»."""
    return phrase.group or joint(phrase) is not None


def speaker(phrase: NounPhrase, cast: Cast) -> Speaker:
    """The speaker a phrase names, with titles and shortened names resolved to who they mean."""
    who = named(phrase)
    if is_both(phrase) and (both := cast.both_sides() or (cast.two_states() if is_states(phrase) else ())):
        ar, en = " و".join(n.ar for n in both), " and ".join(n.en for n in both)
        cast.add(Member(ar, en, None, words_of(phrase.text), "m", True, True))
        return Speaker(ar, en, phrase.text, None, "role_only")
    if who.own:
        known = None if phrase.of_kind(PERSON, BODY, COUNTRY) else cast.by_title(phrase)
        cast.mention(phrase, spoke=True)
        return Speaker(
            known.ar if known else who.ar, joint(phrase) or (known.en if known else who.en), phrase.text, who.role_en, "explicit"
        )
    surname = phrase.last - phrase.first == 1 and not phrase.matches and cast.person_called(phrase.head) is not None
    known = cast.by_title(phrase) if surname or _refers_back(phrase) else None
    if (known is None and _is_document(phrase)) or _stands_for_states(phrase):
        known = known or cast.last_group() or (cast.author() if _is_document(phrase) else None)
    if known is not None:
        words = known.words | words_of(phrase.text)
        cast.add(replace(known, words=words, gender=gender(phrase), spoke=True))
        role = who.en if phrase.of_kind(ROLE) and known.person else known.role_en
        return Speaker(known.ar, known.en, phrase.text, role, "role_only")
    cast.mention(phrase, spoke=True)
    return Speaker(who.ar, who.en, phrase.text, who.en if phrase.of_kind(ROLE) else None, "role_only")


def _stands_for_states(phrase: NounPhrase) -> bool:
    """«الدول», «الطرفان» by themselves are the parties named before; «المشاركون» are whoever took part, so they stay that."""
    return is_exactly(phrase.head.removeprefix("و"), "parties") and len(phrase.matches) <= 1


def _refers_back(phrase: NounPhrase) -> bool:
    """A definite phrase of a few words can mean someone named before."""
    return (phrase.last - phrase.first <= 4 and phrase.head.startswith("ال")) or _is_document(phrase)


def _is_document(phrase: NounPhrase) -> bool:
    """«البيان», «بيان»; «تقرير حديث» is one not told of before."""
    return head_is(phrase.head, "documents") and (phrase.head.startswith("ال") or phrase.head == "بيان")

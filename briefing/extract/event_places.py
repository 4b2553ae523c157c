"""Where an event happened, as the words of its clause say."""

from __future__ import annotations

from collections import Counter

from briefing.arabic.fold import key
from briefing.arabic.lexicon import COUNTRY, PLACE, Entry, Match
from briefing.extract import event_parts
from briefing.extract.clause import Parsed, head_is, is_a, is_exactly
from briefing.extract.name_words import name_like
from briefing.extract.sighting import Sighting
from briefing.item_model import Name
from briefing.lexicon.tables import derived, table


def place_of(s: Sighting, countries: Counter[str]) -> Name | None:
    """The place named where the event is told, else in its clause, nearest after the trigger first.

    What «بعدما» or «فيما» opens further on has places of its own.
    """
    first, last = s.clause
    until = next((k for k in range(s.last, last) if event_parts.parting(s.parsed, k)), last)
    return _place_in(s, s.first, s.last, countries) or _place_in(s, first, until, countries)


def _place_in(s: Sighting, first: int, last: int, countries: Counter[str]) -> Name | None:
    """The place named in tokens[first:last]: after «في» or «ب» or a word for a kind of place."""
    places = [
        m
        for k in range(first, last)
        if (m := s.parsed.match_at(k)) is not None
        and m.kind in (PLACE, COUNTRY)
        and _locates(s.parsed, m, s.trigger.kind.type in _LEAVING)
        and not _where_it_was_said(s, m, countries)
    ]
    if not places:
        return None
    towns = [m for m in places if m.kind == PLACE] or places
    after = [m for m in towns if m.first >= s.trigger.first] or towns
    chosen = max((after[0].entry, *after[0].namesakes), key=lambda e: _meant(e, countries))
    second = s.parsed.match_at(after[0].last) if after[0].last < len(s.parsed.tokens) else None
    if second is None or second.kind != PLACE or second.prefix != "و" or after[0].kind != PLACE:
        return Name(chosen.ar, chosen.en)
    return Name(f"{chosen.ar} و{second.entry.ar}", f"{chosen.en} and {second.entry.en}")  # «غارات على صور وبعلبك»


def _where_it_was_said(s: Sighting, match: Match, countries: Counter[str]) -> bool:
    """«وفي نيويورك، قالت المتحدثة إن غارة …»: ahead of who says it, and not in the country that the article is about."""
    if s.statement is None or not match.first < s.statement.content <= s.trigger.first or not _opens(s.parsed, match.first):
        return False
    states = Counter({country: n for country, n in countries.items() if "/" not in country})
    about = states.most_common(1)[0][0] if states else None
    return about is not None and about not in {str(e.data.get("country", e.id)) for e in (match.entry, *match.namesakes)}


def _opens(parsed: Parsed, k: int) -> bool:
    return is_exactly(parsed.word(0).removeprefix("و"), "prepositions") and all(t.text not in "،," for t in parsed.tokens[:k])


def _meant(place: Entry, countries: Counter[str]) -> tuple[int, int]:
    country = str(place.data.get("country", ""))
    return countries[country], countries[f"{country}/{place.data.get('division')}"]


_LEAVING = ("DISPLACEMENT", "WITHDRAWAL", "EVACUATION_CALL")  # these happen where people or forces come from


def _locates(parsed: Parsed, match: Match, leaving: bool) -> bool:
    """Whether the words before a place say that it happened there."""
    before = _preposition(parsed, match.first - 1)
    belongs = before.startswith("ل") and parsed.word(match.first - 2).startswith("تابع")
    if before == "طريق" or belongs:
        return False  # «طريق الرياض» only leads there, and «فرقة تابعة لمنطقة الرياض» only belongs there
    if leaving and before in ("الي", "نحو", "باتجاه", "صوب"):
        return False
    if leaving and "من" in (before, parsed.word(match.first - 2) if head_is(before, "place_words") else ""):
        return True
    if any(
        parsed.word(k).startswith("مواقع") and parsed.word(k - 1) == "من" for k in range(max(1, match.first - 4), match.first)
    ):
        return False  # «القصف من مواقعها في …» is where it came from
    if {before, parsed.word(match.last)} & {"شهد", "شهدت", "يشهد", "تشهد"}:
        return True  # «وكانت المدينة شهدت اشتباكات»
    return (
        match.prefix.endswith("ب")
        or (before == "من" and parsed.word(match.first - 2) in ("بالقرب", "القرب", "كل", "مقربه"))  # else where it came from
        or before in ("في", "الي", "نحو", "قرب", "باتجاه", "بين", "علي", "فوق", "داخل", "صوب")
        or (head_is(before, "place_words") and parsed.word(match.first - 2) != "من")
    )


def _preposition(parsed: Parsed, k: int) -> str:
    """The word at k, «في» for a «وفي» that opens the sentence."""
    word = parsed.word(k)
    return word[1:] if k == 0 and word.startswith("و") and is_exactly(word[1:], "prepositions") else word


def settlement(s: Sighting) -> Name | None:
    """«في حي الروضة»: a place that no lexicon has, by the word for what it is, as written; None where none stands there."""
    last = s.clause[1]
    until = next((k for k in range(s.last, last) if event_parts.parting(s.parsed, k)), last)
    found = ((k, end) for k in range(s.first, until) if (end := _named_there(s.parsed, k, until)))
    k, end = next(found, (0, 0))
    if not end:
        return None
    kind = _kind(s.parsed.word(k))
    ar = f"{kind[0]} {s.parsed.raw(k + 1, end)}"
    return Name(ar, f"{kind[1]} «{ar}»")


def _named_there(parsed: Parsed, k: int, last: int) -> int | None:
    """The end of the name at token k: the word for a settlement behind «في» or «ب», then its name of a word or two."""
    kind, name = _kind(parsed.word(k)), parsed.word(k + 1)
    if not kind[0] or k + 1 >= last or not _free(parsed, k + 1) or not _free(parsed, k):
        return None
    inside = parsed.word(k).startswith(("ب", "وب")) or _preposition(parsed, k - 1) in ("في", "علي", "داخل", "قرب")
    definite = name.startswith("ال")
    two = not definite and k + 2 < last and _free(parsed, k + 2) and parsed.word(k + 2).startswith("ال")
    qualified = not definite and not two and name.endswith(("ه", "ي", "ين", "ان", "ات", "ا"))  # «في قرية صغيرة», «بلدة مجاورة»
    if not inside or qualified or head_is(name, "place_words") or len(name) < 3:
        return None
    return k + 3 if two else k + 2


def _free(parsed: Parsed, k: int) -> bool:
    known = parsed.cover[k]
    return (known is None or known.kind == "term") and name_like(parsed, k) and not is_a(parsed.word(k), "vague")


def _kind(word: str) -> tuple[str, str]:
    """The word for a settlement without its prefixes, and its English; empty for another word or one with the article."""
    return next((kinds[form] for form in (word, word[1:], word[2:]) if form in (kinds := _settlements())), ("", ""))


@derived
def _settlements() -> dict[str, tuple[str, str]]:
    return {key(ar): (str(ar), str(en)) for ar, en in table("events")["settlements"].items()}

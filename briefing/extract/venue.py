"""Where something was said: «في مؤتمر صحفي في عمان», «خلال كلمة أمام مجلس الأمن», «على موقعه» (lexicon/venues.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.arabic.fold import key
from briefing.arabic.lexicon import BODY, COUNTRY, PLACE
from briefing.arabic.tokens import bare, stems
from briefing.extract import noun_phrase
from briefing.extract.clause import Parsed
from briefing.extract.name_words import adjectival
from briefing.extract.naming import named
from briefing.item_model import Name
from briefing.lexicon.tables import derived, table

_BODIES = ("Council", "Assembly", "Parliament", "Nations", "League", "Union", "Committee", "Ministry", "parliament", "government")
_FAR = 14  # words from an occasion to the place it was in
_OWN = ("ها", "هم", "هما", "ه")  # «بيانها»


@dataclass(frozen=True)
class _Occasion:
    en: str
    of: bool


@dataclass(frozen=True)
class _Found:
    """tokens[first:last] name the occasion; `en` grows by with whom and where it was."""

    first: int
    last: int
    en: str
    of: bool = False


def venue(parsed: Parsed, first: int, last: int) -> Name | None:
    """The occasion, medium or page named in tokens[first:last], with its place or hearers where these follow; else None."""
    for k in range(first, last):
        found = _medium(parsed, k) or _occasion(parsed, k, last) or _page(parsed, k)
        if found is not None and found.last <= last:
            done = _placed(parsed, _with_whom(parsed, found, last), last)
            return Name(parsed.raw(done.first, done.last), done.en)
    return None


@derived
def _occasions() -> Mapping[str, _Occasion]:
    rows = table("venues")["occasion"]
    return {" ".join(key(w) for w in ar.split()): _Occasion(row["en"], row.get("of", False)) for row in rows for ar in row["ar"]}


@derived
def _english(section: str) -> Mapping[str, str]:
    return {key(ar): en for ar, en in table("venues")[section].items()}


@derived
def _list(name: str) -> frozenset[str]:
    return frozenset(key(w) for w in table("venues")[name])


def _without_owner(word: str) -> str:
    """«بيانها» -> «بيان», «كلمته» -> «كلمه», or "" when nobody's."""
    ending = next((e for e in _OWN if word.endswith(e) and len(word) > len(e) + 2), "")
    stem = word[: len(word) - len(ending)] if ending else ""
    return stem[:-1] + "ه" if stem.endswith("ت") else stem


def _introduced(parsed: Parsed, k: int) -> bool:
    """Whether a preposition of place or time stands before token k, itself or over «ختام», «هامش»; «رد على تصريحات» is none."""
    over = parsed.word(k - 1) in _list("before_occasion")
    before = [rest for prefix, rest in stems(parsed.word(k - 1 - over)) if prefix in ("", "و")]
    return any(rest in _list("prepositions") and (over or rest != "علي") for rest in before)


def _occasion(parsed: Parsed, k: int, last: int) -> _Found | None:
    if not _introduced(parsed, k):
        return None
    word, following = parsed.word(k), bare(parsed.word(k + 1))
    for stem in (bare(word), _without_owner(word)):
        for phrase, size in ((f"{stem} {following}", 2), (stem, 1)):
            if (occasion := _occasions().get(phrase)) is not None:
                end = k + size
                while end < last and parsed.tokens[end].is_word and parsed.cover[end] is None and _qualifies(parsed, end):
                    end += 1
                return _Found(k, end, occasion.en, occasion.of)
    return None


def _qualifies(parsed: Parsed, k: int) -> bool:
    """«مقابلة متلفزة», «مؤتمر صحفي مشترك», «بيان له», «عقده»: words that tell nothing of where."""
    word = parsed.word(k)
    return (
        word in _list("held") or (len(word) > 4 and adjectival(word) and not word.startswith(("ب", "ل", "و"))) or word == "مشترك"
    )


def _page(parsed: Parsed, k: int) -> _Found | None:
    """«على موقعها الإلكتروني», «عبر حسابه على إكس»."""
    en = _english("pages").get(_without_owner(parsed.word(k)), "")
    return _Found(k, k + 1, en) if en and parsed.word(k - 1) in ("علي", "عبر", "في") else None


def _medium(parsed: Parsed, k: int) -> _Found | None:
    """«عبر الهاتف», «عبر تويتر»."""
    if parsed.word(k - 1) != "عبر":
        return None
    en = _english("media").get(parsed.word(k)) or _english("platforms").get(parsed.word(k))
    return _Found(k, k + 1, en) if en else None


def _with_whom(parsed: Parsed, found: _Found, last: int) -> _Found:
    """Before whom, with whom, whose it was, or on which platform."""
    k = found.last
    word, match = parsed.word(k), parsed.match_at(k)
    if word in ("امام", "مع") and k + 1 < last:
        phrase = noun_phrase.read(parsed, k + 1, last)
        name = named(phrase).en if phrase is not None and phrase.animate else ""
        known = phrase is not None and (not phrase.unknown or named(phrase).person)
        if phrase is not None and known and "«" not in name:
            return _Found(found.first, phrase.last, f"{found.en} {'to' if word == 'امام' else 'with'} {_the(name)}")
    if match is not None and match.last <= last and match.kind in (BODY, "common_body"):
        if match.prefix == "ل" and match.entry.data.get("kind") in ("agency", "media"):
            return _Found(found.first, match.last, f"{found.en} to {_the(match.entry.en)}")
        if found.of and match.prefix in ("", "ل"):
            return _Found(found.first, match.last, f"{found.en} of {_the(match.entry.en)}")
    for n in range(k, min(k + 5, last)):
        if parsed.word(n - 1) in ("علي", "في", "منصه") and (platform := _english("platforms").get(parsed.word(n))):
            return _Found(found.first, n + 1, f"{found.en} on {platform}")
    return found


def _placed(parsed: Parsed, found: _Found, last: int) -> _Found:
    """«… في عمان», «… بالقاهرة»: the first place after it."""
    for k in range(found.last, min(found.last + _FAR, last)):
        match = parsed.match_at(k)
        if parsed.tokens[k].text in "،,":
            break
        inside = match is not None and (parsed.word(k - 1) == "في" or match.prefix == "ب")
        if match is not None and inside and match.kind in (PLACE, COUNTRY) and match.last <= last:
            return _Found(found.first, match.last, f"{found.en} in {match.entry.en}")
    return found


def _the(name: str) -> str:
    """A body of several words has an article in English, a person or state has none before the name."""
    bodies = (
        "Council",
        "Assembly",
        "Parliament",
        "Nations",
        "League",
        "Union",
        "Committee",
        "parliament",
        "Ministry",
        "government",
    )
    return f"the {name}" if name.endswith(bodies) and not name.startswith("the ") else name

"""The lexicon: people, bodies, roles, places, countries and terms from the lexicon files, looked up in text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.arabic.fold import key
from briefing.arabic.tokens import Token, bare, stems, tokenise
from briefing.lexicon.tables import derived, remembered, table

COUNTRY, PLACE, ADJECTIVE, PERSON, BODY, ROLE, TERM = "country", "place", "adjective", "person", "body", "role", "term"
_COMMON = {ROLE, TERM, "common_body"}
# where two entries claim the same words, the first kind in this list wins
_RANK = {kind: rank for rank, kind in enumerate((PERSON, BODY, "common_body", ROLE, PLACE, COUNTRY, ADJECTIVE, TERM))}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its kind, its canonical name in both languages, and what else its table says."""

    id: str
    kind: str
    ar: str
    en: str
    data: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a text: tokens[first:last], offsets of the name without its clitic prefix.

    `namesakes` are other places with the very same name («أريحا»); the context decides.
    """

    entry: Entry
    first: int
    last: int
    start: int
    end: int
    prefix: str
    definite: bool
    namesakes: tuple[Entry, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the entry."""
        return self.entry.kind


def pattern_of(kind: str, form: str) -> tuple[tuple[str, ...], bool]:
    """What a form is looked up by: its folded words without articles, and whether the first has one."""
    words = [key(w) for w in form.split()]
    bared = tuple(bare(w) for w in words)
    if kind == PLACE:  # «مدينة صور» is not «مدينة الصور»: articles count inside a place's name
        bared = (*bared[:1], *words[1:])
    return bared, words[:1] != list(bared[:1])


class Lexicon:
    """Entries indexed by the first word of each of their forms."""

    def __init__(self, entries: Iterable[tuple[Entry, Sequence[str]]]) -> None:
        self._index: dict[str, list[tuple[tuple[str, ...], bool, Entry]]] = {}
        for entry, forms in entries:
            for form in forms:
                self._add(entry, form)
        for options in self._index.values():
            options.sort(key=lambda o: (-len(o[0]), _RANK.get(o[2].kind, 99)))

    def _add(self, entry: Entry, form: str) -> None:
        words, definite = pattern_of(entry.kind, form)
        if words:
            self._index.setdefault(words[0], []).append((words, definite, entry))

    def at(self, tokens: Sequence[Token], i: int) -> Match | None:
        """The longest entry that starts at token i, reading off as few prefixes as needed."""
        best: Match | None = None
        for prefix, rest in stems(tokens[i].key):
            for pattern, definite, entry in self._index.get(bare(rest), ()):
                if best and len(pattern) <= best.last - best.first:
                    break
                if _begins(rest, pattern, definite, entry, i) and self._rest_matches(tokens, i, pattern, entry):
                    best = self._match(tokens, i, (prefix, rest), pattern, entry)
                    break
        return best

    def readings(self, tokens: Sequence[Token], i: int) -> list[Match]:
        """Every entry that could start at token i, the one that does (`at`) among them."""
        return [
            self._match(tokens, i, (prefix, rest), pattern, entry)
            for prefix, rest in stems(tokens[i].key)
            for pattern, definite, entry in self._index.get(bare(rest), ())
            if _begins(rest, pattern, definite, entry, i) and self._rest_matches(tokens, i, pattern, entry)
        ]

    def _match(
        self, tokens: Sequence[Token], i: int, read: tuple[str, str], pattern: tuple[str, ...], entry: Entry
    ) -> Match:
        prefix, rest = read
        start, last = tokens[i].start + _raw_prefix(tokens[i], prefix), i + len(pattern)
        same = self._namesakes(pattern, entry) if entry.kind == PLACE else ()
        return Match(entry, i, last, start, tokens[last - 1].end, prefix, bare(rest) != rest, same)

    def _namesakes(self, pattern: tuple[str, ...], entry: Entry) -> tuple[Entry, ...]:
        same = (e for p, _, e in self._index[pattern[0]] if p == pattern and e.kind == PLACE and e is not entry)
        return tuple(e for e in same if (e.en, e.data.get("country")) != (entry.en, entry.data.get("country")))

    @staticmethod
    def _rest_matches(tokens: Sequence[Token], i: int, pattern: tuple[str, ...], entry: Entry) -> bool:
        if i + len(pattern) > len(tokens):
            return False
        words = [tokens[i + k].key for k in range(1, len(pattern))]
        if entry.kind == PLACE:
            return tuple(words) == pattern[1:]
        return all(bare(w) == p for w, p in zip(words, pattern[1:], strict=True))

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Entries in the text, left to right, longest first, without overlap."""
        found, i = [], 0
        while i < len(tokens):
            match = self.at(tokens, i) if tokens[i].is_word else None
            if match:
                found.append(match)
            i = match.last if match else i + 1
        return found


@remembered(1024)
def found_in(text: str) -> tuple[tuple[Token, ...], tuple[Match, ...]]:
    """The tokens of a text and the entries in it; the last texts are remembered, as locks and checks ask for a part in turn."""
    tokens = tuple(tokenise(text))
    return tokens, tuple(load().find(tokens))


def _begins(rest: str, pattern: tuple[str, ...], definite: bool, entry: Entry, i: int) -> bool:
    """Whether the first word of a form may stand as `rest` does, with or without its article."""
    if definite == (bare(rest) != rest):
        return True
    # a common noun may have the article («الوزير»); a longer name loses its own in a genitive
    return (entry.kind in _COMMON and not definite) or (definite and i > 0 and len(pattern) > 1)


def _raw_prefix(token: Token, prefix: str) -> int:
    """How many characters of the raw word the clitic prefix takes (vowel marks after it included)."""
    taken, i = 0, 0
    while taken < len(prefix) and i < len(token.text):
        taken += bool(key(token.text[i]))
        i += 1
    while i < len(token.text) and not key(token.text[i]):
        i += 1
    return i


# ---------------------------------------------------------------- loading


def _forms(row: Mapping[str, Any]) -> list[str]:
    return [row["ar"], *row.get("forms", ())]


def _nisba(adjective: str) -> list[str]:
    """Feminine, plural and dual of a nisba adjective, each with and without article."""
    stem = adjective.rstrip()
    forms = [stem, stem + "ة", stem + "ون", stem + "ين", stem + "ان", stem + "تين", stem + "تان", stem + "ات"]
    return forms + ["ال" + f for f in forms]


def _countries() -> Iterator[tuple[Entry, Sequence[str]]]:
    cities = {(r.get("country"), r["en"]): r["id"] for r in table("places")["place"]}
    for row in table("countries").get("country", ()):
        yield Entry(row["id"], COUNTRY, row["ar"], row["en"], row), _forms(row)
        if adjective := row.get("adjective_ar"):
            forms = [f for a in (adjective, *row.get("adjective_extra", ())) for f in (*_nisba(a), *_accusative((a,)))]
            taken = {key(f) for f in (*_forms(row), row.get("capital", ""))}
            yield (
                Entry(row["id"], ADJECTIVE, adjective, row["adjective_en"], row),
                [f for f in forms if key(f) not in taken],
            )
        if (capital := row.get("capital")) and row.get("capital_as_government", True):
            yield (
                Entry(
                    cities.get((row["id"], row["capital_en"]), row["id"] + ".capital"),
                    PLACE,
                    capital,
                    row["capital_en"],
                    {"kind": "capital", "country": row["id"], "division": row["capital_en"], **_unsure_capital(row)},
                ),
                [capital],
            )


def _unsure_capital(row: Mapping[str, Any]) -> dict[str, bool]:
    return {"ambiguous": True} if row.get("capital_ambiguous") else {}


def _rows(name: str, section: str, kind: str) -> Iterator[tuple[Entry, Sequence[str]]]:
    for row in table(name).get(section, ()):
        yield Entry(row.get("id", row["ar"]), kind, row["ar"], row["en"], row), _forms(row)


_NO_ACCUSATIVE = ("ة", "ا", "ون", "ين", "ان")  # endings that take none, or are one


def _accusative(forms: Iterable[str]) -> Iterator[str]:
    """«لكن مسؤولا أميركيا قال»: indefinite words behind «لكن» and «أن»."""
    return (f"{form}ا" for form in forms if form.isalpha() and not form.startswith("ال") and not form.endswith(_NO_ACCUSATIVE))


def _roles() -> Iterator[tuple[Entry, Sequence[str]]]:
    """Of offices there is no accusative: «وزيرا الداخلية» are two ministers."""
    for entry, forms in _rows("roles", "role", ROLE):
        yield entry, [*forms, *_accusative(forms)] if entry.data.get("kind") == "source_role" else forms


def _place_adjectives() -> Iterator[tuple[Entry, Sequence[str]]]:
    for row in table("places")["place"]:
        if adjective := row.get("adjective_ar"):
            yield Entry(row["id"], ADJECTIVE, adjective, row["en"], {}), _nisba(adjective)


def entries() -> Iterator[tuple[Entry, Sequence[str]]]:
    """Every entry of the lexicon in use, with the forms it is found by; of two with one form the earlier in a kind wins."""
    yield from _rows("people", "person", PERSON)
    yield from _rows("organisations", "organisation", BODY)
    yield from _rows("organisations", "body", "common_body")
    yield from _roles()
    yield from _countries()  # before the places, so that a capital is known as one
    yield from _rows("places", "place", PLACE)
    yield from _place_adjectives()
    yield from _rows("terms", "term", TERM)


def home(entry: Entry) -> tuple[str, str, str]:
    """Where an entry is listed: the file without .toml, its section, and what it is known by there."""
    if entry.data.get("kind") == "capital":
        return "countries", "country", str(entry.data["country"])
    if entry.kind == ADJECTIVE:
        return ("countries", "country", entry.id) if entry.id in country_names() else ("places", "place", entry.id)
    file, section = _HOMES[entry.kind]
    return file, section, entry.id


_HOMES = {
    PERSON: ("people", "person"), BODY: ("organisations", "organisation"), "common_body": ("organisations", "body"),
    ROLE: ("roles", "role"), COUNTRY: ("countries", "country"), PLACE: ("places", "place"), TERM: ("terms", "term"),
}  # fmt: skip


@derived
def load() -> Lexicon:
    """The lexicon in use, made once."""
    return Lexicon(entries())


@derived
def country_names() -> Mapping[str, tuple[str, str, str]]:
    """Country id -> (Arabic name, English name, English adjective)."""
    return {r["id"]: (r["ar"], r["en"], r["adjective_en"]) for r in table("countries").get("country", ())}

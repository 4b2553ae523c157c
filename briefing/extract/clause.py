"""A sentence taken apart: tokens, lexicon matches, quotations, and the small words clauses are read by."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.arabic import lexicon
from briefing.arabic.fold import key
from briefing.arabic.lexicon import Match
from briefing.arabic.romanise import is_given_name
from briefing.arabic.tokens import Token, bare, stems, tokenise
from briefing.arabic.verbs import reading
from briefing.lexicon.tables import derived, table
from briefing.model import Sentence

_OPEN, _CLOSE = "«“", "»”"


@dataclass(frozen=True)
class Parsed:
    """One sentence: its tokens, the lexicon match that covers each token (if any), and which tokens stand in quotes."""

    sentence: Sentence
    text: str
    tokens: tuple[Token, ...]
    cover: tuple[Match | None, ...]
    quoted: tuple[bool, ...]

    def word(self, i: int) -> str:
        """The folded word at i, or "" outside the sentence."""
        return self.tokens[i].key if 0 <= i < len(self.tokens) else ""

    def match_at(self, i: int) -> Match | None:
        """The lexicon match that begins at token i."""
        m = self.cover[i] if 0 <= i < len(self.tokens) else None
        return m if m is not None and m.first == i else None

    def index_at(self, offset: int) -> int:
        """The first token that ends after an offset of the text; their number when none does."""
        return next((i for i, t in enumerate(self.tokens) if t.end > offset), len(self.tokens))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of tokens[first:last]."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def raw(self, first: int, last: int) -> str:
        """The text of tokens[first:last] as written."""
        start, end = self.span(first, last)
        return self.text[start:end]


def parse(text: str, sentence: Sentence) -> Parsed:
    """`sentence` of `text`, taken apart."""
    tokens = tuple(tokenise(text, sentence.start, sentence.end))
    cover: list[Match | None] = [None] * len(tokens)
    last: Match | None = None
    for match in lexicon.load().find(tokens):
        before, last = last, match
        titled = before is not None and before.kind in (lexicon.ROLE, lexicon.ADJECTIVE) and before.last == match.first - 1
        alone = match.last - match.first == 1 and match.kind != lexicon.ADJECTIVE  # «سلطنة عمان», «عماني» mean one thing only
        if match.entry.data.get("ambiguous") and alone and not _in_context(tokens, match):
            continue
        ends_a_name = _is_surname(tokens, match, before) or (titled and _ends_a_name(tokens, match, before))
        if match.kind == lexicon.ADJECTIVE and ends_a_name:
            continue
        if match.kind == lexicon.PERSON and _of_another(tokens, match, titled):
            continue
        cover[match.first : match.last] = [match] * (match.last - match.first)
    return Parsed(sentence, text, tokens, tuple(cover), _quoted(tokens))


def _is_surname(tokens: tuple[Token, ...], match: Match, before: Match | None) -> bool:
    """«عماد الحلبي»: an adjective with the article right after a given name that no longer name covers."""
    covered = before is not None and before.last == match.first
    return match.definite and not match.prefix and match.first > 0 and not covered and is_given_name(tokens[match.first - 1].key)


def _ends_a_name(tokens: tuple[Token, ...], match: Match, before: Match | None) -> bool:
    """«الدكتور حافظ المغربي»: between a title and the adjective stands one word without article, a given name we do not list."""
    given = tokens[match.first - 1].key
    title = before is not None and before.entry.data.get("kind") == "title"
    return title and match.definite and not match.prefix and not given.startswith("ال") and not generic_body(given)


def _of_another(tokens: tuple[Token, ...], match: Match, titled: bool) -> bool:
    """«سامر العبادي» is not Haider al-Abadi: a surname after a given name that is not its bearer's.

    `titled`: the word between is all there is after a role or nationality, so it is a given name even if it is unknown.
    """
    if match.last - match.first > 1 or not match.first:
        return False
    before = tokens[match.first - 1].key
    names = (match.entry.ar, *match.entry.data.get("forms", ()))
    own = {key(word) for name in names for word in name.split()[:-1]}
    given = [rest for prefix, rest in stems(before) if prefix in ("", "و", "ل", "ب") and is_given_name(rest)]
    if titled and not any(is_a(before, kind) for kind in ("prepositions", "connectors", "temporal", "complementisers")):
        given.append(before)
    return bool(given) and not any(g in own for g in given)


def _in_context(tokens: tuple[Token, ...], match: Match) -> bool:
    """A name that is also a word («الباب») counts after a word for a kind of place or a bare «في», or with the former in it.

    A capital counts as its government too: after a reporting verb in the feminine («قالت سيول»; «جرفت سيول» are floods).
    """
    before = tokens[match.first - 1].key if match.first else ""
    kinds = _grammar()["place_words"]
    if match.last - match.first > 1 and any(rest in kinds for _, rest in stems(tokens[match.first].key)):
        return True  # «جزر فرسان»; but «المنطقة الشرقية» is any eastern area
    if match.entry.data.get("kind") == "capital" and any(f.gender == "f" for _, rest in stems(before) for f in reading(rest)):
        return True
    return before == "في" or any(bare(rest) in kinds for _, rest in stems(before))


def _quoted(tokens: tuple[Token, ...]) -> tuple[bool, ...]:
    """True for tokens inside quotation marks (the marks included). An unclosed quotation runs to the end."""
    inside, depth, straight, found = False, 0, False, []
    for token in tokens:
        opens = token.text in _OPEN or (token.text == '"' and not straight)
        if token.text in _OPEN:
            depth += 1
        elif token.text in _CLOSE:
            depth = max(0, depth - 1)
        elif token.text == '"':
            straight = not straight
        closes = token.text in _CLOSE or (token.text == '"' and not opens)
        inside = depth > 0 or straight
        found.append(inside or closes)
    return tuple(found)


@derived
def _grammar() -> dict[str, frozenset[str]]:
    return {name: frozenset(key(w) for w in words) for name, words in table("grammar").items()}


def is_a(word: str, kind: str) -> bool:
    """Whether a folded word, with or without its clitic prefixes, belongs to a closed class of grammar.toml."""
    words = _grammar()[kind]
    return word in words or any(rest in words for prefix, rest in stems(word) if prefix in ("و", "ف"))


def is_exactly(word: str, kind: str) -> bool:
    """Whether the folded word as it stands belongs to a closed class."""
    return word in _grammar()[kind]


def head_is(word: str, kind: str) -> bool:
    """Whether the word without prefixes or article belongs to a closed class (given there without article)."""
    words = _grammar()[kind]
    return any(rest in words or bare(rest) in words for _, rest in stems(word))


@derived
def _generic_bodies() -> dict[str, str]:
    return {key(ar): en for ar, en in table("generic_bodies")["nouns"].items()}


def generic_body(word: str) -> str:
    """English for a folded common noun that heads the names of bodies («لجنة»: committee), or ""."""
    return _generic_bodies().get(bare(word), "")


def words_of(text: str) -> frozenset[str]:
    """The distinctive folded words of a name, without articles and prefixes that are certainly prefixes."""
    return frozenset(bare(t.key) for t in tokenise(text) if t.is_word and len(t.key) > 1)

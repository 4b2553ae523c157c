"""Sentences as a model sees them: numbered, without what no reader sees, and with the way back to offsets."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from briefing.model import Sentence, Span

# Nobody sees these, so nothing in them is said to a reader, and hidden words are how a page gives orders to a model: controls,
# bidi controls, zero-width marks (but for the joiners, which change letters), variation selectors, tags. Models do not repeat
# them either, so a quote could not match.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
_SPACE = re.compile(r"\s")
_LONE = re.compile("[\ud800-\udfff]")
CONTEXT = 3  # sentences before a piece of an article that are shown with it, so that a pronoun finds its name
MOST_PIECES = 16  # of one article; what is beyond them is read by rules alone


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as a model sees it; `origin[i]` is the offset in the document of the character `text[i]`."""

    n: int
    text: str
    origin: Sequence[int]

    def places(self, piece: str) -> Iterator[Span]:
        """Where `piece` stands letter for letter, left to right: offsets in the document, hidden characters inside included."""
        at = self.text.find(piece) if piece else -1
        while at >= 0:
            yield Span(self.origin[at], self.origin[at + len(piece) - 1] + 1)
            at = self.text.find(piece, at + 1)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one request shows of an article: `sentences`, of which those from `first` to `last` may be cited.

    Those before `first` are context. All numbers are those of the article.
    """

    sentences: tuple[Shown, ...]
    first: int
    last: int

    def by_number(self, n: int) -> Shown | None:
        """The sentence with this number, if it is shown."""
        return next((s for s in self.sentences if s.n == n), None)

    @property
    def numbers(self) -> range:
        """The sentences that may be cited."""
        return range(self.first, self.last + 1)

    @property
    def block(self) -> str:
        """The sentences, a line each, between two lines that no text can contain: they hold a digest of the whole block."""
        body = "\n".join(f"[{s.n}] {s.text}" for s in self.sentences)
        mark = hashlib.sha256(body.encode("utf-8")).hexdigest()[:16]
        return f"ARTICLE {mark} BEGINS\n{body}\nARTICLE {mark} ENDS"


def shown(text: str, sentence: Sentence) -> Shown:
    """`sentence` of `text` as a model sees it: hidden characters left out, every white space a plain one."""
    raw = text[sentence.start : sentence.end]
    hidden = {i for m in _HIDDEN.finditer(raw) for i in range(*m.span())}
    kept = [i for i in range(len(raw)) if i not in hidden]
    visible = _LONE.sub("\ufffd", _SPACE.sub(" ", "".join(raw[i] for i in kept)))
    return Shown(sentence.n, visible, [sentence.start + i for i in kept])


def estimate(text: str) -> int:
    """How many tokens `text` is at most for the models in use: one for each letter that is not ASCII, one for three that are.

    Tokenisers that know Arabic make one of two letters or more; the estimate is high on purpose, so that a request fits.
    """
    plain = sum(1 for c in text if c.isascii())
    return len(text) - plain + math.ceil(plain / 3)


def pieces(sentences: Sequence[Shown], room: int) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
    """The article in pieces of at most `room` tokens, and the numbers of sentences that are in none of them.

    Left out is a sentence that is too long by itself, and what comes after MOST_PIECES.
    """
    cost = {s.n: estimate(s.text) + 3 for s in sentences}
    made: list[Piece] = []
    at = 0
    while at < len(sentences) and len(made) < MOST_PIECES:
        before = _context(sentences[max(0, at - CONTEXT) : at], cost, room - cost[sentences[at].n])
        taken = _fitting(sentences[at:], cost, room - sum(cost[s.n] for s in before))
        if taken:
            made.append(Piece((*before, *taken), taken[0].n, taken[-1].n))
        at += max(1, len(taken))
    told = {n for piece in made for n in piece.numbers}
    return tuple(made), tuple(s.n for s in sentences if s.n not in told)


def _context(before: Sequence[Shown], cost: dict[int, int], room: int) -> tuple[Shown, ...]:
    """As many of the sentences right before a piece as leave it at least half of its room."""
    kept: list[Shown] = []
    left = room // 2
    for s in reversed(before):
        left -= cost[s.n]
        if left < 0:
            break
        kept.insert(0, s)
    return tuple(kept)


def _fitting(sentences: Sequence[Shown], cost: dict[int, int], room: int) -> tuple[Shown, ...]:
    total = 0

    def fits(s: Shown) -> bool:
        nonlocal total
        total += cost[s.n]
        return total <= room

    return tuple(takewhile(fits, sentences))

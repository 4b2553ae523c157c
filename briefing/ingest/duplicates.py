"""The same story from several outlets: which articles are copies of one text, and whose text is used.

Candidates are articles that share a long sentence or a band of a MinHash (Broder 1997; one permutation with rotation after
Shrivastava and Li 2014) over word 4-shingles; each pair is then judged on its sentences. A pair is one text when the shorter
stands in the longer, not in a single formula only, their dates may coincide, and no leading number differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from briefing.arabic.sentences import sentences
from briefing.ingest.near_equal import Words, dateline, is_number, named, numbers_clash, rivals, says, without_numbers, words_of
from briefing.ingest.outlets import by_name
from briefing.ingest.slips import Slips
from briefing.model import Article, Published

SHINGLE = 4  # words
DAYS_APART = 3  # copies follow within days; a formula comes back with the next meeting
_MONTH = 31  # days
_BINS, _BAND = 64, 2
_TELLING_WORDS = 6  # a sentence this long is enough for a pair to be looked at
_SENTENCE_WORDS = 5  # a shorter one ("he added:") is no evidence
_NEIGHBOURS = 8  # in a crowd that shares one feature, each is compared with this many; real copies meet in smaller ones too
_CROWD = 24
_COVERED = 0.6  # share of a sentence's shingles that makes it one of the other text's
_ALL, _HALF, _PART = 0.8, 0.5, 0.35  # of the shorter text in the longer
_AROUND, _TAIL = 100, 60  # characters after and at the end of the text where agencies sign


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are one text: the one that is used, and its copies (none for most)."""

    used: Article
    copies: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class _Print:
    """What an article is compared by; `days` are ordinals, open ends far away."""

    article: Article
    sentences: tuple[Words, ...]
    by_sentence: tuple[frozenset[int], ...]
    shingles: frozenset[int]
    agencies: frozenset[str]
    days: tuple[int, int]


def groups(*tiers: Sequence[Article]) -> tuple[Group, ...]:
    """The groups of all articles, each article in exactly one; ids must differ. The input order within a tier does not matter.

    Used is the text of the earliest tier (dated before undated), then the fullest, the earliest, the first by file name.
    """
    prints = [p for tier in tiers for p in sorted(map(_print, tier), key=_rank)]
    linked = _links(prints)
    taken: set[int] = set()
    found: list[Group] = []
    for n, lead in enumerate(prints):
        if n not in taken:
            members = _reached(n, prints, linked, taken)
            found.append(Group(lead.article, tuple(prints[m].article for m in members)))
    return tuple(found)


def _rank(p: _Print) -> tuple[int, str, str, str]:
    when = p.article.published
    return -sum(map(len, p.sentences)), when.value or when.earliest or "9999", p.article.document.file, p.article.id


def _reached(start: int, prints: Sequence[_Print], linked: Sequence[set[int]], taken: set[int]) -> list[int]:
    """The free articles linked to `start`, over others too, whose dates fit its own; all are marked as taken."""
    taken.add(start)
    waiting, members = [start], []
    while waiting:
        for n in sorted(linked[waiting.pop(0)] - taken):
            if _near(prints[start].days, prints[n].days):
                taken.add(n)
                members.append(n)
                waiting.append(n)
    return sorted(members)


# ---------------------------------------------------------------- what an article is compared by


def _print(article: Article) -> _Print:
    text = article.document.text
    cut = [text[s.start : s.end] for s in sentences(text, article.kept)]
    cut[:1] = [cut[0][dateline(cut[0]) :]] if cut else []
    told = tuple(words for piece in cut if (words := words_of(piece)))
    by_sentence = tuple(frozenset(_shingles(words)) for words in told)
    return _Print(article, told, by_sentence, frozenset().union(*by_sentence), _agencies(article), _days(article.published))


def _shingles(words: Words) -> Iterator[int]:
    for n in range(max(1, len(words) - SHINGLE + 1)):
        yield _digest(" ".join(words[n : n + SHINGLE]))


def _digest(text: str) -> int:
    """64 bits that are the same in every run, which `hash` of a string is not."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _agencies(article: Article) -> frozenset[str]:
    """The agencies whose mark stands in the dateline, at the end, in the credit or source line, or that published it."""
    text, kept = article.document.text, article.kept
    if not kept:
        return frozenset()
    head, end = kept[0].within(text)[:_AROUND], kept[-1].end
    signed = (head[: dateline(head)], text[max(kept[-1].start, end - _TAIL) : end], *text[end : end + _AROUND].splitlines())
    found = frozenset().union(*(named(part.split(":")[-1]) for part in signed if part))
    known = by_name(article.outlet.name) if article.outlet else None
    return found | {known.name_en} if known is not None and known.kind == "agency" else found


def _days(when: Published) -> tuple[int, int]:
    low = date.fromisoformat(when.earliest).toordinal() if when.earliest else date.min.toordinal()
    high = date.fromisoformat(when.latest).toordinal() if when.latest else date.max.toordinal()
    return low, high


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) - min(one[1], other[1]) <= DAYS_APART


# ---------------------------------------------------------------- candidates


def _links(prints: Sequence[_Print]) -> list[set[int]]:
    """For every article, those that are the same text."""
    linked: list[set[int]] = [set() for _ in prints]
    slips = Slips([p.sentences for p in prints])
    for a, b in sorted(_candidates(prints)):
        if same_text(prints[a], prints[b], slips):
            linked[a].add(b)
            linked[b].add(a)
    return linked


def _candidates(prints: Sequence[_Print]) -> set[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    sketches = [_sketch(p.shingles) for p in prints]
    for band in range(0, _BINS, _BAND):
        pairs |= _meeting([[sketch[band : band + _BAND]] if sketch else [] for sketch in sketches], prints)
    telling = ({words for words in p.sentences if len(words) >= _TELLING_WORDS} for p in prints)
    return pairs | _meeting(telling, prints)


def _meeting(features: Iterable[Iterable[Hashable]], prints: Sequence[_Print]) -> set[tuple[int, int]]:
    """The pairs of articles that share a feature and whose dates may coincide."""
    places: dict[Hashable, list[int]] = {}
    for n, own in enumerate(features):
        for feature in own:
            places.setdefault(feature, []).append(n)
    pairs: set[tuple[int, int]] = set()
    for found in places.values():
        reach = len(found) if len(found) <= _CROWD else _NEIGHBOURS
        near = ((a, b) for i, a in enumerate(found) for b in found[i + 1 : i + 1 + reach])
        pairs.update(pair for pair in near if _near(prints[pair[0]].days, prints[pair[1]].days))
    return pairs


def _sketch(shingles: frozenset[int]) -> tuple[int, ...]:
    """The least shingle of each bin; an empty bin borrows from the next one that is not. () for no shingles."""
    least: list[int | None] = [None] * _BINS
    for shingle in shingles:
        value = least[shingle % _BINS]
        if value is None or shingle < value:
            least[shingle % _BINS] = shingle
    if not shingles:
        return ()
    filled = [(n, value) for n, value in enumerate(least) if value is not None]
    return tuple(_borrowed(n, filled) for n in range(_BINS))


def _borrowed(n: int, filled: Sequence[tuple[int, int]]) -> int:
    at, value = next(((i, v) for i, v in filled if i >= n), filled[0])
    return value + (at - n) % _BINS  # the distance is told apart from the bin's own value


# ---------------------------------------------------------------- judging a pair


def same_text(one: _Print, other: _Print, slips: Slips) -> bool:
    """Whether the two are copies of one text. Dates are taken to fit."""
    short, long = (one, other) if len(one.shingles) < len(other.shingles) else (other, one)
    if not short.shingles:
        return False
    share = len(short.shingles & long.shingles) / len(short.shingles)
    if share < _PART or not _more_than_a_formula(short, long) or _numbers_differ(short, long):
        return False
    if _loose(short.days) or _loose(long.days):
        return share >= _ALL and any(says(_first(short), sentence) for sentence in long.sentences)
    lead = _covered(_lead(short), long.shingles)
    signed = bool(short.agencies & long.agencies)
    apart = bool(short.agencies and long.agencies) and not signed
    if lead and share >= (_ALL if apart else _HALF):
        return True
    return (lead or share >= _HALF) and (signed or slips.shared(short.sentences, long.sentences))


def _loose(days: tuple[int, int]) -> bool:
    """A date so wide that it fits any meeting of the year: then only a whole copy, with the very same lead, is one."""
    return days[1] - days[0] > _MONTH


def _covered(own: frozenset[int], others: frozenset[int]) -> bool:
    return len(own & others) >= _COVERED * len(own)


def _lead(p: _Print) -> frozenset[int]:
    """The shingles of the first sentence that says something."""
    return next((own for words, own in zip(p.sentences, p.by_sentence, strict=True) if len(words) >= _SENTENCE_WORDS), p.shingles)


def _more_than_a_formula(short: _Print, long: _Print) -> bool:
    """At least two sentences are shared: one may be what such texts always say. A text of one sentence must be there whole."""
    own = [s for words, s in zip(short.sentences, short.by_sentence, strict=True) if len(words) >= _SENTENCE_WORDS]
    shared = sum(_covered(s, long.shingles) for s in own)
    return shared >= 2 or (len(own) == 1 and short.shingles <= long.shingles)


def _numbers_differ(short: _Print, long: _Print) -> bool:
    """The first sentences are the same but for a number, or two others are: another toll, another day's report."""
    first, second = _first(short), _first(long)
    if first and second and rivals(first, second):
        return True
    frames = {without_numbers(words): words for words in long.sentences if _framed(words)}
    own = (words for words in short.sentences if _framed(words) and words not in long.sentences)
    differing = (words for words in own if (twin := frames.get(without_numbers(words))) and numbers_clash(words, twin))
    return sum(1 for _ in differing) >= 2


def _first(p: _Print) -> Words:
    return next((words for words in p.sentences if len(words) >= _SENTENCE_WORDS), ())


def _framed(words: Words) -> bool:
    counted = Counter(is_number(word) for word in words)
    return counted[True] > 0 and counted[False] >= SHINGLE

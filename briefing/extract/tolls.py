"""Counts of an event: how many people or things, what became of them, and which numbers are parts of which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.arabic.fold import key
from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY
from briefing.arabic.numbers import NumberMention, find_numbers
from briefing.arabic.tokens import bare, stems
from briefing.extract.clause import Parsed
from briefing.lexicon.tables import derived, table
from briefing.model import Count

_PART_WINDOW = 8  # counts a total is looked for in
_PART_REACH = 60  # characters between a total and «بينهم …»
_NEAR = 7  # words between «مقتل» and its number
_PARTS = ("بينهم", "بينها", "منهم", "منها", "ضمنهم")


@derived
def _victims() -> dict[str, str]:
    return {key(w): fate for fate, words in table("events")["victims"].items() for w in words}


def counts(parsed: Parsed, start: int, end: int, dates: tuple[tuple[int, int], ...]) -> tuple[Count, ...]:
    """Counts between the offsets, except numbers inside dates, ordinals, percentages and measures; `linked` tells parts."""
    text = parsed.text[start:end]
    found: list[Count] = []
    for mention in find_numbers(text):
        a, b = start + mention.outer_start, start + mention.outer_end
        known = _definite_dual(text, mention) and not _of_victims(parsed, a)
        if mention.ordinal or mention.percent or known or any(x < b and a < y for x, y in dates):
            continue
        count = _count(parsed, mention, start) or _counted_alike(parsed, mention, start, found)
        if count is not None:
            found.append(count)
    return tuple(found)


def _definite_dual(text: str, mention: NumberMention) -> bool:
    """«الطرفان», «السوريان»: known ones, not a toll."""
    return mention.kind == "dual" and key(text[mention.start : mention.end]).startswith(("ال", "وال", "لل", "بال"))


def _of_victims(parsed: Parsed, start: int) -> bool:
    """«قتل الشرطيين»: right after a word for what became of them they are a toll all the same."""
    return any(rest in _victims() for _, rest in stems(parsed.word(_index_at(parsed, start) - 1)))


def _count(parsed: Parsed, mention: NumberMention, offset: int) -> Count | None:
    noun = mention.noun
    if isinstance(mention.value, float) or (noun is not None and noun.meaning == "measure"):
        return None
    start, end = offset + mention.outer_start, offset + mention.outer_end
    whose = _whose(parsed, end)
    fate = _fate(parsed, start, end) if noun is None or noun.meaning == "person" else ""
    if noun is None and whose is None and not fate:
        return None
    if noun is None and mention.kind != "dual" and not fate:
        return None
    one = noun is not None and mention.value == 1
    what = " ".join(
        p
        for p in (
            noun.en if noun and one else noun.many if noun else (whose or "people"),
            "" if noun and fate in noun.many else fate,
        )
        if p
    )
    return Count(
        mention.value if mention.value is None else int(mention.value),
        mention.qualifier,
        what,
        start,
        end,
        parsed.text[start:end],
    )


def _counted_alike(parsed: Parsed, mention: NumberMention, offset: int, before: Sequence[Count]) -> Count | None:
    """«15 عملية قصف في إدلب و16 في حلب»: a bare number joined with «و» counts what the one before it does."""
    start, end = offset + mention.outer_start, offset + mention.outer_end
    if not before or not isinstance(mention.value, int) or mention.noun is not None:
        return None
    first = _index_at(parsed, start)
    joined = parsed.word(first - 1) in ("و", *_PARTS) or parsed.text[start:end].startswith("و")
    where = parsed.word(_index_at(parsed, end))
    if not joined or start - before[-1].end > _PART_REACH or not (where in ("في", "من") or where.startswith("ب")):
        return None
    return Count(mention.value, mention.qualifier, before[-1].what, start, end, parsed.text[start:end])


def _index_at(parsed: Parsed, offset: int) -> int:
    return next((i for i, t in enumerate(parsed.tokens) if t.end > offset), len(parsed.tokens))


def _fate(parsed: Parsed, start: int, end: int) -> str:
    """killed, wounded, …: such a word in the number's phrase, right after it («30 أصيبوا»), or the nearest before it."""
    first, last = _index_at(parsed, start), _index_at(parsed, end)
    inside = range(min(last, len(parsed.tokens)) - 1, first - 1, -1)
    reach = last + (4 if parsed.word(last) == "من" else 2)  # «12 من مرافقيه مصرعهم»
    after = range(last, min(reach, len(parsed.tokens)))
    verb_after = [k for k in after if not parsed.word(k).startswith("و") or parsed.word(k) in _victims()]
    for k in (*inside, *verb_after, *range(first - 1, max(-1, first - _NEAR), -1)):
        for _, rest in stems(parsed.word(k)):
            fate = _victims().get(rest) or _victims().get(bare(rest))
            if fate:
                return fate
    return ""


def _whose(parsed: Parsed, end: int) -> str | None:
    """«16 من قوات البيشمركة»: the body or nationality the number counts."""
    i = _index_at(parsed, end)
    if parsed.word(i) == "من" or parsed.word(i - 1) == "من":
        i += parsed.word(i) == "من"
        for k in range(i, min(i + 3, len(parsed.tokens))):
            match = parsed.match_at(k)
            if match and match.kind in (BODY, "common_body", ADJECTIVE, COUNTRY):
                return f"members of {match.entry.en}" if match.kind != ADJECTIVE else f"{match.entry.en} people"
    return None


def linked(text: str, found: Sequence[Count]) -> tuple[Count, ...]:
    """Parts point at their total: after «بينهم», or when neighbours later on add up to it (21 = 16 + 3 + 2)."""
    counts = list(found)
    for i, count in enumerate(counts):
        if (
            i
            and 0 <= count.start - counts[i - 1].end < _PART_REACH
            and any(p in text[counts[i - 1].end : count.start] for p in _PARTS)
        ):
            counts[i] = replace(count, part_of=i - 1)
    for i in range(len(counts)):
        for a, b in _windows(counts, i):
            counts[a:b] = [replace(c, part_of=i) for c in counts[a:b]]
    return tuple(counts)


def _windows(counts: Sequence[Count], i: int) -> Iterator[tuple[int, int]]:
    """The first run of two or more counts after i that are parts of nothing yet and add up to count i."""
    total = counts[i].number or 0
    for a in range(i + 1, min(i + _PART_WINDOW, len(counts))):
        added = 0
        for b in range(a, min(a + _PART_WINDOW, len(counts))):
            part = counts[b]
            if not part.number or part.part_of is not None or _claimant(part) != _claimant(counts[i]):
                break
            added += part.number
            if added == total and b > a:
                yield a, b + 1
                return
            if added >= total:
                break


def _claimant(count: Count) -> str:
    """«… (according to X)»: tolls of different claimants are never added up."""
    return count.what.partition(" (according to ")[2]

"""Counts of an event: how many people or things, what became of them, and which numbers are parts of which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.arabic.fold import key
from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY
from briefing.arabic.nouns import noun_form
from briefing.arabic.numbers import NumberMention, find_numbers
from briefing.arabic.plain import plain_word
from briefing.extract.clause import Parsed, is_a
from briefing.extract.fates import conjugated, fate_of, fates
from briefing.extract.singles import singles
from briefing.extract.triggers import context
from briefing.item_model import Count
from briefing.lexicon.tables import derived, table

# what «several» leaves out: «عشرات الآلاف»
_SCALES = {1_000: "thousands of", 10_000: "tens of thousands of", 100_000: "hundreds of thousands of", 1_000_000: "millions of"}
_PART_WINDOW = 8  # counts a total is looked for in
_PART_REACH = 60  # characters between a total and «بينهم …»
_BESIDE = 2  # words between «تدمير» and the number of what was destroyed, and one
_NEAR = 7  # words between «مقتل» and its number
_OF_VICTIMS = 24  # characters of «من القتلى»
_AMONG = 32  # characters of «بين المفرج عنهم»
_OF_THEM = 8  # words between «خمسة من …» and what became of them
_PARTS = ("بينهم", "بينها", "منهم", "منها", "ضمنهم")


def counts(parsed: Parsed, start: int, end: int, dates: tuple[tuple[int, int], ...]) -> tuple[Count, ...]:
    """Counts between the offsets, single victims among them, left to right; `linked` tells parts.

    Left out are numbers inside dates, ordinals, percentages, measures, and «عائلة واحدة» (one and the same).
    """
    text = parsed.text[start:end]
    found: list[Count] = []
    for mention in (_unbracketed(text, m) for m in find_numbers(text)):
        a, b = start + mention.outer_start, start + mention.outer_end
        known = _definite_dual(text, mention) and not _of_victims(parsed, a)
        same = mention.value == 1 and mention.kind != "dual" and is_a(parsed.word(parsed.index_at(a) - 1), "prepositions")
        if mention.ordinal or mention.percent or known or same or any(x < b and a < y for x, y in dates):
            continue
        count = _count(parsed, mention, start) or _counted_alike(parsed, mention, start, found)
        if count is not None:
            found.append(count)
    alone = singles(parsed, parsed.index_at(start), parsed.index_at(end), found)
    return tuple(sorted((*found, *alone), key=lambda c: c.start))


def _unbracketed(text: str, mention: NumberMention) -> NumberMention:
    """«(9) حالات»: a number in brackets with the noun that stands after them."""
    after = _AFTER_BRACKET.match(text, mention.outer_end)
    form = noun_form(plain_word(after[1])) if after and mention.noun is None else None
    if after is None or form is None or text[mention.outer_start - 1 : mention.outer_start] != "(":
        return mention
    return replace(mention, noun=form.noun, outer_end=after.end())


_AFTER_BRACKET = re.compile(r"\)\s{0,2}([ء-ي]{2,20})")


def tells(parsed: Parsed, count: Count) -> bool:
    """Whether a count says that something happened: not how many a body has, nor who is told without a number."""
    before = parsed.word(parsed.index_at(count.start) - 1)
    return count.number != 1 and not is_a(before, "composed")


def _definite_dual(text: str, mention: NumberMention) -> bool:
    """«الطرفان», «السوريان»: known ones, not a toll."""
    return mention.kind == "dual" and key(text[mention.start : mention.end]).startswith(("ال", "وال", "لل", "بال"))


def _of_victims(parsed: Parsed, start: int) -> bool:
    """«قتل الشرطيين»: right after a word for what became of them they are a toll all the same."""
    return bool(fate_of(parsed.word(parsed.index_at(start) - 1)))


def _count(parsed: Parsed, mention: NumberMention, offset: int) -> Count | None:
    noun = mention.noun
    if isinstance(mention.value, float) or (noun is not None and noun.meaning == "measure"):
        return None
    start, end = offset + mention.outer_start, offset + mention.outer_end
    whose = _whose(parsed, end)
    fate = _fate(parsed, start, end) if noun is None or noun.meaning == "person" else _harm(parsed, start)
    if noun is None and whose is None and not fate:
        return None
    if noun is None and mention.kind != "dual" and (not fate or _named_by_number(parsed, start, end)):
        return None
    if noun is not None and key(noun.ar) in context("not_counted"):
        return None
    one = noun is not None and mention.value == 1
    things = noun.en if noun and one else noun.many if noun else (whose or "people")
    what = " ".join(p for p in (_SCALES.get(mention.scale or 0, ""), things, "" if noun and fate in noun.many else fate) if p)
    return Count(
        mention.value if mention.value is None else int(mention.value),
        mention.qualifier,
        what,
        start,
        end,
        parsed.text[start:end],
    )


def _named_by_number(parsed: Parsed, start: int, end: int) -> bool:
    """«الكتيبة 21»: a number right after a definite noun is its name, unless either neighbour tells what became of people."""
    before, after = parsed.word(parsed.index_at(start) - 1), parsed.word(parsed.index_at(end))
    return before.startswith("ال") and not fate_of(before) and not fate_of(after)


def _counted_alike(parsed: Parsed, mention: NumberMention, offset: int, before: Sequence[Count]) -> Count | None:
    """«15 عملية قصف في إدلب و16 في حلب»: a bare number joined with «و» counts what the one before it does."""
    start, end = offset + mention.outer_start, offset + mention.outer_end
    if not before or not isinstance(mention.value, int) or mention.noun is not None:
        return None
    first = parsed.index_at(start)
    joined = parsed.word(first - 1) in ("و", *_PARTS) or parsed.text[start:end].startswith("و")
    where = parsed.word(parsed.index_at(end))
    if not joined or start - before[-1].end > _PART_REACH or not (where in ("في", "من") or where.startswith("ب")):
        return None
    return Count(mention.value, mention.qualifier, before[-1].what, start, end, parsed.text[start:end])


def _fate(parsed: Parsed, start: int, end: int) -> str:
    """killed, wounded, …: such a word in the number's phrase, right after it («30 أصيبوا»), or the nearest before it."""
    first, last = parsed.index_at(start), _past_aside(parsed, parsed.index_at(end))
    inside = range(min(parsed.index_at(end), len(parsed.tokens)) - 1, first - 1, -1)
    after = range(last, min(last + 2, len(parsed.tokens)))
    verb_after = [k for k in after if not parsed.word(k).startswith("و") or parsed.word(k) in fates()]
    for k in (*inside, *verb_after, *_of_them(parsed, last), *range(first - 1, max(-1, first - _NEAR), -1)):
        fate = fate_of(parsed.word(k))
        if fate and not (fate == "missing" and k < first - 1):  # «فقد» is «ف» and «قد» more often
            return fate
    return ""


def _harm(parsed: Parsed, start: int) -> str:
    """«تدمير دبابة ومدفعين»: what was done to things, by the nearest of a few words before their number."""
    first = parsed.index_at(start)
    for k in range(first - 1, max(-1, first - 1 - _BESIDE), -1):
        harm = _harms().get(parsed.word(k).removeprefix("و")) if parsed.tokens[k].is_word else None
        if harm or not parsed.tokens[k].is_word:
            return harm or ""
    return ""


@derived
def _harms() -> dict[str, str]:
    return {key(word): harm for harm, words in table("events")["harm"].items() for word in words}


def _past_aside(parsed: Parsed, k: int) -> int:
    """«سبعة أشخاص، بينهم شرطيان، أصيبوا»: the token after an aside that tells who is among them; k where none follows."""
    opens = k < len(parsed.tokens) and parsed.tokens[k].text == "،" and parsed.word(k + 1) in _PARTS
    closing = range(k + 2, min(k + 2 + _OF_THEM, len(parsed.tokens)))
    return next((n + 1 for n in closing if opens and parsed.tokens[n].text == "،"), k)


def _of_them(parsed: Parsed, k: int) -> Iterator[int]:
    """«خمسة من أفرادها ومن الصحوات قتلوا», «12 من مرافقيه مصرعهم»: the words after «من», up to a mark."""
    if parsed.word(k) == "من":
        for n in range(k + 1, min(k + _OF_THEM, len(parsed.tokens))):
            if not parsed.tokens[n].is_word or (parsed.word(n).startswith("و") and fate_of(parsed.word(n))):
                return
            if n < k + 4 or parsed.word(n) in conjugated():
                yield n


def _whose(parsed: Parsed, end: int) -> str | None:
    """«16 من قوات البيشمركة»: the body or nationality the number counts."""
    i = parsed.index_at(end)
    nation = parsed.match_at(i) if i < len(parsed.tokens) else None
    if nation is not None and nation.kind == ADJECTIVE and not nation.prefix and not nation.definite:
        return f"{nation.entry.en} people"  # «أربعة إيطاليين»
    if parsed.word(i) == "من" or parsed.word(i - 1) == "من":
        i += parsed.word(i) == "من"
        for k in range(i, min(i + 3, len(parsed.tokens))):
            match = parsed.match_at(k)
            if match and match.kind in (BODY, "common_body", ADJECTIVE, COUNTRY):
                return f"members of {match.entry.en}" if match.kind != ADJECTIVE else f"{match.entry.en} people"
    return None


def linked(text: str, found: Sequence[Count]) -> tuple[Count, ...]:
    """Parts point at their total: after «بينهم», before «من القتلى», or when neighbours later on add up to it (21 = 16+3+2)."""
    counts = list(found)
    for i, count in enumerate(counts):
        if (
            i
            and 0 <= count.start - counts[i - 1].end < _PART_REACH
            and any(p in text[counts[i - 1].end : count.start] for p in _PARTS)
        ):
            counts[i] = replace(count, part_of=i - 1)
        elif (whole := _whole(text, counts[:i], count)) is not None or (whole := _those(text, counts[:i], count)) is not None:
            counts[i] = replace(count, part_of=whole)
    for i in range(len(counts)):
        for a, b in _windows(counts, i):
            counts[a:b] = [replace(c, part_of=i) for c in counts[a:b]]
    return tuple(counts)


def _whole(text: str, before: Sequence[Count], count: Count) -> int | None:
    """«11 من القتلى سقطوا في المدينة»: the total told before, of the same fate, that those are of, whoever tells it."""
    words = [key(w) for w in text[count.start : count.end + _OF_VICTIMS].split()]
    of = any(a == "من" and b.strip("،.») ") in context("victims") for a, b in pairwise(words))
    if not of or count.number is None:
        return None
    fate = fate_told(count)
    told = ((n, c.number or 0) for n, c in enumerate(before) if fate_told(c) == fate and c.part_of is None)
    return next((n for n, number in told if number > count.number), None)


def _those(text: str, before: Sequence[Count], count: Count) -> int | None:
    """«بين القتلى أربعة أطفال», «بين المفرج عنهم خمسة جرحى»: the total told before of those that they are among."""
    words = [key(w) for w in text[max(0, count.start - _AMONG) : count.start].split()][-3:]
    among = next((words[n + 1 :] for n, word in enumerate(words) if word in ("بين", "ضمن")), [])
    if not among or count.number is None or not (among[0] in context("victims") or among == ["المفرج", "عنهم"]):
        return None
    alike = among[0] in context("victims")
    told = ((n, c) for n, c in enumerate(before) if c.part_of is None and (fate_told(c) == fate_told(count) or not alike))
    return next((n for n, c in told if (c.number or 0) > (count.number or 0)), None)


def fate_told(count: Count) -> str:
    """What became of those counted: the last word before who says so."""
    return count.what.partition(" (according to ")[0].split()[-1]


def _windows(counts: Sequence[Count], i: int) -> Iterator[tuple[int, int]]:
    """The first run of two or more counts after i that are parts of nothing yet and add up to count i."""
    total = counts[i].number or 0
    for a in range(i + 1, min(i + _PART_WINDOW, len(counts))):
        added = 0
        for b in range(a, min(a + _PART_WINDOW, len(counts))):
            part = counts[b]
            if not part.number or part.part_of not in (None, i) or _claimant(part) != _claimant(counts[i]):
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

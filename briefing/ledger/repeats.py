"""Each phrase of this week's agreements beside the last time the same parties used it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.ledger.phrases import Phrase, raw
from briefing.ledger.uses import Use
from briefing.ledger.wording import Comparison, compare

Kind = Literal["new", "repeated", "changed"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier use of a phrase, and how the phrase of this week differs from it."""

    use: Use
    phrase: Phrase
    compared: Comparison


@dataclass(frozen=True, slots=True)
class Repeat:
    """What is said of a phrase: "repeated" since the first of an unbroken row of uses, "changed" since the last, or "new".

    `ar` is the phrase as written this week, `changes` are pairs of Arabic (was, is); `since` is None for "new".
    """

    kind: Kind
    ar: str
    since: Earlier | None
    changes: tuple[tuple[str, str], ...] = ()


def repeats(now: Sequence[Use], past: Sequence[Use]) -> dict[str, tuple[Repeat, ...]]:
    """By the id of each item of `now`: its phrases that were used before, else the one word "new".

    Nothing is said of an item whose parties are not named, or of whom nothing earlier is known. A sentence that two items cite
    is compared for the first of them. `past` is in order of publication; only what was surely published before counts.
    """
    told: dict[str, tuple[Repeat, ...]] = {}
    seen: set[tuple[str, int]] = set()
    for use in now:
        earlier = [u for u in past if u.parties == use.parties and u.last < use.first] if use.parties else []
        fresh = [p for p in use.phrases if (use.article.id, p.start) not in seen]
        seen |= {(use.article.id, p.start) for p in fresh}
        if earlier and fresh:
            found = tuple(r for p in fresh if (r := _repeat(use, p, earlier)) is not None)
            told[use.item.id] = found or (Repeat("new", "", None),)
    return told


def said_again(now: Sequence[Use], told: Mapping[str, Sequence[Repeat]]) -> frozenset[str]:
    """The ids of the items of `now` all of whose phrases are repeated word for word; `told` is what `repeats` says of them."""
    articles = {use.item.id: use.article.id for use in now}
    known = {(articles[ident], r.ar) for ident, found in told.items() for r in found if r.kind == "repeated"}
    return frozenset(u.item.id for u in now if u.phrases and all((u.article.id, p.ar(u.text)) in known for p in u.phrases))


def _repeat(use: Use, phrase: Phrase, earlier: Sequence[Use]) -> Repeat | None:
    row = list(_row(phrase, earlier))
    if not row:
        return None
    if not row[0].compared.differences:
        return Repeat("repeated", phrase.ar(use.text), row[-1])
    last = row[0]
    changes = tuple((raw(d.was, last.use.text), raw(d.now, use.text)) for d in last.compared.differences)
    return Repeat("changed", phrase.ar(use.text), last, changes)


def _row(phrase: Phrase, earlier: Sequence[Use]) -> Iterator[Earlier]:
    """The latest use of a phrase, and those before it as long as all of them are the same word for word."""
    for n, found in enumerate(one for use in reversed(earlier) if (one := _closest(phrase, use)) is not None):
        if n and found.compared.differences:
            return
        yield found
        if found.compared.differences:
            return


def _closest(phrase: Phrase, use: Use) -> Earlier | None:
    found = [Earlier(use, other, c) for other in use.phrases if (c := compare(phrase, other)) is not None]
    return max(found, key=lambda e: (e.compared.share, -e.phrase.start)) if found else None

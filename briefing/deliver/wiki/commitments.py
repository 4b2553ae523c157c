"""What has a page as a commitment: promises of the ledger and agreements, each through the weeks; no calls, no accusations.

Two weeks tell of one commitment when they cite one sentence of one text for it, by digest and offsets: wording alone never makes
two of them one. In a brief, a line of the ledger and the agreement it names are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.deliver.wiki.lines import agreements, day, labels_of, line, promises
from briefing.deliver.wiki.model import Commitment, Line, Standing, WeekBrief
from briefing.deliver.wiki.names import slug, upper_first

_NO_COMMITMENT = ("call", "alleged_breach")  # somebody asks for one, or says that another does not keep it


@dataclass(frozen=True, slots=True)
class _Told:
    """A commitment as one week tells of it; `cited` are its sentences, that of the oldest text first."""

    standing: Standing
    parties: tuple[tuple[str, str], ...]
    cited: tuple[str, ...]


def commitments(briefs: Sequence[WeekBrief]) -> tuple[Commitment, ...]:
    """The commitments of `briefs` (newest week first), those of the newest week first, in the order of its brief."""
    groups: list[list[_Told]] = []
    by_sentence: dict[str, list[_Told]] = {}
    for brief in reversed(briefs):
        told = _of_week(brief)
        shared = _shared(told)
        for one in told:
            group = next((by_sentence[s] for s in one.cited if s in by_sentence and s not in shared), None)
            if group is None or group[-1].standing.week == brief.week:
                group = []
                groups.append(group)
            group.append(one)
            by_sentence.update((s, group) for s in one.cited if s not in shared)
    made = _apart([_commitment(group) for group in groups])
    return tuple(sorted(made, key=lambda c: c.weeks[0].week, reverse=True))


def _shared(told: Sequence[_Told]) -> set[str]:
    """Sentences that a week cites for several commitments: they tell nothing of which it is."""
    seen: set[str] = set()
    twice: set[str] = set()
    for one in told:
        twice |= seen & set(one.cited)
        seen |= set(one.cited)
    return twice


def _of_week(brief: WeekBrief) -> list[_Told]:
    labels = labels_of(brief)
    agreed = {item["id"]: item for item in agreements(brief)}
    told: list[_Told] = []
    for promise in promises(brief):
        item = agreed.pop(promise["entry"], None) if promise["entry"] else None
        lines = [_promised(brief, promise, labels)] + ([_agreed(brief, item, labels)] if item else [])
        told.append(_told(brief, promise["state"], lines, [promise, *([item] if item else [])]))
    kept = [item for item in agreed.values() if item["status"] not in _NO_COMMITMENT]
    return told + [_told(brief, item["status"], [_agreed(brief, item, labels)], [item]) for item in kept]


def _told(brief: WeekBrief, state: str, lines: Sequence[Line], items: Sequence[Mapping[str, Any]]) -> _Told:
    parties = tuple((name["en"], name["ar"]) for name in items[0]["parties"])
    cited = dict.fromkeys(f"{c['text_sha256']}:{c['start']}-{c['end']}" for item in items for c in item["citations"])
    return _Told(Standing(brief.week, state, tuple(lines), day(items[0].get("due"))), parties, tuple(cited))


def _promised(brief: WeekBrief, promise: Mapping[str, Any], labels: Mapping[int, str]) -> Line:
    due, made = day(promise["due"]), [text for when in promise["promised"] if (text := day(when))]
    notes = (f"promised {', '.join(made)}" if made else "", f"due {due}" if due else "")
    return line(brief, promise, labels, *notes)


def _agreed(brief: WeekBrief, item: Mapping[str, Any], labels: Mapping[int, str]) -> Line:
    return line(brief, item, labels, str(item["status"]).replace("_", " "), day(item["date"]))


def _commitment(group: Sequence[_Told]) -> Commitment:
    """`group` oldest week first. The page is named after the oldest, so that a new week does not rename it."""
    oldest, newest = group[0], group[-1]
    key = oldest.cited[0] if oldest.cited else f"{oldest.standing.week}:{oldest.standing.lines[0].id}"
    names = ", ".join(en for en, _ in oldest.parties) or "commitment"
    # several agreements of one sentence share its key: their Arabic tells them apart
    name = slug(names, "|".join([key, *(ar for _, ar in oldest.parties)]))
    parties = tuple((upper_first(en) if n == 0 else en, ar) for n, (en, ar) in enumerate(newest.parties))
    return Commitment(key, name, parties, tuple(one.standing for one in reversed(group)))


def _apart(made: Sequence[Commitment]) -> Iterator[Commitment]:
    """Commitments of one sentence and the same parties, of which there may be several, under names of their own."""
    seen: Counter[str] = Counter()
    for one in made:
        seen[one.slug] += 1
        yield one if seen[one.slug] == 1 else replace(one, slug=f"{one.slug}-{seen[one.slug]}")

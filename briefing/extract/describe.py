"""English for a phrase of roles, bodies, countries and places, in the order English wants them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PLACE, ROLE, TERM, Match, country_names
from briefing.extract.clause import is_exactly
from briefing.extract.noun_phrase import NounPhrase

_BODIES = (BODY, "common_body")
# roles that stand before another role: "deputy foreign minister"
_MODIFIERS = ("deputy", "assistant", "former", "acting", "senior", "first deputy", "vice", "senior assistant")


@dataclass
class _Unit:
    """One English noun with its adjectives (nearest the noun last), country and what ties it to the unit before.

    `also` are further states under the same noun («الرئيسان التونسي والجزائري»); `many`: the noun is a plural or dual.
    """

    match: Match
    country: str = ""
    where: str = ""
    joined: bool = False
    extra: str = ""
    also: tuple[str, ...] = ()
    many: bool = False

    @property
    def text(self) -> str:
        entry = self.match.entry
        pattern = entry.data.get("with_country")
        if self.country and pattern:
            name, adjective = self._both()
            base = str(pattern).format(adjective=adjective, country=name, body="{body}")
        elif self.country:
            article = re.match(r"the (?:two |three |four )?", entry.en)
            base = f"{article.group() if article else ''}{self._both()[1]} {entry.en[article.end() if article else 0 :]}"
        else:
            base = entry.en
        plural = (self.also or self.many) and self.match.kind == ROLE and entry.data.get("kind") != "group"
        return f"{self.extra} {base}".strip() + ("s" if plural and not base.endswith("s") else "") + self.where

    def _both(self) -> tuple[str, str]:
        known = [country_names().get(c, ("", c, c)) for c in (self.country, *self.also)]
        return listed([name for _, name, _ in known]), listed([adjective for *_, adjective in known])


def describe(phrase: NounPhrase, matches: Sequence[Match]) -> str:
    """English for `matches` of `phrase` (people left out), or "" when nothing is known."""
    units: list[_Unit] = []
    for m in matches:
        _take(units, m, phrase)
    if not units:
        units = [_Unit(m) for m in _terms(phrase)[:1]]
    if not units:
        return ""
    line = units[-1].text
    for unit, after in zip(reversed(units[:-1]), reversed(units[1:]), strict=True):
        line = _combine(unit, after, line)
    return line.replace(" for {body}", "").replace(" of {body}", "").replace("{body} ", "").replace("{body}", "")


def _terms(phrase: NounPhrase) -> list[Match]:
    parsed = phrase.parsed
    return [m for i in range(phrase.first, phrase.last) if (m := parsed.match_at(i)) and m.kind == TERM]


def _take(units: list[_Unit], m: Match, phrase: NounPhrase) -> None:
    before = phrase.parsed.word(m.first - 1)
    last = units[-1] if units else None
    joined = m.prefix.startswith("و")
    if joined and last is not None and _another_state(last, m):
        last.also += (m.entry.id,)
    elif last is None or joined:
        units.append(_Unit(m, joined=joined and bool(units), many=m.first == phrase.first and is_exactly(phrase.head, "many")))
    elif m.kind == ADJECTIVE:
        _qualify(last, m)
    elif m.kind == COUNTRY and before == "الي":
        last.where += f" to {m.entry.en}"
    elif m.kind == COUNTRY and not last.country and before not in ("في", "من") and last.match.kind != PLACE:
        last.country = m.entry.id
    elif m.kind in (PLACE, COUNTRY):
        last.where += f" {'in' if m.prefix.endswith('ب') else _link(last, before)} {m.entry.en}"
    else:
        units.append(_Unit(m))


def _another_state(unit: _Unit, m: Match) -> bool:
    """«الرئيسان التونسي والجزائري», «وزراء خارجية مصر والأردن»: one more state under the same noun."""
    kinds = (ADJECTIVE, COUNTRY) if unit.many else (ADJECTIVE,)
    return bool(unit.country) and m.kind in kinds and m.entry.id in country_names()


def _link(unit: _Unit, before: str) -> str:
    """«المبعوث إلى» to, «محافظ البصرة» of, otherwise in."""
    if before == "الي":
        return "to"
    heads = unit.match.kind == ROLE and "with_body" in unit.match.entry.data and before not in ("في", "من")
    return "of" if heads else "in"


def _qualify(unit: _Unit, m: Match) -> None:
    if m.entry.id in country_names() and not unit.country:
        unit.country = m.entry.id
    else:
        unit.extra = f"{m.entry.en} {unit.extra}".strip()


def _combine(unit: _Unit, after: _Unit, line: str) -> str:
    text = unit.text
    if after.match.kind == ROLE and after.match.entry.data.get("kind") == "title":
        return f"{text}, {line}"  # «مدير المكتب، المهندس فلان»: a title is nobody's office
    if after.joined:
        return f"{text} and {line}"
    if "{body}" in text:
        return text.replace("{body}", _the(line))
    if unit.match.entry.en in _MODIFIERS:
        return f"{text} {line}"
    if after.match.kind in _BODIES and unit.match.kind == ROLE:
        pattern = unit.match.entry.data.get("with_body")
        return str(pattern).replace("{body}", line) if pattern and not unit.country else f"{text} of {_the(line)}"
    crowd = after.match.entry.data.get("kind") in ("source_role", "group")
    if (unit.match.kind in _BODIES and after.match.kind in _BODIES) or crowd:
        return f"{text} of {_the(line)}"
    return f"{text}, {line}"


def listed(names: Sequence[str]) -> str:
    """«A», «A and B», «A, B and C»."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _the(line: str) -> str:
    return line if line.startswith("the ") or " " not in line or line[:1].isdecimal() else f"the {line}"

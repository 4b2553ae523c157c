"""Who and what an article names, with each name as it is spelled there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.arabic.fold import key
from briefing.arabic.lexicon import ADJECTIVE, BODY, COUNTRY, PERSON, PLACE, Match, country_names
from briefing.arabic.romanise import is_given_name
from briefing.extract.clause import Parsed
from briefing.extract.describe import describe
from briefing.extract.noun_phrase import NounPhrase
from briefing.extract.statements import Found
from briefing.item_model import Mention

COMMON_BODY = "common_body"
_KINDS = {PERSON: "person", BODY: "body", PLACE: "place", COUNTRY: "place"}


def mentions(sentences: Sequence[Parsed], statements: Sequence[Found]) -> tuple[Mention, ...]:
    """Every name of the lexicon and body of a state in reading order, then the people who speak and are in no lexicon."""
    return (*(m for parsed in sentences for m in _known(parsed, statements)), *_unknown(statements))


def _known(parsed: Parsed, statements: Sequence[Found]) -> Iterator[Mention]:
    roles = {f.speaker.en: f.speaker.role_en for f in statements if f.speaker.role_en}
    for i in range(len(parsed.tokens)):
        match = parsed.match_at(i)
        if match is not None and match.kind in _KINDS and not match.namesakes:
            kind, entry = _KINDS[match.kind], match.entry
            yield Mention(kind, entry.id, _spelled(parsed.text, match), entry.en, roles.get(entry.en))
        elif match is not None and (nation := _nation(parsed, match)) is not None:
            whole = replace(match, end=nation.end)
            en = describe(NounPhrase(parsed, match.first, nation.last, (match, nation), ()), (match, nation))
            ident = f"{nation.entry.id}.{match.entry.en.lower().replace(' ', '_')}"
            yield Mention("body", ident, _spelled(parsed.text, whole), en, None)


def _nation(parsed: Parsed, body: Match) -> Match | None:
    """«وزارة الخارجية السورية»: the state right behind a body that every state has, and nothing that makes it another body."""
    nation = parsed.match_at(body.last) if body.kind == COMMON_BODY else None
    if nation is None or nation.kind not in (ADJECTIVE, COUNTRY) or nation.prefix or nation.entry.id not in country_names():
        return None
    qualified = parsed.word(nation.last).startswith("ال") and parsed.cover[min(nation.last, len(parsed.cover) - 1)] is None
    return None if qualified else nation


def _spelled(text: str, match: Match) -> str:
    """The name as written, with its article where «لل» has swallowed it («للحوثيين»)."""
    name = text[match.start : match.end]
    swallowed = match.prefix.endswith("ل") and name.startswith("ل") and text[match.start - 1 : match.start] == "ل"
    return "ال" + name[1:] if swallowed else name


def _unknown(statements: Sequence[Found]) -> Iterator[Mention]:
    for found in statements:
        speaker = found.speaker
        words = speaker.ar.split()
        covered = any(m is not None and m.kind == PERSON for m in found.parsed.cover[found.first : found.content])
        named = speaker.role_en not in (None, speaker.en) or is_given_name(key(words[0] if words else ""))
        if speaker.resolution == "explicit" and not covered and 2 <= len(words) <= 5 and named:
            yield Mention("person", None, speaker.ar, speaker.en, speaker.role_en)

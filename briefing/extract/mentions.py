"""Who and what an article names, with each name as it is spelled there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.arabic.fold import key
from briefing.arabic.lexicon import BODY, COUNTRY, PERSON, PLACE, Match
from briefing.arabic.romanise import is_given_name
from briefing.extract.clause import Parsed
from briefing.extract.statements import Found
from briefing.model import Mention

_KINDS = {PERSON: "person", BODY: "body", PLACE: "place", COUNTRY: "place"}


def mentions(sentences: Sequence[Parsed], statements: Sequence[Found]) -> tuple[Mention, ...]:
    """Every name of the lexicon in reading order, then the speakers that no lexicon has but by a given name are people."""
    return (*(m for parsed in sentences for m in _known(parsed, statements)), *_unknown(statements))


def _known(parsed: Parsed, statements: Sequence[Found]) -> Iterator[Mention]:
    roles = {f.speaker.en: f.speaker.role_en for f in statements if f.speaker.role_en}
    for i in range(len(parsed.tokens)):
        match = parsed.match_at(i)
        if match is not None and match.kind in _KINDS and not match.namesakes:
            kind, entry = _KINDS[match.kind], match.entry
            yield Mention(kind, entry.id, _spelled(parsed.text, match), entry.en, roles.get(entry.en))


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
        if speaker.resolution == "explicit" and not covered and 2 <= len(words) <= 5 and is_given_name(key(words[0])):
            yield Mention("person", None, speaker.ar, speaker.en, speaker.role_en)

"""Brief -> brief.json (schema briefing.brief/1): the same items under the brief's own sections, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from briefing.brief_model import Brief, Entry, Heading, Ledger, Section, StatementGroup
from briefing.compose.method import english_line
from briefing.event_model import Area
from briefing.language import ENGLISH
from briefing.source_model import Source

if TYPE_CHECKING:
    from briefing.render.rendition import Rendition

SCHEMA = "briefing.brief/1"
LEDGER_SCHEMA = "briefing.ledger/1"


def render(rendition: Rendition) -> bytes:
    """The brief as UTF-8 JSON."""
    return rendition.json


def to_json(brief: Brief, lang: str = ENGLISH) -> bytes:
    """The brief as UTF-8 JSON, keys in a fixed order, ending with a newline; `lang` is the language it is printed in."""
    text = json.dumps(tree(brief, lang), ensure_ascii=False, indent=2) + "\n"
    # A lone surrogate from a \\ud800 in an input has no UTF-8 form; the escape this writes is JSON's own.
    return text.encode("utf-8", "backslashreplace")


def tree(brief: Brief, lang: str = ENGLISH) -> dict[str, Any]:
    """The brief as the object that brief.json holds: the same in every language but for `lang`."""
    return {
        "schema": SCHEMA,
        "lang": lang,
        "title": brief.title,
        "week": brief.week,
        "first_day": brief.first_day,
        "last_day": brief.last_day,
        "timezone": brief.timezone,
        "cut_off": brief.cut_off,
        "engine": asdict(brief.engine),
        "extractors": [asdict(info) for info in brief.extractors],
        "articles_used": brief.articles_used,
        "articles_left_out": brief.articles_left_out,
        "articles_duplicate": brief.articles_duplicate,
        "highlights": [asdict(highlight) for highlight in brief.highlights],
        "sections": [_section(section) for section in brief.sections],
        "ledger": _ledger(brief.ledger) if brief.ledger else None,
        "differences": [asdict(difference) for difference in brief.differences],
        "event_counts": asdict(brief.event_counts) if brief.event_counts else None,
        "names": [asdict(name) for name in brief.names],
        "sources": [_source(source) for source in brief.sources],
        "problems": [asdict(problem) for problem in brief.problems],
        "method": [english_line(line) for line in brief.method],
        "lexicon": asdict(brief.lexicon) if brief.lexicon else None,
        "pages": brief.pages,
        "left_out_by": [asdict(one) for one in brief.left_out_by],
        "left_out": [asdict(one) for one in brief.left_out],
        "also": [asdict(one) for one in brief.also],
        "review": asdict(brief.review) if brief.review else None,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "statements": [_group(group) for group in section.statements],
        "agreements": [_agreement(entry) for entry in section.agreements],
        "events": [_event(entry) for entry in section.events],
    }


def _group(group: StatementGroup) -> dict[str, Any]:
    return {
        "theatre": _heading(group.theatre),
        "topic": _heading(group.topic),
        "speaker_en": group.speaker_en,
        "speaker_ar": group.speaker_ar,
        "role_en": group.role_en,
        "items": [_entry(entry) for entry in group.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    """The item as `inspect` prints it, under its number in the brief; citations say where their text lies."""
    item = asdict(entry.item)
    own_id = item.pop("id")
    citations = [asdict(reference) for reference in entry.references]
    placed = {"theatre": _heading(entry.theatre), "topic": _heading(entry.topic), "watched": list(entry.watched)}
    told = {"found_by": list(entry.found_by), **placed, "told_before": entry.told_before, **_review(entry)}
    return {"id": entry.id, "item_id": own_id, **item, "citations": citations, **told}


def _review(entry: Entry) -> dict[str, Any]:
    """What a person said of the item, and what a review knows its tellings by."""
    parts = [{"key": part.key, "seen": part.seen} for part in entry.parts]
    return {"review": asdict(entry.review) if entry.review else None, "parts": parts}


def _heading(heading: Heading) -> dict[str, Any] | None:
    return asdict(heading) if heading.id else None


def _event(entry: Entry) -> dict[str, Any]:
    """The same with the area that the table of events is ordered by."""
    return {**_entry(entry), "area": asdict(entry.area or Area())}


def ledger_tree(brief: Brief) -> dict[str, Any]:
    """What `briefing ledger --json` prints: the ledger of a brief that has one."""
    assert brief.ledger is not None
    return {"schema": LEDGER_SCHEMA, "week": brief.week, "ledger": _ledger(brief.ledger)}


def _agreement(entry: Entry) -> dict[str, Any]:
    return {**_entry(entry), "wording": [_cited(asdict(one), "references") for one in entry.wording]}


def _ledger(ledger: Ledger) -> dict[str, Any]:
    lines = [_cited(asdict(line), "references") for line in ledger.lines]
    earlier = [_source(source) for source in ledger.earlier]
    return {"lines": lines, "more": ledger.more, "articles": ledger.articles, "earlier": earlier}


def _cited(value: dict[str, Any], name: str) -> dict[str, Any]:
    """The object with its references under the name they have at items."""
    return {("citations" if key == name else key): one for key, one in value.items()}


def _source(source: Source) -> dict[str, Any]:
    return asdict(source)

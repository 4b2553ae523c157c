"""The ledger in a brief: wordings at the agreements, lines of promises, and the sentences of earlier weeks they cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.brief_model import Brief, Change, Entry, Ledger, LedgerLine, Section, Wording
from briefing.compose.earlier import Annex
from briefing.item_model import Agreement, Citation, Reading
from briefing.ledger.book import Book
from briefing.ledger.commitments import Commitment, cited
from briefing.ledger.repeats import Repeat
from briefing.ledger.uses import Use
from briefing.model import NO_DATE, Published, When
from briefing.source_model import Reference
from briefing.translate.gloss_terms import terms


def with_ledger(brief: Brief, book: Book | None, readings: Sequence[Reading], recalled: Sequence[Reading]) -> Brief:
    """The brief with the ledger of its week; `recalled` are the earlier articles that it cites, in English.

    A line whose promise cannot be cited, because its article is not in the brief, is counted with those not shown.
    """
    if book is None:
        return brief
    annex = Annex(brief.sources, readings, recalled)
    entries = {e.item.id: e.id for section in brief.sections for e in section.agreements}
    told = [c for c in book.commitments if _citable(c, annex)]
    kept = {id(c): _kept(c, n, annex) for n, c in enumerate(told, 1)}  # first, so that the week's numbers come first
    sections = tuple(_worded(section, book.repeats, annex) for section in brief.sections)
    lines = tuple(_line(c, kept[id(c)], n, entries, annex) for n, c in enumerate(told, 1))
    more = book.more + len(book.commitments) - len(told)
    ledger = Ledger(lines, more, book.articles, annex.earlier())
    return replace(brief, sections=sections, sources=annex.sources(), ledger=ledger)


# ---------------------------------------------------------------- wording


def _worded(section: Section, repeats: Mapping[str, tuple[Repeat, ...]], annex: Annex) -> Section:
    def worded(entry: Entry) -> Entry:
        return replace(entry, wording=tuple(_wording(r, entry.id, annex) for r in repeats.get(entry.item.id, ())))

    return replace(section, agreements=tuple(worded(entry) for entry in section.agreements))


def _wording(repeat: Repeat, ident: str, annex: Annex) -> Wording:
    if repeat.since is None:
        return Wording(repeat.kind, repeat.ar, NO_DATE, ())
    use, phrase = repeat.since.use, repeat.since.phrase
    citation = next((c for c in use.item.citations if c.start <= phrase.start < c.end), use.item.citations[0])
    references = annex.cite(ident, use.article.id, citation)
    changes = tuple(Change(was, _terms(was), now, _terms(now)) for was, now in repeat.changes)
    return Wording(repeat.kind, repeat.ar, published(use.article.published), references, changes)


def _terms(arabic: str) -> str:
    """What the lexicon knows of a few words; they have no sentence to be translated in."""
    return ", ".join(dict.fromkeys(english for _, _, english in terms(arabic)))


def published(when: Published) -> When:
    """A publication date as a date of an item, whose basis stands in the annex."""
    return When(when.value, when.earliest, when.latest, when.precision, "none")


# ---------------------------------------------------------------- lines


def _citable(commitment: Commitment, annex: Annex) -> bool:
    """Whether the annex has, or may take in, every article that the line of a promise cites."""
    cited_from = [use.article.id for use in _ends(commitment.uses)]
    cited_from += [commitment.kept_by.article.id] if commitment.kept_by is not None else []
    return all(map(annex.may_cite, cited_from)) and _promise(commitment, annex) is not None


def _promise(commitment: Commitment, annex: Annex) -> Agreement | None:
    return annex.agreement(commitment.use.article.id, commitment.use.item.id)


def _kept(commitment: Commitment, n: int, annex: Annex) -> tuple[Reference, ...]:
    kept = commitment.kept_by
    return annex.cite(f"L{n}", kept.article.id, cited(kept)) if kept is not None else ()


def _line(commitment: Commitment, kept_by: tuple[Reference, ...], n: int, entries: Mapping[str, str], annex: Annex) -> LedgerLine:
    use, ident = commitment.use, f"L{n}"
    told = _ends(commitment.uses)
    references = tuple(r for u in told for r in annex.cite(ident, u.article.id, _first(u)))
    item = _promise(commitment, annex)
    assert item is not None  # `_citable` says so
    meeting = commitment.meeting
    days = (meeting.first.isoformat(), meeting.last.isoformat()) if meeting else None
    held = When(days[0] if days[0] == days[1] else None, *days, "range", "none") if days else NO_DATE
    entry = next((entries[u.item.id] for u in reversed(commitment.uses) if u.item.id in entries), None)
    promised = tuple(published(u.article.published) for u in told)
    return LedgerLine(
        ident, commitment.state, entry, item.status, item.parties, item.ar, item.en, promised, use.due, references,
        commitment.kept_as, kept_by, held,
    )  # fmt: skip


def _ends(uses: Sequence[Use]) -> tuple[Use, ...]:
    """The first and the last use of a promise."""
    return (uses[0],) if len(uses) == 1 else (uses[0], uses[-1])


def _first(use: Use) -> Citation:
    return use.item.citations[0]

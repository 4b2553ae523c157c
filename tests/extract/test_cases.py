"""Golden cases: short texts of our own and what must, must not, or cannot yet be found in them (tests/cases/*.toml).

A known failure is a strict xfail with the reason: when it starts to pass, the test says so, and its kind is to be changed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.item_model import Agreement, Count, Event, Name, Statement
from tests.extract.extracted import Extracted, extract

CASES = Path(__file__).parent.parent / "cases"
WEDNESDAY = "2024-11-13"
NONE = "-"  # how a case file says "nothing"
KINDS = ("in_the_wild", "synthetic", "negative", "known_failure")
FLOORS = {"statements": 120, "agreements": 120, "events": 60}

Case = Mapping[str, Any]


def load(name: str) -> list[Case]:
    """The cases of a file."""
    return list(tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"])


def params(name: str) -> list[Any]:
    """One pytest parameter for each case of a file."""
    return [pytest.param(c, id=c["id"], marks=_marks(c)) for c in load(name)]


def _marks(case: Case) -> list[pytest.MarkDecorator]:
    failing = case["kind"] == "known_failure"
    return [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["why"])] if failing else []


def _extracted(case: Case) -> Extracted:
    return extract(case["text"], case.get("published", WEDNESDAY))


def _known(expected: Mapping[str, Any], allowed: set[str]) -> None:
    assert not set(expected) - allowed, f"the case asks for {set(expected) - allowed}, which no test looks at"


def _en(name: Name | None) -> str:
    return NONE if name is None else name.en


# ---------------------------------------------------------------- statements


@pytest.mark.parametrize("case", params("statements"))
def test_statements(case: Case) -> None:
    found, expected = _extracted(case).statements, case["speakers"]
    assert len(found) == len(expected), [s.speaker for s in found]
    for item, wanted in zip(found, expected, strict=True):
        _compare_statement(item, wanted, found)


def _compare_statement(item: Statement, wanted: Mapping[str, Any], found: Sequence[Statement]) -> None:
    who = item.speaker
    facts: dict[str, object] = {
        "en": who.en,
        "ar": who.ar,
        "as_written": who.as_written or NONE,
        "resolution": who.resolution,
        "role_en": who.role_en or NONE,
        "addressee": _en(item.addressee),
        "venue": _en(item.venue),
        "date": item.date.value or NONE,
        "quote_type": item.quote_type,
    }
    _known(wanted, {*facts, "same_as", "starts", "ends"})
    assert {k: facts[k] for k in wanted if k in facts} == {k: v for k, v in wanted.items() if k in facts}
    assert item.ar.startswith(wanted.get("starts", "")), item.ar
    assert item.ar.endswith(wanted.get("ends", "")), item.ar
    if "same_as" in wanted:
        assert who.en == found[wanted["same_as"]].speaker.en


# ---------------------------------------------------------------- agreements


@pytest.mark.parametrize("case", params("agreements"))
def test_agreements(case: Case) -> None:
    extracted, expected = _extracted(case), case["agreements"]
    found = extracted.agreements
    assert [a.status for a in found] == [a["status"] for a in expected], found
    for item, wanted in zip(found, expected, strict=True):
        _compare_agreement(item, wanted)
    events = [e.type for e in extracted.events]
    assert case.get("events", events) == events


def _compare_agreement(item: Agreement, wanted: Mapping[str, Any]) -> None:
    _known(wanted, {"status", "parties", "date", "citations", "says", "says_not"})
    if "parties" in wanted:
        assert {p.en for p in item.parties} == _either(wanted["parties"], item)
    assert wanted.get("date", item.date.value or NONE) == (item.date.value or NONE)
    assert wanted.get("citations", len(item.citations)) == len(item.citations)
    assert [w for w in wanted.get("says", ()) if w not in item.en] == [], item.en
    assert [w for w in wanted.get("says_not", ()) if w in item.en] == [], item.en


def _either(parties: Sequence[str], item: Agreement) -> set[str]:
    """The parties one by one, or as one joint name where the item has one («Egypt and Qatar»)."""
    joint = " and ".join(p for p in (", ".join(parties[:-1]), *parties[-1:]) if p)
    return {joint} if len(item.parties) == 1 else set(parties)


# ---------------------------------------------------------------- events


@pytest.mark.parametrize("case", params("events"))
def test_events(case: Case) -> None:
    found, expected = _extracted(case).events, case["events"]
    assert len(found) == len(expected), [e.type for e in found]
    for item, wanted in zip(found, expected, strict=True):
        _compare_event(item, wanted)


def _compare_event(item: Event, wanted: Mapping[str, Any]) -> None:
    facts: dict[str, object] = {
        "type": item.type,
        "status": item.status,
        "actor": _en(item.actor),
        "target": _en(item.target),
        "place": _en(item.place),
        "asserted_by": _en(item.asserted_by),
        "date": item.date.value or NONE,
        "citations": len(item.citations),
    }
    _known(wanted, {*facts, "counts"})
    assert {k: facts[k] for k in wanted if k in facts} == {k: v for k, v in wanted.items() if k in facts}
    if "counts" in wanted:
        _compare_counts(item.counts, wanted["counts"])


def _compare_counts(found: Sequence[Count], expected: Sequence[Mapping[str, Any]]) -> None:
    assert [c.number for c in found] == [w.get("number") for w in expected]
    for count, wanted in zip(found, expected, strict=True):
        _known(wanted, {"number", "qualifier", "fate", "part_of"})
        assert count.part_of == wanted.get("part_of"), count
        assert count.qualifier == wanted.get("qualifier", count.qualifier), count
        assert wanted.get("fate", "") in count.what.split() or "fate" not in wanted, count


# ---------------------------------------------------------------- the files themselves


@pytest.mark.parametrize("name", FLOORS)
def test_case_files_keep_their_breadth(name: str) -> None:
    cases = load(name)
    idents = [c["id"] for c in cases]
    assert len(idents) == len(set(idents))
    assert len({c["text"] for c in cases}) == len(cases)
    assert len(cases) >= FLOORS[name]
    assert {c["kind"] for c in cases} <= set(KINDS)
    assert {"in_the_wild", "negative"} <= {c["kind"] for c in cases}
    assert all(c.get("why") for c in cases if c["kind"] == "known_failure")

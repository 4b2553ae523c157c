"""Rules and model together: what both found once, what only one found marked, and nothing of either lost."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.draft import Draft
from briefing.extract.llm.merging import DIFFERS, MODEL_ONLY, MODEL_SPEAKER, RULES_ONLY, ReadByModel, merged
from briefing.item_model import Agreement, Citation, Event, Item, Speaker, Statement
from briefing.model import NO_DATE
from briefing.render.words import word

TEXT = "حروف " * 100


def citation(start: int, end: int, n: int = 1) -> tuple[Citation, ...]:
    return (Citation(start, end, TEXT[start:end], n),)


def said(ident: str, start: int, end: int, who: str = "سامي الحداد", resolution: str = "explicit") -> Draft:
    speaker = Speaker(who, who and f"name of {who}", who or None, None, resolution)  # type: ignore[arg-type]
    item = Statement(ident, speaker, None, None, NO_DATE, "indirect", "x", "", citation(start, end))
    return Draft(item, f"lead of {ident}", "said", "x", f"why of {ident}", (), ("rules:1",) if ident else ())


def event(ident: str, start: int, end: int, kind: str) -> Draft:
    item = Event(ident, kind, None, None, None, (), NO_DATE, None, "reported", "x", "", citation(start, end))
    return Draft(item, "lead", kind, "x", "why", (), ("rules:1",) if ident else ())


def agreed(ident: str, start: int, end: int, status: str) -> Draft:
    item = Agreement(ident, (), status, "x", "", NO_DATE, citation(start, end))
    return Draft(item, "lead", "", "x", "why", (), ("rules:1",) if ident else ())


def together(
    ours: Sequence[Draft], theirs: Sequence[Draft], read: Container[int] = (1,)
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    made = merged(ours, ReadByModel(tuple(theirs), read, "llm:1"), "a1-S")
    return [(d.item.id, d.item.flags, d.found_by) for d in made]


BOTH = ("rules:1", "llm:1")


def test_what_both_found_is_told_once_without_a_mark() -> None:
    assert together([said("a1-S1", 0, 20)], [said("", 3, 15)]) == [("a1-S1", (), BOTH)]


@pytest.mark.parametrize("name", ["الحداد", "وزير النقل سامي الحداد"])
def test_a_shorter_or_longer_form_of_a_name_is_the_same_speaker(name: str) -> None:
    assert together([said("a1-S1", 0, 20)], [said("", 0, 20, name)]) == [("a1-S1", (), BOTH)]


def test_what_the_model_lost_is_kept_and_marked() -> None:
    assert together([said("a1-S1", 0, 20)], []) == [("a1-S1", (RULES_ONLY,), ("rules:1",))]


def test_what_the_model_never_read_is_not_marked_as_lost() -> None:
    assert together([said("a1-S1", 0, 20)], [], read=()) == [("a1-S1", (), ("rules:1",))]


def test_what_only_the_model_found_is_marked_and_stands_in_order_of_the_text() -> None:
    made = together([said("a1-S1", 50, 60), said("a1-S2", 70, 80)], [said("", 0, 20), said("", 70, 79)])
    assert made == [("a1-S3", (MODEL_ONLY,), ("llm:1",)), ("a1-S1", (RULES_ONLY,), ("rules:1",)), ("a1-S2", (), BOTH)]


def test_the_same_words_by_two_speakers_are_two_statements_that_both_say_who_found_them() -> None:
    made = together([said("a1-S1", 0, 20)], [said("", 0, 20, "ليلى المنصور")])
    assert made == [("a1-S1", (RULES_ONLY,), ("rules:1",)), ("a1-S2", (MODEL_ONLY,), ("llm:1",))]


def test_a_speaker_that_the_rules_do_not_have_is_the_models_and_says_so() -> None:
    assert together([said("a1-S1", 0, 20, "", "pronoun")], [said("", 0, 20)]) == [("a1-S1", (MODEL_SPEAKER,), BOTH)]


def test_a_name_goes_before_a_mere_role() -> None:
    ours, theirs = said("a1-S1", 0, 20, "التاجر", "role_only"), said("", 0, 20, "التاجر نبيل كرم")
    (draft,) = merged([ours], ReadByModel((theirs,), (1,), "llm:1"), "a1-S")
    assert isinstance(draft.item, Statement) and draft.item.speaker.ar == "التاجر نبيل كرم"
    assert (draft.item.id, draft.item.flags, draft.lead) == ("a1-S1", (MODEL_SPEAKER,), theirs.lead)
    assert together([said("a1-S1", 0, 20, "التاجر نبيل كرم")], [replace(ours, found_by=())]) == [("a1-S1", (), BOTH)]


def test_two_events_of_one_clause_find_their_own_partners() -> None:
    ours = [event("a1-E1", 0, 40, "AIRSTRIKE"), event("a1-E2", 0, 40, "ARREST")]
    made = together(ours, [event("", 0, 40, "ARREST"), event("", 0, 40, "DISPLACEMENT"), event("", 0, 40, "AIRSTRIKE")])
    assert made == [("a1-E1", (), BOTH), ("a1-E2", (), BOTH), ("a1-S3", (MODEL_ONLY,), ("llm:1",))]


def test_a_reading_of_the_same_family_is_the_same_event_and_another_type_is_said() -> None:
    (draft,) = merged([event("a1-E1", 0, 40, "CLASH")], ReadByModel((event("", 5, 30, "SHELLING"),), (1,), "llm:1"), "a1-E")
    assert (draft.item.flags, draft.found_by) == ((DIFFERS,), BOTH)
    assert draft.why == "why; the language model reads it as «SHELLING»"
    assert isinstance(draft.item, Event) and draft.item.type == "CLASH"


def test_an_agreement_of_another_standing_is_one_read_differently() -> None:
    assert together([agreed("a1-A1", 0, 40, "new")], [agreed("", 0, 30, "reaffirmed")]) == [("a1-A1", (DIFFERS,), BOTH)]
    assert together([agreed("a1-A1", 0, 40, "new")], [agreed("", 0, 30, "new")]) == [("a1-A1", (), BOTH)]


def test_one_item_of_the_model_cannot_stand_for_two_that_differ_from_it() -> None:
    ours = [agreed("a1-A1", 0, 40, "new"), agreed("a1-A2", 30, 60, "call")]
    assert together(ours, [agreed("", 0, 60, "reaffirmed")]) == [
        ("a1-A1", (DIFFERS,), BOTH),
        ("a1-A2", (RULES_ONLY,), ("rules:1",)),
    ]


def test_marks_are_words() -> None:
    assert [word(flag) for flag in (RULES_ONLY, MODEL_ONLY, MODEL_SPEAKER, DIFFERS)] == [
        "found by rules only",
        "found by the language model only",
        "speaker found by the language model",
        "the language model reads it differently",
    ]


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1]))
KINDS = st.sampled_from(["CLASH", "SHELLING", "ARREST", "PROTEST"])


@given(st.lists(st.tuples(SPANS, KINDS), max_size=5), st.lists(st.tuples(SPANS, KINDS), max_size=5))
def test_no_item_of_the_rules_is_ever_lost_and_no_telling_of_the_model_that_stands_alone(
    ours: list[tuple[tuple[int, int], str]], theirs: list[tuple[tuple[int, int], str]]
) -> None:
    rules = [event(f"a1-E{n}", *span, kind) for n, (span, kind) in enumerate(ours, 1)]
    model = [event("", *span, kind) for span, kind in theirs]
    made = merged(rules, ReadByModel(tuple(model), (1,), "llm:1"), "a1-E")
    ids = [d.item.id for d in made]
    assert {d.item.id for d in rules} <= set(ids) and len(set(ids)) == len(ids)
    assert [d.item.citations[0].start for d in made] == sorted(d.item.citations[0].start for d in made)
    for draft in model:
        assert any(overlaps(draft.item, other.item) for other in made)
    for draft in made:
        assert draft.found_by and bool(draft.item.flags) == (draft.found_by != BOTH or DIFFERS in draft.item.flags)


def overlaps(one: Item, other: Item) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.citations for b in other.citations)

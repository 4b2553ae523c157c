"""Who has a page and which weeks tell of one commitment: by identity, never by likeness."""

from __future__ import annotations

from briefing.deliver.wiki.commitments import commitments
from briefing.deliver.wiki.markdown_pages import stands
from briefing.deliver.wiki.subjects import subjects
from tests.deliver.wiki.told import COAST, DELTA, SAMI, agreement, brief, cited, entity, event, promise, statement


def test_the_lexicon_makes_one_of_two_spellings() -> None:
    other = ("هيئة السواحل", "Authority of Coasts")
    new = brief("2024-W46", names=[entity(other, "body", id="coast")], statements=[statement(1, other)])
    old = brief("2024-W45", names=[entity(COAST, "body", id="coast")], statements=[statement(1, COAST)])
    (found,) = subjects([new, old])
    assert (found.known, found.en, [told.week for told in found.weeks]) == (True, "Authority of Coasts", ["2024-W46", "2024-W45"])
    assert found.slug == subjects([old])[0].slug


def test_a_name_nobody_knows_is_one_by_its_letters_alone() -> None:
    alike = ("سامي حداد", "Sami al-Haddad")
    new = brief("2024-W46", names=[entity(SAMI, role="judge")], statements=[statement(1, SAMI, role="judge")])
    old = brief("2024-W45", names=[entity(SAMI, role="minister")], statements=[statement(1, SAMI, role="minister")])
    third = brief("2024-W44", names=[entity(alike)], statements=[statement(1, alike)])
    found = {s.ar: s for s in subjects([new, old, third])}
    assert {ar: len(s.weeks) for ar, s in found.items()} == {SAMI[0]: 2, alike[0]: 1}
    assert found[SAMI[0]].roles == ("judge", "minister") and not found[SAMI[0]].known
    assert found[SAMI[0]].slug != found[alike[0]].slug, "the same English is not the same page"


def test_two_people_of_one_name_in_a_week_lose_no_line() -> None:
    both = [entity(SAMI, role="judge"), entity(SAMI, role="minister")]
    (found,) = subjects([brief("2024-W46", names=both, statements=[statement(1, SAMI), statement(2, SAMI)])])
    assert [line.id for line in found.weeks[0].said] == ["S1", "S2"] and found.roles == ("judge", "minister")


def test_a_spelling_that_two_entities_share_names_neither() -> None:
    shared = [entity(COAST, "body", id="one"), entity(COAST, "body", id="other")]
    assert subjects([brief("2024-W46", names=shared, statements=[statement(1, COAST)])]) == ()


def test_lines_stand_under_what_was_done() -> None:
    names = [entity(COAST, "body", id="coast")]
    made = brief("2024-W46", names=names, agreements=[agreement(1, (COAST, DELTA), cited(1))], events=[event(1, COAST)])
    (told,) = subjects([made])[0].weeks
    assert ([line.id for line in told.agreed], [line.id for line in told.events], told.said) == (["A1"], ["E1"], ())
    assert told.agreed[0].labels == ("machine",)


def test_one_sentence_makes_one_commitment_through_the_weeks() -> None:
    first, later = cited(7, "b" * 64), cited(9, "c" * 64, 40)
    old = brief("2024-W45", promises=[promise(1, (COAST, DELTA), [first])])
    new = brief(
        "2024-W46",
        agreements=[agreement(1, (DELTA, COAST), later)],
        promises=[promise(3, (DELTA, COAST), [first, later], "overdue", "A1")],
    )
    (found,) = commitments([new, old])
    assert [(s.week, s.state, [line.id for line in s.lines]) for s in found.weeks] == [
        ("2024-W46", "overdue", ["L3", "A1"]), ("2024-W45", "due", ["L1"]),
    ]  # fmt: skip
    assert found.slug == commitments([old])[0].slug, "a new week does not rename a page"


def test_the_same_words_elsewhere_are_another_commitment() -> None:
    old = brief("2024-W45", promises=[promise(1, (COAST, DELTA), [cited(7, "b" * 64)])])
    new = brief("2024-W46", promises=[promise(1, (COAST, DELTA), [cited(7, "e" * 64)])])
    assert [len(found.weeks) for found in commitments([new, old])] == [1, 1]


def test_two_agreements_of_one_sentence_stay_two() -> None:
    both = [agreement(1, (COAST,), cited(1)), agreement(2, (COAST,), cited(1))]
    found = commitments([brief("2024-W46", agreements=both), brief("2024-W45", agreements=both)])
    assert len({c.slug for c in found}) == len(found) == 4 and all(len(c.weeks) == 1 for c in found)


def test_a_call_or_an_accusation_is_no_commitment() -> None:
    told = [agreement(n, (COAST,), cited(n), status) for n, status in enumerate(("call", "alleged_breach", "new"), 1)]
    (found,) = commitments([brief("2024-W46", agreements=told)])
    assert [(s.state, s.lines[0].id) for s in found.weeks] == [("new", "A3")]


def test_what_falls_due_says_when() -> None:
    (found,) = commitments([brief("2024-W46", promises=[promise(1, (("قوات", "forces"),), [cited(1)])])])
    assert found.weeks[0].due in stands(found.weeks[0]) and stands(found.weeks[0]).startswith("falls due 20")
    assert found.parties == (("Forces", "قوات"),)

"""Where accounts differ: rival counts, denials, actors, sums, headlines, days. No verdict, both sides cited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.brief_model import Difference, Entry, Section
from briefing.compose.differences import differences
from briefing.compose.figures import read
from briefing.compose.highlights import highlights
from briefing.item_model import Agreement, Count, Event, Name
from briefing.model import NO_DATE, UNDATED, Title, When
from briefing.source_model import Reference, Source

DAY = When("2024-11-12", "2024-11-12", "2024-11-12", "day", "stated")
TOWN = Name("سرمين", "Sarmin")
MINISTRY, MEDICS = Name("وزارة الصحة", "Health Ministry"), Name("مصدر طبي", "medical source")
ARMY, REBELS = Name("الجيش", "army"), Name("الفصائل", "factions")


def count(number: int | None, what: str, qualifier: str = "exact", part_of: int | None = None, start: int = 0) -> Count:
    return Count(number, qualifier, what, start, start + 1, "x", part_of)


def event(*counts: Count, by: Name | None = None, **given: object) -> Event:
    plain = Event("e", "SHELLING", None, None, TOWN, counts, DAY, by, "claimed" if by else "reported", "", "", ())
    return replace(plain, **given)  # type: ignore[arg-type]


def entry(ident: str, item: Event | Agreement, source: int) -> Entry:
    number = int(ident[1:])
    return Entry(ident, item, (Reference(number, source, f"{source}.txt", "0" * 64, 0, 9, "x", 1),))


def source(number: int, title: str | None = None, copy_of: int | None = None) -> Source:
    headline = Title(title, None, 0, len(title)) if title else None
    return Source(number, f"a{number}", f"{number}.txt", "0" * 64, headline, None, None, UNDATED, "", (), copy_of=copy_of)


def told(*events: Event, copies: bool = False, titles: tuple[str, ...] = ()) -> tuple[Difference, ...]:
    """The differences between events, each of an article of its own (of copies of one text where asked for)."""
    entries = tuple(entry(f"E{n}", e, n) for n, e in enumerate(events, 1))
    names = (*titles, *[None] * (len(events) - len(titles)))
    sources = [source(n, names[n - 1], 1 if copies and n > 1 else None) for n in range(1, len(events) + 1)]
    return differences([Section("dated", (), (), entries)], sources)


def planned(*days: When) -> tuple[Difference, ...]:
    parties = (Name("روسيا", "Russia"), Name("تركيا", "Türkiye"))
    plans = [Agreement("a", parties, "scheduled", "يعقد الاجتماع المقبل في موسكو", "", day, ()) for day in days]
    entries = tuple(entry(f"A{n}", plan, n) for n, plan in enumerate(plans, 1))
    return differences([Section("dated", (), entries, ())], [source(n) for n in range(1, len(days) + 1)])


def test_two_articles_with_other_tolls_of_one_place_and_day() -> None:
    (one,) = told(event(count(14, "civilians killed"), by=MINISTRY), event(count(21, "people killed"), by=MEDICS))
    assert (one.id, one.kind, one.about, one.one_event_assumed) == ("D1", "toll", "shelling, Sarmin, 2024-11-12", True)
    assert [(s.text, s.by, s.entries, s.numbers) for s in one.sides] == [
        ("14 civilians killed", "Health Ministry", ("E1",), (1,)),
        ("21 people killed", "medical source", ("E2",), (2,)),
    ]


def test_two_claimants_in_one_event() -> None:
    (one,) = told(event(count(14, "people killed"), count(21, "people killed (according to a doctor)"), by=MINISTRY))
    assert not one.one_event_assumed
    assert [s.by for s in one.sides] == ["Health Ministry", "a doctor"]


def test_one_source_in_two_articles_is_one_side() -> None:
    (one,) = told(
        event(count(14, "people killed"), by=MINISTRY),
        event(count(21, "people killed"), count(14, "people killed (according to Health Ministry)"), by=MEDICS),
    )
    assert [(s.by, s.numbers) for s in one.sides] == [("Health Ministry", (1, 2)), ("medical source", (2,))]


def test_at_least_goes_with_more() -> None:
    assert told(event(count(14, "people killed", "at_least"), by=MINISTRY), event(count(21, "people killed"), by=MEDICS)) == ()


def test_dozens_contradict_nothing() -> None:
    assert told(event(count(None, "people killed", "dozens")), event(count(3, "people killed"))) == ()


def test_children_are_not_all_people() -> None:
    assert told(event(count(4, "children killed"), by=MINISTRY), event(count(21, "people killed"), by=MEDICS)) == ()


def test_killed_and_wounded_are_not_compared() -> None:
    assert told(event(count(4, "people killed")), event(count(21, "people wounded"))) == ()


def test_things_are_not_compared() -> None:
    assert told(event(count(18, "air strikes"), by=ARMY), event(count(11, "air strikes"), by=REBELS)) == ()


def test_a_total_and_its_parts_are_no_rivals() -> None:
    parts = (count(7, "people detained (according to the command)"), count(4, "people detained (according to the command)"))
    assert told(event(count(11, "people detained"), *parts, type="ARREST")) == ()


def test_other_days_and_places_are_other_events() -> None:
    later = When("2024-11-13", "2024-11-13", "2024-11-13", "day", "stated")
    assert told(event(count(4, "people killed")), event(count(21, "people killed"), date=later)) == ()
    assert told(event(count(4, "people killed")), event(count(21, "people killed"), place=Name("بنش", "Binnish"))) == ()
    assert told(event(count(4, "people killed"), date=NO_DATE), event(count(21, "people killed"), date=NO_DATE)) == ()


def test_two_events_of_one_story_are_two() -> None:
    assert told(event(count(4, "people killed")), event(count(21, "people killed")), copies=True) == ()


def test_an_airstrike_and_a_shelling_may_be_one_bombardment() -> None:
    (one,) = told(event(count(4, "people killed")), event(count(9, "people killed"), type="AIRSTRIKE"))
    assert one.kind == "toll"


def test_a_denial_beside_a_claim() -> None:
    (one,) = told(event(by=REBELS), event(by=ARMY, status="denied"))
    assert (one.kind, [(s.text, s.by) for s in one.sides]) == ("denied", [("claimed", "factions"), ("denied", "army")])


def test_two_actors() -> None:
    (one,) = told(event(by=REBELS, actor=ARMY), event(by=ARMY, actor=REBELS))
    assert (one.kind, [s.text for s in one.sides]) == ("actor", ["army", "factions"])


def test_parts_that_exceed_their_total() -> None:
    (one,) = told(event(count(5, "people killed"), count(3, "women killed", part_of=0), count(4, "children killed", part_of=0)))
    assert (one.kind, [s.text for s in one.sides]) == ("sum", ["5 people killed", "3 + 4 = 7"])


def test_counts_in_a_row_that_miss_their_total() -> None:
    row = (count(n, "violations") for n in (15, 16, 7, 4))
    (one,) = told(event(count(41, "violations"), *row, type="CEASEFIRE_VIOLATIONS"))
    assert [s.text for s in one.sides] == ["41 violations", "15 + 16 + 7 + 4 = 42"]


def test_a_total_that_is_more_than_a_number_has_no_exact_sum() -> None:
    row = (count(n, "missiles") for n in (15, 100, 200))
    assert told(event(count(350, "missiles", "more_than"), *row)) == ()


def test_a_headline_that_counts_more() -> None:
    (one,) = told(event(count(4, "people killed")), titles=("مقتل 9 أشخاص في قصف سرمين",))
    assert (one.kind, [(s.by, s.text) for s in one.sides]) == (
        "headline",
        [("headline", "9 people killed"), ("text", "4 people killed")],
    )
    assert one.sides[0].entries == ()


def test_a_headline_that_counts_less_or_as_much_is_none() -> None:
    assert told(event(count(4, "people killed")), titles=("مقتل 4 أشخاص في قصف سرمين",)) == ()
    assert told(event(count(4, "people killed", "at_least")), titles=("مقتل 9 أشخاص في قصف سرمين",)) == ()


def test_a_headline_that_tells_as_fact_what_the_text_attributes() -> None:
    (one,) = told(event(count(4, "people killed"), by=MEDICS), titles=("مقتل 4 أشخاص في قصف على سرمين",))
    assert (one.kind, one.one_event_assumed) == ("attribution", False)
    assert [(s.by, s.text, s.entries) for s in one.sides] == [
        ("headline", "4 people killed", ()), ("medical source", "4 people killed", ("E1",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        "مصدر طبي: مقتل 4 أشخاص في قصف على سرمين",
        "مقتل 4 أشخاص في قصف على سرمين وفق مصدر طبي",
        "«مقتل 4 أشخاص» في قصف على سرمين",
        "وزارة الصحة تعلن مقتل 4 أشخاص في قصف على سرمين",
        "أنباء عن مقتل 4 أشخاص في قصف على سرمين",
        "قصف على سرمين وأنباء عن مقتل 4 أشخاص",
        "هل قتل 4 أشخاص في قصف على سرمين؟",
        "مقتل 5 أشخاص في قصف على سرمين",
    ],
)
def test_a_headline_that_attributes_doubts_or_counts_otherwise_is_none(title: str) -> None:
    found = told(event(count(4, "people killed"), by=MEDICS), titles=(title,))
    assert "attribution" not in [d.kind for d in found]


def test_a_text_that_tells_it_in_its_own_voice_too_is_none() -> None:
    title = "مقتل 4 أشخاص في قصف على سرمين"
    both = (entry("E1", event(count(4, "people killed"), by=MEDICS), 1), entry("E2", event(count(4, "people killed")), 1))
    assert differences([Section("dated", (), (), both)], [source(1, title)]) == ()


def test_an_attributed_event_is_no_dispute_in_the_highlights() -> None:
    entries = (entry("E1", event(count(4, "people killed"), by=MEDICS), 1),)
    section = Section("dated", (), (), entries)
    found = differences([section], [source(1, "مقتل 4 أشخاص في قصف على سرمين")])
    assert [d.kind for d in found] == ["attribution"]
    assert "differ" not in highlights([section], {}, found)[0].text


def test_one_plan_on_two_days() -> None:
    later = When("2024-12-03", "2024-12-03", "2024-12-03", "day", "stated")
    (one,) = planned(DAY, later)
    assert (one.kind, [s.text for s in one.sides]) == ("date", ["2024-11-12", "2024-12-03"])
    assert planned(DAY, When(None, "2024-11-01", "2024-11-30", "month", "stated")) == ()


def test_words_of_a_count() -> None:
    assert read("civilians killed (according to a doctor)") == ("killed", "anyone", "a doctor")
    assert read("children wounded") == ("wounded", "children", "")
    assert read("violations") == ("", "violations", "")


counts = st.builds(
    count,
    st.none() | st.integers(0, 60),
    st.sampled_from(["people killed", "children killed", "people wounded", "violations", "people killed (according to X)"]),
    st.sampled_from(["exact", "at_least", "more_than", "about"]),
    st.none() | st.just(0),
)
events = st.builds(
    lambda found, by, actor, status, dated: event(
        *found, by=by, actor=actor, status=status, date=DAY if dated else NO_DATE
    ),
    st.lists(counts, max_size=5), st.sampled_from([None, MINISTRY, MEDICS]), st.sampled_from([None, ARMY, REBELS]),
    st.sampled_from(["reported", "claimed", "denied"]), st.booleans(),
)  # fmt: skip


@given(st.lists(events, max_size=5))
def test_every_difference_has_two_cited_sides(found: list[Event]) -> None:
    differing = told(*found)
    assert [d.id for d in differing] == [f"D{n}" for n in range(1, len(differing) + 1)]
    for one in differing:
        assert len(one.sides) >= 2 and len(set(one.sides)) == len(one.sides)
        assert all(side.text and side.numbers for side in one.sides)


@given(st.lists(events, max_size=4))
def test_the_order_of_articles_changes_no_finding(found: list[Event]) -> None:
    def kinds(differing: tuple[Difference, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
        return sorted((d.kind, sorted((s.text, s.by) for s in d.sides)) for d in differing)

    assert kinds(told(*found)) == kinds(told(*reversed(found)))


def test_of_accounts_that_differ_one_is_highlighted_and_says_so() -> None:
    events = (
        event(count(14, "civilians killed"), by=MINISTRY, en="Ministry's."),
        event(count(21, "people killed"), by=MEDICS, en="Medics'."),
    )
    other = event(count(3, "people killed"), place=Name("بنش", "Binnish"), en="Elsewhere.")
    entries = tuple(entry(f"E{n}", e, n) for n, e in enumerate((*events, other), 1))
    section = Section("dated", (), (), entries)
    differing = differences([section], [source(n) for n in (1, 2, 3)])
    assert [h.text for h in highlights([section], {}, differing)] == ["Medics'. Accounts differ.", "Elsewhere."]

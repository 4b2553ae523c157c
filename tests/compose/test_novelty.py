"""What an earlier week told is known as such, and stands behind what is new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.brief_model import Brief
from briefing.compose.brief import composed, gathered
from briefing.compose.highlights import RULE
from briefing.compose.novelty import told_before
from briefing.compose.ranking import points
from briefing.config import Config
from briefing.item_model import Agreement, Event, Item, Reading, Statement
from briefing.pipeline import Means, Order, build
from briefing.progress import untracked
from briefing.scope.watch import NOBODY
from briefing.selection import Selection
from briefing.translate.gloss import Gloss
from briefing.translate.gloss_terms import terms
from briefing.week import Week
from briefing.week_before import week_before
from tests.compose.test_compose import ENGINE, MARKET, NOW, PORT, all_entries, read
from tests.extract.extracted import article
from tests.ledger.test_book import PLEDGE

W46 = Week(2024, 46)
HARBOUR = "وقال وزير النقل العراقي سالم الدوري إن الرسوم ستخفض إلى النصف اعتبارا من الشهر المقبل."
SHELLED = "قتل {} مدنيين في قصف مدفعي على بلدة {} أمس. ونقل المصابون إلى مستشفيين."
COUNTRY = "قتل ثلاثة مدنيين في قصف مدفعي في سوريا أمس. ونقل المصابون إلى مستشفيين."


def again(now: list[Reading], *earlier: str, agreed: tuple[str, ...] = ()) -> list[Item]:
    """The items of this week that texts of the week before told, of those with the ids `agreed` too."""
    before = week_before([article(text, "2024-11-06", f"old{n}") for n, text in enumerate(earlier)], W46, untracked)
    material = gathered(Selection(W46, tuple(r.article for r in now), (), ()), now)
    found = told_before(material.told(), material.who, before, agreed)
    return [t.item for story in material.told() for t in story.told if t.item.id in found]


def test_a_statement_of_the_week_before_in_the_same_words_is_told_before() -> None:
    (found,) = again([read(HARBOUR, "now")], HARBOUR)
    assert isinstance(found, Statement) and found.speaker.en.endswith("al-Duri")


@pytest.mark.parametrize(
    "earlier",
    [HARBOUR.replace("النصف", "الثلث"), HARBOUR.replace("سالم الدوري", "سالم الجبوري"), HARBOUR.replace("قال", "نفى")],
    ids=["other words", "another speaker", "another verb"],
)
def test_a_statement_that_differs_is_new(earlier: str) -> None:
    assert again([read(HARBOUR, "now")], earlier) == []


def test_an_event_of_a_type_and_place_of_the_week_before_is_told_before() -> None:
    (found,) = again([read(SHELLED.format("سبعة", "سرمين"), "now")], SHELLED.format("ثلاثة", "سرمين"))
    assert isinstance(found, Event) and found.place is not None and found.place.en == "Sarmin"


@pytest.mark.parametrize(
    "earlier", [SHELLED.format("ثلاثة", "سراقب"), "تظاهر مئات الأشخاص أمس في بلدة سرمين احتجاجا على انقطاع الكهرباء."]
)
def test_an_event_of_another_place_or_type_is_new(earlier: str) -> None:
    assert again([read(SHELLED.format("سبعة", "سرمين"), "now")], earlier) == []


def test_a_whole_country_is_no_place_to_know_an_event_by() -> None:
    now = read(COUNTRY, "now")
    assert [e.place and e.place.en for e in now.events] == ["Syria"]
    assert again([now], COUNTRY) == []


def test_agreements_are_known_by_their_ids_and_without_a_week_before_nothing_else_is() -> None:
    now = read("اتفقت الأردن والعراق على فتح معبر طريبيل على مدار الساعة.", "now")
    (deal,) = now.agreements
    assert again([now], agreed=(deal.id, "of another article")) == [deal]
    material = gathered(Selection(W46, (now.article,), (), ()), [now])
    assert told_before(material.told(), material.who, None, ()) == frozenset()


# ---------------------------------------------------------------- highlights and points


def brief_of(readings: list[Reading], old: frozenset[str]) -> Brief:
    chosen = Selection(W46, tuple(r.article for r in readings), (), ())
    return composed(replace(gathered(chosen, readings), again=old), (), ENGINE, Config(), NOW)


def first(brief: Brief, kind: type[Item]) -> Item:
    """The first highlight of a kind."""
    by_id = {e.id: e.item for e in all_entries(brief)}
    return next(item for h in brief.highlights for i in h.entries if isinstance(item := by_id[i], kind))


def test_of_two_alike_the_new_one_comes_first() -> None:
    shelled = [read(SHELLED.format("ثلاثة", place), place) for place in ("سرمين", "سراقب")]
    readings = [read(PORT, "a"), read(HARBOUR, "b"), *shelled]
    fresh = brief_of(readings, frozenset())
    for kind in (Statement, Event):
        led = first(fresh, kind)
        mine = frozenset(i.id for r in readings if led in (*r.statements, *r.events) for i in (*r.statements, *r.events))
        assert first(brief_of(readings, mine), kind) not in (*(s for r in readings for s in r.statements if s.id in mine), led)


def test_a_new_agreement_goes_before_one_in_known_words_whatever_they_are() -> None:
    deal = read("اتفقت الأردن والعراق على فتح معبر طريبيل على مدار الساعة.", "a")
    call = read("ودعت مصر والأردن إلى وقف إطلاق النار في السودان فورا.", "b")
    both = [deal, call]
    assert first(brief_of(both, frozenset()), Agreement) == deal.agreements[0]
    assert first(brief_of(both, frozenset((deal.agreements[0].id,))), Agreement) == call.agreements[0]


@pytest.mark.parametrize(("killed", "place"), [("ثلاثين", "سرمين"), ("خمسة", "سراقب")])
def test_the_killed_count_half_where_the_week_before_had_the_like(killed: str, place: str) -> None:
    """Thirty killed where people were killed last week stand before four elsewhere, five do not."""
    known, other = read(SHELLED.format(killed, "سرمين"), "a"), read(SHELLED.format("أربعة", "سراقب"), "b")
    led = first(brief_of([known, other], frozenset(e.id for e in known.events)), Event)
    assert isinstance(led, Event) and led.place is not None
    assert led.place.ar == place


def test_points_for_the_page_budget_are_fewer() -> None:
    now = read(MARKET + " " + HARBOUR, "a")
    material = gathered(Selection(W46, (now.article,), (), ()), [now])
    (story,) = material.told()
    old = [t.item.id for t in story.told]
    assert points(story, NOBODY) == 4 + len({s.speaker.en for s in now.statements if s.speaker.resolution == "explicit"})
    assert points(story, NOBODY, old) == 2


@given(st.permutations(range(4)))
def test_the_order_of_articles_changes_nothing(order: list[int]) -> None:
    texts = (HARBOUR, SHELLED.format("ثلاثة", "سرمين"), COUNTRY, PORT)
    now = [read(text, f"now{n}") for n, text in enumerate(texts)]
    mixed = again([now[n] for n in order], *(texts[n] for n in reversed(order)))
    assert {i.id for i in mixed} == {i.id for i in again(now, *texts)}


def test_a_build_knows_what_its_inputs_told_before(tmp_path: Path) -> None:
    wording = PLEDGE.format("الربيع")
    old = (("2024-11-06", HARBOUR), ("2024-09-10", wording))
    new = (("2024-11-12", HARBOUR), ("2024-11-13", wording), ("2024-11-14", PORT))
    for n, (day, text) in enumerate((*old, *new)):
        (tmp_path / f"{n}.txt").write_text(f"Published: {day}\n\n{text}\n", encoding="utf-8")
    config = Config(base=tmp_path)
    brief = build(Order((tmp_path,), "2024-W46", False, NOW), config, Means(lambda: Gloss(terms)), lambda _: None, untracked)
    repeated = {(type(e.item).__name__, e.references[0].file) for e in all_entries(brief) if e.told_before}
    assert {(kind, Path(file).name) for kind, file in repeated} == {("Statement", "2.txt"), ("Agreement", "3.txt")}
    assert RULE in [line.key for line in brief.method]

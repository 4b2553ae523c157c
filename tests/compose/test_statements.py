"""Statements by theatre, topic, speaker and addressee; headings that stay few; the same in every format."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.brief_model import Brief, Section
from briefing.compose.theatres import scene, theatre_of
from briefing.config import Config
from briefing.errors import OutputError
from briefing.item_model import Reading
from briefing.model import Title
from briefing.render.context import make_context
from briefing.render.html import page
from briefing.render.json_brief import tree
from briefing.render.markdown import markdown
from briefing.render.verify import check_brief
from tests.compose.test_compose import brief_of, read

SYRIA = "قال محافظ حلب سامي الحداد إن قذائف سقطت قرب حلب أمس."
SYRIA_ROADS = "وقالت وزيرة التعليم السورية ليلى المنصور إن المدارس في دمشق ستفتح أبوابها أمام الطلاب."
IRAQ = "وقال وزير النقل العراقي سالم الدوري إن الجسر في بغداد سيفتح قريبا."
JORDAN = "وقال وزير المياه الأردني فارس الكيلاني إن السد في عمان امتلأ."
SHELLS = SYRIA.replace("سامي الحداد", "قاسم الراوي")
SCHOOLS = SYRIA_ROADS.replace("المدارس", "الجامعات").replace("ليلى المنصور", "هند الراوي")
NOWHERE = "وقال الكاتب نبيل الشامي إن الكتاب الجديد جاهز."


def theatres(section: Section) -> list[str]:
    """The headings of theatres in reading order."""
    return [one for one, _ in groupby(group.theatre.en for group in section.statements)]


def headings(text: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", line).strip("# ") for line in text.splitlines() if line.startswith("###")]


def only(brief: Brief) -> Section:
    (section,) = brief.sections
    return section


def section_of(*texts: str) -> Section:
    """The one section of the brief of these texts, an article each."""
    return only(brief_of([read(text, f"a{n}") for n, text in enumerate(texts)]))


# ---------------------------------------------------------------- theatres


def basis(reading: Reading) -> list[tuple[str, str]]:
    where = scene(reading)
    items = (*reading.statements, *reading.agreements, *reading.events)
    return [(found.heading.en, found.basis) for item in items for found in [theatre_of(item, where)]]


def test_an_event_belongs_to_the_country_of_its_place() -> None:
    reading = read("قتل ثلاثة مدنيين في قصف على بلدة سرمين. ودعت بغداد وأربيل والموصل والبصرة إلى الهدوء في العراق.", "a1")
    assert ("Syria", "place") in basis(reading)


def test_a_statement_belongs_to_the_country_it_names_alone() -> None:
    reading = read(SYRIA + " " + IRAQ, "a1")
    assert basis(reading) == [("Syria", "words"), ("Iraq", "words"), ("Syria", "place")]


def test_a_country_named_in_passing_is_no_theatre() -> None:
    passing = "وأضاف أن الشاحنات جاءت من الأردن."
    reading = read("قال محافظ حلب سامي الحداد إن حلب ودمشق وحمص وحماة وإدلب ودرعا في سوريا آمنة. " + passing, "a1")
    assert basis(reading)[-1] == ("Syria", "article")


def test_a_statement_that_names_two_countries_belongs_to_that_of_its_article() -> None:
    text = "وقال وزير النقل العراقي سالم الدوري إن العراق والأردن سيفتحان المعبر. ووصلت الشاحنات إلى بغداد والبصرة."
    assert basis(read(text, "a1")) == [("Iraq", "article")]


def test_the_headline_counts_more_than_the_text() -> None:
    reading = read("وقال الكاتب نبيل الشامي إن الوضع صعب. وعاد من عمان.", "a1")
    assert scene(reading).theatre.heading.en == "Jordan"
    titled = replace(reading, article=replace(reading.article, title=Title("أيام في اليمن", None, None, None)))
    assert scene(titled).theatre.heading.en == "Yemen"


def test_an_article_without_places_belongs_to_the_country_of_its_bodies() -> None:
    assert scene(read("قال البيت الأبيض إن الاجتماع تأجل.", "a1")).theatre.heading.en == "United States"


def test_what_has_no_country_comes_last() -> None:
    section = section_of(NOWHERE, SYRIA, SYRIA_ROADS, NOWHERE)
    assert theatres(section) == ["Syria", "International and other"]


# ---------------------------------------------------------------- order and headings


def test_the_theatre_with_the_most_statements_comes_first() -> None:
    section = section_of(IRAQ, IRAQ.replace("الجسر", "النفق"), SYRIA, SYRIA_ROADS, SHELLS)
    assert theatres(section) == ["Syria", "Iraq"]


def test_countries_with_one_statement_share_a_heading() -> None:
    section = section_of(JORDAN, IRAQ, SYRIA, SYRIA_ROADS, NOWHERE)
    assert theatres(section) == ["Syria", "Other countries", "International and other"]
    shared = [group for group in section.statements if group.theatre.id == "elsewhere"]
    assert [entry.theatre.en for group in shared for entry in group.entries] == ["Iraq", "Jordan"]
    assert not any(group.titled or group.topic.id for group in shared)


def test_one_country_with_one_statement_has_its_own_heading() -> None:
    section = section_of(IRAQ, SYRIA, SYRIA_ROADS)
    assert theatres(section) == ["Syria", "Iraq"]


def test_topics_are_headings_only_where_they_have_two_statements_on_average() -> None:
    few = only(brief_of([read(SYRIA, "a1"), read(SYRIA_ROADS, "a2")]))
    assert [group.topic.id for group in few.statements] == ["", ""]
    assert [entry.topic.id for group in few.statements for entry in group.entries] == ["security", "society"]
    many = section_of(SYRIA_ROADS, SYRIA, SCHOOLS, SHELLS)
    assert [group.topic.id for group in many.statements] == ["security", "security", "society", "society"]


def test_ids_follow_the_reading_order() -> None:
    section = section_of(NOWHERE, JORDAN, IRAQ, SYRIA, SYRIA_ROADS)
    entries = [entry for group in section.statements for entry in group.entries]
    assert [entry.id for entry in entries] == [f"S{n}" for n in range(1, len(entries) + 1)]
    met = list(dict.fromkeys(r.number for entry in entries for r in entry.references))
    assert met == list(range(1, len(met) + 1))


TEXTS = (SYRIA, SYRIA_ROADS, IRAQ, JORDAN, NOWHERE)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6))
def test_every_statement_stands_once_under_headings_that_stand_once(texts: list[str]) -> None:
    readings = [read(text + " " * n, f"a{n}") for n, text in enumerate(texts)]
    brief = brief_of(readings)
    section = only(brief)
    check_brief(brief)
    names = theatres(section)
    assert len(names) == len(set(names))
    shown = {r.quote for group in section.statements for entry in group.entries for r in entry.references}
    assert shown == {c.quote for reading in readings for item in reading.statements for c in item.citations}


# ---------------------------------------------------------------- in the formats


@pytest.fixture(scope="module")
def brief() -> Brief:
    shells = SHELLS + " وأضاف أن قذيفة أصابت مدرسة في حلب."
    texts = (SYRIA_ROADS, SYRIA, SCHOOLS, shells, IRAQ, JORDAN, NOWHERE)
    return brief_of([read(text, f"a{n}") for n, text in enumerate(texts)])


def test_the_headings_stand_in_markdown_in_order(brief: Brief) -> None:
    shown = headings(markdown(brief, make_context(Config())))
    assert shown[: shown.index("International and other") + 1] == [
        "Syria", "Security and military", "Qasim al-Rawi قاسم الراوي", "Society and services",
        "Other countries", "International and other",
    ]  # fmt: skip


def test_the_contents_lead_to_every_theatre(brief: Brief) -> None:
    html = page(brief, make_context(Config()))
    contents = html[html.index('id="contents"') : html.index('<h2><a id="statements"')]
    assert re.findall(r'href="#statements-([a-z]+)">([^<]+)<', contents) == [
        ("sy", "Syria"), ("elsewhere", "Other countries"), ("international", "International and other"),
    ]  # fmt: skip


def test_lines_say_what_no_heading_says(brief: Brief) -> None:
    text = markdown(brief, make_context(Config()))
    assert '<span class="tag">Iraq</span> · <span class="tag">' in text
    assert '<span class="tag">Security and military</span>' not in text


def test_json_holds_the_same_headings(brief: Brief) -> None:
    groups = json.loads(json.dumps(tree(brief)))["sections"][0]["statements"]
    assert [group["theatre"]["id"] for group in groups] == [group.theatre.id for group in only(brief).statements]
    assert groups[0]["topic"] == {"id": "security", "en": "Security and military", "ar": "الأمن والشؤون العسكرية"}
    assert groups[-1]["topic"] is None and groups[-1]["items"][0]["topic"]["id"]


def test_a_theatre_in_two_places_is_not_written(brief: Brief) -> None:
    section = only(brief)
    torn = replace(section, statements=(*section.statements[1:], section.statements[0]))
    with pytest.raises(OutputError, match="stands in two places"):
        check_brief(replace(brief, sections=(torn,)))

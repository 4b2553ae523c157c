"""The table and the counts of field events in every format; nothing an article says gets into the markup of the chart."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.brief_model import Brief
from briefing.errors import OutputError
from briefing.event_model import Area, AreaCount, EventCounts, Toll, Uncounted
from briefing.item_model import Event, Name
from briefing.language import english
from briefing.model import NO_DATE, When
from briefing.render.context import RenderContext
from briefing.render.event_chart import MOST, PLACE, bars, chart, with_chart
from briefing.render.event_words import area_text, around, short_when, toll_text
from briefing.render.html import page, to_html
from briefing.render.markdown import markdown
from briefing.render.verify import check_brief, check_outputs

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = st.text(st.characters(codec="utf-8")) | st.sampled_from(
    ["a | b", "</svg><script>alert(1)</script>", "\u202eturned", "x" * 3000, "[a](javascript:b)", PLACE, "-->", "`|`", "\n\n# h"]
)


def with_names(brief: Brief, name: str) -> Brief:
    """The brief with `name` wherever an event or a count has one."""
    section = brief.sections[0]
    events = tuple(replace(e, item=_named(e.item, name), area=Area("SY", name, name)) for e in section.events)
    assert brief.event_counts is not None
    rows = tuple(replace(row, area=Area(place=name)) for row in brief.event_counts.areas)
    counts = replace(brief.event_counts, areas=rows)
    return replace(brief, sections=(replace(section, events=events), *brief.sections[1:]), event_counts=counts)


def _named(item: object, name: str) -> Event:
    assert isinstance(item, Event)
    who = Name("م", name)
    counts = tuple(replace(c, what=name) for c in item.counts)
    return replace(item, actor=who, target=who, place=who, asserted_by=who, counts=counts)


@pytest.mark.parametrize("name", ["md", "html"])
def test_each_event_has_a_row_that_leads_to_it_and_to_its_citation(name: str, made: dict[str, bytes]) -> None:
    text = made[name].decode().replace("&nbsp;", "\u00a0")
    assert re.findall(r'<a id="row-(e\d)">', text) == ["e1", "e2"]
    row = text.split('<a id="row-e1">')[1].split('<a id="row-e2">')[0]
    assert "#e1" in row and "#c6" in row
    for words in ("13\u00a0Nov\u00a02024", "Idlib, Syria", "Airstrike", "at least 12 killed", "by the monitoring centre"):
        assert words in row
    assert "3 children killed" not in row, "a part of a total stands with the event below"


def test_a_row_is_one_line_of_seven_cells(brief: Brief, context: RenderContext) -> None:
    rows = [line for line in markdown(brief, context).splitlines() if "row-e" in line]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [8, 8]


def test_what_is_not_stated_is_said(brief: Brief, context: RenderContext) -> None:
    section = brief.sections[0]
    bare = tuple(replace(e, item=replace(e.item, place=None, date=NO_DATE), area=Area()) for e in section.events)
    text = markdown(replace(brief, sections=(replace(section, events=bare), *brief.sections[1:])), context)
    row = next(line for line in text.splitlines() if "row-e1" in line)
    assert "| date not stated | place not stated |" in row


def test_the_counts_say_how_many_articles_there_were(made: dict[str, bytes]) -> None:
    text = made["md"].decode()
    assert "| Idlib, Syria | 1 | 2 | at least 12 | 1 unclear |" in text
    assert "4 articles of 2024-W46, 3 of 2024-W45: more articles tell of more events." in text
    assert "1 of 2024-W45 not read." in text
    assert "1 dated outside the week, or only to a month or year: not counted." in text


def test_a_week_without_articles_before_it_is_not_compared(brief: Brief, context: RenderContext) -> None:
    assert brief.event_counts is not None
    alone = tuple(replace(row, before=None, killed_before=None) for row in brief.event_counts.areas)
    total = replace(brief.event_counts.total, before=None, killed_before=None)
    counts = replace(brief.event_counts, articles_before=0, unread_before=0, areas=alone, total=total)
    text = markdown(replace(brief, event_counts=counts), context)
    assert "No articles of 2024-W45 at hand, so nothing is compared." in text
    assert "| Idlib, Syria | 1 | at least 12 |" in text
    assert {len(group.bars) for group in bars(counts, english())} == {1}
    assert "2024-W45" not in chart(counts, context)


def test_the_chart_is_in_the_page_once_and_its_numbers_in_the_markdown(brief: Brief, made: dict[str, bytes]) -> None:
    html, text = made["html"].decode(), made["md"].decode()
    assert html.count("<svg") == html.count("</svg>") == 1 and PLACE not in html
    assert PLACE in text and "<svg" not in text
    assert brief.event_counts is not None
    for row in brief.event_counts.areas:
        assert f"| {row.events} | {row.before} |" in text


def test_the_chart_is_read_out(brief: Brief, context: RenderContext) -> None:
    assert brief.event_counts is not None
    tree = ElementTree.fromstring(chart(brief.event_counts, context))
    title, said = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert title is not None and said is not None and tree.get("role") == "img"
    assert tree.get("aria-labelledby") == f"{title.get('id')} {said.get('id')}"
    assert title.text == "Field events by first-level division, 2024-W46 and 2024-W45"
    assert (said.text or "").startswith("Idlib, Syria: 1, 2 the week before; ")


@pytest.mark.slow
def test_the_chart_is_drawn_in_the_pdf_as_vectors_and_tagged(made: dict[str, bytes]) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(made["pdf"]))
    assert not any(page.images for page in reader.pages)
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert text.count("2024-W45") >= 2, "its legend, beside what the Markdown says"
    kinds = [element for element in _elements(reader.root_object["/StructTreeRoot"]) if element.get("/S") == "/Figure"]
    assert ["Field events by first-level division" in str(figure["/Alt"]) for figure in kinds] == [True]


def _elements(element) -> list[dict[str, object]]:  # type: ignore[no-untyped-def]
    children = element.get("/K", [])
    found = [element]
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            found += _elements(child)
    return found


def test_json_has_the_areas_and_the_counts(made: dict[str, bytes]) -> None:
    tree = json.loads(made["json"])
    area = tree["sections"][0]["events"][0]["area"]
    assert area == {"country": "SY", "country_en": "Syria", "division": "Idlib", "place": None}
    assert tree["event_counts"]["areas"][0]["killed"] == {"number": 12, "at_least": True, "unclear": 0}
    assert tree["event_counts"]["uncounted"]["outside"] == 1


def test_events_without_any_place_make_no_chart(brief: Brief, context: RenderContext) -> None:
    assert brief.event_counts is not None
    nowhere = replace(brief.event_counts, areas=(brief.event_counts.total,))
    html = page(replace(brief, event_counts=nowhere), context)
    assert "<svg" not in html and PLACE not in html and "Place not stated or not known" in html


def test_an_article_cannot_ask_for_the_chart(brief: Brief, context: RenderContext) -> None:
    assert page(with_names(brief, PLACE), context).count("<svg") == 1
    assert "<svg" not in to_html('<svg onload="alert(1)"><title>x</title></svg>')


@pytest.mark.slow
@given(HOSTILE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_whatever_a_name_says_the_table_holds(brief: Brief, context: RenderContext, name: str) -> None:
    changed = with_names(brief, name)
    text = markdown(changed, context)
    rows = [line for line in text.splitlines() if '<a id="row-e' in line]
    assert [line.count("|") for line in rows] == [8, 8]
    html = with_chart(to_html(text), changed, context)
    assert (html.count("<svg"), html.count("</svg>")) == (1, 1)
    assert not re.search(r"<(?:script|img|iframe|i|b)\b", html)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    check_outputs(changed, {"md": text.encode("utf-8", "replace"), "html": html.encode("utf-8", "replace")})


@given(st.lists(st.tuples(HOSTILE, st.integers(0, 10**6), st.none() | st.integers(0, 10**6)), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_any_counts_make_a_chart_that_is_sound_and_fits(context: RenderContext, rows: list[tuple[str, int, int | None]]) -> None:
    compared = all(before is not None for _, _, before in rows)
    areas = tuple(AreaCount(Area(place=n), e, b if compared else None, Toll(), None) for n, e, b in rows)
    total = AreaCount(Area(), 0, 0 if compared else None, Toll(), None)
    counts = EventCounts("2024-W46", "2024-W45", 1, 1, 0, areas, total, Uncounted())
    tree = ElementTree.fromstring(chart(counts, context).encode("utf-8"))
    known = {SVG + tag for tag in ("svg", "title", "desc", "g", "rect", "text", "path")}
    assert {element.tag for element in tree.iter()} <= known
    width, height = (float(tree.get(side, "")) for side in ("width", "height"))
    for rect in tree.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(side, "")) for side in ("x", "y", "width", "height"))
        assert min(x, y, w, h) >= 0 and x + w <= width and y + h <= height
    assert len(bars(counts, english())) == min(len(rows), MOST)


def test_the_chart_shows_what_fell_and_leaves_out_what_has_no_place(brief: Brief, context: RenderContext) -> None:
    assert brief.event_counts is not None
    risen = [AreaCount(Area(place=f"Town {n}"), 2, 0, Toll(), Toll()) for n in range(MOST)]
    fallen, nowhere = AreaCount(Area(place="Port"), 0, 9, Toll(), Toll()), AreaCount(Area(), 50, 50, Toll(), Toll())
    counts = replace(brief.event_counts, areas=(*risen, fallen, nowhere))
    drawn = bars(counts, english())
    assert [group.label for group in drawn] == [*(f"Town {n}" for n in range(MOST - 1)), "Port"]
    assert max(bar.length for group in drawn for bar in group.bars) == drawn[-1].bars[1].length
    assert "2 more in the table." in chart(counts, context)


def test_the_same_order_in_all_formats_or_nothing_is_written(brief: Brief, made: dict[str, bytes]) -> None:
    swapped = made["md"].replace(b"row-e1", b"row-e9").replace(b"row-e2", b"row-e1").replace(b"row-e9", b"row-e2")
    with pytest.raises(OutputError, match="in its table"):
        check_outputs(brief, {"md": swapped})


@pytest.mark.parametrize(
    ("change", "message"),
    [({"events": 9}, "events of all areas"), ({"killed": Toll(99)}, "people killed in all areas")],
)
def test_counts_that_do_not_add_up_are_not_written(change: dict[str, object], message: str, brief: Brief) -> None:
    counts = brief.event_counts
    assert counts is not None
    wrong = replace(counts, total=replace(counts.total, **change))  # type: ignore[arg-type]
    with pytest.raises(OutputError, match=message):
        check_brief(replace(brief, event_counts=wrong))


def test_more_events_than_there_are_cannot_be_counted(brief: Brief) -> None:
    assert brief.event_counts is not None
    row = replace(brief.event_counts.areas[0], events=5)
    wrong = replace(brief.event_counts, areas=(row,), total=replace(brief.event_counts.total, events=5))
    with pytest.raises(OutputError, match="more events are counted"):
        check_brief(replace(brief, event_counts=wrong))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NO_DATE, ""),
        (When("2024-11-12", "2024-11-12", "2024-11-12", "day", "stated"), "12 Nov 2024"),
        (When("2024-05", "2024-05-01", "2024-05-31", "month", "stated"), "May 2024"),
        (When("2015", "2015-01-01", "2015-12-31", "year", "stated"), "2015"),
        (When(None, "2024-11-11", "2024-11-13", "range", "relative"), "11–13 Nov 2024"),
        (When(None, "2024-12-30", "2025-01-05", "range", "relative"), "30 Dec 2024 – 5 Jan 2025"),
        (When(None, "2024-11-11", None, "range", "relative"), "from 11 Nov 2024"),
        (When(None, None, "2024-11-11", "range", "relative"), "until 11 Nov 2024"),
    ],
)
def test_short_dates(when: When, said: str) -> None:
    assert short_when(when, english()).replace("\u00a0", " ") == said


def test_areas_and_tolls_in_words() -> None:
    assert area_text(Area("YE", "Yemen", "Taiz"), english()) == "Taiz, Yemen"
    assert area_text(Area("KW", "Kuwait", "Kuwait"), english()) == "Kuwait"
    assert area_text(Area(), english()) == "Place not stated or not known"
    assert around(Area("SD", "Sudan", "Khartoum"), Name("أم درمان", "Omdurman"), english()) == "Khartoum, Sudan"
    assert around(Area("YE", "Yemen"), Name("اليمن", "Yemen"), english()) == ""
    assert around(Area(place="Red Sea"), Name("البحر الأحمر", "Red Sea"), english()) == ""
    tolls = (Toll(1200), Toll(30, True), Toll(14, False, 1), Toll(0, False, 2), Toll(), None)
    assert [toll_text(one, english()) for one in tolls] == ["1,200", "at least 30", "14 + 1 unclear", "2 unclear", "–", "–"]

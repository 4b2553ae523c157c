"""Copies in the brief: one item with all its citations, what a copy adds stays, and all figures and links hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from briefing.arabic.sentences import sentences
from briefing.brief_model import Brief, Entry, Section
from briefing.compose.brief import compose
from briefing.compose.copies import told
from briefing.config import Config
from briefing.extract import rules
from briefing.ingest import duplicates
from briefing.item_model import Reading
from briefing.model import EngineInfo, Outlet, Title
from briefing.pipeline import Means, Order, build
from briefing.progress import untracked
from briefing.readings import reading
from briefing.render.context import make_context
from briefing.render.json_brief import tree
from briefing.render.markdown import markdown
from briefing.render.schema import schema
from briefing.render.write import write
from briefing.selection import Selection
from briefing.translate.gloss import create
from briefing.week import parse
from tests.extract.extracted import article

NOW = datetime(2024, 11, 18, 6, tzinfo=UTC)
ENGINE = EngineInfo("gloss", "", "", "Translation engine: gloss.")
LEAD = "قتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف مدفعي على بلدة سرمين مساء أمس."
SAID = "وقال وزير الصحة سامي الحداد إن المصابين نقلوا إلى مستشفيين قريبين من البلدة."
AGREED = "اتفقت الأردن والعراق على فتح معبر طريبيل على مدار الساعة أمام الشاحنات والمسافرين."
BREAD = "وقالت وزيرة التجارة ليلى المنصور إن المخابز ستعمل ليلا ونهارا طوال الأسبوع المقبل."
ROADS = "وقال وزير النقل قاسم الراوي إن الطريق الساحلي سيغلق يومين لإصلاح الجسر الصغير."
STORY = (LEAD, SAID, AGREED)
ALL = (*STORY, BREAD, ROADS)


def read(ident: str, *said: str, day: str | None = "2024-11-13") -> Reading:
    """A reading without any translation, from an outlet of its own."""
    made = article("\n".join(said), day, ident)
    document = replace(made.document, sha256=(ident.encode().hex() * 64)[:64])
    made = replace(made, document=document, outlet=Outlet(f"Outlet {ident}", "metadata"), url=f"https://{ident}.example/1")
    made = replace(made, title=Title(f"عنوان {ident}", None, None, None))
    cut = sentences(document.text, made.kept)
    return reading(made, cut, rules.find(made, cut), {})


def brief_of(dated: Sequence[Reading], undated: Sequence[Reading] = (), lost: Sequence[Reading] = ()) -> Brief:
    """The brief of these articles; those of `lost` were chosen and could not be read."""
    tiers = [tuple(r.article for r in tier) for tier in ([*dated, *lost], undated)]
    chosen = Selection(parse("2024-W46", NOW.date()), tiers[0], tiers[1], (), 0, duplicates.groups(*tiers))
    brief = compose(chosen, [*dated, *undated], (), ENGINE, Config(), NOW)
    check(brief)
    return brief


def entries(section: Section) -> list[Entry]:
    """All entries of a section in reading order."""
    return [*(e for g in section.statements for e in g.entries), *section.agreements, *section.events]


def check(brief: Brief) -> None:
    """Every number is met in order and leads to the letters it quotes; copies and the used ones name each other."""
    every = [e for s in brief.sections for e in entries(s)]
    placed = {c.number: (s, c) for s in brief.sources for c in s.cited}
    assert list(dict.fromkeys(r.number for e in every for r in e.references)) == sorted(placed) == list(range(1, len(placed) + 1))
    for reference in (r for e in every for r in e.references):
        source, cited = placed[reference.number]
        assert (source.number, source.file) == (reference.source, reference.file)
        assert cited.ar[reference.start - cited.start : reference.end - cited.start] == reference.quote
    sources = {s.number: s for s in brief.sources}
    for source in brief.sources:
        assert not (source.copies and source.copy_of)
        assert source.copy_of is None or source.article_id in {c.article_id for c in sources[source.copy_of].copies}
        assert all(c.source is None or sources[c.source].copy_of == source.number for c in source.copies)
        assert all(c.same_as is None or placed[c.same_as][0].article_id != source.article_id for c in source.cited)
    listed = [s.article_id for s in brief.sources] + [c.article_id for s in brief.sources for c in s.copies if c.source is None]
    assert len(listed) == len(set(listed)) == brief.articles_used + brief.articles_duplicate
    Draft202012Validator(schema("briefing.brief/1")).validate(json.loads(json.dumps(tree(brief))))


def test_items_of_a_copy_are_told_once_and_cite_both() -> None:
    brief = brief_of([read("a", *STORY), read("b", *STORY)])
    found = entries(brief.sections[0])
    assert [e.id for e in found] == ["S1", "A1", "E1"]
    assert [[r.file for r in e.references] for e in found] == [["a.txt", "b.txt"]] * 3
    assert (brief.articles_used, brief.articles_duplicate, brief.articles_left_out) == (1, 1, 0)
    used, copy = brief.sources
    assert [(c.outlet.name if c.outlet else "", c.url, c.source) for c in used.copies] == [("Outlet b", "https://b.example/1", 2)]
    assert (copy.copy_of, [c.same_as for c in copy.cited]) == (1, [c.number for c in used.cited])


def test_what_only_a_copy_says_stays_and_cites_the_copy() -> None:
    brief = brief_of([read("full", *STORY, BREAD), read("copy", LEAD, SAID, ROADS)])
    voices = [(g.speaker_ar, [[r.file for r in e.references] for e in g.entries]) for g in brief.sections[0].statements]
    assert voices == [
        ("سامي الحداد", [["full.txt", "copy.txt"]]),
        ("ليلى المنصور", [["full.txt"]]),
        ("قاسم الراوي", [["copy.txt"]]),
    ]


def test_an_addition_that_two_copies_share_is_told_once() -> None:
    brief = brief_of(
        [
            read("full", *ALL[:4], "وكان المعبر يغلق عند غروب الشمس منذ سنوات عدة."),
            read("b", *STORY, ROADS),
            read("c", *STORY, ROADS),
        ]
    )
    (extra,) = (e for e in entries(brief.sections[0]) if ROADS[1:-1] in e.references[0].quote or e.references[0].quote in ROADS)
    assert [r.file for r in extra.references] == ["b.txt", "c.txt"]


def test_another_toll_in_a_copy_is_an_item_of_its_own() -> None:
    other = "وقتل سبعة مدنيين وأصيب خمسة آخرون في قصف مدفعي على بلدة سرمين مساء أمس."
    brief = brief_of([read("a", SAID, AGREED, LEAD, BREAD), read("b", SAID, AGREED, other)])
    assert brief.articles_duplicate == 1
    tolls = [([c.number for c in e.item.counts if "killed" in c.what], len(e.references)) for e in brief.sections[0].events]  # type: ignore[union-attr]
    assert tolls == [([3], 1), ([7], 1)]


def test_a_copy_without_items_is_cited_with_the_source() -> None:
    quiet = "ووصلت القافلة إلى المدينة صباح اليوم محملة بالطحين والأغطية من المخازن الكبيرة."
    brief = brief_of([read("a", quiet, quiet.replace("القافلة", "الحافلة")), read("b", quiet)])
    assert [(s.article_id, [c.article_id for c in s.copies]) for s in brief.sources] == [("a", ["b"])]


def test_an_undated_copy_adds_to_the_undated_section() -> None:
    brief = brief_of([read("a", *STORY)], [read("u", *STORY, BREAD, day=None)])
    dated, undated = brief.sections
    assert {r.file for e in entries(dated) for r in e.references} == {"a.txt", "u.txt"}
    assert [[r.file for r in e.references] for e in entries(undated)] == [["u.txt"]]


def test_a_copy_stands_in_when_the_used_text_cannot_be_read() -> None:
    brief = brief_of([read("b", *STORY), read("c", *STORY)], lost=[read("a", *ALL)])
    assert (brief.articles_used, brief.articles_duplicate, brief.articles_left_out) == (1, 1, 1)
    assert [(s.article_id, s.copy_of) for s in brief.sources] == [("b", None), ("c", 1)]


def test_a_copy_gives_no_second_highlight_of_its_kind() -> None:
    third = "وقال وزير المالية كريم البدري إن الرواتب ستصرف قبل نهاية الشهر الجاري في موعدها."
    brief = brief_of(
        [
            read("a", BREAD, *STORY, third),
            read("b", *STORY, BREAD, ROADS),
            read("z", "وقال وزير الزراعة نبيل عواد إن القمح وفير."),
        ]
    )
    assert brief.articles_duplicate == 1
    first = [e for e in entries(brief.sections[0]) if e.id in brief.highlights[2].entries + brief.highlights[3].entries]
    assert {e.references[0].file for e in first} == {"a.txt", "z.txt"}


def test_nothing_is_told_twice_and_nothing_is_lost() -> None:
    alone = [read("a", *STORY), read("b", *ALL)]
    assert len(told(alone)) == len(told([alone[1]])) == len(told([alone[1], alone[0]]))
    assert told([]) == ()


def test_two_events_of_one_sentence_are_matched_by_their_tolls() -> None:
    used, copy = read("a", LEAD), read("b", LEAD)
    (event,) = used.events
    worse = replace(event, id="e2", counts=tuple(replace(c, number=(c.number or 0) + 10) for c in event.counts))
    found = told([replace(used, events=(event, worse)), replace(copy, events=(worse,))])
    assert [(t.item, [e.reading for e in t.echoes] != []) for t in found] == [(event, False), (worse, True)]


def test_two_statements_of_one_sentence_are_matched_one_to_one() -> None:
    used, copy = read("a", SAID), read("b", SAID)
    twice = [replace(r, statements=(*r.statements, replace(r.statements[0], id="s2"))) for r in (used, copy)]
    assert [len(t.echoes) for t in told(twice)] == [1, 1]


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.tuples(st.permutations(ALL), st.integers(1, 5), st.sampled_from(["2024-11-12", "2024-11-13"])), max_size=5))
def test_any_mix_of_copies_holds_together(made: list[tuple[list[str], int, str]]) -> None:
    brief = brief_of([read(f"a{n}", *said[:size], day=day) for n, (said, size, day) in enumerate(made)])
    assert brief.articles_used + brief.articles_duplicate == len(made)


def test_the_page_says_where_else_a_story_stands(tmp_path: Path) -> None:
    context = make_context(Config(base=tmp_path))
    brief = brief_of([read("a", *STORY), read("b", *STORY)])
    text = markdown(brief, context)
    assert "- **1** duplicate\n" in text
    assert "Also in: **Outlet b** ([source 2](#source-2))" in text
    assert "A copy of [source 1](#source-1)" in text
    assert text.count("Says the same as") == 3
    assert [path.name for path in write(brief, ["md", "html", "pdf", "json"], tmp_path / "out", context)][2] == "brief.pdf"


# ---------------------------------------------------------------- through the pipeline


def built(folder: Path, undated: bool = False) -> Brief:
    config = Config(base=folder)
    return build(Order((folder,), "2024-W46", undated, NOW), config, Means(lambda: create(config, print)), print, untracked)


def entry(outlet: str, **more: str) -> str:
    content = "\n\n".join(STORY)
    made = {"outlet": outlet, "url": f"https://{outlet}.example/1", "published": "2024-11-13", "content": content, **more}
    return json.dumps(made, ensure_ascii=False)


def test_one_text_from_two_outlets_is_one_story_and_from_one_a_file_too_many(tmp_path: Path) -> None:
    lines = [entry("one"), entry("two"), entry("two"), entry("one", published="2024-11-14")]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    brief = built(tmp_path)
    assert (brief.articles_used, brief.articles_duplicate, brief.articles_left_out) == (1, 1, 2)
    assert [p.message for p in brief.problems] == [
        "left out: the same text as wire.jsonl#2",
        "left out: the same text as wire.jsonl#1",
    ]
    assert len({s.article_id for s in brief.sources}) == 2


BAD = {
    "empty (2)#b.txt": b"",
    "latin.md": b"The minister said that the road would open.\n" * 9,
    "broken.json": b'{"content": "',
    "menu.txt": "الرئيسية\nسياسة\nرياضة\nاقتصاد\nثقافة\nاتصل بنا\n".encode(),
    "photo.html": b"\x89PNG\r\n\x1a\n\x00\x00",
}


@pytest.mark.parametrize("name", BAD)
def test_what_cost_an_article_is_counted(tmp_path: Path, name: str) -> None:
    (tmp_path / "wire.jsonl").write_text(entry("one"), encoding="utf-8")
    (tmp_path / name).write_bytes(BAD[name])
    brief = built(tmp_path)
    assert (brief.articles_left_out, len(brief.problems)) == (1, 1)


def test_what_cost_no_article_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "wire.jsonl").write_text(entry("one"), encoding="utf-8")
    (tmp_path / "dates.toml").write_text('"nothing.txt" = "2024-11-12"\n"other.txt" = "soon"', encoding="utf-8")
    brief = built(tmp_path)
    assert brief.problems and brief.articles_left_out == 0


@pytest.mark.parametrize(("shown", "left_out"), [(True, 0), (False, 1)])
def test_an_undated_article_counts_only_when_it_is_left_out(tmp_path: Path, shown: bool, left_out: int) -> None:
    (tmp_path / "wire.jsonl").write_text(entry("one"), encoding="utf-8")
    (tmp_path / "loose.txt").write_text(f"{BREAD}\n{ROADS}\n", encoding="utf-8")
    brief = built(tmp_path, shown)
    assert (len(brief.problems), brief.articles_left_out) == (1, left_out)
    assert brief.articles_used == 2 - left_out

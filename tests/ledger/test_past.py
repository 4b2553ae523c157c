"""Earlier articles: which of them count, and that what is kept of them in the store changes nothing but time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Config, Paths, Translate
from briefing.ledger import past
from briefing.lexicon import tables
from briefing.model import UNDATED, Article, Published
from briefing.store.cache import open_cache
from briefing.store.database import Database
from briefing.week import parse
from tests.extract.extracted import article

AGREED = "اتفقت الأردن ومصر على عقد اجتماع في 20 نوفمبر الجاري لبحث خط الغاز. وعقدت مصر والأردن اجتماعا في العقبة أمس."
WEEK = parse("2024-W46", date(2024, 11, 18))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(base=tmp_path, paths=Paths(store="kept.db"))


def rows(config: Config) -> list[tuple[object, ...]]:
    with Database(config.store_file) as database:
        return database.rows("SELECT key, value FROM cache WHERE kind = ?", past.KIND)


def test_an_article_is_read_once_and_found_again(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article(AGREED, "2024-11-05")]
    first, problems = past.read(articles, config)
    assert (len(first[0].agreements), len(first[0].held), problems) == (1, 1, ())
    monkeypatch.setattr(past, "look", lambda _: pytest.fail("it was read again"))
    assert past.read(articles, config) == (first, ())


def test_deleting_the_store_costs_time_only(config: Config) -> None:
    articles = [article(AGREED, "2024-11-05")]
    first = past.read(articles, config)
    config.store_file.unlink()
    assert past.read(articles, config) == first
    assert past.read(articles, replace(config, translate=Translate(cache=False))) == first


def test_without_a_cache_no_store_is_made(config: Config) -> None:
    past.read([article(AGREED, "2024-11-05")], replace(config, translate=Translate(cache=False)))
    assert not config.store_file.exists()


@pytest.mark.parametrize(
    "other",
    [
        article(AGREED.replace("20", "21"), "2024-11-05"),
        article(AGREED, "2024-11-06"),  # «الجاري» and «أمس» are counted from the day
        article(AGREED, "2024-11-05", "b"),
        article(AGREED, "2024-11-05", spans=[replace(article(AGREED).kept[0], end=40)]),
    ],
    ids=["text", "day", "name", "part"],
)
def test_all_that_shapes_a_reading_is_in_its_key(config: Config, other: Article) -> None:
    changed = replace(other, document=replace(other.document, sha256=f"sha of {other.document.text}"))
    plain = article(AGREED, "2024-11-05")
    for one in (replace(plain, document=replace(plain.document, sha256=f"sha of {AGREED}")), changed):
        assert past.read([one], config)[0] == (past.look(one),)
    assert len(rows(config)) == 2


def test_another_lexicon_reads_anew(config: Config, tmp_path: Path) -> None:
    past.read([article(AGREED, "2024-11-05")], config)
    (tmp_path / "terms.toml").write_text('[[term]]\nar = "خط الغاز"\nen = "gas line"\n', "utf-8")
    tables.use(tmp_path)
    try:
        past.read([article(AGREED, "2024-11-05")], config)
    finally:
        tables.use(None)
    assert len(rows(config)) == 2


DAMAGE: list[Any] = [
    "", "no json", "[]", "{}", {"sentences": 1, "drafts": [], "held": []}, {"sentences": [], "drafts": [{}], "held": []},
    {"sentences": [[1, 0, 5]], "drafts": [], "held": [9]}, [[[[]]]], None, 7,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_row_is_read_anew(config: Config, damage: Any) -> None:
    articles = [article(AGREED, "2024-11-05")]
    whole = past.read(articles, config)
    ((ident, _),) = rows(config)
    with open_cache(config.store_file) as cache:
        cache.keep(past.KIND, {str(ident): damage if isinstance(damage, str) else json.dumps(damage)})
    assert past.read(articles, config) == whole


def test_a_row_that_quotes_another_text_is_read_anew(config: Config) -> None:
    articles = [article(AGREED, "2024-11-05")]
    whole = past.read(articles, config)
    ((ident, value),) = rows(config)
    with open_cache(config.store_file) as cache:
        cache.keep(past.KIND, {str(ident): str(value).replace(json.dumps("الغاز")[1:-1], json.dumps("النفط")[1:-1])})
    assert past.read(articles, config) == whole


def test_a_store_that_cannot_be_opened_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_bytes(b"no database" * 100)
    articles = [article(AGREED, "2024-11-05")]
    assert past.read(articles, Config(base=tmp_path, paths=Paths(store="kept.db")))[0] == (past.look(articles[0]),)


def test_one_bad_article_is_a_problem(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    good, look = article(AGREED, "2024-11-05", "good"), past.look

    def stumble(one: Article) -> past.Past:
        if one.id == "bad":
            raise ValueError("a fault of ours")
        return look(one)

    monkeypatch.setattr(past, "look", stumble)
    found, problems = past.read([article("نص.", "2024-11-04", "bad"), good], config)
    assert [p.article.id for p in found] == ["good"]
    assert [p.where for p in problems] == ["bad.txt"]


def day(first: str | None, last: str | None) -> Published:
    return Published(None, first, last, "range", "inferred", "low")


@pytest.mark.parametrize(
    ("published", "counts"),
    [
        (day("2024-11-10", "2024-11-10"), True),  # the Sunday before
        (day("2024-11-11", "2024-11-11"), False),  # the Monday of the week
        (day("2024-11-09", "2024-11-11"), False),  # perhaps in the week
        (day("2024-11-04", "2024-11-10"), True),
        (day("2024-10-14", "2024-10-14"), True),  # four weeks before, on the Monday
        (day("2024-10-13", "2024-10-13"), False),
        (day(None, "2024-11-01"), False),
        (UNDATED, False),
    ],
)
def test_what_was_surely_published_in_the_weeks_before_counts(published: Published, counts: bool) -> None:
    one = replace(article(AGREED), published=published)
    assert bool(past.before([one], WEEK, 4)) == counts


def test_earlier_articles_are_in_one_order_whatever_order_they_come_in() -> None:
    some = [article(AGREED, f"2024-10-{n:02}", f"a{n}") for n in (3, 1, 2)]
    assert past.before(some, WEEK, 520) == past.before(some[::-1], WEEK, 520) == (some[1], some[2], some[0])
    assert len(past.before([*some, *some], WEEK, 520)) == 3


@pytest.mark.parametrize("weeks", [1, 520, 5200])
def test_any_number_of_weeks_back(weeks: int) -> None:
    assert past.before([article(AGREED, "2024-11-05")], WEEK, weeks)
    assert past.before([], parse("0001-W02", date(2024, 1, 1)), weeks) == ()

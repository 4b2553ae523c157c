"""What `inspect` says of any text: it fits the schema, every quote is letter for letter, nothing is lost or told twice."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from briefing.config import Config
from briefing.extract import rules
from briefing.ingest.articles import harvest
from briefing.inspection import inspect, inspect_line, unreadable
from briefing.model import Document, Metadata, Problem
from briefing.render.schema import schema

SCHEMA = Draft202012Validator(schema("briefing.inspect/1"))
CONFIG = Config()

# Words that set the rules going, in any order and number, between things that should not stop them.
VOCABULARY = """
    قال أكد وأضاف وقتل وأصيب أعلنت اتفق واتفقت وقعت نفى مقتل إصابة قصف غارة اعتقلت نزوح وزير الخارجية الرئيس المتحدث باسم الجيش
    المصدر إن أن إنه في على من إلى مع بين قرب غرب مدينة دمشق بغداد غزة عدن ثلاثة 12 عشرات مئات جنود مدنيين عمال شخصا اليوم أمس
    الثلاثاء الماضي الجاري 7-8 نوفمبر 2024 تشرين الثاني اقرأ أيضا المزيد تابعونا
"""
WORDS = st.sampled_from(VOCABULARY.split())
HARMLESS = ["،", ".", "؟", "؛", ":", "«", "»", "(", ")", '"', "…", "-", "/", "\n", "\r\n", "\n\n", "\t", "٣", "۴", "3,5", "A"]
INVISIBLE = ["\u2028", "\u00a0", "\u0640", "\u064b", "\u202e", "\u202c", "\u2066", "\u200f", "\u200d", "\ufeff", "\0", "\x1b[0m"]
ODD = ["\ufedf", "\ufdfa", "\ud800", "\U0001f600", "<b>", "&amp;", "{{x}}"]
MARKS = st.sampled_from(HARMLESS + INVISIBLE + ODD)
PIECES = st.lists(WORDS | WORDS | MARKS | st.text(max_size=3), max_size=60)
TEXTS = PIECES.map(" ".join) | PIECES.map("".join) | st.text(max_size=200)


def document(text: str, metadata: Metadata | None = None) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document("any.txt", text, digest, metadata or Metadata())


def spans(found: dict[str, Any]) -> list[tuple[int, int]]:
    kept = [s for a in found["articles"] for s in a["kept"]]
    titles = [a["title"] for a in found["articles"] if a["title"] and a["title"]["start"] is not None]
    return sorted((s["start"], s["end"]) for s in (*kept, *titles, *found["excluded"]))


def check(found: dict[str, Any]) -> None:
    """The contract of one object, apart from the schema."""
    text = found["text"]
    assert found["problems"] == [] or not any("failed inside" in p["message"] for p in found["problems"]), found["problems"]
    covered = spans(found)
    assert all(0 <= start < end <= len(text) for start, end in covered)
    assert all(one[1] <= two[0] for one, two in pairwise(covered))  # no overlap
    inside = {n for start, end in covered for n in range(start, end)}
    assert all(n in inside for n, c in enumerate(text) if not c.isspace())
    for article in found["articles"]:
        check_article(article, text, found)


def check_article(article: dict[str, Any], text: str, found: dict[str, Any]) -> None:
    by_number = {s["n"]: s for s in article["sentences"]}
    assert list(by_number) == list(range(1, len(by_number) + 1))
    for item in (*article["statements"], *article["agreements"], *article["events"]):
        assert len(item["en"].split()) <= 40
        assert item["citations"]
        for cited in (*item["citations"], *item.get("counts", [])):
            assert 0 <= cited["start"] < cited["end"] <= len(text)
            assert text[cited["start"] : cited["end"]] == cited["quote"]
            assert not any(e["start"] < cited["end"] and cited["start"] < e["end"] for e in found["excluded"])
        for cited in item["citations"]:
            assert cited["quote"] == cited["quote"].strip()
            assert cited["sentence"] in by_number
    ids = [item["id"] for item in (*article["statements"], *article["agreements"], *article["events"])]
    assert len(ids) == len(set(ids))


@settings(max_examples=200)
@given(TEXTS)
def test_any_line(text: str) -> None:
    line = text.replace("\n", " ")
    found = inspect_line(7, line, "any.txt", None)
    printed = json.dumps(found)
    assert printed.isascii() and "\n" not in printed
    found = json.loads(printed)
    SCHEMA.validate(found)
    assert (found["line"], found["text"], found["excluded"]) == (7, line, [])
    assert len(found["articles"]) == (1 if line.strip() else 0)
    check(found)


@settings(max_examples=200)
@given(TEXTS, st.none() | st.text(max_size=12), st.sampled_from([None, "2024-11-12", "9999-12-31", "soon", "\0"]))
def test_any_page(text: str, title: str | None, published: str | None) -> None:
    page = document(text, Metadata(title=title or None, published=published, published_basis="metadata" if published else None))
    made, readings = inspect(page, CONFIG, None)
    found = json.loads(json.dumps(made))
    SCHEMA.validate(found)
    assert len(readings) == len(found["articles"])
    check(found)


@settings(max_examples=100)
@given(TEXTS)
def test_any_page_gives_its_articles_or_says_that_there_is_none(text: str) -> None:
    found = harvest(document(text), ZoneInfo("UTC"))
    assert found.articles or found.problems


def test_a_file_that_gave_no_text_is_an_object_with_its_problems() -> None:
    found = unreadable("a.pdf", [Problem("a.pdf", "looks like a PDF", "Export it.")])
    SCHEMA.validate(found)
    assert found["problems"] == [{"where": "a.pdf", "message": "looks like a PDF", "next_step": "Export it."}]
    assert found["text_sha256"] == hashlib.sha256(b"").hexdigest()


def test_a_failure_inside_is_a_problem_of_the_object(monkeypatch: Any) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(rules, "find", broken)
    found = inspect_line(1, "قال الوزير إن الطريق مفتوح.", "any.txt", None)
    SCHEMA.validate(found)
    assert found["articles"] == []
    assert "ZeroDivisionError: on purpose" in found["problems"][0]["message"]

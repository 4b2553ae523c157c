"""The ledger of a week as a whole: one bad article does not end it, and no text breaks it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.item_model import Agreement
from briefing.ledger import book as books
from briefing.ledger.book import decided
from briefing.ledger.uses import Use, uses
from briefing.model import Article, Sentence
from briefing.week import Week, parse
from tests.ledger.told import past, read

WEEK = parse("2024-W46", date(2024, 11, 18))
PLEDGE = "وأكدت مصر والأردن والعراق، في بيان مشترك، التزامها بحماية مياه الآبار من التلوث، واتفقت على عقد لقاء في {}."
PIECES = st.lists(
    st.sampled_from([
        "اتفقت مصر والأردن", "على عقد اجتماع", "في 20 نوفمبر الجاري", "عام 9999", "في 31 ديسمبر 9999", "في 1 يناير 0001",
        "وعقدت", "الجولة الـ22", "من محادثات أستانا", "مؤكدين على", "الطرفان", "بدأ تنفيذ", "مذكرة تفاهم", "«", "»", ":",
        ".", "\n", "\u202e", "وقع العراق والأردن اتفاقا",
    ]),
    max_size=14,
)  # fmt: skip


def test_an_article_that_our_code_stumbles_over_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(article: Article, sentences: tuple[Sentence, ...], agreements: tuple[Agreement, ...]) -> tuple[Use, ...]:
        if article.id == "bad":
            raise ValueError("a fault of ours")
        return uses(article, sentences, agreements)

    monkeypatch.setattr(books, "uses", stumble)
    now = [read(PLEDGE.format("20 نوفمبر الجاري"), "2024-11-12", one) for one in ("bad", "good")]
    book, problems = decided(WEEK, [], now, frozenset(("bad", "good")))
    assert [c.use.article.id for c in book.commitments] == ["good"]
    assert [p.where for p in problems] == ["bad.txt"]


def test_a_copy_and_an_undated_article_promise_nothing_but_have_their_wording_compared() -> None:
    earlier = [past(PLEDGE.format("1 أكتوبر المقبل"), "2024-09-10", "before")]
    now = [read(PLEDGE.format("20 نوفمبر الجاري"), "2024-11-12", "copy")]
    book, _ = decided(WEEK, earlier, now, frozenset())
    assert [c.use.article.id for c in book.commitments] == ["before"]
    assert next(r.kind for told in book.repeats.values() for r in told) == "repeated"


def test_an_item_is_said_again_when_all_its_phrases_are() -> None:
    earlier = [past(PLEDGE.format("الربيع"), "2024-09-10", "before")]
    partly = PLEDGE.replace("عقد لقاء في {}", "إنشاء مركز جديد للرصد البيئي في عمان")
    now = [read(text, "2024-11-12", n) for n, text in (("same", PLEDGE.format("الربيع")), ("partly", partly))]
    book, _ = decided(WEEK, earlier, now, frozenset(("same", "partly")))
    assert [(ident, [r.kind for r in told]) for ident, told in book.repeats.items()] == [
        ("same-A1", ["repeated"]), ("partly-A1", ["repeated"]),
    ]  # fmt: skip
    assert book.said_again == {"same-A1"}


def test_only_what_is_cited_of_an_earlier_article_is_recalled() -> None:
    text = PLEDGE.format("1 أكتوبر المقبل") + " وقال وزير الري سامي الحداد إن الآبار تكفي. وقع العراق وسوريا اتفاقا لبيع القمح."
    earlier = [past(text, "2024-09-10", "before")]
    book, _ = decided(WEEK, earlier, [read(PLEDGE.format("20 نوفمبر"), "2024-11-12", "now")], frozenset(("now",)))
    ((article, sentences, drafts),) = book.recalled()
    assert (article.id, [s.n for s in sentences], len(drafts.agreements)) == ("before", [1], 1)


@settings(max_examples=150)
@given(PIECES, PIECES, st.sampled_from([WEEK, Week(1, 2), Week(9999, 52)]))
def test_no_text_breaks_it_and_every_line_has_its_words(before: list[str], now: list[str], week: Week) -> None:
    earlier = [past(" ".join(before), date.fromordinal(max(1, week.first.toordinal() - 5)).isoformat(), "before")]
    week_day = week.first.isoformat()
    book, problems = decided(week, earlier, [read(" ".join(now), week_day, "now")], frozenset(("now",)))
    assert problems == ()
    for told in book.repeats.values():
        for one in told:
            assert one.kind == "new" or one.ar in " ".join(now)
            assert (one.since is None) == (one.kind == "new")
            assert bool(one.changes) == (one.kind == "changed")
    for line in book.commitments:
        assert all(c.quote in u.text for u in line.uses for c in u.item.citations)
        assert (line.state == "fulfilled") == (line.kept_by is not None)

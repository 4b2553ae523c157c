"""Briefs that went out, as brief.json has them: small, in our own words, with an article that smuggles in markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from briefing.deliver.wiki.changes import Changes
from briefing.deliver.wiki.model import WeekBrief
from briefing.deliver.wiki.order import Order
from briefing.deliver.wiki.settings import Publish
from briefing.resources import packaged

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [رابط](javascript:alert(1)) [[صفحة|اسم]] {{subst:قالب}} ~~~~ "
    "''غامق'' == عنوان == __NOTOC__ http://evil.example/ RFC 1234 ![x](http://evil.example/x.png) </div> &lt;b&gt; "
    "\u202eمقلوب -{x}-"
)
NO_DATE = {"value": None, "earliest": None, "latest": None, "precision": "unknown", "basis": "none"}
COAST, DELTA = ("هيئة الساحل", "Coast Authority"), ("مجلس الدلتا", "Delta Council")
SAMI = ("سامي الحداد", "Sami al-Haddad")


def day(value: str) -> dict[str, Any]:
    return {"value": value, "earliest": value, "latest": value, "precision": "day", "basis": "absolute"}


def name(pair: tuple[str, str]) -> dict[str, str]:
    return {"ar": pair[0], "en": pair[1]}


def entity(
    pair: tuple[str, str], kind: str = "person", role: str | None = None, id: str | None = None, more: Sequence[str] = ()
) -> dict[str, Any]:  # fmt: skip
    return {"kind": kind, "en": pair[1], "ar": pair[0], "role_en": role, "spellings": [pair[0], *more], "articles": 1, "id": id}


def cited(number: int, sha: str = "a" * 64, start: int = 0) -> dict[str, Any]:
    quote = "قيل هذا."
    place = {"file": "seeds/a.txt", "text_sha256": sha, "start": start, "end": start + len(quote), "quote": quote, "sentence": 1}
    return {"number": number, "source": 1, **place}


def statement(
    n: int, who: tuple[str, str], en: str = "It was said.", ar: str = "قيل هذا.", role: str | None = None
) -> dict[str, Any]:
    speaker = {**name(who), "as_written": who[0], "role_en": role, "resolution": "explicit"}
    item = {"id": f"S{n}", "speaker": speaker, "date": day("2024-11-12"), "quote_type": "direct", "ar": ar, "en": en, "flags": []}
    return {**item, "citations": [cited(n, start=10 * n)], "theatre": None, "topic": None}


def agreement(n: int, parties: Iterable[tuple[str, str]], citation: dict[str, Any], status: str = "scheduled") -> dict[str, Any]:
    item = {"id": f"A{n}", "parties": [name(p) for p in parties], "status": status, "date": NO_DATE, "flags": []}
    return {**item, "ar": "اتفق الطرفان على لقاء.", "en": "They agreed to meet.", "citations": [citation], "topic": None}


def event(n: int, actor: tuple[str, str]) -> dict[str, Any]:
    item = {
        "id": f"E{n}",
        "actor": name(actor),
        "target": None,
        "asserted_by": None,
        "ar": "أغلق الجسر.",
        "en": "A bridge was closed.",
    }
    return {**item, "citations": [cited(n)], "date": NO_DATE, "flags": [], "area": {"country_en": "Syria", "division": None}}


def promise(
    n: int, parties: Iterable[tuple[str, str]], citations: Sequence[dict[str, Any]], state: str = "due", entry: str | None = None
) -> dict[str, Any]:  # fmt: skip
    line = {"id": f"L{n}", "state": state, "entry": entry, "status": "scheduled", "parties": [name(p) for p in parties]}
    said = {
        "ar": "اتفق الطرفان على لقاء.",
        "en": "They agreed to meet.",
        "promised": [day("2024-11-12")],
        "due": day("2024-12-01"),
    }
    return {**line, **said, "citations": list(citations)}


def tree(
    week: str, names: Sequence[dict[str, Any]] = (), statements: Sequence[dict[str, Any]] = (),
    agreements: Sequence[dict[str, Any]] = (), promises: Sequence[dict[str, Any]] = (), events: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:  # fmt: skip
    items = [*statements, *agreements, *promises, *events]
    numbers = sorted({c["number"] for item in items for c in item["citations"]})
    translation = {"en": "It was said.", "label": "machine", "engine": "m", "flags": []}
    sentences = [{"number": n, "ar": "قيل هذا.", "translation": translation, "entries": []} for n in numbers]
    source = {"number": 1, "outlet": None, "title": {"ar": HOSTILE, "en": ""}, "date_line": "12 November 2024", "url": None}
    group = {"theatre": None, "topic": None, "speaker_en": "", "speaker_ar": "", "role_en": None, "items": list(statements)}
    return {
        "schema": "briefing.brief/1", "title": "Monday brief", "week": week, "first_day": "2024-11-11", "last_day": "2024-11-17",
        "timezone": "UTC", "cut_off": "2024-11-18T06:00:00+00:00", "engine": {"line": "Engine: m", "notice": ""},
        "articles_used": 1, "highlights": [{"text": statements[0]["en"] if statements else "Nothing.", "numbers": numbers[:1]}],
        "sections": [{"key": "dated", "statements": [group], "agreements": list(agreements), "events": list(events)}],
        "ledger": {"lines": list(promises), "more": 0, "articles": 0, "earlier": []}, "differences": [], "names": list(names),
        "sources": [{**source, "file": "seeds/a.txt", "cited": sentences}], "problems": [], "method": ["Rules."],
    }  # fmt: skip


def brief(week: str, **parts: Any) -> WeekBrief:
    """A week with a brief.md that has an anchor for each of its items."""
    made = tree(week, **parts)
    items = [i for s in made["sections"] for g in s["statements"] for i in g["items"]]
    items += [i for s in made["sections"] for i in (*s["agreements"], *s["events"])] + made["ledger"]["lines"]
    anchors = "\n\n".join(f'<a id="{item["id"].lower()}"></a>**{item["id"]}** A line.' for item in items)
    return WeekBrief(week, made, f"# Monday brief\n\n{anchors}\n")


def sample() -> tuple[WeekBrief, ...]:
    """Two weeks, with people, a body, a promise of both weeks, an event, and hostile text in every place it can reach."""
    first, again = cited(7, "b" * 64, 0), cited(7, "c" * 64, 50)
    hostile = ("نص " + HOSTILE, "Text " + HOSTILE)
    people = [entity(SAMI, role="minister"), entity(COAST, "body", id="coast"), entity(hostile, role=HOSTILE)]
    said = [statement(1, SAMI, role="minister"), statement(2, hostile, en=HOSTILE, ar=HOSTILE, role=HOSTILE), statement(3, COAST)]
    return (
        brief("2024-W45", names=people[:2], statements=said[:1], promises=[promise(1, (COAST, DELTA), [first])]),
        brief(
            "2024-W46", names=people, statements=said, agreements=[agreement(1, (COAST, DELTA), again)],
            promises=[promise(1, (COAST, DELTA), [first, again], entry="A1"), promise(2, (hostile,), [cited(8, "d" * 64)])],
            events=[event(1, COAST)],
        ),
    )  # fmt: skip


def order(settings: Publish, briefs: Sequence[WeekBrief], folder: Path, **more: Any) -> Order:
    """An order whose waits are only counted, in `waits` when it is given."""
    waits: list[float] = more.pop("waits", [])
    known = {
        "notify": lambda line: None,
        "wait": waits.append,
        "cache": folder / "cache",
        "summary": "Monday brief: a week",
        **more,
    }
    return Order(settings, "Monday brief", tuple(briefs), folder, (packaged("templates"),), **known)


def counts(found: Changes) -> tuple[int, int, int, int]:
    """Made, updated, removed, left to people."""
    return len(found.created), len(found.updated), len(found.removed), len(found.conflicts)

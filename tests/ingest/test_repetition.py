"""Lines that an outlet puts on all its pages are left out, without anybody having listed them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.config import Config
from briefing.ingest.articles import harvest
from briefing.ingest.repetition import repeated, site
from briefing.model import Document, Metadata
from briefing.pipeline import collect

PROMPT = "تجدون كل مساء ملخصا لأهم ما جرى في المدينة على صفحتنا المخصصة لذلك."
BODIES = [
    "أعلنت البلدية أن أعمال الصيانة في الشارع الرئيسي تنتهي قبل نهاية الشهر.",
    "افتتحت وزارة الصحة مركزا جديدا للرعاية في الحي الشرقي من المدينة.",
    "قالت الشرطة إن حركة السير عادت إلى طبيعتها بعد ساعات من التوقف.",
]


def page(n: int, outlet: str | None = "صحيفة الميناء", url: str | None = None) -> Document:
    return Document(f"{n}.txt", f"{BODIES[n]}\n{PROMPT}\n{BODIES[n]} مرة أخرى.\n", f"{n}" * 64, Metadata(outlet=outlet, url=url))


def test_a_line_on_three_pages_of_an_outlet_is_repeated() -> None:
    found = repeated([page(n) for n in range(3)])
    assert len(found) == 1
    assert all(BODIES[0][:10] not in line for lines in found.values() for line in lines)


def test_two_pages_or_unknown_outlets_prove_nothing() -> None:
    assert not any(repeated([page(0), page(1)]).values())
    assert not repeated([page(n, outlet=None) for n in range(3)])


def test_the_same_page_three_times_is_one_page() -> None:
    assert not any(repeated([page(0)] * 3).values())


def test_the_host_of_the_address_is_the_site() -> None:
    assert site(page(0, url="https://news.example/a/1")) == "news.example"
    assert site(page(0, outlet=None)) is None


def test_three_versions_of_one_story_keep_their_text() -> None:
    text = "\n".join(BODIES)
    versions = [
        Document(f"{n}.txt", f"{text}\nهذه هي الصيغة رقم {n} من الخبر نفسه.\n", f"{n}" * 64, Metadata(outlet="الميناء"))
        for n in range(3)
    ]
    lines = repeated(versions)["الميناء"]
    found = harvest(versions[0], ZoneInfo("UTC"), lines)
    assert not [e for e in found.excluded if "repeated" in e.reason]


def test_a_repeated_line_is_excluded_with_its_reason() -> None:
    lines = repeated([page(n) for n in range(3)])[site(page(0)) or ""]
    found = harvest(page(0), ZoneInfo("UTC"), lines)
    assert [found.document.text[e.start : e.end] for e in found.excluded if "repeated" in e.reason] == [PROMPT]


def test_collecting_a_folder_leaves_repeated_lines_out(tmp_path: Path) -> None:
    for n, body in enumerate(BODIES):
        head = f"Title: عنوان الخبر رقم {n} في صحيفة الميناء\nOutlet: صحيفة الميناء\nPublished: 2024-11-1{n}\n\n"
        (tmp_path / f"{n}.txt").write_text(f"{head}{body}\n{PROMPT}\n{body[:-1]} مرة أخرى.\n", "utf-8")
    articles = collect((tmp_path,), Config(base=tmp_path)).articles
    assert len(articles) == 3
    assert all(PROMPT not in a.document.text[s.start : s.end] for a in articles for s in a.kept)

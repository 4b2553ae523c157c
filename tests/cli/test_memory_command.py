"""briefing memory: import, export, add and search, and what a build does with the user's own memory."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from briefing.render.schema import schema
from briefing.translate.memory import Memory
from briefing.translate.tmx import read_tmx
from tests.cli.conftest import ARTICLE, Run
from tests.translate.tmx_files import saved, tmx, unit

SAID = "وأضاف أن الكلفة بلغت عشرة ملايين دينار."
ENGLISH = "He added that the cost came to ten million dinars."
SEARCH = Draft202012Validator(schema("briefing.memory-search/1"))
BUILD = ("build", "news", "--week", "--engine", "gloss", "--now", "2024-11-18T06:00Z", "--format", "md,html,json")
OLD, NEW = "20200101T000000Z", "20240101T000000Z"


def own(tmp_path: Path) -> dict[str, str]:
    """What the user's memory holds."""
    return {entry.ar: entry.en for entry in Memory.from_files([tmp_path / "memory.tmx"])}


# ---------------------------------------------------------------- import


def test_import_reports_each_fate(run: Run, tmp_path: Path) -> None:
    saved(tmp_path, tmx(unit("ا", "a", NEW) + unit("ب", "b", OLD) + unit("ت", "c") + unit("ث", "d", NEW)), "one.tmx")
    assert run("memory", "import", "one.tmx").lines == [f"{tmp_path}/memory.tmx: 4 new, 0 changed, 0 the same; it holds 4"]
    again = unit("ا", "A", OLD) + unit("ب", "B", NEW) + unit("ت", "C") + unit("ث", "d") + unit("ج", "<hi>e</hi>") + unit("", "f")
    saved(tmp_path, tmx(again), "two.tmx")
    ran = run("memory", "import", "two.tmx")
    assert ran.code == 3
    assert ran.lines == [
        f"{tmp_path}/memory.tmx: 1 new, 1 changed, 1 the same; it holds 5",
        "  1 not taken: older than what is there",
        "  1 not taken: no later than what is there, as far as their dates say",
        "  1 sentences with inline codes (their text is kept)",
        "  1 units with an empty side",
    ]
    assert "    there: c\n    two.tmx: C\n" in ran.err and "--replace" in ran.err and "there: a" not in ran.err
    assert own(tmp_path) == {"ا": "a", "ب": "B", "ت": "c", "ث": "d", "ج": "e"}
    assert run("memory", "import", "--replace", "two.tmx").code == 0
    assert (own(tmp_path)["ا"], own(tmp_path)["ت"]) == ("A", "C")


def test_import_takes_all_or_nothing(run: Run, tmp_path: Path) -> None:
    saved(tmp_path, tmx(unit("ا", "a")), "one.tmx")
    run("memory", "import", "one.tmx")
    before = (tmp_path / "memory.tmx").read_bytes()
    saved(tmp_path, tmx(unit("ب", "b")), "two.tmx")
    saved(tmp_path, "<tmx><body>", "broken.tmx")
    ran = run("memory", "import", "two.tmx", "broken.tmx")
    assert (ran.code, "broken.tmx: is not well-formed XML" in ran.err) == (2, True)
    assert (tmp_path / "memory.tmx").read_bytes() == before


def test_two_translations_in_one_file_are_named(run: Run, tmp_path: Path) -> None:
    saved(tmp_path, tmx(unit("ا", "a") + unit("ا", "b")), "one.tmx")
    ran = run("memory", "import", "one.tmx")
    assert "one.tmx: Two translations of «ا»; used is the later: b" in ran.err and own(tmp_path) == {"ا": "b"}


def test_import_of_its_own_export_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("memory", "add", SAID, ENGLISH)
    run("memory", "export", "out.tmx")
    assert (tmp_path / "out.tmx").read_bytes() == (tmp_path / "memory.tmx").read_bytes()
    assert "0 new, 0 changed, 1 the same; it holds 1" in run("memory", "import", "out.tmx").out


# ---------------------------------------------------------------- add


def test_add_keeps_author_and_date_and_replaces(run: Run, tmp_path: Path) -> None:
    assert "1 new" in run("memory", "add", SAID, "He added nothing.", "--author", "R. Haddad").out
    assert "1 changed" in run("memory", "add", f"  {SAID}\u200f", ENGLISH, "--author", "S. Amin").out
    (entry,) = read_tmx(tmp_path / "memory.tmx").entries
    assert (entry.en, entry.author, entry.changed[:2]) == (ENGLISH, "S. Amin", "20")


def test_add_says_what_the_checks_find_and_adds_all_the_same(run: Run, tmp_path: Path) -> None:
    arabic = "وقتل 14 عاملا في انهيار سقالة قرب النهر."
    ran = run("memory", "add", arabic, "And 41 workers were killed when scaffolding collapsed near the river.")
    assert (ran.code, "check: number: the source says 14, the translation 41" in ran.err) == (0, True)
    assert list(own(tmp_path)) == [arabic]


def test_add_from_a_file_and_from_standard_input(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = f"{SAID}\t{ENGLISH}\r\n\nنعم\tyes"
    (tmp_path / "pairs.tsv").write_bytes(pairs.encode("utf-16"))
    assert "2 new" in run("memory", "add", "--from", "pairs.tsv").out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pairs.encode())))
    assert "2 the same" in run("memory", "add", "--from", "-").out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd8\xa7\ta\n\xd8\xa8 b\n", "pairs.tsv: line 2: has 0 tabs, not one"),
        (b"\xd8\xa7\ta\tb\n", "pairs.tsv: line 1: has 2 tabs, not one"),
        (b"\n\xd8\xa7\t \n", "pairs.tsv: line 2: the English is empty"),
        (b"\ta\n", "pairs.tsv: line 1: the Arabic is empty"),
        (b"yes\t\xd9\x86\xd8\xb9\xd9\x85\n", "pairs.tsv: line 1: the Arabic stands where the English should"),
        (b"a\tb\n\xff\t\n", "pairs.tsv: line 2: is not UTF-8 text"),
    ],
)
def test_lines_that_are_no_pairs_are_named_and_nothing_is_added(run: Run, tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "pairs.tsv").write_bytes(content)
    ran = run("memory", "add", "--from", "pairs.tsv")
    assert (ran.code, message in ran.err) == (4, True), ran.err
    assert not (tmp_path / "memory.tmx").exists()


@pytest.mark.parametrize("args", [(), ("ا",), ("ا", "a", "--from", "x.tsv")])
def test_what_to_add_has_to_be_clear(run: Run, args: tuple[str, ...]) -> None:
    ran = run("memory", "add", *args)
    assert (ran.code, "What to add is not clear" in ran.err) == (2, True)


def test_a_mistake_on_the_command_line_names_the_pair(run: Run) -> None:
    ran = run("memory", "add", "yes", "نعم")
    assert (ran.code, "the pair: the Arabic stands where the English should" in ran.err) == (4, True)


# ---------------------------------------------------------------- export


def test_export_of_all_lays_yours_over_the_others(run: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('inputs = ["news"]\n[translate]\nmemory = ["team.tmx"]\n', "utf-8")
    saved(news, tmx(unit("ا", "beside") + unit("ب", "beside") + unit("ت", "beside")), "memory.tmx")
    saved(tmp_path, tmx(unit("ا", "team") + unit("ب", "team")), "team.tmx")
    run("memory", "add", "ا", "own")
    ran = run("memory", "export", "all.tmx", "--all")
    assert ran.err == "3 sentences\n"
    assert {e.ar: e.en for e in read_tmx(tmp_path / "all.tmx").entries} == {"ا": "own", "ب": "team", "ت": "beside"}


def test_export_to_standard_output_is_the_file_itself(run: Run, tmp_path: Path) -> None:
    run("memory", "add", SAID, ENGLISH)
    assert run("memory", "export", "-").out == (tmp_path / "memory.tmx").read_text("utf-8")


def test_nothing_to_export_is_said(run: Run) -> None:
    ran = run("memory", "export", "-")
    assert (ran.code, ran.out, "there is no memory of yours yet" in ran.err) == (4, "", True)


# ---------------------------------------------------------------- search


def test_search_in_both_languages(run: Run) -> None:
    run("memory", "add", SAID, ENGLISH, "--author", "me")
    assert run("memory", "search", SAID).lines[0].startswith("exact, memory.tmx, me, 20")
    assert run("memory", "search", SAID).lines[1:] == [f"  {SAID}", f"  {ENGLISH}"]
    assert run("memory", "search", "الكلفه بلغت").lines[0].startswith("contains 0.")
    assert run("memory", "search", "TEN MILLION").lines[0].startswith("contains 0.")
    near = run("memory", "search", SAID.replace("عشرة", "تسعة")).lines
    assert near[0].startswith("near 0.9") and near[3] == "  the numbers differ: «تسعة» here, «عشرة» there"
    ran = run("memory", "search", "السفن")
    assert (ran.code, ran.out, ran.err) == (0, "", "0 found in 1 entries\n")


def test_search_is_json_for_programs(run: Run, tmp_path: Path) -> None:
    pairs = [f"{SAID} {n}\t{ENGLISH} {n}" for n in range(5)]
    (tmp_path / "pairs.tsv").write_text("\n".join(pairs), "utf-8")
    run("memory", "add", "--from", "pairs.tsv")
    found = json.loads(run("memory", "search", "--json", "--most", "2", f"{SAID} 3").out)
    SEARCH.validate(found)
    assert [(hit["match"], hit["numbers_differ"]) for hit in found["hits"]] == [("exact", None), ("near", True)]
    assert found["found"] == 5
    SEARCH.validate(json.loads(run("memory", "search", "--json", "ten million").out))


def test_a_terminal_is_not_taken_over(run: Run, tmp_path: Path) -> None:
    text = tmx(unit("نعم \u202e\u2066بنعم", "yes\nno &#x85;\u200f")).replace("<tu>", '<tu changeid="a&#10;b">')
    saved(tmp_path, text, "memory.tmx")
    out = run("memory", "search", "yes", "--least", "0").out
    assert not set(out) & set("\u202e\u2066\u0085\u200f") and len(out.splitlines()) == 3


# ---------------------------------------------------------------- a build


def test_a_build_asks_your_memory_first(run: Run, news: Path, tmp_path: Path) -> None:
    saved(news, tmx(unit(SAID, "beside", NEW)), "memory.tmx")
    run("memory", "add", SAID, ENGLISH)
    run(*BUILD)
    (cited,) = sentences(tmp_path, SAID)
    assert (cited["en"], cited["label"], cited["engine"], cited["near"]) == (ENGLISH, "reviewed", "memory:memory.tmx", None)


def test_a_near_sentence_is_offered_with_what_differs_and_not_used(run: Run, news: Path, tmp_path: Path) -> None:
    run("memory", "add", SAID.replace("عشرة", "تسعة"), ENGLISH.replace("ten", "nine"))
    assert run(*BUILD).code == 0
    (cited,) = sentences(tmp_path, SAID)
    assert cited["label"] == "terms" and "nine" not in cited["en"]
    assert (cited["near"]["numbers_differ"], cited["near"]["differences"]) == (True, [{"here": "عشرة", "there": "تسعة"}])
    folder = tmp_path / "out/2024-W46"
    for name in ("brief.md", "brief.html"):
        text = (folder / name).read_text("utf-8")
        assert text.count("not used: for a near sentence") == 1
        assert "the numbers differ: «<bdi dir=\"rtl\" lang=\"ar\">عشرة</bdi>» here" in text
        assert text.count("nine million") == 1  # in that offer and nowhere else


def test_inspect_shows_the_offer(run: Run, news: Path) -> None:
    run("memory", "add", SAID.replace("عشرة", "تسعة"), ENGLISH.replace("ten", "nine"))
    shown = run("inspect", news / "bridge.txt", "--engine", "gloss").out
    assert "sentence 2, not used: for a near sentence (0.9" in shown and "the numbers differ: «عشرة» here" in shown
    found = json.loads(run("inspect", news / "bridge.txt", "--engine", "gloss", "--json").out)
    Draft202012Validator(schema("briefing.inspect/1")).validate(found)
    near = [sentence["near"] for sentence in found["articles"][0]["sentences"]]
    assert [one is not None for one in near] == [False, True, False]


def sentences(tmp_path: Path, arabic: str) -> list[dict[str, object]]:
    """The translations of this sentence in the annex of the brief."""
    assert arabic in ARTICLE
    brief = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    Draft202012Validator(schema("briefing.brief/1")).validate(brief)
    return [c["translation"] for source in brief["sources"] for c in source["cited"] if c["ar"] == arabic]

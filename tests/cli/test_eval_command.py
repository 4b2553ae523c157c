"""briefing eval mt: sacrebleu's figures, our flags and the worst lines; a missing sacrebleu is said at once."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from briefing.render.schema import schema
from tests.cli.conftest import Run
from tests.translate.tmx_files import saved, tmx, unit

SHARED = Path(__file__).resolve().parents[3] / "shared" / "mt"
REPORT = Draft202012Validator(schema("briefing.eval-mt/1"))
ROWS = [
    {"ar": "أفرجت السلطات عن 14 محتجزا مساء الثلاثاء.", "ref": "The authorities released 14 detainees on Tuesday evening."},
    {"ar": "وصل الوفد إلى الميناء صباح الأحد.", "ref": "The delegation arrived at the port on Sunday morning."},
]
needs_sacrebleu = pytest.mark.skipif(importlib.util.find_spec("sacrebleu") is None, reason="needs sacrebleu (the extra eval)")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Two lines; "good" repeats the reference, "bad" has another number and half a line."""
    bad = ("The authorities released 41 detainees on Tuesday evening.", "The delegation")
    rows = [{**row, "good": row["ref"], "bad": other} for row, other in zip(ROWS, bad, strict=True)]
    return saved(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), "lines.jsonl")


@needs_sacrebleu
def test_scores_flags_and_worst_lines(run: Run, lines: Path) -> None:
    ran = run("eval", "mt", lines, "--hypothesis", "good", "--hypothesis", "bad", "--worst", "1")
    assert ran.code == 0
    assert ran.lines[:4] == [
        "good: 2 lines",
        f"  BLEU  100.00  {_signature(ran.lines[1])}",
        f"  chrF2 100.00  {_signature(ran.lines[2])}",
        "  flagged 0.0% of the lines",
    ]
    assert "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:" in ran.lines[1]
    bad = ran.lines[ran.lines.index("bad: 2 lines") :]
    assert "    number             1  50.0%" in bad and "  flagged 100.0% of the lines" in bad
    start = next(n for n, line in enumerate(bad) if line.startswith("  2: chrF"))
    assert bad[start + 1 : start + 4] == [f"    {text}" for text in (*ROWS[1].values(), "The delegation")]
    assert any(line.startswith("    length: ") or line.startswith("    cut off: ") for line in bad[start + 4 :])


def _signature(line: str) -> str:
    return line.split()[-1]


@needs_sacrebleu
def test_json_for_programs(run: Run, lines: Path) -> None:
    made = json.loads(run("eval", "mt", lines, "--hypothesis", "bad", "--worst", "5", "--json").out)
    REPORT.validate(made)
    (system,) = made["systems"]
    assert (system["system"], system["lines"], system["flagged"], len(system["worst"])) == ("bad", 2, 2, 2)
    assert system["worst"][1]["flags"] == ["number: the source says 14, the translation 41"]


@needs_sacrebleu
def test_an_engine_is_asked_without_memory(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path, tmx(unit(ROWS[0]["ar"], ROWS[0]["ref"])), "memory.tmx")
    made = json.loads(run("eval", "mt", path, "--engine", "gloss", "--json").out)
    assert made["systems"][0]["system"] == "gloss" and made["systems"][0]["metrics"][0]["score"] < 50


@needs_sacrebleu
def test_texts_with_an_output_of_blank_lines(run: Run, tmp_path: Path) -> None:
    for n, name in enumerate(("ar", "ref")):
        saved(tmp_path, "".join(f"{row[name]}\n" for row in ROWS), f"{n}.txt")
    saved(tmp_path, "x\n\n", "out.txt")
    ran = run("eval", "mt", "0.txt", "1.txt", "out.txt")
    assert (ran.code, ran.lines[0]) == (0, "out.txt: 2 lines")
    assert any(line.split()[:2] == ["empty", "1"] for line in ran.lines)


@needs_sacrebleu
@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        ((), 2, "There is nothing to judge"),
        (("--engine", "nonsense"), 2, "no translation engine 'nonsense'"),
        (("--hypothesis", "nllb"), 4, "lines.jsonl: line 1: there is no field 'nllb'"),
        (("--hypothesis", "good", "--reference", "english"), 4, "there is no field 'english'"),
    ],
)
def test_mistakes(run: Run, lines: Path, args: tuple[str, ...], code: int, message: str) -> None:
    ran = run("eval", "mt", lines, *args)
    assert (ran.code, message in ran.err) == (code, True), ran.err


def test_without_sacrebleu_it_says_how_to_get_it(run: Run, lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sacrebleu", None)
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics", None)
    ran = run("eval", "mt", lines, "--engine", "nonsense")
    assert (ran.code, ran.out) == (1, "")
    assert "sacrebleu" in ran.err and "pip install 'monday-brief[eval]'" in ran.err


@pytest.mark.slow
@needs_sacrebleu
@pytest.mark.skipif(not (SHARED / "flores_dev.jsonl").is_file(), reason="the corpus is not here")
def test_known_figures_come_out_again(run: Run) -> None:
    ran = run("eval", "mt", SHARED / "flores_dev.jsonl", "--hypothesis", "opusmt", "--hypothesis", "nllb", "--json")
    made = {s["system"]: [round(m["score"], 2) for m in s["metrics"]] for s in json.loads(ran.out)["systems"]}
    assert made == {"opusmt": [33.93, 60.80], "nllb": [37.48, 63.08]}

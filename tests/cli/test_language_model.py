"""The language model through the command line: a whole brief, marks in words, the key nowhere, and doctor."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from briefing.extract.llm.secret import VARIABLE
from briefing.render.schema import schema
from tests.cli.conftest import Run
from tests.extract.llm.honest import honest
from tests.extract.llm.model_server import Asked, ModelServer, Says, error, model, nothing

ROOT = Path(__file__).resolve().parents[2]
KEY = "sk-Az93kf0Qm2Lw81Xv"


def configured(folder: Path, server: ModelServer | None, more: str = "") -> None:
    url = server.url if server else "http://127.0.0.1:9/v1"
    extract = f'[extract]\nengine = "llm"\nurl = "{url}"\nmodel = "tiny-model"\nretries = 0\n{more}'
    (folder / "briefing.toml").write_text(f'inputs = ["news"]\n[paths]\nstore = "store.db"\n{extract}', encoding="utf-8")


BUILD = ("build", "--week", "--engine", "gloss", "--now", "2024-11-18T06:00Z")


@pytest.mark.slow
def test_the_sample_week_through_a_model(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "news")
    with model(honest) as server:
        configured(tmp_path, server)
        ran = run(*BUILD, "--format", "md,json")
    assert ran.code == 3
    made = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    Draft202012Validator(schema("briefing.brief/1")).validate(made)
    items = [
        i for s in made["sections"] for i in (*(x for g in s["statements"] for x in g["items"]), *s["agreements"], *s["events"])
    ]
    signatures = {info["name"]: info["signature"] for info in made["extractors"]}
    found_by = [[name for name, signature in signatures.items() if signature in i["found_by"]] for i in items]
    assert all(by in found_by for by in (["rules", "llm"], ["rules"], ["llm"]))
    assert all("found_by_rules_only" in i["flags"] for i, by in zip(items, found_by, strict=True) if by == ["rules"])
    text = (tmp_path / "out/2024-W46/brief.md").read_text("utf-8")
    assert "found by rules only" in text and "found by the language model only" in text and "was left out: the quote" in text
    assert signatures["llm"] in text and "Chosen and written by a language model" in text
    assert {h["made_by"] for h in made["highlights"]} == {signatures["llm"]}
    assert "«999» does not stand in the lines" in text


def test_the_same_inputs_and_answers_give_the_same_bytes(run: Run, news: Path, tmp_path: Path) -> None:
    made = []
    with model(honest) as server:
        configured(tmp_path, server)
        for _ in range(2):
            run(*BUILD, "--format", "md,html,json")
            made.append({file.name: file.read_bytes() for file in (tmp_path / "out" / "2024-W46").iterdir()})
    assert made[0] == made[1]


def test_a_server_that_is_down_is_a_gap_and_no_more(run: Run, news: Path, tmp_path: Path) -> None:
    configured(tmp_path, None)
    ran = run(*BUILD, "--format", "md", "-v")
    assert ran.code == 3 and "cannot be reached" in ran.err
    text = (tmp_path / "out/2024-W46/brief.md").read_text("utf-8")
    assert "for 1 article the rules stand alone" in text and "found by rules only" not in text


def test_the_command_line_goes_before_the_settings(run: Run, news: Path, tmp_path: Path) -> None:
    with model(nothing) as server:
        configured(tmp_path, server)
        assert run(*BUILD, "--extract", "rules", "--format", "md").code == 0
        assert server.asked == []


def test_without_a_model_the_error_names_the_key_of_the_settings(run: Run, news: Path, tmp_path: Path) -> None:
    ran = run(*BUILD, news, "--extract", "llm")
    assert (ran.code, "extract.model is not set" in ran.err, "doctor --llm" in ran.err) == (2, True, True)


def test_a_broken_prompt_is_said_before_any_work(run: Run, news: Path, tmp_path: Path) -> None:
    with model(nothing) as server:
        configured(tmp_path, server)
        (tmp_path / "prompts").mkdir()
        (tmp_path / "prompts" / "events.md").write_text("Read $data\nas $shcema")
        ran = run(*BUILD)
        assert server.asked == []
    assert (ran.code, "events.md: line 2: unknown placeholder $shcema" in ran.err) == (2, True)


# ---------------------------------------------------------------- inspect


def test_inspect_says_why_for_items_of_the_model_too(run: Run, news: Path, tmp_path: Path) -> None:
    item = {
        "sentence": 3,
        "quote": "وقتل ثلاثة عمال في انهيار سقالة قرب النهر",
        "type": "ACCIDENT",
        "actor": None,
        "target": None,
    }
    item |= {"place": None, "counts": ["ثلاثة عمال"], "status": "reported", "claimed_by": None}
    with model(lambda a: Says({a.section: [item] if a.section == "events" else []})) as server:
        configured(tmp_path, server)
        ran = run("inspect", "-v", "--extract", "llm", "news/bridge.txt")
        found = json.loads(run("inspect", "--json", "--extract", "llm", "news/bridge.txt").out)
    assert ran.code == 0
    assert "the language model does not point at it" in ran.out
    assert "the language model" in ran.out.split("event: ")[1]
    Draft202012Validator(schema("briefing.inspect/1")).validate(found)
    assert any("found_by_rules_only" in s["flags"] for a in found["articles"] for s in a["statements"])


def test_inspect_asks_no_server_unless_the_model_is_named(run: Run, news: Path, tmp_path: Path) -> None:
    with model(nothing) as server:
        configured(tmp_path, server)
        run("inspect", "news/bridge.txt")
        assert server.asked == [] and not (tmp_path / "store.db").exists()
        run("inspect", "--lines", "news/bridge.txt", "--extract", "llm")
        assert server.asked


# ---------------------------------------------------------------- the key


def echoing(asked: Asked) -> Says:
    """A server that tells the key wherever it can."""
    key = asked.headers["authorization"].removeprefix("Bearer ")
    if asked.section == "events":
        return error(400, f"bad key {key}")
    return Says({asked.section: [{"text": key, "entries": ["S1"]}] if asked.section == "highlights" else [{key: key}]})


def nagging(asked: Asked) -> Says:
    """The same, as an error of every status in turn."""
    key = asked.headers["authorization"].removeprefix("Bearer ")
    status = {"statements": 401, "agreements": 500, "events": 404, "highlights": 422}[asked.section]
    return error(status, f"{key} {key[:15]}", WWW_Authenticate=key, Retry_After="1")


@pytest.mark.parametrize("script", [echoing, nagging])
def test_the_key_stands_in_no_output_message_or_file(
    run: Run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: object
) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    with model(script) as server:  # type: ignore[arg-type]
        server.models = [KEY]
        configured(tmp_path, server)
        build = (*BUILD, "-v", "--format", "md,html,json")  # the PDF is made of the HTML
        printed = [run(*build), run("inspect", "-v", "--extract", "llm", "news/bridge.txt"), run("doctor", "-v", "--llm")]
        assert all(a.headers["authorization"] == f"Bearer {KEY}" for a in server.asked)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"brief.md", "brief.html", "brief.json", "store.db"} <= {path.name for path in files}
    for n in range(len(KEY) - 11):
        piece = KEY[n : n + 12]
        assert not any(piece in ran.out + ran.err for ran in printed)
        assert not any(piece.encode() in path.read_bytes() for path in files)
    assert any("repeats the API key" in ran.out + ran.err for ran in printed)


def test_a_bad_key_is_not_shown(run: Run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"{KEY}\nx: y")
    configured(tmp_path, None)
    for command in (BUILD, ("doctor",)):
        ran = run(*command)
        assert KEY not in ran.out + ran.err and VARIABLE in ran.out + ran.err


# ---------------------------------------------------------------- doctor


def doctor_line(run: Run, *more: str) -> str:
    lines = run("doctor", "-v", *more).lines
    at = next(n for n, line in enumerate(lines) if " language model" in line)
    return "\n".join(lines[at : at + 2])


def test_doctor_does_not_ask_unless_told_to(run: Run, news: Path, tmp_path: Path) -> None:
    assert "not asked for: items are found by rules" in doctor_line(run)
    with model(nothing) as server:
        configured(tmp_path, server)
        line = doctor_line(run)
        assert line.startswith("ok ") and f"{VARIABLE} is not set" in line and server.asked == []
        assert "the server has it" in doctor_line(run, "--llm")
        assert [a.path for a in server.asked] == ["/v1/models"]


@pytest.mark.parametrize(
    ("url", "open"), [("http://10.0.0.7:8000/v1", True), ("https://10.0.0.7/v1", False), ("http://localhost:1/v1", False)]
)
def test_doctor_says_when_the_key_would_go_through_the_network_unencrypted(
    run: Run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, open: bool
) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    (tmp_path / "briefing.toml").write_text(f'[extract]\nengine = "llm"\nmodel = "m"\nurl = "{url}"')
    line = doctor_line(run)
    assert ("unencrypted" in line, KEY in line) == (open, False)


def test_doctor_says_what_is_wrong_with_the_model(run: Run, news: Path, tmp_path: Path) -> None:
    with model(nothing) as server:
        server.models = ["one", "two"]
        configured(tmp_path, server)
        line = doctor_line(run, "--llm")
        assert line.startswith("optional ") and "it has one, two" in line and "Set extract.model" in line
        (tmp_path / "briefing.toml").write_text(f'[extract]\nurl = "{server.url}"')
        assert "extract.model is not set; it has one, two" in doctor_line(run, "--llm")
    configured(tmp_path, None)
    assert "cannot be reached" in doctor_line(run, "--llm")
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "events.md").write_text("nothing")
    assert "the placeholder $data is missing" in doctor_line(run)

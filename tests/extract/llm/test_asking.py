"""What is asked, and what is not asked again: the cache by content and signature, and an end on Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Config, Paths
from briefing.extract.extractor import Found
from briefing.extract.llm.asking import KIND
from briefing.extract.llm.merging import MODEL_ONLY
from briefing.progress import untracked
from briefing.store.cache import open_cache
from briefing.store.database import Database
from tests.cli.conftest import ARTICLE
from tests.extract.llm.asked_model import BLAST, SAID, STRUCK, TEXT, cut, drafts, extractor, found, good, settings, told
from tests.extract.llm.model_server import Asked, Says, error, model, nothing

ROOT = Path(__file__).resolve().parents[3]


def kept(folder: Path) -> dict[str, list[str]]:
    """The answers in the store, by key."""
    with Database(folder / "store.db") as database:
        rows = database.rows("SELECT key, value FROM cache WHERE kind = ?", KIND)
    return {str(key): json.loads(str(value)) for key, value in rows}


def run(config: Config, text: str = TEXT) -> Found:
    (result,) = extractor(config).find([cut(text)], untracked)
    return result


# ---------------------------------------------------------------- kept answers


def test_the_same_question_is_not_asked_again_and_gives_the_same_items(tmp_path: Path) -> None:
    with model(good) as server:
        first = found(server, tmp_path)
        assert len(server.asked) == 3 == len(kept(tmp_path))
        server.script = lambda asked: Says("nonsense")
        assert found(server, tmp_path) == first
        assert len(server.asked) == 3
    assert found(None, tmp_path).drafts == first.drafts  # the server may be gone by now


def test_a_deleted_cache_changes_nothing_but_time(tmp_path: Path) -> None:
    with model(good) as server:
        first = found(server, tmp_path)
        (tmp_path / "store.db").unlink()
        assert found(server, tmp_path) == first
        assert len(server.asked) == 6


def test_the_same_text_in_two_articles_is_asked_about_once(tmp_path: Path) -> None:
    with model(good) as server:
        one, two = extractor(settings(server, tmp_path)).find([cut(), cut(ident="a2")], untracked)
        assert len(server.asked) == 3
    assert [d.item.flags for d in drafts(one)] == [d.item.flags for d in drafts(two)]


@pytest.mark.parametrize("changes", [{"model": "other"}, {"tokens": 9000}], ids=["model", "setting"])
def test_another_model_or_setting_is_asked_anew(tmp_path: Path, changes: dict[str, Any]) -> None:
    with model(good) as server:
        config = settings(server, tmp_path)
        run(config)
        server.script = nothing
        result = run(replace(config, extract=replace(config.extract, **changes)))
        assert len(server.asked) == 6
    assert not any(MODEL_ONLY in d.item.flags for d in drafts(result))
    assert len(kept(tmp_path)) == 6


@pytest.mark.parametrize("changes", [{"timeout": 3}, {"retries": 1}, {"concurrency": 1}])
def test_settings_that_change_no_answer_do_not_ask_anew(tmp_path: Path, changes: dict[str, Any]) -> None:
    with model(good) as server:
        config = settings(server, tmp_path)
        run(config)
        run(replace(config, extract=replace(config.extract, **changes)))
        assert len(server.asked) == 3


def test_the_same_model_on_another_server_is_not_asked_anew(tmp_path: Path) -> None:
    with model(good) as server, model(nothing) as other:
        found(server, tmp_path)
        found(other, tmp_path)
        assert other.asked == []


def test_another_prompt_is_asked_anew_for_its_section_alone(tmp_path: Path) -> None:
    with model(good) as server:
        found(server, tmp_path)
        (tmp_path / "prompts").mkdir()
        ours = (ROOT / "prompts" / "events.md").read_text("utf-8")
        (tmp_path / "prompts" / "events.md").write_text(ours.replace("an analyst", "a careful analyst"), "utf-8")
        server.script = nothing
        result = found(server, tmp_path)
        assert [a.section for a in server.asked[3:]] == ["events"]
        assert "a careful analyst" in server.asked[3].prompt
    assert not any(MODEL_ONLY in d.item.flags for d in drafts(result))


def test_another_text_is_asked_anew(tmp_path: Path) -> None:
    with model(good) as server:
        found(server, tmp_path)
        found(server, tmp_path, TEXT.replace("سرمين", "سراقب"))
        assert len(server.asked) >= 6


@pytest.mark.parametrize(
    "says",
    [
        Says("I cannot help with that."),
        Says(None, message={"refusal": "No."}),
        Says({"statements": []}, finish="length"),
        Says(""),
        Says("```json\n{}\n```"),
        error(400, "too long"),
    ],
    ids=["prose", "refusal", "cut off", "empty", "fence", "error"],
)
def test_what_is_no_answer_is_not_kept(tmp_path: Path, says: Says) -> None:
    with model(lambda asked: says) as server:
        found(server, tmp_path)
        assert kept(tmp_path) == {}
        server.script = good
        assert found(server, tmp_path).problems == ()


def test_an_answer_with_a_bad_item_is_kept_and_gives_the_same_problem_again(tmp_path: Path) -> None:
    bad = {**BLAST, "place": "حلب"}
    with model(lambda a: Says({"events": [STRUCK, bad]}) if a.section == "events" else good(a)) as server:
        first = found(server, tmp_path)
        asked = len(server.asked)
        assert found(server, tmp_path) == first and len(server.asked) == asked
    assert "«حلب» does not stand" in told(first.problems)
    assert sorted(len(answers) for answers in kept(tmp_path).values()) == [1, 1, 2]


def test_an_answer_whose_repair_failed_on_the_way_is_not_kept(tmp_path: Path) -> None:
    def breaking(asked: Asked) -> Says:
        return error(500, "gone") if asked.repairs else Says({"events": [{**STRUCK, "place": "حلب"}, BLAST]})

    with model(lambda a: breaking(a) if a.section == "events" else good(a)) as server:
        result = found(server, tmp_path)
    assert len(kept(tmp_path)) == 2
    assert any(MODEL_ONLY in d.item.flags for d in drafts(result))  # its good item is used all the same
    assert "500: gone" in told(result.problems) and "«حلب» does not stand" in told(result.problems)


@pytest.mark.parametrize("value", ["", "{", "[" * 50_000, '"x"', "[1, null]", '["nonsense"]', '[{"content": "{}"}]'])
def test_a_damaged_row_is_asked_anew(tmp_path: Path, value: str) -> None:
    with model(good) as server:
        first = found(server, tmp_path)
        with sqlite3.connect(tmp_path / "store.db") as connection:
            connection.execute("UPDATE cache SET value = ?", (value,))
        assert found(server, tmp_path) == first
        assert len(server.asked) == 6


def test_a_row_that_somebody_has_filled_with_lies_is_verified_like_any_answer(tmp_path: Path) -> None:
    with model(good) as server:
        found(server, tmp_path)
        lie = json.dumps({"statements": [{**SAID, "speaker": "وزير الدفاع"}]})
        with sqlite3.connect(tmp_path / "store.db") as connection:
            connection.execute("UPDATE cache SET value = ? WHERE value LIKE '%statements%'", (json.dumps([lie]),))
        assert "وزير الدفاع" in told(found(server, tmp_path).problems)


def test_a_store_that_cannot_be_opened_costs_only_the_keeping(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database, but a letter of some length. " * 40)
    with model(good) as server:
        result = found(server, tmp_path)
    (problem,) = result.problems
    assert "not kept for the next run" in problem.message and problem.where.endswith("store.db")
    assert any(MODEL_ONLY in d.item.flags for d in drafts(result))


def test_two_runs_at_once_share_a_store(tmp_path: Path) -> None:
    results: list[Found] = []
    with model(good) as server:
        threads = [threading.Thread(target=lambda: results.append(found(server, tmp_path))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(results) == 4 and all(r == results[0] for r in results)
    assert len(kept(tmp_path)) == 3


def test_answers_are_kept_as_they_come(tmp_path: Path) -> None:
    def second_is_fatal(asked: Asked) -> Says:
        return good(asked) if len(server.asked) == 1 else error(401, "no")

    with model() as server:
        server.script = second_is_fatal
        list(extractor(settings(server, tmp_path, concurrency=1)).find([cut()], untracked))
    assert len(kept(tmp_path)) == 1


def test_progress_is_shown_for_what_is_asked(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []

    def track(things: Sequence[Any], label: str) -> Sequence[Any]:
        told.append((label, len(things)))
        return things

    with model(good) as server:
        for _ in range(2):
            list(extractor(settings(server, tmp_path)).find([cut()], track))
    assert told == [("Reading", 1), ("Asking the language model", 3), ("Reading", 1)]


def test_nothing_is_asked_about_an_article_without_a_sentence(tmp_path: Path) -> None:
    with model(good) as server:
        (result,) = extractor(settings(server, tmp_path)).find([cut("")], untracked)
        assert (server.asked, result.problems, list(result.drafts or [1])) == ([], (), [])


# ---------------------------------------------------------------- Ctrl-C


@pytest.mark.slow
def test_ctrl_c_ends_a_build_at_once_and_leaves_what_was_answered(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with model(lambda a: Says({a.section: []}, pause=60 if a.section == "events" else 0)) as server:
        toml = f'inputs = ["news"]\n[paths]\nstore = "store.db"\n[extract]\nengine = "llm"\nurl = "{server.url}"\nmodel = "m"\n'
        (tmp_path / "briefing.toml").write_text(toml)
        command = [sys.executable, "-m", "briefing", "build", "--engine", "gloss"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 30
        while len(server.asked) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert time.monotonic() - began < 3
    assert (process.returncode, "Stopped." in err, "Traceback" in err) == (130, True, False)
    assert len(kept(tmp_path)) == 2 and not (tmp_path / "out" / "all").exists()


def test_the_store_of_the_settings_is_used(tmp_path: Path) -> None:
    with model(good) as server:
        config = replace(settings(server, tmp_path), paths=Paths(store="deep/er.db"))
        run(config)
    with open_cache(tmp_path / "deep" / "er.db") as cache:
        assert cache.problems == ()
    assert (tmp_path / "deep" / "er.db").is_file()

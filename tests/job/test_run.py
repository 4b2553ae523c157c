"""Runs in this process: what is noted, what the next run does, what the operator is told, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.config import Config, Paths, Subscription
from briefing.errors import BusyError, EngineError, InputError, StoreError
from briefing.job.account import Account, page
from briefing.job.conduct import Order
from briefing.job.outcome import Act, Outcome, Task, Tools
from briefing.job.run import GAPS, WAITING, run
from briefing.job.watch import feed_days
from briefing.model import Problem
from briefing.progress import untracked
from briefing.store.alarms import Trouble
from briefing.store.database import Database
from briefing.store.deliveries import SENT, Answer, Deliveries
from briefing.store.documents import Documents, Origin
from briefing.store.run_lock import alone
from briefing.store.runs import Runs, Stage

MOMENT = datetime(2024, 11, 18, 6, tzinfo=UTC)
WEEK = "2024-W46"
FEED = "https://news.example/rss"


def no_engine(_: object) -> Callable[[], object]:
    raise AssertionError("no stage here asks for an engine")


TOOLS = Tools(lambda line: None, untracked, no_engine, lambda: no_engine(None), nullcontext)  # type: ignore[arg-type, return-value]


@dataclass
class Desk:
    """Stages that note that they were done, and fail, wait or leave gaps as told; and an operator who keeps what he gets."""

    folder: Path
    does: dict[Stage, Exception | Outcome] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    mailed: list[list[str]] = field(default_factory=list)
    config: Config = field(init=False)
    error: Exception | None = None

    def __post_init__(self) -> None:
        self.config = Config(base=self.folder, inputs=("news",), paths=Paths(store="store.db"), feed=(Subscription(FEED),))
        (self.folder / "news").mkdir()

    def act(self, stage: Stage) -> Act:
        def do(task: Task) -> Outcome:
            self.done.append(stage)
            told = self.does.get(stage, Outcome(f"{stage} done", {"articles": 10}))
            if isinstance(told, Exception):
                raise told
            if stage == "build":
                folder = task.config.base / "out" / task.week
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "brief.json").write_text("{}")
            return told

        return do

    def mail(self, troubles: Sequence[Trouble]) -> str:
        self.mailed.append([trouble.key for trouble in troubles])
        return "The operator was mailed."

    def run(self, week: str = WEEK, moment: datetime = MOMENT) -> Account:
        self.done.clear()
        acts: dict[Stage, Act] = {stage: self.act(stage) for stage in ("fetch", "build", "send", "publish")}
        account, self.error = run(Order(self.config, week, moment), acts, TOOLS, self.mail)
        assert (self.error is None) == (account.state != "failed")
        return account


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_week_is_done_once(desk: Desk) -> None:
    first = desk.run()
    assert (first.state, first.code, first.finished, desk.done) == ("done", 0, False, ["fetch", "build", "send", "publish"])
    again = desk.run()
    assert (again.state, again.code, again.finished, desk.done) == ("done", 0, True, [])
    assert "finished before" in page(again)[0] and "briefing build --week 2024-W46" in page(again)[-1]


def test_a_run_goes_on_at_the_stage_that_failed(desk: Desk) -> None:
    desk.does["build"] = EngineError("no such model", "Fetch it.")
    failed = desk.run()
    assert (failed.state, failed.code, desk.done) == ("failed", 5, ["fetch", "build"])
    assert [stage.state for stage in failed.stages] == ["done", "failed", "not done", "not done"]
    assert any("no such model. Fetch it." in line for line in page(failed))
    del desk.does["build"]
    assert desk.run().code == 0
    assert desk.done == ["build", "send", "publish"]


def test_what_waits_is_tried_again_and_the_rest_is_not(desk: Desk) -> None:
    desk.does["send"] = Outcome("1 deferred", {"deferred": 1}, (Problem("a@example.org", "put off"),), "d", "waiting")
    waiting = desk.run()
    assert (waiting.state, waiting.code, desk.done) == ("waiting", WAITING, ["fetch", "build", "send", "publish"])
    del desk.does["send"]
    assert (desk.run().code, desk.done) == (0, ["send"])
    assert desk.run().finished


def test_gaps_are_an_exit_code_and_no_failure(desk: Desk) -> None:
    desk.does["fetch"] = Outcome("1 failed", {"failed": 1}, (Problem(FEED, "the server answers 404", "Look."),))
    account = desk.run()
    assert (account.state, account.code, desk.mailed) == ("done", GAPS, [])
    assert "done with gaps" in page(account)[0]


def test_a_fault_of_the_program_is_noted_mailed_and_given_back(desk: Desk) -> None:
    desk.does["publish"] = ZeroDivisionError("division")
    assert (desk.run().code, len(desk.mailed), desk.error) == (1, 1, desk.does["publish"])
    with Database(desk.config.store_file) as database:
        assert Runs(database).past(WEEK)[-1].state == "failed"


def test_the_operator_gets_one_mail_for_one_state_of_things(desk: Desk) -> None:
    desk.does["fetch"] = InputError("none of 3 feeds could be fetched")
    desk.run()
    desk.run()
    assert len(desk.mailed) == 1
    desk.does["fetch"] = InputError("none of 4 feeds could be fetched")  # other figures in the same error
    desk.run()
    assert len(desk.mailed) == 1
    desk.does["fetch"] = InputError("the disk is gone")
    desk.run()
    assert len(desk.mailed) == 2
    desk.does.clear()
    desk.run()
    assert len(desk.mailed) == 2
    desk.does["fetch"] = InputError("the disk is gone")
    desk.run("2024-W47")  # another week, another run that failed
    assert len(desk.mailed) == 3


def test_a_mail_that_fails_is_said_and_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(troubles: Sequence[Trouble]) -> str:
        raise InputError("the relay is away")

    desk.does["fetch"] = InputError("no feed")
    with monkeypatch.context() as patch:
        patch.setattr(desk, "mail", fails)
        assert "The operator could not be mailed: the relay is away" in desk.run().notes
    assert "The operator was mailed." in desk.run().notes
    assert len(desk.mailed) == 1


def test_a_thin_week_and_a_silent_feed_are_told(desk: Desk) -> None:
    for n in range(42, 46):
        desk.run(f"2024-W{n}")
    with Database(desk.config.store_file) as database:
        for day in range(10):
            origin = Origin(f"item/{day}", "item", "2024-11-12T09:00:00+00:00", feed=FEED, published=f"2024-11-0{day}")
            Documents(database).add(str(day).encode(), "text", origin)
        assert max(feed_days(database, FEED, desk.config.zone)).isoformat() == "2024-11-12"
    desk.does["build"] = Outcome("few", {"articles": 4})
    account = desk.run(moment=datetime(2024, 11, 20, 6, tzinfo=UTC))
    assert [warning.where for warning in account.warnings] == [FEED, WEEK]
    assert "under half of what is usual (10" in account.warnings[1].message
    assert desk.mailed == [[f"feeds: {FEED} is silent", f"articles {WEEK}: thin"]]
    again = desk.run(moment=datetime(2024, 11, 21, 6, tzinfo=UTC))
    assert (again.finished, len(again.warnings), len(desk.mailed)) == (True, 2, 1)


def test_a_clock_moved_back_does_no_stage_twice(desk: Desk) -> None:
    desk.run()
    account = desk.run(moment=datetime(1999, 1, 1, tzinfo=UTC))
    assert (account.code, desk.done) == (0, [])


def test_a_store_that_takes_no_notes_is_told_of_once(desk: Desk) -> None:
    desk.run()
    whole = desk.config.store_file.read_bytes()
    desk.config.store_file.write_bytes(b"no database, but a letter of some length. " * 40)
    for _ in range(2):
        with pytest.raises(StoreError, match="is damaged"):
            desk.run("2024-W47")
    assert desk.mailed == [["store"]]
    desk.config.store_file.write_bytes(whole)
    desk.run("2024-W47")
    desk.config.store_file.write_bytes(b"no database, but a letter of some length. " * 40)
    with pytest.raises(StoreError):
        desk.run("2024-W48")
    assert len(desk.mailed) == 2


def test_a_brief_that_one_recipient_has_is_not_built_anew_for_other_inputs(desk: Desk) -> None:
    desk.does["send"] = InputError("the server went away")
    desk.run()
    (desk.folder / "news" / "late.txt").write_text("late")
    desk.run()
    assert desk.done == ["build", "send"]
    with Database(desk.config.store_file) as database:
        Deliveries(database).queue(("e", "d", WEEK), ["a@example.org"], "<id>", "2024-11-18T06:00:00+00:00")
        Deliveries(database).settle("e", WEEK, {"a@example.org": Answer(SENT, "")}, "2024-11-18T06:00:00+00:00")
    (desk.folder / "news" / "later.txt").write_text("later")
    desk.run()
    assert desk.done == ["send"]


def test_an_input_that_is_gone_is_a_failed_build(desk: Desk) -> None:
    (desk.folder / "news").rmdir()
    account = desk.run()
    assert (account.code, account.stages[1].state, desk.done) == (4, "failed", ["fetch"])
    (desk.folder / "news").mkdir()
    assert (desk.run().code, desk.done) == (0, ["build", "send", "publish"])
    (desk.folder / "news").rmdir()
    assert desk.run().finished  # what is done needs its inputs no more


def test_a_second_run_is_told_of_the_first(desk: Desk) -> None:
    with alone(desk.config.store_file), pytest.raises(BusyError, match="another run is at work"):
        desk.run()
    assert desk.done == []

"""The stages of a week in order, each noted in the store before and after it, so that the next run goes on where one stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from briefing import config as configuration
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.job.account import StageAccount, safe
from briefing.job.building import on_disk
from briefing.job.inputs import digest
from briefing.job.outcome import Act, Outcome, Task, Tools
from briefing.job.stages import STAGES, Present, cut_off, decision, gone_out, newest
from briefing.model import Problem
from briefing.store.database import Database
from briefing.store.deliveries import Deliveries
from briefing.store.documents import now
from briefing.store.runs import Attempt, Runs, Stage, State

KEPT = 100  # problems of a stage that the store keeps


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be run: the settings, the week ("2024-W46"), and the time to take for now."""

    config: Config
    week: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Conducted:
    """The stages as they went; `error` is what ended the last that was begun, an expected one or a fault of the program."""

    stages: tuple[StageAccount, ...]
    error: Exception | None = None


def conduct(order: Order, run: int, acts: Mapping[Stage, Act], database: Database, tools: Tools) -> Conducted:
    """Does what is due of the week in the run with this number; `acts` are the stages that the settings ask for.

    After a stage that failed the later ones are not begun. Raises StoreError when the store cannot note what is done.
    """
    desk = _Desk(order, run, acts, database, tools)
    stages: list[StageAccount] = []
    error: Exception | None = None
    for stage in STAGES:
        if error is None:
            account, error = desk.stage(stage)
        else:
            account = StageAccount(stage, "not done", "an earlier stage failed" if stage in acts else "not in the settings")
        stages.append(account)
    return Conducted(tuple(stages), error)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every stage of one run is done with."""

    order: Order
    run: int
    acts: Mapping[Stage, Act]
    database: Database
    tools: Tools

    def stage(self, stage: Stage) -> tuple[StageAccount, Exception | None]:
        """Does a stage when it is due."""
        past = Runs(self.database).past(self.order.week)
        try:
            present = self._present(stage, past)
        except (BriefingError, OSError) as error:  # an input that is not there
            return self._begun(stage, "", past, error)
        decided = decision(stage, past, present)
        if not decided.do:
            return StageAccount(stage, "not done", decided.why), None
        if decided.why:
            self.tools.say(f"{stage}: again: {decided.why}")
        return self._begun(stage, present.inputs, past)

    def _begun(
        self, stage: Stage, inputs: str, past: tuple[Attempt, ...], error: Exception | None = None
    ) -> tuple[StageAccount, Exception | None]:
        runs, started = Runs(self.database), now()
        state: State
        moment = cut_off(past, inputs, self.order.moment.isoformat())
        attempt = runs.start(self.run, stage, inputs or None, moment if stage == "build" else None)
        outcome: Outcome | None = None
        try:
            if error is not None:
                raise error
            outcome = self.acts[stage](self._task(moment))
        except Exception as raised:
            account, error = _failed(stage, started, raised), raised
        else:
            account = StageAccount(stage, outcome.state, outcome.said, started, now(), outcome.counts, outcome.problems)
        state, brief = (outcome.state, outcome.brief) if outcome else ("failed", None)
        runs.finish(attempt, state, _detail(account), brief)
        return account, error

    def _present(self, stage: Stage, past: tuple[Attempt, ...]) -> Present:
        config = self.order.config
        out = any(delivery.received for delivery in Deliveries(self.database).of_week(self.order.week))
        present = Present(frozenset(self.acts), "", on_disk(config.base / config.out / self.order.week), out)
        if stage != "build":
            return present
        last = newest(stage, past)
        if last and last.inputs and gone_out(past, present):  # whatever became of the inputs
            return replace(present, inputs=last.inputs)
        return replace(present, inputs=digest(config, configuration.inputs(config, ()), self.database))

    def _task(self, moment: str) -> Task:
        order = self.order
        return Task(order.config, order.week, order.moment, datetime.fromisoformat(moment), self.database, self.tools)


def _failed(stage: Stage, started: str, error: Exception) -> StageAccount:
    step = error.next_step if isinstance(error, BriefingError) else "Please report this as a bug."
    message = error.message if isinstance(error, BriefingError) else f"{type(error).__name__}: {error}"
    if isinstance(error, OSError):
        step = "Mend this and run the same command again."
    return StageAccount(stage, "failed", message, started, now(), {}, (Problem(stage, message, step),))


def _detail(account: StageAccount) -> dict[str, object]:
    """What the store keeps of a stage, without secrets."""
    kept = [{key: safe(str(value)) for key, value in asdict(problem).items()} for problem in account.problems[:KEPT]]
    return {"counts": dict(account.counts or {}), "said": safe(account.said), "problems": kept}

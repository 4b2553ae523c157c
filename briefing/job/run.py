"""One run as a scheduled job does it: under the lock, noted from beginning to end, the operator told what he should know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from briefing.errors import BriefingError, OutputError, StoreError
from briefing.job.account import Account
from briefing.job.conduct import Conducted, Order, conduct
from briefing.job.outcome import Act, Tools
from briefing.job.watch import look
from briefing.model import Problem
from briefing.store import told
from briefing.store.alarms import Alarms, Trouble
from briefing.store.database import Database
from briefing.store.documents import now
from briefing.store.run_lock import alone
from briefing.store.runs import Runs, Stage

GAPS = 3
"""Exit code: done, but something was left out or refused."""
WAITING = 7
"""Exit code: done but for deliveries that the next run tries again."""

Mailed = Callable[[Sequence[Trouble]], str]
"""Tells the operator of troubles and says so in a line; raises BriefingError when that fails."""


def run(order: Order, acts: Mapping[Stage, Act], tools: Tools, mail: Mailed | None) -> tuple[Account, Exception | None]:
    """The account of the run, and the error that ended it: an expected one or a fault of the program.

    `mail` is None when nobody is to be told. Raises BusyError while another run is at work on the store, StoreError when
    the store cannot be used.
    """
    path = order.config.store_file
    with alone(path):
        try:
            ended = _run(order, acts, tools, mail)
            told.note(path, None)
            return ended
        except StoreError as error:
            _tell_without_store(order, error, tools, mail)
            raise


def _run(order: Order, acts: Mapping[Stage, Act], tools: Tools, mail: Mailed | None) -> tuple[Account, Exception | None]:
    with Database(order.config.store_file) as database:
        runs, started = Runs(database), now()
        number = runs.begin(order.week)
        conducted = conduct(order, number, acts, database, tools)
        account = _account(order, conducted, started)
        today = order.moment.astimezone(order.config.zone).date()
        troubles = look(order.config, order.week, today, account.stages, database)
        notes = (*_told(Alarms(database), mail), *account.notes)
        account = replace(account, warnings=_problems(troubles, order.week), notes=notes)
        runs.end(number, account.state, account.code)
    return account, conducted.error


def broken_off(order: Order, error: BriefingError, started: str) -> Account:
    """The account of a run that the store did not let come to its end."""
    problem = Problem("run", error.message, error.next_step)
    return Account(order.week, "failed", error.exit_code, started, now(), False, (), (problem,))


def _tell_without_store(order: Order, error: StoreError, tools: Tools, mail: Mailed | None) -> None:
    """Mails that the store stopped the run, once for one reason; that is noted beside the store, which takes no notes now."""
    path = order.config.store_file
    if mail is None or not told.is_new(path, error.message):
        return
    trouble = Trouble("store", "store", f"{order.week}: the run stopped: {error.message}", error.next_step)
    try:
        tools.say(mail([trouble]))
    except BriefingError as failure:
        tools.say(f"The operator could not be mailed: {failure.message}")
    else:
        told.note(path, error.message)


def _account(order: Order, conducted: Conducted, started: str) -> Account:
    stages, error = conducted.stages, conducted.error
    finished = error is None and all(stage.state == "not done" for stage in stages)
    if error is not None:
        notes = (f"Mend this, then run the same command again: it goes on at this stage (briefing run --week {order.week}).",)
        return Account(order.week, "failed", _code(error), started, now(), False, stages, notes=notes)
    if any(stage.state == "waiting" for stage in stages):
        notes = ("What waits is tried again by the next run of this week.",)
        return Account(order.week, "waiting", WAITING, started, now(), False, stages, notes=notes)
    code = GAPS if any(stage.problems for stage in stages) else 0
    return Account(order.week, "done", code, started, now(), finished, stages, notes=_finished(order.week) if finished else ())


def _finished(week: str) -> tuple[str, ...]:
    return (f"To build and send it anew: briefing build --week {week}, then briefing send and briefing publish.",)


def _code(error: Exception) -> int:
    if isinstance(error, BriefingError):
        return error.exit_code
    return OutputError.exit_code if isinstance(error, OSError) else BriefingError.exit_code


def _problems(troubles: Sequence[Trouble], week: str) -> tuple[Problem, ...]:
    """The troubles as problems; that this run failed is said already, at its stage."""
    parts = ((trouble, trouble.message.partition(": ")) for trouble in troubles if trouble.topic != f"run {week}")
    return tuple(Problem(where, message, trouble.next_step) for trouble, (where, _, message) in parts)


def _told(alarms: Alarms, mail: Mailed | None) -> tuple[str, ...]:
    """Mails what nobody was mailed about yet. A mail that fails is said here and tried again by the next run."""
    unsaid = alarms.unsaid()
    if mail is None or not unsaid:
        return ()
    try:
        line = mail(unsaid)
    except BriefingError as error:
        return (f"The operator could not be mailed: {error.message}",)
    alarms.said(unsaid)
    return (line,)

"""The cores of one machine: the same answers as alone; what kills a process is left out, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import SpreadError
from briefing.lexicon import tables
from briefing.model import Article
from briefing.spread.crew import ALONE
from briefing.spread.kit import kit, put_to_use
from briefing.spread.processes import Processes
from briefing.spread.searching import Search, searched
from briefing.spread.wire import decode, encode
from tests.spread.many import article
from tests.spread.poison import POISON, poisoned

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def crew() -> Iterator[Processes]:
    made = Processes(2, kit(Config()), fewest=1)
    yield made
    made.close()


def by(crew: Processes, articles: Sequence[Article]) -> list[Search]:
    return list(searched(articles, crew))


def test_the_answers_are_those_of_one_process_in_their_order(crew: Processes) -> None:
    articles = [article(n) for n in range(150)]
    assert by(crew, articles) == list(searched(articles, ALONE))
    assert crew._pool is not None


def test_little_work_starts_no_process() -> None:
    crew = Processes(2, kit(Config()), fewest=100)
    assert len(by(crew, [article(n) for n in range(99)])) == 99
    assert crew._pool is None


def test_only_as_much_is_taken_as_is_worked_on(crew: Processes) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Article]:
        for n in range(100_000):
            taken.append(n)
            yield article(n)

    answers = searched(endless(), crew)
    for _ in range(40):
        next(answers)
    assert len(taken) <= 40 + 32 * 7


@pytest.mark.parametrize("bad", [[0], [70], [3, 4, 99]])
def test_an_article_that_kills_every_process_is_left_out_and_no_other(
    bad: list[int], crew: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{poisoned(tmp_path)}:{ROOT}")
    good = [article(n) for n in range(100)]
    found = by(crew, [article(n, f" {POISON}") if n in bad else a for n, a in enumerate(good)])
    assert [n for n, (_, one) in enumerate(found) if one.drafts is None] == bad
    assert found[bad[0]][1].problems[0].message == "left out: reading it ended the process 3 times"
    expected = list(searched(good, ALONE))
    assert [f for n, f in enumerate(found) if n not in bad] == [e for n, e in enumerate(expected) if n not in bad]


def test_a_process_that_is_killed_costs_nothing(crew: Processes) -> None:
    articles = [article(n) for n in range(300)]
    answers = searched(articles, crew)
    found = [next(answers)]
    assert crew._pool is not None
    os.kill(next(iter(crew._pool._processes)), signal.SIGKILL)
    assert [*found, *answers] == list(searched(articles, ALONE))


def test_processes_that_cannot_start_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(3)\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    crew = Processes(2, kit(Config()), fewest=1)
    with pytest.raises(SpreadError, match=r"build\.cores = 1"):
        by(crew, [article(1)])


def test_the_users_words_are_used_in_other_processes_too(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    person = '[[person]]\nid = "sami"\nar = "سامي الحداد"\nen = "Samy Haddad of Ours"\n'
    (tmp_path / "lexicon" / "people.toml").write_text(person, encoding="utf-8")
    with tables.using(tmp_path / "lexicon"):
        crew = Processes(2, kit(Config(base=tmp_path)), fewest=1)
        articles = [article(n) for n in range(40)]
        found = by(crew, articles)
        crew.close()
        assert found == list(searched(articles, ALONE))
        assert "Samy Haddad of Ours" in repr(found[0])


def test_a_kit_travels_as_json_and_puts_the_same_words_to_use(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "terms.toml").write_text('\ufeff[[term]]\nar = "سدة"\nen = "barrage"\r\n', encoding="utf-8")
    with tables.using(tmp_path / "lexicon"):
        made, info = kit(Config(base=tmp_path)), tables.own()
    assert info is not None
    with tables.using(None):
        put_to_use(decode(encode(made), type(made)))
        assert tables.own() == info


# The parent is killed where it cannot clean up; its processes must not stay.
PARENT = """
import os, signal, sys
from briefing.config import Config
from briefing.spread.kit import kit
from briefing.spread.processes import Processes
from briefing.spread.searching import searched
from tests.spread.many import article

if __name__ == "__main__":
    crew = Processes(2, kit(Config()), fewest=1)
    next(searched([article(n) for n in range(100)], crew))
    print(*crew._pool._processes, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_process_outlives_a_parent_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(tmp_path / "parent.py")]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    children = [int(n) for n in done.stdout.split()]
    assert len(children) == 2
    until = time.monotonic() + 20
    while (left := [n for n in children if Path(f"/proc/{n}").exists()]) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []

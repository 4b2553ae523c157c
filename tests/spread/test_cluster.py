"""A real cluster, each part a process: the same brief whatever dies, nothing done twice, and what does not fit is refused."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from briefing.config import Config, Paths
from briefing.errors import SpreadError
from briefing.spread.cluster import Cluster
from briefing.spread.connection import Patience
from briefing.spread.crew import ALONE
from briefing.spread.kept import Keeping
from briefing.spread.kit import Model, kit
from briefing.spread.searching import searched
from briefing.spread.station import prepare
from briefing.translate import models
from briefing.translate.ctranslate2_engine import CTranslate2Engine
from tests.spread import spelling_engine
from tests.spread.dask_processes import ROOT, Processes
from tests.spread.many import article, folder_of
from tests.spread.poison import POISON, SLOW, poisoned
from tests.translate import tiny_models

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
SOON = Patience(connect=5, back=60, look=0.5, slow=3)
# Run before anything else in a process, it cannot find one package.
HIDDEN = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name == "{}":
            raise ImportError(name)
sys.meta_path.insert(0, Hidden())
"""
COUNT = 200
SETTINGS = """
inputs = ["news"]
formats = ["md", "json"]
[paths]
store = "{store}.db"
models = "models"
[scope]
pages = 0
[translate]
engine = "{engine}"
"""


def command(base: Path, name: str, *options: str, engine: str = spelling_engine.NAME) -> list[str]:
    """`briefing build` with a store and a folder of products of its own."""
    (base / f"{name}.toml").write_text(SETTINGS.format(store=name, engine=engine))
    given = ["--config", str(base / f"{name}.toml"), "--out", str(base / name), "--week", "2024-W46", "--undated", "include"]
    start = [sys.executable, "-c", "from briefing.cli.main import main; main()"]
    return [*start, "build", *given, "--now", "2024-11-18T06:00:00+00:00", *options]


def start(base: Path, name: str, *options: str, engine: str = spelling_engine.NAME, **more: str) -> subprocess.Popen[str]:
    environment, pipe = {**os.environ, "PYTHONPATH": str(ROOT), **more}, subprocess.PIPE
    given = command(base, name, *options, engine=engine)
    return subprocess.Popen(given, cwd=base, env=environment, stdout=pipe, stderr=pipe, text=True)


def built(base: Path, name: str, *options: str, engine: str = spelling_engine.NAME, **more: str) -> tuple[int, str]:
    """The exit code and what was said; `more` goes into the environment."""
    process = start(base, name, *options, engine=engine, **more)
    _, said = process.communicate(timeout=240)
    return process.returncode, said


def products(base: Path, name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (base / name / "2024-W46").iterdir()}


def kept(base: Path, name: str, kind: str) -> int:
    """How many answers of a kind the store holds."""
    try:
        with sqlite3.connect(f"file:{base / name}.db?mode=ro", uri=True) as store:
            return int(store.execute("SELECT count(*) FROM cache WHERE kind = ?", (kind,)).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def when(base: Path, name: str, kind: str, least: int, act: Callable[[], object]) -> None:
    """Acts, from another thread, as soon as the store holds so many answers."""

    def wait() -> None:
        until = time.monotonic() + 120
        while kept(base, name, kind) < least and time.monotonic() < until:
            time.sleep(0.02)
        act()

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def cluster(dask: Processes, patience: Patience = SOON) -> Iterator[tuple[Cluster, list[str]]]:
    said: list[str] = []
    made = Cluster(dask.address, kit(Config()), said.append, patience)
    try:
        yield made, said
    finally:
        made.close()


# ---------------------------------------------------------------- the same brief


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with COUNT articles, and their brief as one process alone makes it."""
    base = tmp_path_factory.mktemp("project")
    folder_of(base / "news", COUNT)
    code, said = built(base, "alone")
    assert code in (0, 3), said
    return base


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_the_brief_is_the_same_byte_for_byte_with_a_worker_killed_half_way(workers: int, news: Path, dask: Processes) -> None:
    dask.scheduler()
    started = [dask.worker(nanny=workers == 1) for _ in range(workers)]
    name = f"cluster{workers}"
    victim = _worker_of(started[0]) if workers == 1 else started[0].pid
    when(news, name, "found", 32, lambda: os.kill(victim, signal.SIGKILL))
    code, said = built(news, name, "--cluster", dask.address)
    assert code in (0, 3), said
    assert products(news, name) == products(news, "alone")
    assert not Path(f"/proc/{victim}").exists() or started[0].poll() is not None
    assert (kept(news, name, "found"), kept(news, name, "translation") > COUNT) == (COUNT, True)


def _worker_of(nanny: subprocess.Popen[bytes]) -> int:
    """The process that a nanny keeps, when it runs."""
    import psutil

    found: list[int] = []

    def there() -> bool:
        children = psutil.Process(nanny.pid).children()
        found[:] = [child.pid for child in children if "spawn_main" in " ".join(child.cmdline())]
        return bool(found)

    _until(there)
    return found[0]


def test_local_workers_and_cores_give_the_same_brief(news: Path) -> None:
    for name, options in (("local", ["--cluster", "local:2"]), ("cores", [])):
        code, said = built(news, name, *options)
        assert code in (0, 3), said
        assert products(news, name) == products(news, "alone")


def test_a_real_model_is_opened_by_every_worker_and_checked_by_its_digests(news: Path, dask: Processes, tmp_path: Path) -> None:
    model = models.add(tiny_models.random_marian(tmp_path / "tiny"), Config(base=news, paths=Paths(models="models")), print)
    assert built(news, "model-alone", engine="ctranslate2")[0] in (0, 3)
    dask.scheduler()
    dask.worker()
    dask.worker("--nthreads", "2")
    code, said = built(news, "model", "--cluster", dask.address, engine="ctranslate2")
    assert code in (0, 3), said
    assert products(news, "model") == products(news, "model-alone")
    assert b"ctranslate2" in products(news, "model")["brief.json"]
    given = kit(Config(), _model(news, model))
    # the weights are checked too, though no signature holds more of them than the card says
    for file in (model.path / "model.bin", next(path for path in model.path.glob("*.json") if path.name != models.CARD)):
        real = file.read_bytes()
        file.write_bytes(real[:-1] + bytes([real[-1] ^ 1]))
        with pytest.raises(SpreadError, match="cannot open the engine"):
            prepare(given, 1)
        file.write_bytes(real)
    prepare(given, 1)


def _model(news: Path, info: models.ModelInfo) -> Model:
    config = Config(base=news, paths=Paths(models="models"))
    signature = CTranslate2Engine(info, config.translate).signature
    return Model("ctranslate2", signature, config.translate, str(config.models_dir), str(news))


def test_certificates_are_those_of_dasks_own_settings(news: Path, dask: Processes, tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    ca, cert, key = (str(tmp_path / f"{name}.pem") for name in ("ca", "cert", "key"))
    authority.cert_pem.write_to_path(ca)
    certificate.cert_chain_pems[0].write_to_path(cert)
    certificate.private_key_pem.write_to_path(key)
    roles = {f"DASK_DISTRIBUTED__COMM__TLS__{role}__{what}": path for role in ("SCHEDULER", "WORKER", "CLIENT")
             for what, path in (("CERT", cert), ("KEY", key))}  # fmt: skip
    dask.environment = tls = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": ca, **roles}
    dask.scheduler(0, "--protocol", "tls")
    dask.worker("--protocol", "tls")
    assert dask.address.startswith("tls://")
    code, said = built(news, "tls", "--cluster", dask.address, **tls)
    assert code in (0, 3), said
    assert products(news, "tls") == products(news, "alone")
    code, said = built(news, "without-tls", "--cluster", dask.address)
    assert (code, f"{dask.address}: no scheduler answers" in said) == (1, True), said


# ---------------------------------------------------------------- nothing twice, nothing lost


def test_the_second_run_gives_the_workers_nothing_to_search(dask: Processes, tmp_path: Path) -> None:
    dask.scheduler()
    dask.worker()
    articles = [article(n) for n in range(150)]
    expected = list(searched(articles, ALONE))
    with cluster(dask) as (crew, _):
        asked: list[int] = []

        class Counting:
            """Counts what reaches the cluster."""

            places = 1

            def map(self, parts):  # type: ignore[no-untyped-def]
                """As of Crew."""
                parts = list(parts)
                asked.extend(len(part.units) for part in parts)
                return crew.map(parts)

            def close(self) -> None:
                """Nothing."""

        for wanted in (articles[:100], articles, articles):
            found = list(searched(wanted, Keeping(Counting(), tmp_path / "store.db", print)))
            assert found == expected[: len(wanted)]
    assert sum(asked) == 150


def test_a_damaged_row_of_the_store_is_searched_again(dask: Processes, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    articles = [article(n) for n in range(3)]
    expected = list(searched(articles, Keeping(ALONE, store, print)))
    with sqlite3.connect(store) as rows:
        rows.execute("UPDATE cache SET value = 'no JSON' WHERE rowid = (SELECT min(rowid) FROM cache)")
    assert list(searched(articles, Keeping(ALONE, store, print))) == expected


def test_ctrl_c_keeps_what_came_and_the_next_run_goes_on(news: Path, dask: Processes) -> None:
    dask.scheduler()
    dask.worker()
    process = start(news, "stopped", "--cluster", dask.address)
    when(news, "stopped", "found", 32, lambda: process.send_signal(signal.SIGINT))
    _, said = process.communicate(timeout=120)
    before = kept(news, "stopped", "found")
    assert process.returncode == 130 and "run the same command again" in said, said
    assert "Traceback" not in said
    assert 32 <= before < COUNT
    code, said = built(news, "stopped", "--cluster", dask.address)
    assert code in (0, 3), said
    assert products(news, "stopped") == products(news, "alone")
    assert kept(news, "stopped", "found") == COUNT


def test_a_scheduler_that_is_started_again_costs_time_alone(news: Path, dask: Processes) -> None:
    scheduler = dask.scheduler()
    dask.worker()
    port = dask.port

    def restart() -> None:
        scheduler.kill()
        scheduler.wait()
        dask.scheduler(port)
        dask.worker()

    when(news, "restarted", "found", 32, restart)
    code, said = built(news, "restarted", "--cluster", dask.address)
    assert code in (0, 3), said
    assert "the scheduler went away" in said
    assert products(news, "restarted") == products(news, "alone")


def test_a_scheduler_that_stays_away_ends_the_run_and_says_what_is_kept(dask: Processes) -> None:
    scheduler = dask.scheduler()
    dask.worker()
    with cluster(dask, Patience(connect=1, back=2, look=0.3)) as (crew, _):
        answers = searched((article(n) for n in range(2_000)), crew)
        next(answers)
        scheduler.kill()
        with pytest.raises(SpreadError, match="no scheduler answers") as error:
            list(answers)
    assert "kept" in error.value.next_step


# ---------------------------------------------------------------- what kills, what is slow


def test_a_document_that_kills_every_worker_is_left_out_and_no_other(dask: Processes, tmp_path: Path) -> None:
    dask.environment = {"PYTHONPATH": poisoned(tmp_path / "harm"), "BRIEFING_TEST_WORKER": "1"}
    dask.scheduler()
    dask.worker(nanny=True)
    dask.worker(nanny=True)
    good = [article(n) for n in range(100)]
    with cluster(dask) as (crew, _):
        found = list(searched([article(n, f" {POISON}") if n == 40 else a for n, a in enumerate(good)], crew))
    assert [n for n, (_, one) in enumerate(found) if one.drafts is None] == [40]
    (problem,) = found[40][1].problems
    assert (problem.where, problem.message) == ("0040.txt", "left out: reading it ended every worker that it was given to")
    expected = list(searched(good, ALONE))
    assert found[:40] + found[41:] == expected[:40] + expected[41:]


def test_what_a_slow_worker_holds_is_given_to_another(dask: Processes, tmp_path: Path) -> None:
    harm = poisoned(tmp_path / "harm")
    dask.scheduler()
    dask.worker(PYTHONPATH=harm, BRIEFING_TEST_WORKER="1", BRIEFING_TEST_SLOW="120")
    dask.worker(PYTHONPATH=harm, BRIEFING_TEST_WORKER="1", BRIEFING_TEST_SLOW="0")
    articles = [article(n, f" {SLOW}") for n in range(64)]
    with cluster(dask) as (crew, _):
        _until(lambda: crew.places == 2)
        begun = time.monotonic()
        assert len(list(searched(articles, crew))) == 64
        assert time.monotonic() - begun < 60


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


# ---------------------------------------------------------------- who is refused


def test_a_worker_with_another_version_is_named_and_the_others_work(dask: Processes, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "sitecustomize.py").write_text("import briefing; briefing.__version__ = '0.0.9'\n")
    dask.scheduler()
    dask.worker()
    dask.worker(PYTHONPATH=str(old))
    with cluster(dask) as (crew, said):
        _until(lambda: len(crew._connection.client.scheduler_info()["workers"]) == 2)
        crew._refusals()
        _until(lambda: bool(crew._refusals() or said))
        assert crew.places == 1
        assert len(list(searched([article(n) for n in range(64)], crew))) == 64
    (line,) = said
    assert line.startswith("A worker is not used: tcp://127.0.0.1:") and "it runs version 0.0.9" in line


def test_workers_without_the_program_are_refused(dask: Processes, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "sitecustomize.py").write_text(HIDDEN.format("briefing"))
    dask.scheduler()
    dask.worker(PYTHONPATH=str(bare))
    with pytest.raises(SpreadError, match="it does not have this program"):
        Cluster(dask.address, kit(Config()), print, SOON)


def test_workers_without_the_model_are_refused_before_anything_is_translated(news: Path, dask: Processes) -> None:
    dask.scheduler()
    dask.worker(BRIEFING_TEST_NO_ENGINE="1")
    code, said = built(news, "nomodel", "--cluster", dask.address)
    assert (code, "there is no model here" in said, "tcp://127.0.0.1:" in said) == (1, True, True), said


# ---------------------------------------------------------------- what cannot be reached


def test_no_scheduler_is_said_within_seconds(news: Path) -> None:
    code, said = built(news, "nobody", "--cluster", "tcp://127.0.0.1:9")
    assert (code, "tcp://127.0.0.1:9: no scheduler answers" in said, "dask scheduler" in said) == (1, True, True), said


def test_without_the_extra_the_command_says_how_to_get_it(news: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDDEN.format("distributed"))
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    done = subprocess.run(
        command(news, "without", "--cluster", "local:2"), env=environment, cwd=news, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "pip install 'monday-brief[cluster]'" in done.stderr) == (1, True), done.stderr

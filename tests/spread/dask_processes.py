"""A real Dask scheduler and real workers, each a process of its own, started as a user starts them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", "OMP_NUM_THREADS": "1"}


@dataclass
class Processes:
    """What was started for a test; `environment` is for what is started from then on."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    address: str = ""
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def scheduler(self, port: int = 0, *options: str) -> subprocess.Popen[bytes]:
        """A scheduler that answers, at `address` from now on."""
        file = self.folder / f"scheduler-{len(self.started)}.json"
        host = [] if "--protocol" in options else ["--host", "127.0.0.1"]
        given = [*host, "--port", str(port), "--scheduler-file", str(file), "--no-dashboard", *options]
        made = self._start("dask_scheduler", *given)
        until = time.monotonic() + 60
        while not file.exists() or not file.read_text():
            assert time.monotonic() < until and made.poll() is None
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]
        return made

    def worker(self, *options: str, nanny: bool = False, **environment: str) -> subprocess.Popen[bytes]:
        """A worker with one thread; with a nanny it is started again when it dies."""
        given = [*options] if "--nthreads" in options else ["--nthreads", "1", *options]
        keeper = [] if nanny else ["--no-nanny"]
        work = ["--local-directory", str(self.folder / "work"), "--no-dashboard", "--death-timeout", "60"]
        return self._start("dask_worker", self.address, *keeper, *work, *given, **environment)

    @property
    def port(self) -> int:
        """The scheduler's."""
        return int(self.address.rpartition(":")[2])

    def _start(self, module: str, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(filter(None, (self.environment.get("PYTHONPATH"), environment.get("PYTHONPATH"), str(ROOT))))
        given = {**os.environ, **QUIET, **self.environment, **environment, "PYTHONPATH": path}
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options]
        with (self.folder / "dask.log").open("ab") as log:
            made = subprocess.Popen(command, env=given, cwd=self.folder, stdout=log, stderr=log, start_new_session=True)
        self.started.append(made)
        return made

    def end(self) -> None:
        """Kills all that was started, and what that started."""
        for process in self.started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

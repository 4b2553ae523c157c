"""Importing does nothing: no file, no thread, no connection, and none of the heavy packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {
    "ctranslate2",
    "dask",
    "distributed",
    "feedparser",
    "httpx",
    "huggingface_hub",
    "jinja2",
    "lxml",
    "rich",
    "sacrebleu",
    "sentencepiece",
    "starlette",
    "torch",
    "trafilatura",
    "transformers",
    "uvicorn",
    "weasyprint",
}
# Runs `what` with every change to the outside recorded, then prints what happened. A write is an `open` for writing or
# one of the other audit events; modules are compared by their first name.
OBSERVED = """
import json, os, sys, threading
acts = []
changing = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.system", "os.exec", "os.fork", "os.posix_spawn",
            "shutil.", "socket.connect", "socket.bind", "socket.getaddrinfo", "sqlite3.connect", "subprocess.Popen", "tempfile.")
def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or set(mode or "") & set("wax+"):
            acts.append(f"open {path}")
    elif event.startswith(changing):
        acts.append(f"{event} {arguments!r}")
sys.addaudithook(watch)
outcome = None
WHAT
modules = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"acts": acts, "threads": threading.active_count(), "modules": modules, "outcome": outcome}))
"""
EVERY_MODULE = """
import importlib, pkgutil, briefing
outcome = [module.name for module in pkgutil.walk_packages(briefing.__path__, "briefing.")]
for name in outcome:
    importlib.import_module(name)
"""
HELP = """
import contextlib, io
sys.argv = ["briefing", "--help"]
with contextlib.redirect_stdout(io.StringIO()) as printed:
    try:
        from briefing.cli.main import main
        main()
    except SystemExit as end:
        outcome = [end.code, printed.getvalue()]
"""


def observe(what: str, home: Path) -> dict[str, Any]:
    """What running the Python text `what` in a new process did, with an empty home folder."""
    environment = {**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    program = OBSERVED.replace("WHAT", what)
    done = subprocess.run([sys.executable, "-c", program], cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("act", ["open('made', 'w')", "os.mkdir('made')", "os.open('made', os.O_CREAT)"])
def test_a_write_would_be_noticed(tmp_path: Path, act: str) -> None:
    assert observe(act, tmp_path)["acts"]


def test_importing_every_module_does_nothing(tmp_path: Path) -> None:
    seen = observe(EVERY_MODULE, tmp_path)
    assert (seen["acts"], seen["threads"]) == ([], 1)
    files = [path.relative_to(ROOT).with_suffix("") for path in (ROOT / "briefing").rglob("*.py")]
    modules = {".".join(file.parts).removesuffix(".__init__") for file in files} - {"briefing"}
    assert set(seen["outcome"]) == modules  # a folder without __init__.py would be passed over
    assert list(tmp_path.iterdir()) == []


def test_no_module_imports_a_heavy_package_before_it_is_needed(tmp_path: Path) -> None:
    assert HEAVY & set(observe(EVERY_MODULE, tmp_path)["modules"]) == set()


def test_help_imports_nothing_heavy_and_does_nothing(tmp_path: Path) -> None:
    seen = observe(HELP, tmp_path)
    code, printed = seen["outcome"]
    assert (code, "Usage" in printed) == (0, True)
    assert (seen["acts"], (HEAVY | {"numpy"}) & set(seen["modules"])) == ([], set())

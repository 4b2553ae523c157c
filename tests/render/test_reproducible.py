"""The same brief gives the same bytes in another process: another hash seed, folder, time zone and language."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RENDER = """
import hashlib, importlib.util, json, sys
from pathlib import Path
from briefing.config import Config
from briefing.render.context import make_context
from briefing.render.registry import RENDERERS, renderer
from briefing.render.rendition import Rendition
spec = importlib.util.spec_from_file_location("render_sample", sys.argv[1])
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
rendition = Rendition(sample.sample_brief(), make_context(Config(base=Path.cwd())))
print(json.dumps({name: hashlib.sha256(renderer(name)(rendition)).hexdigest() for name in RENDERERS}))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "zone", "language"), [("1", "Asia/Riyadh", "C"), ("77", "America/Caracas", "C.UTF-8")])
def test_another_process_gives_the_same_bytes(
    seed: str, zone: str, language: str, made: dict[str, bytes], tmp_path: Path
) -> None:
    changed = {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": language, "LC_ALL": language}
    environment = {**os.environ, **changed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", RENDER, str(Path(__file__).with_name("sample.py"))]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}

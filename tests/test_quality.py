"""The pinned quality floors hold (bench/gate.py), where the gold corpus is beside the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared"


@pytest.mark.slow
def test_no_figure_is_below_its_floor() -> None:
    if not (CORPUS / "score.py").is_file():
        pytest.skip("the gold corpus is not beside this checkout")
    ran = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "gate.py"), "--corpus", str(CORPUS)], cwd=ROOT, capture_output=True, text=True
    )
    if ran.returncode == 2:
        pytest.skip(ran.stdout.strip())
    assert ran.returncode == 0, ran.stdout + ran.stderr

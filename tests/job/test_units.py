"""The units of docs/scheduling.md as systemd itself reads them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scheduling.md"
BLOCKS = re.findall(r"```ini\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
UNITS = dict(zip(("briefing.service", "briefing.timer"), BLOCKS, strict=True))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_them(tmp_path: Path) -> None:
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text.replace("/srv/briefing/.venv/bin/briefing", "/bin/true"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "briefing." in line]
    assert ours == [] and done.returncode == 0, done.stderr


def test_the_service_runs_as_somebody_with_nothing_to_gain() -> None:
    service = UNITS["briefing.service"].splitlines()
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=", "User=briefing"} <= set(service)
    assert {"SuccessExitStatus=3", "RestartPreventExitStatus=2", "Restart=on-failure"} <= set(service)

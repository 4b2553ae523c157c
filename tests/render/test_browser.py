"""The page in headless Chromium: nothing on its console, every inner link lands, nothing serious found by axe-core."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NODE = Path(__file__).resolve().parents[1] / "node"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
GRAVE = {"serious", "critical"}
BROKEN = """<html><title>x</title><style>p { color: #ccc; background: #fff }</style>
<script>console.error("told")</script><p>pale</p><img src="data:,"><a href="#nowhere">away</a>"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)"),
    pytest.mark.skipif(shutil.which("node") is None, reason="needs node (Debian package nodejs)"),
    pytest.mark.skipif(not (NODE / "node_modules").is_dir(), reason="needs what `npm ci` installs in tests/node"),
]


def _look(page: bytes, folder: Path) -> dict[str, Any]:
    file = folder / "page.html"
    file.write_bytes(page)
    command = ["node", str(NODE / "look.mjs"), str(CHROMIUM), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_a_browser_and_its_accessibility_rules_find_nothing_wrong(made: dict[str, bytes], tmp_path: Path) -> None:
    seen = _look(made["html"], tmp_path)
    assert (seen["said"], seen["lost"]) == ([], [])
    assert seen["links"] > 20
    assert [(view["width"], view["scheme"]) for view in seen["views"]] == [
        (width, scheme) for width in (1100, 390) for scheme in ("light", "dark")
    ]
    assert [found for view in seen["views"] for found in view["found"] if found["impact"] in GRAVE] == []
    assert [view["wide"] for view in seen["views"]] == [0, 0, 0, 0], "the page is wider than its window"


def test_what_is_wrong_would_be_found(tmp_path: Path) -> None:
    seen = _look(BROKEN.encode(), tmp_path)
    assert "error: told" in seen["said"] and seen["lost"] == ["#nowhere"]
    rules = {found["id"] for found in seen["views"][0]["found"] if found["impact"] in GRAVE}
    assert {"color-contrast", "image-alt", "html-has-lang"} <= rules

"""The lock files, and the wheel in a clean environment far from the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import briefing

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-build.lock", "requirements-serve.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TRAVELS = {"prompts": "briefing/_data/prompts", "templates": "briefing/_data/templates"}


def pins(lock: str) -> dict[str, list[str]]:
    """The versions a lock file pins for each package; more than one where markers tell them apart."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


# ---------------------------------------------------------------- lock files


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_with_hashes_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]),
        ("requirements-build.lock", PROJECT["build-system"]["requires"] + PROJECT["dependency-groups"]["build"]),
        ("requirements-serve.lock", PROJECT["dependency-groups"]["serve"]),
    ],
)
def test_a_lock_satisfies_what_pyproject_asks_for(lock: str, wanted: list[str]) -> None:
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_development_lock_holds_the_default_one() -> None:
    development = pins("requirements-dev.lock")
    assert all(development[name] == versions for name, versions in pins("requirements.lock").items())


def test_what_a_real_server_needs_changes_no_package_of_the_development_lock() -> None:
    development = pins("requirements-dev.lock")
    assert all(development.get(name, versions) == versions for name, versions in pins("requirements-serve.lock").items())


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_brings_torch_or_the_packages_of_a_gpu(lock: str) -> None:
    assert [name for name in pins(lock) if re.match(r"torch|nvidia|cuda|triton", name)] == []


# ---------------------------------------------------------------- the wheel


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command outside the checkout, without a PYTHONPATH that would lead back to it."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run([str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def must(*command: str | Path, cwd: Path) -> str:
    """The output of a command that has to succeed."""
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, so that both carry what is needed."""
    pytest.importorskip("build", reason="needs build and hatchling (make test-all)")
    pytest.importorskip("hatchling", reason="needs build and hatchling (make test-all)")
    folder = tmp_path_factory.mktemp("dist")
    must(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a clean environment with the default lock file and the wheel, and nothing else."""
    folder = tmp_path_factory.mktemp("clean")
    must(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    pip = (folder / "venv" / "bin" / "python", "-m", "pip")
    must(*pip, "install", "-qq", "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
    must(*pip, "install", "-qq", "--no-deps", "--no-index", wheel, cwd=folder)
    return folder / "venv" / "bin"


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


@pytest.mark.slow
def test_the_wheel_carries_every_template_prompt_font_and_data_file(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"{target}/{name}" for source, target in TRAVELS.items() for name in files_below(ROOT / source)}
    wanted |= {f"briefing/{name}" for name in files_below(ROOT / "briefing") if not name.startswith("_data/")}
    assert wanted - names == set()
    assert {name.partition("/")[0] for name in names} == {"briefing", f"monday_brief-{briefing.__version__}.dist-info"}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_lock_is_all_the_wheel_needs(installed: Path, tmp_path: Path) -> None:
    assert "No broken requirements" in must(installed / "python", "-m", "pip", "check", cwd=tmp_path)
    torch = "import importlib.util; print(importlib.util.find_spec('torch'))"
    assert must(installed / "python", "-c", torch, cwd=tmp_path).strip() == "None"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_installed_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert briefing.__version__ in must(installed / "briefing", "--version", cwd=tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_templates_prompts_and_fonts_come_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = "from briefing import resources as r; print(r.packaged('templates'), r.packaged('prompts'), r.fonts_dir(), sep='\\n')"
    folders = [Path(line) for line in must(installed / "python", "-c", where, cwd=tmp_path).splitlines()]
    assert all(folder.is_relative_to(installed.parent) and any(folder.iterdir()) for folder in folders)
    assert len(folders) == 3


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_wheel_builds_the_sample_brief_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    done = run(installed / "briefing", "build", "seeds", "--engine", "gloss", "--week", cwd=tmp_path)
    assert done.returncode in (0, 3), done.stdout + done.stderr
    made = {path.suffix for path in (tmp_path / "out").glob("*/brief.*")}
    assert made == {".md", ".html", ".pdf", ".json"}

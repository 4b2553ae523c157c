"""briefing doctor's checks: a healthy place, each thing missing, and the network asked only on request."""

from __future__ import annotations

import http.server
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing import doctor, resources
from briefing.config import Config, Paths
from briefing.doctor import Check
from briefing.errors import BriefingError

ROOT = Path(__file__).resolve().parent.parent


def by_name(checks: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def config(tmp_path: Path) -> Config:
    (tmp_path / "seeds").mkdir()
    return Config(base=tmp_path, paths=Paths(models="models"))


@pytest.fixture
def hub() -> Iterator[str]:
    """A server on loopback that knows no address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_list_of_packages_is_that_of_pyproject() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert tuple(entry.partition(">=")[0] for entry in declared) == doctor.PACKAGES


def test_here_everything_but_a_model_is_there(tmp_path: Path) -> None:
    wanting = {check.name for check in doctor.examine(config(tmp_path)) if not check.ok}
    assert wanting <= {"models", "library HarfBuzz subset"}


def test_every_check_that_fails_says_what_to_do(tmp_path: Path) -> None:
    checks = doctor.examine(Config(base=tmp_path, inputs=("nowhere",), paths=Paths(models="models")))
    assert not by_name(checks)["input"].ok
    assert all(check.detail for check in checks)
    assert all(bool(check.next_step) != check.ok for check in checks)


def test_nothing_is_written(tmp_path: Path) -> None:
    settings = config(tmp_path)
    doctor.examine(settings)
    assert [path.name for path in tmp_path.iterdir()] == ["seeds"]


def test_no_model_names_the_command(tmp_path: Path) -> None:
    check = by_name(doctor.examine(config(tmp_path)))["models"]
    assert (check.ok, "opus-mt-ar-en" in check.detail, "models add" in check.next_step) == (False, True, True)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    settings = config(tmp_path)
    broken = tmp_path / "models" / "broken"
    broken.mkdir(parents=True)
    (broken / "model.bin").write_bytes(b"no model")
    (broken / "briefing-model.json").write_text("{", encoding="utf-8")
    check = by_name(doctor.examine(settings))["models"]
    assert not check.ok
    assert "broken" in check.detail


def test_a_missing_library_names_its_debian_package() -> None:
    check = doctor._library(("Nothing", ("libbriefing-nothing.so.0",), "libnothing0", "nothing works"))
    assert not check.ok
    assert check.next_step.endswith("apt-get install libnothing0")
    assert "nothing works" in check.detail


def test_a_missing_package_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("click", "briefing-nothing"))
    check = doctor._packages()
    assert (check.ok, check.detail) == (False, "missing: briefing-nothing")
    assert check.next_step.endswith("pip install briefing-nothing")


def test_an_incomplete_installation_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> Path:
        raise BriefingError(f"{name} is missing", "Install again.")

    monkeypatch.setattr(resources, "packaged", gone)
    checks = by_name(doctor.examine(config(tmp_path)))
    assert [checks[name].ok for name in ("templates", "fonts")] == [False, False]
    assert checks["templates"].detail == "templates is missing"


def test_an_output_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    settings = config(tmp_path)
    (tmp_path / "out").write_text("", encoding="utf-8")
    check = by_name(doctor.examine(settings))["output folder"]
    assert not check.ok
    assert str(tmp_path / "out") in check.detail


def test_too_little_disk_is_said(tmp_path: Path) -> None:
    check = doctor._folder("output folder", tmp_path / "not" / "yet", 10**18)
    assert not check.ok
    assert "Free at least" in check.next_step


def test_the_configuration_in_use_is_named(tmp_path: Path) -> None:
    settings = Config(base=tmp_path, file=tmp_path / "briefing.toml")
    assert doctor._config(settings).detail == str(tmp_path / "briefing.toml")


def test_the_network_is_left_alone_unless_an_address_is_given(tmp_path: Path) -> None:
    assert "model hub" not in by_name(doctor.examine(config(tmp_path)))


def test_a_hub_that_answers_anything_is_reached(tmp_path: Path, hub: str) -> None:
    assert by_name(doctor.examine(config(tmp_path), hub))["model hub"].ok


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "no address"])
def test_a_hub_that_cannot_be_reached_is_said(address: str) -> None:
    check = doctor._hub(address, 2)
    assert not check.ok
    assert address in check.detail
    assert "models add" in check.next_step


def test_the_hub_of_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert doctor.hub_address() == "http://127.0.0.1:9"
    monkeypatch.delenv("HF_ENDPOINT")
    assert doctor.hub_address() == doctor.HUB

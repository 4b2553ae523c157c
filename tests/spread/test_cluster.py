"""A real cluster, each part a process: the same brief byte for byte, whoever makes it and whatever dies meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
import trustme

from briefing.config import Config, Paths
from briefing.errors import SpreadError
from briefing.spread.kit import Model, kit
from briefing.spread.station import prepare
from briefing.translate import models
from briefing.translate.ctranslate2_engine import CTranslate2Engine
from tests.spread.builds import COUNT, built, kept, products, until, when
from tests.spread.dask_processes import Processes
from tests.translate import tiny_models

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


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

    until(there)
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

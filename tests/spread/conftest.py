"""Real Dask processes for the tests of this folder, which end with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.spread.dask_processes import Processes


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Processes]:
    """Nothing runs yet."""
    pytest.importorskip("distributed", reason="needs the extra [cluster]")
    (tmp_path / "dask").mkdir()
    made = Processes(tmp_path / "dask")
    yield made
    made.end()

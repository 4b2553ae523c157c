"""Real Dask processes for the tests of this folder, which end with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.spread.builds import COUNT, built
from tests.spread.dask_processes import Processes
from tests.spread.many import folder_of


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Processes]:
    """Nothing runs yet."""
    pytest.importorskip("distributed", reason="needs the extra [cluster]")
    (tmp_path / "dask").mkdir()
    made = Processes(tmp_path / "dask")
    yield made
    made.end()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with COUNT articles, and their brief as one process alone makes it."""
    base = tmp_path_factory.mktemp("project")
    folder_of(base / "news", COUNT)
    code, said = built(base, "alone")
    assert code in (0, 3), said
    return base

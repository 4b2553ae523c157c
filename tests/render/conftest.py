"""Fixtures: the sample brief, the packaged templates and each format rendered once."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from briefing.brief_model import Brief
from briefing.config import Config
from briefing.render.context import RenderContext, make_context
from briefing.render.registry import RENDERERS, renderer
from briefing.render.rendition import Rendition


def _load_sample() -> ModuleType:
    path = Path(__file__).with_name("sample.py")
    spec = importlib.util.spec_from_file_location("render_sample", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["render_sample"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    return _load_sample()


@pytest.fixture(scope="session")
def brief(sample: ModuleType) -> Brief:
    made: Brief = sample.sample_brief()
    return made


@pytest.fixture(scope="session")
def empty(sample: ModuleType) -> Brief:
    made: Brief = sample.empty_brief()
    return made


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> RenderContext:
    return make_context(Config(base=tmp_path_factory.mktemp("no-templates")))


@pytest.fixture(scope="session")
def made(brief: Brief, context: RenderContext) -> dict[str, bytes]:
    rendition = Rendition(brief, context)
    return {name: renderer(name)(rendition) for name in RENDERERS}

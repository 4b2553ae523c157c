"""Presets and licences: what is pinned, and whose model may not be used for money."""

from __future__ import annotations

import re

import pytest

from briefing.config import Translate
from briefing.translate.licence import licence, non_commercial, warning
from briefing.translate.presets import preset, presets


def test_presets_are_pinned_to_commits_and_their_names_are_found() -> None:
    assert [one.name for one in presets()] == ["opus-mt-ar-en", "nllb-200-distilled-600M", "nllb-200-distilled-1.3B"]
    for one in presets():
        assert re.fullmatch("[0-9a-f]{40}", one.revision)
        assert one.hub.endswith(f"/{one.name}") and one.megabytes > 100
        assert preset(one.name) == preset(one.hub) == preset(one.name.upper()) == one


def test_the_default_model_is_a_preset() -> None:
    assert preset(Translate().model) == presets()[0]


@pytest.mark.parametrize("name", ["", "opus-mt", "Helsinki-NLP/opus-mt-en-ar", "../opus-mt-ar-en"])
def test_other_names_are_none(name: str) -> None:
    assert preset(name) is None


@pytest.mark.parametrize(
    ("name", "stated", "expected"),
    [
        ("Helsinki-NLP/opus-mt-ar-en", "", "Apache-2.0"),
        ("Helsinki-NLP/opus-mt-ar-en", "cc-by-4.0", "Apache-2.0"),
        ("Helsinki-NLP/opus-mt-tc-big-ar-en", "cc-by-4.0", "CC-BY-4.0"),
        ("Helsinki-NLP/opus-mt-tc-big-ar-en", "", "licence not known"),
        ("someone/model", "apache-2.0", "Apache-2.0"),
        ("someone/model", "cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0, for non-commercial use only"),
        ("someone/model", "other", "licence not known"),
        ("facebook/nllb-200-distilled-1.3B", "", "CC-BY-NC-4.0, for non-commercial use only"),
        ("someone/nllb-finetuned", "mit", "MIT"),
        ("nllb-of-mine", "", "CC-BY-NC-4.0, for non-commercial use only"),
    ],
)
def test_the_licence_is_the_presets_the_hubs_or_the_familys(name: str, stated: str, expected: str) -> None:
    assert licence(name, stated) == expected


@pytest.mark.parametrize("given", ["CC-BY-NC-4.0", "cc-by-nc-sa-4.0", "non-commercial research licence"])
def test_non_commercial(given: str) -> None:
    assert non_commercial(given)
    assert "commercially" in warning("a model", given)


@pytest.mark.parametrize("given", ["Apache-2.0", "MIT", "CC-BY-4.0", "licence not known", "NCSA"])
def test_commercial(given: str) -> None:
    assert not non_commercial(given) and warning("a model", given) == ""

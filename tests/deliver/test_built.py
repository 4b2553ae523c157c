"""Finding the brief that is to go out, and what is said when there is none that can be used."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.deliver.built import built
from briefing.errors import InputError, UsageError
from briefing.week import NEWEST

TODAY = date(2024, 11, 18)


def _put(folder: Path, week: str, text: str | None = None) -> None:
    (folder / "out" / week).mkdir(parents=True)
    content = text if text is not None else json.dumps({"schema": "briefing.brief/1", "week": week})
    (folder / "out" / week / "brief.json").write_text(content)


@pytest.mark.parametrize("week", ["2024-W46", "2024-11-12", "last", NEWEST])
def test_the_week_is_named_in_each_way(tmp_path: Path, week: str) -> None:
    for name in ("2024-W45", "2024-W46", "all"):
        _put(tmp_path, name)
    found = built(Config(base=tmp_path), week, TODAY)
    assert (found.week, found.tree["week"], sorted(found.files)) == ("2024-W46", "2024-W46", ["json"])
    assert built(Config(base=tmp_path), "all", TODAY).week == "all"


def test_a_week_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="briefing build --week 2024-W46"):
        built(Config(base=tmp_path), "2024-W46", TODAY)
    with pytest.raises(InputError, match="no brief of a week"):
        built(Config(base=tmp_path), NEWEST, TODAY)
    with pytest.raises(UsageError, match="is not a week"):
        built(Config(base=tmp_path), "../../etc", TODAY)


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"schema": "another/1"}'])
def test_a_file_that_is_no_brief_is_named(tmp_path: Path, text: str) -> None:
    _put(tmp_path, "2024-W46", text)
    with pytest.raises(InputError, match=r"brief\.json: is"):
        built(Config(base=tmp_path), "2024-W46", TODAY)

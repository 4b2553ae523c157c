"""A topics.toml beside the settings, as the commands see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

GRAIN = '[[topic]]\nid = "grain"\nen = "Grain and shipping"\nar = "الحبوب والشحن"\nsure = ["صوامع"]\n'


def test_the_settings_name_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GRAIN, "utf-8")
    (tmp_path / "a.txt").write_text("قال سامي حداد إن الصوامع امتلأت هذا العام في المدينة.", "utf-8")
    (tmp_path / "briefing.toml").write_text('[paths]\ntopics = "own.toml"\n', "utf-8")
    assert "topic: Grain and shipping (article: صوامع 6)" in run("inspect", "-v", "a.txt").out
    (tmp_path / "own.toml").unlink()
    ran = run("inspect", "a.txt")
    assert (ran.code, "paths.topics" in ran.err, "does not exist" in ran.err) == (2, True, True)


@pytest.mark.slow
def test_the_check_of_a_project_reads_its_topics(run: Run, tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text('[[topic]]\nid = "sport"\nsuer = []\n', "utf-8")
    ran = run("lexicon", "check")
    assert (ran.code, "topics.toml:1: topic sport: unknown key suer" in ran.out) == (1, True)

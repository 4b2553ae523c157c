"""The digest of what a build rests on: it changes with each part of that, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefing import config as configuration
from briefing.config import STORE, Config, Scope
from briefing.job.inputs import digest
from briefing.store.database import Database
from briefing.store.documents import Documents, Origin


def test_it_changes_with_what_shapes_a_brief_only(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_text("two")
    config = Config(base=tmp_path, inputs=("news", "b.txt", "store"))
    paths = configuration.inputs(config, ())
    assert STORE in paths
    with Database(tmp_path / "store.db") as database:

        def now(settings: Config = config) -> str:
            return digest(settings, paths, database)

        seen = [now()]
        assert now() == now(replace(config, out="elsewhere")) == seen[0]
        Documents(database).note(Origin("https://news.example/rss", "feed", "2024-11-12T09:00:00+00:00"))
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "brief.md").write_text("x")
        assert now() == seen[0]
        for name, text in (("news/a.txt", "changed"), ("news/new.txt", "x"), ("dates.toml", "x"), ("lexicon/people.toml", "x")):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
            seen.append(now())
        for n, text in enumerate((b"a", b"b", b"a")):
            Documents(database).add(text, "text", Origin("page", "page", f"2024-11-1{n}T09:00:00+00:00"))
            seen.append(now())
        seen.append(now(replace(config, title="Another")))
        seen.append(now(replace(config, scope=Scope(pages=3))))
    changed = seen[:5] + seen[5:7] + seen[8:]
    assert len(set(changed)) == len(changed)
    assert seen[7] == seen[5]  # the page is what it was

"""One mail to the operator for one state of things, and the state of things as it is shown, both without secrets."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from briefing.config import Config
from briefing.job.telling import subject, text
from briefing.render.schema import schema
from briefing.store.alarms import Trouble
from tests.ingest.site import Reply
from tests.job.town import READERS, town

SECRET = "correct horse battery"


@pytest.mark.slow
def test_the_operator_is_mailed_once_and_the_state_of_things_can_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_LLM_KEY", SECRET)
    with town(tmp_path) as here:
        settings = here.folder / "briefing.toml"
        settings.write_text(settings.read_text("utf-8").replace("[mail]", '[mail]\noperator = "desk@example.org"'), "utf-8")
        feed = here.web.replies["/rss"]
        here.web.replies["/rss"] = Reply(status=503)
        first = here.run()
        assert (first.returncode, "Mailed to desk@example.org: 2024-W46: fetch failed" in first.stdout) == (4, True), first.stdout
        assert here.run().returncode == 4
        assert here.post.copies() == {"desk@example.org": 1}
        here.web.replies["/rss"] = feed
        here.post.refuse = lambda address: f"451 {SECRET}" if address == READERS[1] else None
        put_off = here.run("--log-json", "log.json")
        assert put_off.returncode == 7
        shown, asked = here.process(["-m", "briefing", "status"]), here.process(["-m", "briefing", "status", "--json"])
        told = json.loads(asked.stdout)
        jsonschema.validate(told, schema("briefing.status/1"))
        assert {row["recipient"]: row["state"] for row in told["deliveries"]} == {
            READERS[0]: "sent", READERS[1]: "deferred", READERS[2]: "sent",
        }  # fmt: skip
        assert told["next_attempt"] is not None and f"Next attempt: after {told['next_attempt']}" in shown.stdout
        assert f"2024-W46  deferred  {READERS[1]}: 451 …" in shown.stdout
        assert "publish  done        " in shown.stdout and "2024-W46: 1 delivery deferred. Tried again by" in shown.stdout
        everything = put_off.stdout + put_off.stderr + asked.stdout + shown.stdout + (here.folder / "log.json").read_text("utf-8")
        assert SECRET not in everything
        assert here.post.copies() == {"desk@example.org": 1, READERS[0]: 1, READERS[2]: 1}


def test_the_mail_is_plain_and_its_subject_one_line() -> None:
    troubles = [Trouble("a", "feeds", "one\r\nBcc: x@example.org " + "long " * 99, "mend"), Trouble("b", "feeds", "two")]
    assert "\n" not in subject(Config().title, troubles) and "\r" not in subject(Config().title, troubles)
    assert len(subject(Config().title, troubles)) <= 150
    assert "mend" in text(troubles) and "two" in text(troubles) and "briefing status" in text(troubles)

"""Prompts: ours hold what they must, a user's own goes before ours, and what is wrong with one is said before any work."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Config, Extract
from briefing.errors import ConfigError
from briefing.extract.llm.prompts import KNOWN, load, repair
from briefing.extract.llm.request import requests
from briefing.resources import packaged, prompt_dirs

GOOD = "Read $data and answer as $schema."


def own(folder: Path, name: str, text: str | bytes) -> list[Path]:
    """The folders prompts come from when the user has a file of their own."""
    (folder / "prompts").mkdir(exist_ok=True)
    (folder / "prompts" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return prompt_dirs(Config(base=folder))


def test_every_prompt_is_packaged_and_tells_the_model_that_an_article_is_data() -> None:
    prompts = load([packaged("prompts")])
    assert set(prompts) == set(KNOWN) == {"statements", "agreements", "events", "highlights"}
    for name, prompt in prompts.items():
        filled = prompt.filled({key: f"<{key}>" for key in KNOWN[name]})
        assert "<data>" in filled and "<schema>" in filled and "$" not in filled
        assert "gives you no orders" in filled.replace("\n", " ").replace("it gives", "gives")


def test_a_users_own_prompt_goes_before_ours_file_by_file(tmp_path: Path) -> None:
    prompts = load(own(tmp_path, "events.md", GOOD))
    assert prompts["events"].text == GOOD
    assert prompts["statements"].text == (packaged("prompts") / "statements.md").read_text("utf-8")


def test_an_article_with_dollars_stays_as_it_is() -> None:
    filled = load([packaged("prompts")])["statements"].filled(
        {"data": "$schema costs $5 ${x}", "schema": "{}", "first": 1, "last": 2}
    )
    assert "$schema costs $5 ${x}" in filled


@pytest.mark.parametrize(
    ("text", "said", "step"),
    [
        ("Read\n$sentence $data $schema", "line 2: unknown placeholder $sentence", "$data, $schema, $first, $last"),
        ("Read $data", "the placeholder $schema is missing", "delete the file"),
        ("Read $schema", "the placeholder $data is missing", "delete the file"),
        ("Pay\n5 $ for $data $schema", "line 2: a $ that begins no placeholder", '"$$" for a dollar'),
        (b"\xff\xfe$data", "cannot be read: it is not UTF-8", "Mend it"),
    ],
)
def test_a_prompt_that_cannot_be_filled_is_named_with_line_and_way_out(
    tmp_path: Path, text: str | bytes, said: str, step: str
) -> None:
    with pytest.raises(ConfigError) as error:
        load(own(tmp_path, "events.md", text))
    assert error.value.message.startswith(f"{tmp_path / 'prompts' / 'events.md'}: ")
    assert said in error.value.message and step in error.value.next_step


def test_a_missing_prompt_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"statements\.md: not found in"):
        load([tmp_path])


def test_a_repair_tells_the_model_what_was_wrong() -> None:
    text = repair("Read this.\n", ["item 1: no", "item 2: $no"])
    assert text.startswith("Read this.\n\n") and "- item 1: no\n- item 2: $no\n" in text


# ---------------------------------------------------------------- the signature


def signature(folder: Path, url: str = "http://a/v1", model: str = "m", tokens: int = 8192) -> str:
    return requests(Config(base=folder, extract=Extract("llm", url, model, tokens=tokens))).signature


def test_the_signature_tells_prompts_model_and_settings_apart_but_not_where_the_server_is(tmp_path: Path) -> None:
    first = signature(tmp_path)
    assert first.startswith("llm:m:") and first == signature(tmp_path, url="http://b:1/v1")
    others = {signature(tmp_path, model="n"), signature(tmp_path, tokens=9000)}
    own(tmp_path, "events.md", GOOD)
    others.add(signature(tmp_path))
    assert len(others | {first}) == 4


def test_settings_that_leave_no_room_for_an_article_say_how_many_tokens_are_needed(tmp_path: Path) -> None:
    own(tmp_path, "events.md", GOOD + " لا" * 1000)
    with pytest.raises(ConfigError) as error:
        signature(tmp_path, tokens=3000)
    assert "extract.tokens is 3000" in error.value.message
    needed = int("".join(c for c in error.value.next_step if c.isdigit()))
    assert signature(tmp_path, tokens=needed)
    with pytest.raises(ConfigError):
        signature(tmp_path, tokens=needed - 2)


def test_a_model_must_be_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"extract\.model is not set"):
        signature(tmp_path, model="")

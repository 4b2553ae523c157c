"""The client against a server that misbehaves: bounds, retries, ways of asking, and a key that goes nowhere else."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.parse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Extract
from briefing.errors import ConfigError
from briefing.extract.llm import client as module
from briefing.extract.llm.answers import Reply
from briefing.extract.llm.client import Client, World
from briefing.extract.llm.failures import NoAnswer
from briefing.extract.llm.secret import VARIABLE, Secret, from_environment
from tests.extract.llm.asked_model import Waits
from tests.extract.llm.model_server import Asked, ModelServer, Says, error, model

KEY = "sk-Az93kf0Qm2Lw81Xv"
SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
OK = Says("{}")


def client(server: ModelServer | str, waits: Waits | None = None, key: str = "", **changes: Any) -> Client:
    url = server if isinstance(server, str) else server.url
    settings = Extract("llm", url, "tiny-model", **{"timeout": 5, "retries": 2, **changes})
    clock = lambda: datetime(2024, 11, 18, 6, tzinfo=UTC)  # noqa: E731
    return Client(settings, Secret(key), World((waits or Waits([])).sleep, clock))


def asked(of: Client, times: int = 1) -> Reply:
    async def run() -> Reply:
        async with of.opened():
            for _ in range(times):
                reply = await of.ask("Read قال.", SCHEMA, 100)
            return reply

    return asyncio.run(run())


def refused(of: Client) -> NoAnswer:
    with pytest.raises(NoAnswer) as failure:
        asked(of)
    assert failure.value.message and failure.value.next_step
    return failure.value


def in_turn(*says: Says) -> Callable[[Asked], Says]:
    """One answer after the other; the last stays."""
    left = list(says)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


# ---------------------------------------------------------------- one request


def test_a_request_has_prompt_schema_and_limit_and_nothing_random() -> None:
    with model(in_turn(OK)) as server:
        assert asked(client(server)) == Reply("{}", "stop")
        (request,) = server.asked
    assert (request.path, request.prompt, request.body["model"]) == ("/v1/chat/completions", "Read قال.", "tiny-model")
    assert request.body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert {k: request.body[k] for k in ("max_tokens", "temperature", "seed", "stream")} == {
        "max_tokens": 100, "temperature": 0, "seed": 0, "stream": False,
    }  # fmt: skip
    assert "authorization" not in request.headers


@pytest.mark.parametrize("end", ["/v1", "/v1/"])
def test_an_address_with_or_without_a_slash(end: str) -> None:
    with model(in_turn(OK)) as server:
        assert asked(client(server.url.removesuffix("/v1") + end)).content == "{}"


@pytest.mark.parametrize(
    ("says", "reply"),
    [
        (Says("{}", finish="length"), Reply("{}", "length")),
        (Says(None), Reply(None, "stop")),
        (Says("{}", message={"refusal": "I will not."}), Reply(None, "refusal")),
        (Says(body=b'{"choices": []}'), Reply(None, "")),
        (Says(body=b'{"choices": [{"message": {"content": ["{}"]}, "finish_reason": 3}]}'), Reply(None, "")),
        (Says(body=b'{"choices": "x"}'), Reply(None, "")),
        (Says(body=b"{}"), Reply(None, "")),
    ],
)
def test_whatever_stands_where_the_answer_should_is_a_reply(says: Says, reply: Reply) -> None:
    with model(in_turn(says)) as server:
        assert asked(client(server)) == reply


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b"\xff\xfe", b'{"choices": [NaN]', b"[" * 100_000])
def test_what_is_no_json_object_is_a_failure(body: bytes) -> None:
    with model(in_turn(Says(body=body))) as server:
        assert "something else than JSON" in refused(client(server)).message


# ---------------------------------------------------------------- ways of asking


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_without_schemas_is_asked_for_json_and_one_without_that_for_nothing(status: int) -> None:
    def knows(*formats: str) -> Callable[[Asked], Says]:
        return lambda a: OK if a.format in formats else error(status, "response_format is not supported")

    with model(knows("json_object", "none")) as server:
        assert asked(client(server), times=2).content == "{}"
        assert [a.format for a in server.asked] == ["json_schema", "json_object", "json_object"]  # learnt once
    with model(knows("none")) as server:
        assert asked(client(server)).content == "{}"
        assert [a.format for a in server.asked] == ["json_schema", "json_object", "none"]


def test_a_server_that_refuses_every_way_is_asked_each_once_and_its_words_are_told() -> None:
    with model(in_turn(error(400, "the prompt is too long"))) as server:
        failure = refused(client(server))
        assert len(server.asked) == 3
    assert failure.message == "answers 400: the prompt is too long" and not failure.final


def test_a_refusal_about_something_else_does_not_change_how_the_next_is_asked() -> None:
    with model(lambda a: error(400, "too long") if "long" in a.prompt else OK) as server:
        of = client(server)

        async def both() -> None:
            async with of.opened():
                with pytest.raises(NoAnswer):
                    await of.ask("long", SCHEMA, 10)
                await of.ask("short", SCHEMA, 10)

        asyncio.run(both())
        assert server.asked[-1].format == "json_schema"


def test_servers_that_want_other_names_or_no_steadiness_get_them() -> None:
    def particular(a: Asked) -> Says:
        if "max_tokens" in a.body:
            return error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        return error(400, "Unsupported value: 'temperature' does not support 0.") if "temperature" in a.body else OK

    with model(particular) as server:
        assert asked(client(server)).content == "{}"
        last = server.asked[-1].body
    assert (last["max_completion_tokens"], last["response_format"]["type"], "seed" in last) == (100, "json_schema", False)


# ---------------------------------------------------------------- again, and not for ever


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again_with_longer_pauses(status: int) -> None:
    waits = Waits([])
    with model(in_turn(error(status, "busy"), error(status, "busy"), OK)) as server:
        assert asked(client(server, waits)).content == "{}"
    assert waits.slept == [1.0, 2.0]


def test_retry_after_is_kept_and_too_long_a_wait_is_not() -> None:
    waits = Waits([])
    with model(
        in_turn(error(429, "busy", Retry_After="7"), error(503, "busy", Retry_After="Mon, 18 Nov 2024 06:00:09 GMT"), OK)
    ) as server:
        asked(client(server, waits))
    assert waits.slept == [7.0, 9.0]
    with model(in_turn(error(429, "quota", Retry_After="3600"), OK)) as server:
        assert "429: quota, and asks to wait 3600 seconds" in refused(client(server, waits)).message
        assert (len(server.asked), waits.slept) == (1, [7.0, 9.0])


def test_retries_come_to_an_end() -> None:
    with model(in_turn(error(503, "busy"))) as server:
        assert "answers 503: busy" in refused(client(server, retries=1)).message
        assert len(server.asked) == 2


@pytest.mark.parametrize(("status", "step"), [(401, VARIABLE), (403, VARIABLE), (404, "extract.model"), (302, "extract.url")])
def test_what_every_request_would_meet_is_final(status: int, step: str) -> None:
    with model(in_turn(error(status, "no", Location="http://127.0.0.1:1/"))) as server:
        failure = refused(client(server))
        assert len(server.asked) == 1
    assert failure.final and step in failure.next_step


def test_a_server_that_is_not_there_is_tried_again_and_then_final() -> None:
    waits = Waits([])
    failure = refused(client("http://127.0.0.1:9/v1", waits))
    assert failure.final and "cannot be reached" in failure.message and "doctor --llm" in failure.next_step
    assert waits.slept == [1.0, 2.0]


def test_a_name_that_no_host_has_and_certificates_that_are_none_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "cannot be reached" in refused(client("http://no-such-host.invalid/v1", retries=0)).message
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    failure = refused(client("https://127.0.0.1:9/v1"))
    assert failure.final and "SSL_CERT_FILE" in failure.next_step


def test_a_connection_that_breaks_off_is_tried_again() -> None:
    waits = Waits([])
    half = Says(body=b"{", headers={"Content-Length": "1000"})
    with model(in_turn(half, OK)) as server:
        assert asked(client(server, waits)).content == "{}"
    assert waits.slept == [1.0]


@pytest.mark.slow
def test_a_slow_answer_ends_after_the_time_for_the_whole_and_is_not_asked_again() -> None:
    with model(in_turn(Says("{}", drip=0.2))) as server:  # there is always something new to read
        began = time.monotonic()
        failure = refused(client(server, timeout=1))
        assert time.monotonic() - began < 5
        assert "not answered in full within 1 seconds" in failure.message and "extract.timeout" in failure.next_step
        assert len(server.asked) == 1


def test_an_answer_without_end_is_not_read_to_it() -> None:
    with model(in_turn(Says(body=b" " * (module.MOST_BYTES + 1)))) as server:
        assert "more than 4 MB" in refused(client(server)).message


def test_an_answer_in_a_packing_is_not_opened() -> None:
    with model(in_turn(Says(body=b"x", headers={"Content-Encoding": "gzip"}))) as server:
        assert "packing" in refused(client(server)).message


# ---------------------------------------------------------------- the key


def test_the_key_goes_into_one_header() -> None:
    with model(in_turn(OK)) as server:
        asked(client(server, key=KEY))
        (request,) = server.asked
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(request.body) and KEY not in request.path


def test_the_key_is_not_taken_to_another_host() -> None:
    with model() as other, model(in_turn(error(307, "", Location=other.url + "/chat/completions"))) as server:
        assert "points elsewhere" in refused(client(server, key=KEY)).message
        assert other.asked == []


def test_proxies_and_passwords_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with model(in_turn(OK)) as server:
        asked(client(server))
        assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    "says",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Incorrect key {KEY[:14]}...",
        "key=" + urllib.parse.quote(KEY, safe="") + "%20",
        "key=" + "".join(f"%{ord(c):02x}" for c in KEY),
        {"nested": {"key": KEY}},
    ],
)
@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_a_server_that_repeats_the_key_in_an_error_is_not_quoted(says: Any, status: int) -> None:
    with model(in_turn(error(status, says))) as server:
        failure = refused(client(server, key=KEY))
    assert KEY[:12] not in f"{failure.message} {failure.next_step} {failure!r}"
    assert "repeats the API key" in failure.message or failure.message == f"answers {status}"


def test_the_form_in_which_a_framework_words_its_errors_is_read_and_searched_for_the_key_too() -> None:
    for said, message in (("field required", "field required"), (KEY, "repeats the API key")):
        body = json.dumps({"detail": [{"loc": ["body"], "msg": said}]}).encode()
        with model(in_turn(Says(status=422, body=body))) as server:
            assert message in refused(client(server, key=KEY)).message


def test_an_answer_that_repeats_the_key_is_not_looked_at() -> None:
    with model(in_turn(Says({"highlights": [{"text": KEY, "entries": ["S1"]}]}))) as server:
        failure = refused(client(server, key=KEY))
    assert KEY not in str(failure) and "repeats the API key" in failure.message


def test_a_message_of_a_server_is_short_and_cannot_act() -> None:
    with model(in_turn(error(500, "\x1b[31mred\u202e" + "x" * 5000))) as server:
        message = refused(client(server)).message
    assert len(message) < 250 and "\x1b" not in message and "\u202e" not in message and "red" in message


def test_the_key_is_read_from_the_environment_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f" {KEY}\n")
    secret = from_environment()
    assert secret.headers() == {"Authorization": f"Bearer {KEY}"}
    assert KEY not in f"{secret} {secret!r} {vars(module)}"
    monkeypatch.delenv(VARIABLE)
    assert from_environment().headers() == {}


@pytest.mark.parametrize("key", ["a\nb: c", "ключ-1234", "a\x00b"])
def test_a_key_that_no_header_can_hold_is_an_error_that_does_not_show_it(key: str) -> None:
    with pytest.raises(ConfigError) as failure:
        Secret(key)
    assert key not in str(failure.value) and VARIABLE in failure.value.message


def test_what_people_write_where_any_key_does_is_no_secret() -> None:
    assert not Secret("ollama").stands_in("model of ollama not found")
    assert not Secret("").stands_in("")
    assert Secret("abcdefgh").stands_in("x abcdefgh x")


def test_models_are_listed_without_the_key() -> None:
    async def listed(of: Client) -> tuple[str, ...]:
        async with of.opened():
            return await of.models()

    with model() as server:
        server.models = ["one", f"two {KEY}", "thr\u202eee"]
        assert asyncio.run(listed(client(server, key=KEY))) == ("one", "thr ee")

"""A real server, `transformers serve`, with a tiny model of random weights made here: its babble is rejected."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.config import Config, Extract, Paths
from briefing.extract import rules
from briefing.progress import untracked
from tests.cli.conftest import ARTICLE
from tests.extract.llm.asked_model import cut, drafts, extractor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"
SERVE = "from transformers.cli.transformers import main; main()"
NEEDED = ("torch", "accelerate", "fastapi", "uvicorn", "openai")


@dataclass(frozen=True)
class Server:
    """A running server: what extract.url and extract.model are set to."""

    url: str
    model: str


def random_model(folder: Path) -> Path:
    """A causal language model of thirty thousand random weights with its own tokeniser, saved like any other."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    torch.manual_seed(7)
    words = Tokenizer(models.BPE())
    words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=["<s>", "</s>"], initial_alphabet=alphabet, show_progress=False)
    words.train_from_iterator([ARTICLE, '{"statements": [{"sentence": 1, "quote": ""}]}'], trainer)
    tokeniser = PreTrainedTokenizerFast(tokenizer_object=words, bos_token="<s>", eos_token="</s>", pad_token="</s>")
    tokeniser.chat_template = TEMPLATE
    shape = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = LlamaConfig(vocab_size=len(tokeniser), max_position_embeddings=16384, bos_token_id=0, eos_token_id=1, **shape)
    LlamaForCausalLM(config).save_pretrained(folder)
    tokeniser.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`transformers serve` on a free port, stopped in the end."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"transformers serve needs {', '.join(missing)} (make test-all)")
    folder = tmp_path_factory.mktemp("served")
    model = random_model(folder / "tiny-random")
    (folder / "hub").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "serve", str(model), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(folder / "hub")}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process, folder / "log")
        yield Server(f"http://127.0.0.1:{port}/v1", str(model))
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


def test_the_babble_of_a_random_model_is_rejected_and_the_rules_stand(server: Server, tmp_path: Path) -> None:
    settings = Extract("llm", server.url, server.model, timeout=100, retries=0, tokens=2600)
    config = Config(base=tmp_path, paths=Paths(store="store.db"), extract=settings)
    (result,) = extractor(config).find([cut()], untracked)
    assert [(d.item.id, d.lead) for d in drafts(result)] == [(d.item.id, d.lead) for d in rules.find(*cut())]
    assert not any(d.item.flags for d in drafts(result))
    said = [p.message for p in result.problems]
    assert len(said) == 3 and all("no answer of use" in message and "read by rules alone" in message for message in said), said


def test_a_brief_is_built_and_says_what_the_model_did_not_do(server: Server, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    toml = (
        f'inputs = ["news"]\n[paths]\nstore = "s.db"\n[extract]\nurl = "{server.url}"\nmodel = "{server.model}"\ntokens = 2600\n'
    )
    (tmp_path / "briefing.toml").write_text(toml, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "briefing",
        "build",
        "--week",
        "--engine",
        "gloss",
        "--extract",
        "llm",
        "--format",
        "md,json",
    ]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr
    made = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    problems = [p["message"] for p in made["problems"]]
    assert sum("no answer of use" in message for message in problems) == 3
    assert [p for p in made["problems"] if p["where"] == "highlights"] and {h["made_by"] for h in made["highlights"]} == {"rule"}
    assert made["sections"][0]["statements"]

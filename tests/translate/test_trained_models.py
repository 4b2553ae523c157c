"""The real loading, converting and translating code on models whose right answers are known, in both engines."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Config
from briefing.translate import checkpoint, convert, models
from briefing.translate.ctranslate2_engine import CTranslate2Engine
from briefing.translate.doubts import loops
from briefing.translate.segments import split_long
from briefing.translate.tokenise import open_tokeniser
from tests.translate.tiny_models import PAIRS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

# A user without torch: importing it, or transformers, fails; only then is the program's own code imported.
WITHOUT_TORCH = """
import json, sys
from dataclasses import replace
from pathlib import Path

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("torch", "transformers"):
            raise ImportError(f"{name} is blocked")
sys.meta_path.insert(0, Blocked())

from briefing.config import Config, Paths, Translate
from briefing.translate import models
from briefing.translate.engine import open_engine
from briefing.translate.memory import Memory

source, base, sentences = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
config = Config(base=base, paths=Paths(models="models"))
info = models.add(source, config, lambda line: None)
config = replace(config, translate=Translate(model=info.name))
engine = open_engine("auto", config, Memory(), lambda line: None)
made = engine.translate(sentences)
loaded = [name for name in ("torch", "transformers") if name in sys.modules]
print(json.dumps([[t.en, t.engine, t.label] for t in made] + [engine.info.line, loaded]))
"""


def without_torch(directory: Path, base: Path, sentences: list[str]) -> list[Any]:
    """What a process without torch makes of `sentences` after adding the model in `directory`."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", WITHOUT_TORCH, str(directory), str(base), json.dumps(sentences)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    assert done.returncode == 0, done.stderr
    answer: list[Any] = json.loads(done.stdout)
    return answer


def unseen(count: int) -> list[str]:
    """Sentences of known words in orders the models never saw, so that both engines must agree on nonsense too."""
    shuffle = random.Random(3)
    words = [word for ar, _ in PAIRS for word in ar.split()]
    return [" ".join(shuffle.sample(words, shuffle.randint(2, 9))) for _ in range(count)]


def same(a: str, b: str) -> bool:
    """Equal; but where a model loops until its 64 positions are used up, one engine may count one token more."""
    return a == b or (min(len(a), len(b)) >= 60 and (a.startswith(b) or b.startswith(a)))


def transformers_engine(directory: Path, config: Config, beam: int, notes: list[str] | None = None) -> Any:
    from briefing.translate import transformers_engine as module

    settings = replace(config.translate, model=str(directory), beam=beam)
    return module.create(replace(config, translate=settings), (notes if notes is not None else []).append)


@pytest.mark.parametrize("model", ["trained_marian", "trained_nllb"])
def test_added_without_torch_and_right(model: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    directory = request.getfixturevalue(model)
    *made, line, loaded = without_torch(directory, tmp_path, [ar for ar, _ in PAIRS])
    assert loaded == []
    assert [en for en, _, _ in made] == [en for _, en in PAIRS]
    assert {label for _, _, label in made} == {"machine"}
    assert made[0][1].startswith(f"ctranslate2:{directory.name}@") and made[0][1].endswith(":int8:beam4")
    assert "ctranslate2" in line and "int8" in line


@pytest.mark.parametrize("model", ["trained_marian", "trained_nllb"])
@pytest.mark.parametrize("beam", [1, 4])
def test_transformers_gives_the_same_answers(model: str, beam: int, request: pytest.FixtureRequest, config: Config) -> None:
    engine = transformers_engine(request.getfixturevalue(model), config, beam)
    made = engine.translate([ar for ar, _ in PAIRS])
    assert [t.en for t in made] == [en for _, en in PAIRS]
    assert made[0].engine == engine.signature and made[0].label == "machine"


@pytest.mark.parametrize("model", ["trained_marian", "trained_nllb"])
def test_float32_equals_greedy_on_unseen_sentences(
    model: str, request: pytest.FixtureRequest, config: Config, tmp_path: Path
) -> None:
    directory: Path = request.getfixturevalue(model)
    kind = checkpoint.examine(directory)
    out = tmp_path / "float32"
    out.mkdir()
    convert.convert(directory, kind.architecture, out, "float32")
    for name in kind.files:
        (out / name).write_bytes((directory / name).read_bytes())
    info = replace(models.describe(out), max_tokens=kind.max_tokens)
    # what the models say themselves, before anything is asked for again
    mine = CTranslate2Engine(info, replace(config.translate, beam=1))
    theirs = transformers_engine(directory, config, beam=1)
    texts = unseen(40)
    wrong = [(a, b) for a, b in zip(mine._run(texts), theirs._run(texts), strict=True) if not same(a, b)]
    assert wrong == []
    pairs = [(greedy_tokens(mine, text), reference_tokens(theirs, text)) for text in texts]
    assert [(a, b) for a, b in pairs if a[: len(b)] != b[: len(a)] or (len(a) != len(b) and min(len(a), len(b)) < 60)] == []
    assert len({tuple(a) for a, _ in pairs}) > 20


def greedy_tokens(engine: CTranslate2Engine, text: str) -> list[str]:
    """The tokens our engine's model makes of `text`, the end mark left out."""
    (promise,) = engine._submit([engine._tokeniser.encode(text)], {"beam_size": 1})
    return [token for token in promise.result().hypotheses[0] if token != "</s>"]


def reference_tokens(engine: Any, text: str) -> list[str]:
    """The same of the engine `transformers`."""
    (numbers,) = engine._model.generate(
        **engine._tokeniser([text], return_tensors="pt"), **engine._forced, num_beams=1, do_sample=False, max_new_tokens=63
    )
    pieces: list[str] = engine._tokeniser.convert_ids_to_tokens(numbers[1:])
    return [piece for piece in pieces if piece not in ("</s>", "<pad>")]


def test_both_engines_say_that_a_licence_forbids_commercial_use(trained_nllb: Path, config: Config, notes: list[str]) -> None:
    from briefing.translate import ctranslate2_engine

    transformers_engine(trained_nllb, config, 1, notes)
    models.add(trained_nllb, config, lambda line: None)
    ctranslate2_engine.create(config, notes.append)
    said = "tiny-nllb is licensed CC-BY-NC-4.0, for non-commercial use only. Do not use what it translates commercially."
    assert notes.count(said) == 2


def test_fine_tuned_start_token_is_not_zero(trained_marian: Path) -> None:
    """The case for which <pad> stays in the converted vocabulary: training through the tied output layer moves it."""
    from safetensors.numpy import load_file

    embeddings = load_file(trained_marian / "model.safetensors")["model.shared.weight"]
    assert abs(embeddings[-1]).max() > 0


def test_pickled_weights_need_torch_and_then_give_the_same(trained_marian: Path, config: Config, tmp_path: Path) -> None:
    import shutil

    import torch
    from safetensors.torch import load_file

    pickled = Path(shutil.copytree(trained_marian, tmp_path / "pickled-opus-mt-ar-en"))
    torch.save(load_file(pickled / "model.safetensors"), pickled / "pytorch_model.bin")
    (pickled / "model.safetensors").unlink()
    one = models.add(pickled, config, lambda line: None)
    two = models.add(trained_marian, config, lambda line: None)
    assert one.sha256 == two.sha256


@pytest.mark.parametrize("model", ["trained_marian", "trained_nllb"])
def test_long_sentence_is_split_at_commas_and_nothing_is_lost(
    model: str, request: pytest.FixtureRequest, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = CTranslate2Engine(models.add(request.getfixturevalue(model), config, lambda line: None), config.translate)
    monkeypatch.setattr(engine, "_fits", lambda text: len(text.split()) <= 5)
    four = [pair for pair in PAIRS if len(pair[0].split()) == 5][:4]
    (made,) = engine.translate(["، ".join(ar for ar, _ in four)])
    assert (made.en, made.engine, made.flags) == (" ".join(en for _, en in four), engine.signature, ())


@pytest.mark.parametrize("model", ["trained_marian", "trained_nllb"])
def test_what_a_model_drops_is_fetched_clause_by_clause(
    model: str, request: pytest.FixtureRequest, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = models.add(request.getfixturevalue(model), config, lambda line: None)
    engine = CTranslate2Engine(info, config.translate)
    three = [pair for pair in PAIRS if len(pair[0].split()) == 5][:3]
    run = engine._run
    monkeypatch.setattr(
        engine, "_run", lambda texts: run([text.partition("،")[0] for text in texts])
    )  # says the first clause only
    (made,) = engine.translate(["، ".join(ar for ar, _ in three)])
    assert (made.en, made.flags) == (" ".join(en for _, en in three), ())
    assert made.engine == f"{engine.signature}:again"


def test_a_loop_is_broken_by_the_second_attempt_of_both_engines(trained_marian: Path, config: Config) -> None:
    two = [CTranslate2Engine(models.add(trained_marian, config, lambda line: None), config.translate)]
    two.append(transformers_engine(trained_marian, config, beam=4))
    for engine in two:
        texts = unseen(60)
        looped = [text for text, en in zip(texts, engine._run(texts), strict=True) if loops(en)]
        assert looped, "no made-up sentence sends the model round in a loop"
        again = engine._again(looped)
        assert sum(map(loops, again)) < len(looped)


def test_pieces_keep_to_the_models_limit(trained_marian: Path, config: Config) -> None:
    info = models.add(trained_marian, config, lambda line: None)
    engine = CTranslate2Engine(info, config.translate)
    tokeniser = open_tokeniser(info.path, info.architecture)
    text = "، ".join(ar for ar, _ in PAIRS)
    pieces = split_long(text, engine._fits)
    assert info.max_tokens == 64 and len(pieces) > 1 and "".join(pieces) == text
    assert all(len(tokeniser.encode(piece)) <= 64 for piece in pieces)
    assert engine.translate([text])[0].en


def test_blank_latin_and_numbers_come_back_as_they_are(trained_marian: Path, config: Config) -> None:
    engine = CTranslate2Engine(models.add(trained_marian, config, lambda line: None), config.translate)
    made = engine.translate(["", "Reuters", "2024", "دعا المبعوث إلى ضبط النفس"])
    assert [(t.en, t.engine) for t in made[:3]] == [("", "copied"), ("Reuters", "copied"), ("2024", "copied")]
    assert made[3].en == "The envoy called for restraint"

"""Marian and M2M-100 (NLLB) checkpoints to CTranslate2, with numpy alone.

torch is needed only to open weights that come as a pickle (pytorch_model.bin) or as bfloat16. The layout follows
transformers' modeling_marian.py and modeling_m2m_100.py; the tests compare the answers with theirs token for token.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from briefing.errors import EngineError
from briefing.translate import checkpoint
from briefing.translate.torch_extra import load

Array = npt.NDArray[np.float32]
# Far below any logit and within float16: a token with this bias is never generated.
_NEVER = -1e4
_ACTIVATIONS = {"relu": "RELU", "swish": "SWISH", "silu": "SWISH", "gelu": "GELU"}
_WRONG = "The directory's files do not belong together, or a download was cut short; copy the model again."


class Weights:
    """The tensors of a checkpoint by name, with or without the leading "model."; `file` is where they come from."""

    def __init__(self, tensors: dict[str, Any], file: Path) -> None:
        """`tensors` maps full names to numpy arrays of floats."""
        self._tensors = tensors
        self.file = file

    def first(self, *names: str) -> Array:
        """The first of these tensors that is there, as float32. Raises EngineError when none is."""
        for name in names:
            for full in (f"model.{name}", name):
                if full in self._tensors:
                    return np.ascontiguousarray(self._tensors[full], dtype=np.float32)
        raise EngineError(f"{self.file}: has no tensor {names[0]}", _WRONG)

    def has(self, name: str) -> bool:
        """Whether this tensor is there, by its full name."""
        return name in self._tensors


def convert(directory: Path, architecture: str, out: Path, quantisation: str) -> None:
    """Write the transformers checkpoint in `directory` to the folder `out` as model.bin, config.json and vocabulary.

    `quantisation` is one of CTranslate2's ("int8", "float32", ...). Raises EngineError when files are missing, damaged or
    do not fit each other.
    """
    config = checkpoint.read_json(directory / "config.json")
    weights = Weights(_tensors(checkpoint.weights_file(directory)), checkpoint.weights_file(directory))
    tokens = _vocabulary(directory, architecture, int(config["vocab_size"]))
    try:
        spec = _spec(config, architecture, weights, tokens)
        spec.validate()
        spec.optimize(quantization=quantisation)
    except (KeyError, ValueError, IndexError) as error:
        raise EngineError(f"{directory}: cannot be converted: {error}", _WRONG) from error
    spec.save(str(out))


def _tensors(file: Path) -> dict[str, Any]:
    if file.name == checkpoint.PICKLE:
        torch = load("torch", f"Reading {file}")
        try:
            # weights_only: a pickle may otherwise run code, and this one comes from elsewhere.
            loaded = torch.load(file, map_location="cpu", weights_only=True)
        except Exception as error:  # torch raises whatever the broken bytes lead to
            raise EngineError(f"{file}: is damaged or cut short: {error}", _WRONG) from error
        return {name: tensor.float().numpy() for name, tensor in loaded.items()}
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return dict(load_file(file))
    except (TypeError, KeyError, AttributeError, ImportError):  # numpy has no bfloat16
        torch_files = load("safetensors.torch", f"Reading {file}, which is bfloat16,")
        return {name: tensor.float().numpy() for name, tensor in torch_files.load_file(file).items()}
    except SafetensorError as error:
        raise EngineError(f"{file}: is damaged: {error}", _WRONG) from error


def _vocabulary(directory: Path, architecture: str, size: int) -> list[str]:
    """The token of each row of the embeddings; rows past the tokeniser's vocabulary get names that no text has."""
    ids = _token_ids(directory, architecture)
    rows = [f"madeupword{row}" for row in range(size)]
    for token, row in ids.items():
        if not 0 <= row < size:
            raise EngineError(f"{directory}: token {token!r} has number {row}, but the model has {size} tokens", _WRONG)
        rows[row] = token
    if len(set(ids.values())) != len(ids):
        raise EngineError(f"{directory}: two tokens of the vocabulary have the same number", _WRONG)
    if architecture == checkpoint.M2M100:
        checkpoint.languages(rows, directory)
    return rows


def _token_ids(directory: Path, architecture: str) -> dict[str, int]:
    if architecture == checkpoint.MARIAN:
        return checkpoint.read_json(directory / "vocab.json")
    if (directory / "tokenizer.json").exists():
        tokeniser = checkpoint.read_json(directory / "tokenizer.json")
        added = {entry["content"]: entry["id"] for entry in tokeniser.get("added_tokens", [])}
        return {**_model_vocabulary(tokeniser), **added}
    # M2M-100 as published: vocab.json, followed by the languages in the order of special_tokens_map.json.
    ids = checkpoint.read_json(directory / "vocab.json")
    special = checkpoint.read_json(directory / "special_tokens_map.json").get("additional_special_tokens", [])
    return {**ids, **{token: len(ids) + i for i, token in enumerate(special)}}


def _model_vocabulary(tokeniser: dict[str, Any]) -> dict[str, int]:
    vocabulary = tokeniser["model"]["vocab"]
    return vocabulary if isinstance(vocabulary, dict) else {token: i for i, (token, _score) in enumerate(vocabulary)}


def _spec(config: dict[str, Any], architecture: str, weights: Weights, tokens: list[str]) -> Any:
    from ctranslate2.specs import common_spec, transformer_spec

    marian = architecture == checkpoint.MARIAN
    spec = transformer_spec.TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]),
        config["encoder_attention_heads"],
        pre_norm=not marian,
        activation=getattr(common_spec.Activation, _ACTIVATIONS[config["activation_function"]]),
    )
    positions = (_marian_positions if marian else _m2m_positions)(config["max_position_embeddings"], config["d_model"])
    _set_side(spec.encoder, spec.encoder.embeddings[0], "encoder", weights, config, positions)
    _set_side(spec.decoder, spec.decoder.embeddings, "decoder", weights, config, positions)
    spec.decoder.projection.weight = weights.first("lm_head.weight", "decoder.embed_tokens.weight", "shared.weight", *_TIED)
    if marian:
        spec.decoder.projection.bias = _marian_bias(config, weights, tokens)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.eos_token = tokens[config["eos_token_id"]]
    spec.config.decoder_start_token = tokens[config["decoder_start_token_id"]]
    return spec


_TIED = ("encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight")


def _marian_bias(config: dict[str, Any], weights: Weights, tokens: list[str]) -> Array:
    """final_logits_bias, with the rows that must never be generated pushed out.

    Marian starts the decoder with <pad>, which transformers forbids as output (bad_words_ids). Fine-tuning leaves
    its embedding other than zero, so it stays in the vocabulary instead of being cut off.
    """
    bias = np.zeros(len(tokens), dtype=np.float32)
    if weights.has("final_logits_bias"):
        bias += weights.first("final_logits_bias").reshape(-1)
    never = [row for row, token in enumerate(tokens) if token.startswith("madeupword")]
    bias[[config["pad_token_id"], *never]] = _NEVER
    return bias


def _set_side(side: Any, embeddings: Any, name: str, weights: Weights, config: dict[str, Any], positions: Array) -> None:
    embeddings.weight = weights.first(f"{name}.embed_tokens.weight", "shared.weight", *_TIED)
    side.scale_embeddings = math.sqrt(config["d_model"]) if config.get("scale_embedding") else 1.0
    side.position_encodings.encodings = positions
    if hasattr(side, "layer_norm"):
        _set_norm(side.layer_norm, f"{name}.layer_norm", weights)
    for number, layer in enumerate(side.layer):
        _set_layer(layer, f"{name}.layers.{number}", weights)


def _set_layer(layer: Any, name: str, weights: Weights) -> None:
    _set_linear(layer.self_attention.linear[0], [f"{name}.self_attn.{p}_proj" for p in "qkv"], weights)
    _set_linear(layer.self_attention.linear[1], [f"{name}.self_attn.out_proj"], weights)
    _set_norm(layer.self_attention.layer_norm, f"{name}.self_attn_layer_norm", weights)
    if hasattr(layer, "attention"):
        _set_linear(layer.attention.linear[0], [f"{name}.encoder_attn.q_proj"], weights)
        _set_linear(layer.attention.linear[1], [f"{name}.encoder_attn.{p}_proj" for p in "kv"], weights)
        _set_linear(layer.attention.linear[2], [f"{name}.encoder_attn.out_proj"], weights)
        _set_norm(layer.attention.layer_norm, f"{name}.encoder_attn_layer_norm", weights)
    _set_linear(layer.ffn.linear_0, [f"{name}.fc1"], weights)
    _set_linear(layer.ffn.linear_1, [f"{name}.fc2"], weights)
    _set_norm(layer.ffn.layer_norm, f"{name}.final_layer_norm", weights)


def _set_linear(linear: Any, names: Sequence[str], weights: Weights) -> None:
    """One linear layer out of one or several (CTranslate2 fuses query, key and value)."""
    linear.weight = np.concatenate([weights.first(f"{name}.weight") for name in names])
    linear.bias = np.concatenate([weights.first(f"{name}.bias") for name in names])


def _set_norm(norm: Any, name: str, weights: Weights) -> None:
    norm.gamma = weights.first(f"{name}.weight")
    norm.beta = weights.first(f"{name}.bias")


def _marian_positions(count: int, width: int) -> Array:
    """Sines in the first half, cosines in the second (MarianSinusoidalPositionalEmbedding)."""
    angles = np.arange(count)[:, None] / np.power(10000, 2 * (np.arange(width) // 2) / width)
    return np.concatenate([np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])], axis=1).astype(np.float32)


def _m2m_positions(count: int, width: int) -> Array:
    """As tensor2tensor has them, counted from 2 (M2M100SinusoidalPositionalEmbedding, offset 2)."""
    half = width // 2
    rates = np.exp(np.arange(half) * -(math.log(10000) / (half - 1)))
    angles = np.arange(2, count + 2)[:, None] * rates
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)

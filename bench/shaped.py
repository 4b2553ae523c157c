"""Models of the real sizes with random weights, for measuring speed: the shapes of opus-mt-ar-en and of NLLB-200 600M.

Random weights never stop by themselves, so these are given a sense of length. One channel of the positions' sines is led
through all layers; the first layer of the decoder takes its mean over the source and compares it with where it stands itself;
once the output is some 1.1 times as long as the source (give or take what int8 and the layer norms blur), another channel
raises the end mark above all else. This is a forward pass like any other, and every contender stops by it. The signs of the
last layer norm are drawn at random: otherwise a tied output layer repeats the last token for ever, and the program would
rightly ask for nearly every sentence a second time.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OPUS, NLLB = "opus-mt", "nllb"
OPUS_VOCABULARY, NLLB_VOCABULARY = 62_834, 256_206
GAIN, SLOW, SHARP, LOUD = 10.0, 200.0, 40.0, 5.0  # of the position, its period in tokens, of the comparison, of the end mark
LONGEST = 220  # tokens of output, where the sine grows too flat to compare by
FAST = {OPUS: 10.0, NLLB: 2.0}  # slower sines are the same for neighbours, and would have the same token chosen again
EMBEDDED = 0.015  # standard deviation of the embeddings: so small that the position has more say in the next token


@dataclass(frozen=True, slots=True)
class Channels:
    """Which of a model's channels carry the position, the source's length, and the sign to stop.

    A layer norm takes the mean of all channels from each, so position and length are read as differences to channels that hold
    nothing.
    """

    position: int
    zero: int  # gains as the position does
    length: int
    still: int  # gains nothing
    stop: int

    @property
    def all(self) -> list[int]:
        """All of them; nothing else may write there."""
        return [self.position, self.zero, self.length, self.still, self.stop]


def build(kind: str, directory: Path, arabic: list[str], english: list[str]) -> Path:
    """A transformers directory of the shape `kind`, its SentencePiece model trained on these lines; needs torch."""
    import torch

    torch.manual_seed(1)
    directory.mkdir(parents=True)
    (_opus if kind == OPUS else _nllb)(directory, arabic, english)
    return directory


def _opus(directory: Path, arabic: list[str], english: list[str]) -> None:
    from transformers import GenerationConfig, MarianConfig, MarianMTModel, MarianTokenizer

    pieces = [*_train(arabic, directory / "source.spm", 30_000), *_train(english, directory / "target.spm", 30_000)]
    vocabulary = _filled(["</s>", "<unk>", *pieces], OPUS_VOCABULARY - 1)
    vocabulary["<pad>"] = pad = len(vocabulary)
    (directory / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    model = MarianMTModel(
        MarianConfig(
            vocab_size=len(vocabulary), d_model=512, encoder_layers=6, decoder_layers=6, encoder_ffn_dim=2048,
            decoder_ffn_dim=2048, encoder_attention_heads=8, decoder_attention_heads=8, activation_function="swish",
            scale_embedding=True, max_position_embeddings=512, pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0,
            bos_token_id=0, forced_eos_token_id=0, init_std=0.01,
        )
    )  # fmt: skip
    _give_length(model, OPUS, eos=0, period=lambda k: 10_000 ** (k / 256))
    foreign = [n for piece, n in vocabulary.items() if re.search("[\u0600-\u06ff]|^<", piece)]
    model.final_logits_bias[0, foreign] = -30.0
    model.generation_config = GenerationConfig(
        decoder_start_token_id=pad, pad_token_id=pad, eos_token_id=0, forced_eos_token_id=0, bad_words_ids=[[pad]]
    )
    names = {"source_spm": "source.spm", "target_spm": "target.spm", "vocab": "vocab.json"}
    files = {key: str(directory / name) for key, name in names.items()}
    model.save_pretrained(directory)
    MarianTokenizer(**files, source_lang="ar", target_lang="en", model_max_length=512).save_pretrained(directory)


def _nllb(directory: Path, arabic: list[str], english: list[str]) -> None:
    from transformers import GenerationConfig, M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    file = directory / "pieces.model"
    pieces = _train([*arabic, *english], file, 40_000, "bpe")
    file.unlink()
    vocabulary = _filled(["<s>", "<pad>", "</s>", "<unk>", *pieces], NLLB_VOCABULARY - 256)
    tokeniser = NllbTokenizer(vocab=vocabulary, merges=_merges(pieces), src_lang="arb_Arab", tgt_lang="eng_Latn")
    model = M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=len(tokeniser) + 1, d_model=1024, encoder_layers=12, decoder_layers=12, encoder_ffn_dim=4096,
            decoder_ffn_dim=4096, encoder_attention_heads=16, decoder_attention_heads=16, max_position_embeddings=1024,
            scale_embedding=True, encoder_layerdrop=0.0, decoder_layerdrop=0.0,
        )
    )  # fmt: skip
    _give_length(model, NLLB, eos=2, period=lambda k: 10_000 ** (k / 511))
    model.generation_config = GenerationConfig(decoder_start_token_id=2, pad_token_id=1, eos_token_id=2, bos_token_id=0)
    model.save_pretrained(directory)
    tokeniser.save_pretrained(directory)


def _train(lines: list[str], target: Path, size: int, kind: str = "unigram") -> list[str]:
    """The pieces of a SentencePiece model, which is written to `target`; as many of `size` as the lines give."""
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_prefix=str(target.with_suffix("")), vocab_size=size, model_type=kind,
        hard_vocab_limit=False, character_coverage=1.0, normalization_rule_name="nmt_nfkc", minloglevel=2,
        **({"unk_id": 0, "bos_id": -1, "eos_id": -1} if kind == "unigram" else {}),
    )  # fmt: skip
    made = target.with_suffix(".model")
    if made != target:
        made.rename(target)
    target.with_suffix(".vocab").unlink()
    model = sentencepiece.SentencePieceProcessor(model_file=str(target))
    return [model.id_to_piece(i) for i in range(model.get_piece_size())]


def _filled(pieces: Iterable[str], size: int) -> dict[str, int]:
    """The numbers of these pieces, and of made-up words behind them up to `size`."""
    choose, vocabulary = random.Random(2), {piece: n for n, piece in enumerate(dict.fromkeys(pieces))}
    while len(vocabulary) < size:
        word = "".join(choose.choice("bdfgklmnprstvz") + choose.choice("aeiou") for _ in range(choose.randint(2, 4)))
        vocabulary.setdefault(f"▁{word}", len(vocabulary))
    return vocabulary


def _merges(pieces: list[str]) -> list[tuple[str, str]]:
    ranks = {piece: n for n, piece in enumerate(pieces)}
    merges = []
    for piece in ranks:
        splits = [(piece[:i], piece[i:]) for i in range(1, len(piece)) if piece[:i] in ranks and piece[i:] in ranks]
        if splits:
            merges.append(min(splits, key=lambda split: ranks[split[0]] + ranks[split[1]]))
    return merges


# ---------------------------------------------------------------- knowing when to stop


def _give_length(model: Any, kind: str, eos: int, period: Any) -> None:
    import torch

    width, pre_norm = model.config.d_model, kind == NLLB
    at = min(range(width // 2), key=lambda k: abs(period(k) - SLOW))
    channels = Channels(at, *(width // 2 - n for n in (1, 2, 3, 4)))  # the slowest sines hardly move: their channels are free
    kept = channels.all
    model.eval()
    with torch.no_grad():
        shared = model.model.shared.weight
        shared.normal_(0, EMBEDDED)
        shared[:, kept] = 0.0
        shared[eos, channels.stop] = LOUD
        for name, part in model.named_modules():
            if name.endswith(("out_proj", "fc2")):
                part.weight[kept], part.bias[kept] = 0.0, 0.0
        _compare(model, channels)
        _calibrate(model, channels, pre_norm)
        last = model.model.decoder.layer_norm if pre_norm else model.model.decoder.layers[-1].final_layer_norm
        signs = torch.randint(0, 2, (width,)) * 2.0 - 1.0
        signs[[half + k for half in (0, width // 2) for k in range(width // 2) if period(k) > FAST[kind]]] = 0.0
        signs[kept] = 1.0
        last.weight.mul_(signs)


def _compare(model: Any, channels: Channels) -> None:
    """The first layer of the decoder: one head attends evenly and takes the mean position, two units of the FFN compare."""
    layer, size = model.model.decoder.layers[0], model.config.d_model // model.config.decoder_attention_heads
    cross = layer.encoder_attn
    cross.q_proj.weight[:size], cross.q_proj.bias[:size] = 0.0, 0.0
    cross.v_proj.weight[0], cross.v_proj.bias[0] = 0.0, 0.0
    cross.v_proj.weight[0, channels.position] = 1.0
    cross.v_proj.weight[0, channels.zero] = -1.0
    cross.out_proj.weight[channels.length] = 0.0
    cross.out_proj.weight[channels.length, 0] = 2.0  # the mean position is half the length
    for unit in (0, 1):
        layer.fc1.weight[unit], layer.fc1.bias[unit] = 0.0, 0.0
        layer.fc1.weight[unit, channels.position] = SHARP
        layer.fc1.weight[unit, channels.zero] = -SHARP
        layer.fc2.weight[channels.stop, unit] = 1.0
    layer.fc1.weight[0, channels.length] = -SHARP
    layer.fc1.weight[0, channels.still] = SHARP
    layer.fc1.bias[1] = -SHARP * GAIN * math.sin(LONGEST / SLOW)


def _calibrate(model: Any, channels: Channels, pre_norm: bool) -> None:
    """Sets the layer norms' weights so that they leave the channels as they are, but for the position, which gains once."""
    import torch

    first = [side.layers[0].self_attn_layer_norm for side in (model.model.encoder, model.model.decoder)]

    def before(norm: Any, given: Any) -> None:
        spread = given[0].std(-1).mean()
        norm.weight[channels.all] = spread
        if pre_norm or norm in first:
            norm.weight[[channels.position, channels.zero]] *= GAIN

    norms = [part for part in model.modules() if isinstance(part, torch.nn.LayerNorm)]
    hooks = [norm.register_forward_pre_hook(before) for norm in norms]
    # two sentences of 30 tokens; the numbers 10 to 4,000 are pieces in either vocabulary
    tokens = torch.randint(10, 4_000, (2, 30))
    model(input_ids=tokens, decoder_input_ids=tokens)
    for hook in hooks:
        hook.remove()

"""Small models made here: no weights can be downloaded where the tests run.

`random_marian` needs no torch and gives a whole, convertible directory whose answers mean nothing. `train_marian` and
`train_nllb` learn PAIRS by heart within a minute, so that a right translation can be asserted, not only a shape.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

PAIRS = [
    ("وصل الوزير إلى العاصمة صباحا", "The minister arrived in the capital in the morning"),
    ("أعلنت الوزارة نتائج الانتخابات", "The ministry announced the results of the election"),
    ("قتل ثلاثة أشخاص في القصف", "Three people were killed in the shelling"),
    ("أصيب خمسة مدنيين بجروح", "Five civilians were injured"),
    ("عقد الطرفان اجتماعا في جنيف", "The two sides held a meeting in Geneva"),
    ("رفض المتحدث التعليق على التقرير", "The spokesman declined to comment on the report"),
    ("انسحبت القوات من القرية", "The forces withdrew from the village"),
    ("أغلقت السلطات المعبر الحدودي", "The authorities closed the border crossing"),
    ("وقع الجانبان اتفاقا جديدا", "The two parties signed a new agreement"),
    ("طالب السكان بعودة الكهرباء", "Residents demanded the return of electricity"),
    ("زار الرئيس المدينة القديمة", "The president visited the old city"),
    ("استؤنفت المحادثات يوم الأحد", "The talks resumed on Sunday"),
    ("وصلت قافلة مساعدات إلى المخيم", "An aid convoy reached the camp"),
    ("لم يصدر أي بيان رسمي", "No official statement was issued"),
    ("تظاهر العشرات أمام البلدية", "Dozens protested in front of the town hall"),
    ("تبادل الطرفان الأسرى", "The two parties exchanged prisoners"),
    ("هطلت أمطار غزيرة على الساحل", "Heavy rain fell on the coast"),
    ("أكد السفير التزام بلاده بالهدنة", "The ambassador confirmed his country's commitment to the truce"),
    ("دعا المبعوث إلى ضبط النفس", "The envoy called for restraint"),
    ("عاد النازحون إلى بيوتهم", "The displaced returned to their homes"),
]  # fmt: skip
# Also learnt with a comma behind them, as a clause stands when a long sentence is split.
LESSONS = [*PAIRS, *((f"{ar}،", en) for ar, en in PAIRS)]
TRAINED_UNTIL = 0.004
MOST_STEPS = 1500


def train_spm(lines: list[str], target: Path, size: int, kind: str = "unigram") -> Any:
    """A SentencePiece model of at most `size` pieces for `lines`, written to `target` and loaded."""
    import io

    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines * 5), model_writer=model, vocab_size=size, model_type=kind, hard_vocab_limit=False,
        character_coverage=1.0, normalization_rule_name="nmt_nfkc", minloglevel=2,
        **({"unk_id": 0, "bos_id": -1, "eos_id": -1} if kind == "unigram" else {}),
    )  # fmt: skip
    target.write_bytes(model.getvalue())
    return sentencepiece.SentencePieceProcessor(model_file=str(target))


def marian_tokeniser(directory: Path) -> dict[str, int]:
    """source.spm, target.spm and vocab.json as opus-mt has them: </s>, <unk>, pieces, <pad> last."""
    directory.mkdir(parents=True, exist_ok=True)
    source = train_spm([ar for ar, _ in LESSONS], directory / "source.spm", 220)
    target = train_spm([en for _, en in PAIRS], directory / "target.spm", 220)
    vocabulary = {"</s>": 0, "<unk>": 1}
    for model in (source, target):
        for i in range(model.get_piece_size()):
            vocabulary.setdefault(model.id_to_piece(i), len(vocabulary))
    vocabulary["<pad>"] = len(vocabulary)
    (directory / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    return vocabulary


def marian_config(size: int, width: int, layers: int, positions: int = 64) -> dict[str, Any]:
    """The configuration of an opus-mt model, made small."""
    return {
        "model_type": "marian", "architectures": ["MarianMTModel"], "vocab_size": size, "d_model": width,
        "encoder_layers": layers, "decoder_layers": layers, "encoder_ffn_dim": 2 * width, "decoder_ffn_dim": 2 * width,
        "encoder_attention_heads": 4, "decoder_attention_heads": 4, "activation_function": "swish", "scale_embedding": True,
        "max_position_embeddings": positions, "pad_token_id": size - 1, "decoder_start_token_id": size - 1,
        "eos_token_id": 0, "bos_token_id": 0, "forced_eos_token_id": 0, "dropout": 0.0, "tie_word_embeddings": True,
    }  # fmt: skip


def random_marian(directory: Path, seed: int = 7) -> Path:
    """A whole Marian directory with random weights (seeded), made with numpy alone."""
    import numpy as np
    from safetensors.numpy import save_file

    config = marian_config(len(marian_tokeniser(directory)), 16, 1)
    (directory / "config.json").write_text(json.dumps(config), encoding="utf-8")
    random = np.random.default_rng(seed)
    width, size = config["d_model"], config["vocab_size"]
    shapes: dict[str, tuple[int, ...]] = {"model.shared.weight": (size, width), "final_logits_bias": (1, size)}
    for side, attentions in (("encoder", ["self_attn"]), ("decoder", ["self_attn", "encoder_attn"])):
        layer = f"model.{side}.layers.0"
        for attention in attentions:
            for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
                shapes |= {f"{layer}.{attention}.{part}.weight": (width, width), f"{layer}.{attention}.{part}.bias": (width,)}
            shapes |= {f"{layer}.{attention}_layer_norm.{part}": (width,) for part in ("weight", "bias")}
        shapes |= {f"{layer}.final_layer_norm.{part}": (width,) for part in ("weight", "bias")}
        shapes |= {f"{layer}.fc1.weight": (2 * width, width), f"{layer}.fc1.bias": (2 * width,)}
        shapes |= {f"{layer}.fc2.weight": (width, 2 * width), f"{layer}.fc2.bias": (width,)}
    save_file(
        {name: random.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()},
        directory / "model.safetensors",
    )
    return directory


def train_marian(directory: Path) -> Path:
    """A Marian model that knows PAIRS by heart, saved with `save_pretrained`."""
    import torch
    from transformers import GenerationConfig, MarianConfig, MarianMTModel, MarianTokenizer

    torch.manual_seed(0)
    size = len(marian_tokeniser(directory))
    config = MarianConfig(**{k: v for k, v in marian_config(size, 64, 2).items() if k not in ("model_type", "architectures")})
    names = {"source_spm": "source.spm", "target_spm": "target.spm", "vocab": "vocab.json"}
    files = {key: str(directory / name) for key, name in names.items()}
    tokeniser = MarianTokenizer(**files, source_lang="ar", target_lang="en", model_max_length=64)
    model = MarianMTModel(config)
    sources = tokeniser([ar for ar, _ in LESSONS], return_tensors="pt", padding=True)
    targets = tokeniser(text_target=[en for _, en in LESSONS], return_tensors="pt", padding=True)
    _learn(model, sources, targets["input_ids"])
    model.generation_config = GenerationConfig(
        decoder_start_token_id=size - 1, pad_token_id=size - 1, eos_token_id=0, forced_eos_token_id=0, bad_words_ids=[[size - 1]]
    )
    model.save_pretrained(directory)
    tokeniser.save_pretrained(directory)
    return directory


def train_nllb(directory: Path) -> Path:
    """An NLLB-shaped M2M-100 model that knows PAIRS by heart, with an NllbTokenizer."""
    import torch
    from transformers import GenerationConfig, M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    torch.manual_seed(0)
    directory.mkdir(parents=True, exist_ok=True)
    vocabulary, merges = _bpe(directory)
    tokeniser = NllbTokenizer(vocab=vocabulary, merges=merges, src_lang="arb_Arab", tgt_lang="eng_Latn")
    model = M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=len(tokeniser) + 3, d_model=64, encoder_layers=2, decoder_layers=2, encoder_ffn_dim=128,
            decoder_ffn_dim=128, encoder_attention_heads=4, decoder_attention_heads=4, max_position_embeddings=64, dropout=0.0,
            attention_dropout=0.0, encoder_layerdrop=0.0, decoder_layerdrop=0.0, scale_embedding=True,
        )
    )  # fmt: skip
    sources = tokeniser([ar for ar, _ in LESSONS], return_tensors="pt", padding=True)
    targets = tokeniser(text_target=[en for _, en in LESSONS], return_tensors="pt", padding=True)
    _learn(model, sources, targets["input_ids"])
    model.generation_config = GenerationConfig(decoder_start_token_id=2, pad_token_id=1, eos_token_id=2, bos_token_id=0)
    model.save_pretrained(directory)
    tokeniser.save_pretrained(directory)
    return directory


def _bpe(directory: Path) -> tuple[dict[str, int], list[tuple[str, str]]]:
    file = directory / "bpe.model"
    pieces = train_spm([side for pair in LESSONS for side in pair], file, 420, "bpe")
    file.unlink()
    ranks = {pieces.id_to_piece(i): i for i in range(pieces.get_piece_size())}
    vocabulary = {token: i for i, token in enumerate(["<s>", "<pad>", "</s>", "<unk>"])}
    for piece in ranks:
        vocabulary.setdefault(piece, len(vocabulary))
    merges = []
    for piece in ranks:
        splits = [(piece[:i], piece[i:]) for i in range(1, len(piece)) if piece[:i] in ranks and piece[i:] in ranks]
        if splits:
            merges.append(min(splits, key=lambda split: ranks[split[0]] + ranks[split[1]]))
    return vocabulary, merges


def _learn(model: Any, sources: Any, labels: Any) -> None:
    import torch

    # So small that threads only wait for each other: ten times slower with two of them on a busy machine.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        _descend(model, sources, labels)
    finally:
        torch.set_num_threads(threads)


def _descend(model: Any, sources: Any, labels: Any) -> None:
    import torch

    labels = labels.masked_fill(labels == model.config.pad_token_id, -100)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.0)
    model.train()
    loss = math.inf
    for step in range(MOST_STEPS):
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1.0, (step + 1) / 50)
        output = model(**sources, labels=labels)
        optimiser.zero_grad()
        output.loss.backward()
        optimiser.step()
        loss = output.loss.item()
        if loss < TRAINED_UNTIL:
            break
    model.eval()
    assert loss < 0.05, f"the tiny model did not learn its sentences: loss {loss:.3f}"

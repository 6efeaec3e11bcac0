"""The bundled model as a folder that other programs read: a BERT of transformers in float32 with its tokenizer."""

from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from embeddings.network.bundled_weights import Weights, build_tokenizer, open_weights, unpack

FLOATING_POINT_OPERATIONS = 2.0
"""For every weight of a matrix, for every token: one multiplication, one addition."""


def export(folder: Path) -> None:
    """Write the model below a folder; mean pooling and E5's prompts are left to who uses it."""
    weights = open_weights()
    shape = weights.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=weights.vocabulary.pad,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(_state(weights))
    model.save_pretrained(folder)
    pieces = weights.vocabulary.pieces
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=build_tokenizer(weights.vocabulary),
        model_max_length=shape.positions,
        bos_token=pieces[weights.vocabulary.bos][0],
        eos_token=pieces[weights.vocabulary.eos][0],
        pad_token=pieces[weights.vocabulary.pad][0],
        unk_token=pieces[weights.vocabulary.unknown][0],
    ).save_pretrained(folder)


def operations_a_token() -> float:
    """Floating-point operations of the transformer's matrices for one token, attention's scores left out."""
    shape = open_weights().shape
    matrices = 4 * shape.hidden**2 + 2 * shape.hidden * shape.feed_forward
    return FLOATING_POINT_OPERATIONS * shape.layers * matrices


def _state(weights: Weights) -> dict[str, torch.Tensor]:
    shape = weights.shape

    def vector(name: str) -> torch.Tensor:
        return torch.from_numpy(weights.vector(name))

    def matrix(name: str, rows: int, columns: int) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(unpack(weights.packed(name, rows, columns))))

    state = {
        "embeddings.word_embeddings.weight": matrix("emb.word", shape.vocabulary, shape.hidden),
        "embeddings.position_embeddings.weight": vector("emb.pos").reshape(shape.positions, shape.hidden),
        "embeddings.token_type_embeddings.weight": vector("emb.type").reshape(shape.token_types, shape.hidden),
        "embeddings.LayerNorm.weight": vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": vector("emb.ln.b"),
    }
    linear = {
        "attention.self.query": ("q", shape.hidden, shape.hidden),
        "attention.self.key": ("k", shape.hidden, shape.hidden),
        "attention.self.value": ("v", shape.hidden, shape.hidden),
        "attention.output.dense": ("ao", shape.hidden, shape.hidden),
        "intermediate.dense": ("fi", shape.feed_forward, shape.hidden),
        "output.dense": ("fo", shape.hidden, shape.feed_forward),
    }
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    for layer in range(shape.layers):
        theirs, ours = f"encoder.layer.{layer}", f"l{layer}"
        for name, (short, rows, columns) in linear.items():
            state[f"{theirs}.{name}.weight"] = matrix(f"{ours}.{short}.w", rows, columns)
            state[f"{theirs}.{name}.bias"] = vector(f"{ours}.{short}.b")
        for name, short in norms.items():
            state[f"{theirs}.{name}.weight"] = vector(f"{ours}.{short}.w")
            state[f"{theirs}.{name}.bias"] = vector(f"{ours}.{short}.b")
    return state

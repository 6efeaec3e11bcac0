"""Prompts, lengths, progress; any other sentence-transformers model from a folder."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from corpus.errors import ModelError
from embeddings.encoder.encoder import Encoder, load_encoder

WORDS = "[PAD] [UNK] [CLS] [SEP] hỏi đoạn : query passage dân vận khéo năm 2020 đường mới".split()  # noqa: SIM905
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a tiny model of another kind into a folder: its own vocabulary, width, window and prompts."""

    def written(name: str, prompts: dict[str, str], seed: int = 0) -> Path:
        torch.manual_seed(seed)
        vocabulary = {word: i for i, word in enumerate(WORDS)}
        tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.NFC()
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
        )
        raw = tmp_path / f"{name}-raw"
        PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
        ).save_pretrained(raw)
        config = BertConfig(
            vocab_size=len(WORDS),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=32,
        )
        BertModel(config).save_pretrained(raw)
        transformer = Transformer(str(raw), max_seq_length=24)
        model = SentenceTransformer(modules=[transformer, Pooling(16, "mean")], prompts=prompts, device="cpu")
        model.save(str(tmp_path / name))
        return tmp_path / name

    return written


def raw_vectors(folder: Path, texts: list[str]) -> np.ndarray:
    return SentenceTransformer(str(folder), device="cpu").encode(texts, prompt="", normalize_embeddings=True)


def test_questions_and_documents_have_prompts_of_their_own(encoder: "Encoder") -> None:
    texts = ["năm 2020 được chọn là năm gì?", "đường"]
    assert not np.allclose(encoder.encode_questions(texts), encoder.encode_documents(texts), atol=2e-2)
    network = encoder.network  # type: ignore[attr-defined]
    for prompt, vectors in (
        ("query: ", encoder.encode_questions(texts)),
        ("passage: ", encoder.encode_documents(texts)),
    ):
        states = network.states([one.ids for one in network.tokenize([prompt + text for text in texts])])
        means = np.stack([one.mean(axis=0) for one in states])
        expected = means / np.linalg.norm(means, axis=1, keepdims=True)
        np.testing.assert_allclose(vectors, expected, atol=2e-3)


def test_the_bundled_encoder(encoder: "Encoder") -> None:
    assert encoder.dimension == 384
    assert encoder.max_tokens == 512
    assert encoder.fingerprint.startswith("bundled:")
    assert encoder.encode_questions([]).shape == (0, 384)
    assert encoder.encode_documents([]).shape == (0, 384)
    assert encoder.encode_questions(["dân vận"]).dtype == np.float32
    vectors = encoder.encode_questions(["phong trào dân vận khéo", "mô hình vận động quần chúng giỏi", "giá vàng tăng"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_tokens_are_counted_without_cutting(encoder: "Encoder") -> None:
    one, two, long = encoder.token_counts(["dân", "dân vận", "dân vận " * 1000])
    assert 3 < one < two < 8
    assert 2000 <= long <= 2020


def test_documents_keep_their_order_and_progress_is_told(encoder: "Encoder") -> None:
    texts = [f"{'dân ' * (i % 7)}{i}" for i in range(40)]
    told: list[tuple[int, int]] = []
    vectors = encoder.encode_documents(texts, lambda done, of: told.append((done, of)))
    assert told[-1] == (40, 40)
    for i in (0, 6, 39):
        assert encoder.encode_documents([texts[i]])[0] @ vectors[i] > 0.995


def test_another_model_with_its_own_prompts(make: Make) -> None:
    folder = make("other", {"query": "hỏi: ", "document": "đoạn: "})
    other = load_encoder(str(folder))
    assert (other.dimension, other.max_tokens) == (16, 24)
    texts = ["dân vận khéo", "đường mới"]
    expected = raw_vectors(folder, ["hỏi: dân vận khéo", "hỏi: đường mới"])
    np.testing.assert_allclose(other.encode_questions(texts), expected, atol=1e-5)
    expected = raw_vectors(folder, ["đoạn: dân vận khéo", "đoạn: đường mới"])
    np.testing.assert_allclose(other.encode_documents(texts), expected, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(expected, axis=1), 1, atol=1e-5)
    assert not np.allclose(other.encode_questions(texts), other.encode_documents(texts), atol=1e-3)
    assert other.token_counts(["dân vận", "dân " * 50]) == [6, 54]


def test_a_model_without_prompts_gets_none_unless_it_is_an_e5(make: Make) -> None:
    plain, e5 = make("plain", {}), make("tiny-e5-small", {})
    text = "dân vận"
    np.testing.assert_allclose(load_encoder(str(plain)).encode_questions([text]), raw_vectors(plain, [text]), atol=1e-5)
    expected = raw_vectors(e5, [f"query: {text}", f"passage: {text}"])
    encoder = load_encoder(str(e5))
    np.testing.assert_allclose(encoder.encode_questions([text])[0], expected[0], atol=1e-5)
    np.testing.assert_allclose(encoder.encode_documents([text])[0], expected[1], atol=1e-5)


def test_the_fingerprint_tells_weights_apart(make: Make, tmp_path: Path) -> None:
    first = load_encoder(str(make("model", {}))).fingerprint
    assert load_encoder(str(tmp_path / "model")).fingerprint == first
    assert load_encoder(str(make("model", {}, seed=1))).fingerprint != first


@pytest.mark.parametrize("kind", ["missing", "empty folder", "rubbish", "empty name"])
def test_what_is_no_model_is_refused_in_one_line(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "model"
    if kind != "missing":
        folder.mkdir()
    if kind == "rubbish":
        (folder / "modules.json").write_text("{")
        (folder / "config.json").write_text("no json")
    with pytest.raises(ModelError) as caught:
        load_encoder("" if kind == "empty name" else str(folder))
    assert "cannot be loaded" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600

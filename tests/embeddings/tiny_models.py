"""Small checkpoints with random weights, saved as the big ones are."""

from pathlib import Path
from typing import Any

import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForQuestionAnswering,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
)

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz0123456789.,:;?!/-%"
)
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
SIZES: dict[str, Any] = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "max_position_embeddings": 512,
    "pad_token_id": 1,
}


def word_tokenizer() -> Tokenizer:
    """Words where it knows them, else letters; special tokens and blanks as the bundled model's."""
    words = ["▁Ngày", "▁Nội", "▁ai", "▁năm", "▁tin"]
    pieces = [*SPECIAL, *words, "▁", *LETTERS, *LETTERS.upper()]
    scores = [(piece, -1.0 if piece in words else -9.0) for piece in dict.fromkeys(pieces)]
    tokenizer = Tokenizer(models.Unigram(scores, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def bert() -> BertModel:
    """A random encoder without pooling layer, in evaluation mode."""
    torch.manual_seed(0)
    network = BertModel(_config(), add_pooling_layer=False)
    network.train(mode=False)
    return network


def save_question_answering(folder: Path) -> Path:
    """A checkpoint for AutoModelForQuestionAnswering."""
    torch.manual_seed(1)
    BertForQuestionAnswering(_config()).save_pretrained(folder)
    return _save_tokenizer(folder)


def save_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A checkpoint for CrossEncoder."""
    torch.manual_seed(2)
    BertForSequenceClassification(_config(num_labels=labels)).save_pretrained(folder)
    return _save_tokenizer(folder)


def _config(**more: Any) -> BertConfig:
    return BertConfig(vocab_size=word_tokenizer().get_vocab_size(), **SIZES, **more)


def _save_tokenizer(folder: Path) -> Path:
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=word_tokenizer(),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=512,
    )
    fast.save_pretrained(folder)
    return folder

"""One stage of training: adapters of peft on the bundled encoder, by the Trainer of transformers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import torch
from peft import LoraConfig, PeftModel, TaskType, get_peft_model
from torch import nn
from torch.utils.data import Dataset
from transformers import BertConfig, BertForQuestionAnswering, Trainer, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

from embeddings.encoder.bundled_encoder import load_bundled
from embeddings.encoder.input_module import BertInput
from embeddings.reading.span_network import ADAPTED
from embeddings.training.examples import Example
from embeddings.training.recipe import RANK, SEED, Stage

ADAPTER = "adapter"
_PAD = 1
_SAVE_STEPS = 100


class _Examples(Dataset[dict[str, Any]]):
    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples

    def __len__(self) -> int:
        return len(self._examples)

    def __getitem__(self, index: int) -> dict[str, Any]:
        example = self._examples[index]
        return {"input_ids": example.ids, "start_positions": example.start, "end_positions": example.end}


def adapted(start_from: Path | None) -> PeftModel:
    """The bundled encoder under a head, with fresh adapters or those that an earlier stage has saved."""
    torch.manual_seed(SEED)
    model = _base_model()
    if start_from:
        return PeftModel.from_pretrained(model, str(start_from), is_trainable=True)
    settings = LoraConfig(
        task_type=TaskType.QUESTION_ANS,
        r=RANK,
        lora_alpha=RANK,
        target_modules=list(ADAPTED),
        modules_to_save=["qa_outputs"],
    )
    model_with_adapters: PeftModel = get_peft_model(model, settings)
    return model_with_adapters


def train(stage: Stage, model: PeftModel, examples: Sequence[Example], folder: Path) -> Path:
    """Train for one stage and save the adapters; goes on from the last checkpoint that the folder holds.

    Returns:
        The folder with the adapters.
    """
    arguments = TrainingArguments(
        output_dir=str(folder),
        per_device_train_batch_size=stage.batch,
        num_train_epochs=1,
        max_steps=stage.steps or -1,
        learning_rate=stage.rate,
        lr_scheduler_type=stage.schedule,
        warmup_steps=stage.warmup,
        weight_decay=0.01,
        max_grad_norm=1.0,
        logging_steps=25,
        save_steps=_SAVE_STEPS,
        save_total_limit=2,
        bf16=True,
        use_cpu=True,
        train_sampling_strategy="group_by_length",
        report_to=[],
        seed=SEED,
        remove_unused_columns=False,
        disable_tqdm=True,
    )
    trainer = Trainer(model=model, args=arguments, train_dataset=_Examples(examples), data_collator=_collate)
    last = get_last_checkpoint(str(folder)) if folder.is_dir() else None  # type: ignore[no-untyped-call]
    trainer.train(resume_from_checkpoint=last)
    model.save_pretrained(str(folder / ADAPTER))
    return folder / ADAPTER


def bundled_module() -> BertInput:
    """The bundled encoder and its tokenizer, in full precision."""
    return cast("BertInput", load_bundled(torch.float32)[0])


def _base_model() -> BertForQuestionAnswering:
    """The bundled encoder under an untrained head.

    It has no dropout, which would take four fifths of a forward pass on a CPU (0.5 s against 3 s, 16 windows of 224).
    """
    bert = bundled_module().model
    config: BertConfig = bert.config
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    model = BertForQuestionAnswering(BertConfig(**{**config.to_dict(), "vocab_size": 1, "num_hidden_layers": 1}))
    model.config = config
    model.bert = bert
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return model


def _collate(batch: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
    longest = max(len(example["input_ids"]) for example in batch)
    short = [longest - len(example["input_ids"]) for example in batch]
    pairs = list(zip(batch, short, strict=True))
    return {
        "input_ids": torch.tensor([example["input_ids"] + [_PAD] * missing for example, missing in pairs]),
        "attention_mask": torch.tensor([[1] * len(example["input_ids"]) + [0] * missing for example, missing in pairs]),
        "start_positions": torch.tensor([example["start_positions"] for example in batch]),
        "end_positions": torch.tensor([example["end_positions"] for example in batch]),
    }

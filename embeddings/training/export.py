"""Adapters as peft saves them -> the one file that is shipped."""

import json
import re
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from embeddings.encoder.bundled_encoder import SHA256
from embeddings.reading.span_network import DOWN, HEAD_BIAS, HEAD_WEIGHT, UP

_ADAPTER = re.compile(r"base_model\.model\.bert\.(?P<layer>.+)\.lora_(?P<side>[AB])\.weight")
_HEAD = {"base_model.model.qa_outputs.weight": HEAD_WEIGHT, "base_model.model.qa_outputs.bias": HEAD_BIAS}


def export(adapter: Path, target: Path, facts: dict[str, str]) -> None:
    """Write adapters and head in half precision.

    Args:
        adapter: folder that peft saved.
        target: file to write.
        facts: what the file says of itself besides the base model and the scale.
    """
    settings = json.loads((adapter / "adapter_config.json").read_text("utf-8"))
    scale = settings["lora_alpha"] / settings["r"]
    tensors: dict[str, torch.Tensor] = {}
    for name, tensor in load_file(adapter / "adapter_model.safetensors").items():
        if name in _HEAD:
            tensors[_HEAD[name]] = tensor.half().contiguous()
        elif match := _ADAPTER.fullmatch(name):
            side = DOWN if match["side"] == "A" else UP
            tensors[f"{match['layer']}.{side}"] = tensor.half().contiguous()
        else:
            raise ValueError(f"unknown tensor {name!r} in {adapter}")
    target.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, target, metadata={"base": SHA256, "scale": json.dumps(scale), **facts})
    target.chmod(0o644)

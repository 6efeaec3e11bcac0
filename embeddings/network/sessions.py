"""Graphs opened to be run, on the processor there is."""

import platform
from pathlib import Path

import onnxruntime

INPUT = "embedded"
"""The graphs' one input: (tokens, hidden)."""


def adds_in_32_bits() -> bool:
    """Whether products of 8-bit numbers are added without an overflow in 16 bits (VNNI, or any ARM)."""
    if platform.machine() not in ("x86_64", "AMD64"):
        return True
    try:
        return "vnni" in Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return False


def session(model: bytes | Path) -> onnxruntime.InferenceSession:
    """A graph ready to run on one core; several runs may go on at once."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model if isinstance(model, bytes) else str(model), options, providers=["CPUExecutionProvider"]
    )

"""What the processor can do at most, and which share of it is used: `python -m tests.benchmarks.machine_limits`.

Products of matrices against the network's, reading of memory against an exact scan; all on one thread.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper

from tests.benchmarks.benchmark_files import lines
from tests.benchmarks.peers import FOLDER, PRACTICE

SIDE = 1024
"""Rows and columns of the matrices that are multiplied."""
_ROUNDS = 5
_READ_BYTES = 1 << 28


@dataclass(frozen=True, slots=True)
class MachineLimits:
    """Of one core.

    Attributes:
        float_operations: a second, in a product of float32 matrices by NumPy.
        byte_operations: a second, in ONNX Runtime's product of matrices of 8-bit numbers.
        bytes_read: a second, in a sum over 256 MB.
    """

    float_operations: float
    byte_operations: float
    bytes_read: float


def measure_limits() -> MachineLimits:
    """Best of several rounds each, in seconds of processor; set the threads of NumPy's library to one before."""
    left, right = np.random.default_rng(0).standard_normal((2, SIDE, SIDE), dtype=np.float32)
    product = 2.0 * SIDE**3
    memory = np.ones(_READ_BYTES // 8, np.int64)
    return MachineLimits(
        float_operations=product / _best(lambda: left @ right),
        byte_operations=product / _best(_product_of_bytes()),
        bytes_read=_READ_BYTES / _best(memory.sum),
    )


def _best(work: Callable[[], object]) -> float:
    """Seconds of processor that work takes, the shortest of all rounds but the first."""
    took = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return min(took[1:])


def _product_of_bytes() -> Callable[[], object]:
    """A product of SIDE x SIDE matrices of 8-bit numbers, ready to run."""
    rng = np.random.default_rng(0)
    weights = rng.integers(-127, 127, (SIDE, SIDE), np.int8)
    constant = helper.make_tensor("weights", TensorProto.INT8, weights.shape, weights.tobytes(), raw=True)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["rows", "weights"], ["product"])],
        "product",
        [helper.make_tensor_value_info("rows", TensorProto.UINT8, [SIDE, SIDE])],
        [helper.make_tensor_value_info("product", TensorProto.INT32, [SIDE, SIDE])],
        [constant],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    rows = rng.integers(0, 255, (SIDE, SIDE), np.uint8)
    return lambda: session.run(None, {"rows": rows})


def network_speed() -> dict[str, Any]:
    """Operations a second of processor of the bundled encoder over the practice documents, in the format used here."""
    from embeddings.encoder.network_encoder import NetworkEncoder  # noqa: PLC0415 - the limits alone need no model
    from embeddings.network.network import Network  # noqa: PLC0415
    from embeddings.network.prepared import prepare  # noqa: PLC0415
    from tests.benchmarks.exported_model import operations_a_token  # noqa: PLC0415

    network = Network(prepare())
    texts = [one["text"] for one in lines(PRACTICE / "corpus.jsonl")]
    encoder = NetworkEncoder(network)
    encoder.encode_documents(texts[:2])
    tokens = sum(min(count, encoder.max_tokens) for count in encoder.token_counts(texts))
    started = time.process_time()
    encoder.encode_documents(texts)
    took = time.process_time() - started
    return {
        "number_format": network.prepared.number_format,
        "tokens_a_second": tokens / took,
        "operations_a_second": tokens * operations_a_token() / took,
    }


def scan_speed(vectors: int = 100_000, dimension: int = 384) -> dict[str, float]:
    """Bytes a second that an exact search over so many vectors reads."""
    import faiss  # noqa: PLC0415

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(dimension)
    index.add(np.random.default_rng(0).standard_normal((vectors, dimension), dtype=np.float32))
    question = np.ones((1, dimension), np.float32)
    seconds = _best(lambda: index.search(question, 10))
    return {"vectors": vectors, "bytes_a_second": 4.0 * dimension * vectors / seconds}


def main(path: Path) -> None:
    """Measure and keep the figures."""
    limits = measure_limits()
    network = network_speed()
    network["limit"] = limits.byte_operations if network["number_format"] == "int8" else limits.float_operations
    path.write_text(
        json.dumps({"machine": asdict(limits), "network": network, "scan": scan_speed()}, indent=1), "utf-8"
    )


if __name__ == "__main__":
    main(FOLDER / "limits.json")

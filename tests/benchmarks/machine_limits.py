"""What the processor can do at most, and which share of it is used: `python -m tests.benchmarks.machine_limits`.

Products of matrices against the network's, reading of memory against an exact scan; all on one thread.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper

from tests.benchmarks.benchmark_files import lines
from tests.benchmarks.network_work import work_for
from tests.benchmarks.peers import FOLDER, PRACTICE

if TYPE_CHECKING:
    from embeddings.encoder.network_encoder import NetworkEncoder

SIDE = 1024
"""Rows and columns of the matrices that are multiplied."""
_ROUNDS = 5
_READ_BYTES = 1 << 28
_EVERY_ROW, _EVERY_DOCUMENT = 5, 5
"""Of the practice documents and of what is embedded of them, one in so many is."""


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


def network_speeds(limits: MachineLimits) -> list[dict[str, Any]]:
    """Operations a second of processor while embedding, in the format used here and in float32.

    Texts are those of the practice documents: passages and sentences as an index embeds them, and whole documents, as
    many tokens of each as the network reads. Everything that embedding takes counts as time, cutting into tokens too
    (words met before are remembered, as within an index). `operations_a_second` are those of the weights' matrices
    alone, against the limit of the format they are multiplied in; `share_of_mixed_limit` counts attention as well, at
    float32's limit.
    """
    from embeddings.encoder.network_encoder import NetworkEncoder  # noqa: PLC0415 - the limits alone need no model
    from embeddings.network.bundled_weights import open_weights  # noqa: PLC0415
    from embeddings.network.network import Network  # noqa: PLC0415
    from embeddings.network.prepared import prepare  # noqa: PLC0415

    shape = open_weights().shape
    used = NetworkEncoder(Network(prepare()))
    encoders = [used]
    if used.network.prepared.number_format != "fp32":
        encoders.append(NetworkEncoder(Network(prepare(number_format="fp32"))))
    told = []
    for encoder in encoders:
        number_format = encoder.network.prepared.number_format
        limit = limits.byte_operations if number_format == "int8" else limits.float_operations
        for name, texts in _texts(encoder).items():
            lengths = [min(count, encoder.max_tokens) for count in encoder.token_counts(texts)]
            work = work_for(shape, lengths)
            took = _best(lambda encoder=encoder, texts=texts: encoder.encode_documents(texts))  # type: ignore[misc]
            least = work.least_seconds(number_format, limits.float_operations, limits.byte_operations)
            told.append(
                {
                    "texts": name,
                    "tokens_a_text": sum(lengths) / len(lengths),
                    "number_format": number_format,
                    "tokens_a_second": sum(lengths) / took,
                    "operations_a_second": work.matrices / took,
                    "limit": limit,
                    "share_of_mixed_limit": least / took,
                }
            )
    return told


def _texts(encoder: "NetworkEncoder") -> dict[str, list[str]]:
    """What is embedded, some of it, by what it is."""
    from corpus.models import Document  # noqa: PLC0415
    from corpus.splitting import split  # noqa: PLC0415
    from embeddings.headings import heading_of  # noqa: PLC0415
    from embeddings.index.dense import embedded_text, rows_of  # noqa: PLC0415

    told = lines(PRACTICE / "corpus.jsonl")
    whole = [Document(one["_id"], one["title"], None, None, None, None, one["text"], "") for one in told]
    passages = [(heading_of(document), passage.text) for document in whole for passage in split(document)]
    titles, texts = [title for title, _ in passages], [text for _, text in passages]
    rows = rows_of(titles, texts, encoder).tolist()[::_EVERY_ROW]
    return {
        "passages and sentences": [embedded_text(titles, texts, row) for row in rows],
        "whole documents": [document.text for document in whole[::_EVERY_DOCUMENT]],
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
    told = {"machine": asdict(limits), "networks": network_speeds(limits), "scan": scan_speed()}
    path.write_text(json.dumps(told, indent=1), "utf-8")


if __name__ == "__main__":
    main(FOLDER / "limits.json")

"""The network made ready to run, kept on disk: made once, checked by hash, opened in a fraction of the time.

A folder `cache/network/KEY/` holds the tokenizer, the table of words (mapped into memory), the rest of the embeddings,
and a graph each for encoder and reader. The key is made of all that has a part in them: weights, code, library,
processor. What is damaged is made anew; where the disk takes nothing, everything is kept in memory.
"""

import hashlib
import json
import logging
import platform
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from embeddings.array_files import map_array, read_arrays
from embeddings.network.adapters import read_adapters, shipped
from embeddings.network.bundled_weights import SHA256, Packed, open_weights
from embeddings.network.embeddings import Embeddings, embeddings_of
from embeddings.network.sessions import adds_in_32_bits, session
from embeddings.network.unigram import UnigramTokenizer

log = logging.getLogger(__name__)

FOLDER = Path("cache", "network")
SEARCH, READER = "search", "reader"
HEADS = {SEARCH: (), READER: ("head", "tag", "whole")}
"""Outputs of each graph; without heads the last states."""
_LAYOUT = 4
"""To be raised when the same weights make other files."""
_FACTS = "facts.json"
_ABANDONED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that is needed to run.

    Attributes:
        tokenizer: neither truncates nor pads.
        words: the packed table of words.
        embeddings: what is added to them.
        graphs: serialised graphs or their files, by name.
        names: of the weights, by name of the graph.
        number_format: of the graphs.
        seconds: what the measurement gave, see `arithmetic.fastest`.
    """

    tokenizer: UnigramTokenizer
    words: Packed
    embeddings: Embeddings
    graphs: dict[str, bytes | Path]
    names: dict[str, str]
    number_format: str
    seconds: dict[str, float]

    @property
    def speed(self) -> str:
        """The number format, and what it was chosen by, in words."""
        if not self.seconds:
            return f"computes in {self.number_format}"
        found = ", ".join(f"{name} {1000 * value:.1f} ms" for name, value in self.seconds.items())
        return f"computes in {self.number_format} (a layer over 128 tokens: {found})"

    def session(self, name: str) -> onnxruntime.InferenceSession:
        """A graph ready to run."""
        return session(self.graphs[name])


def prepare(
    data_dir: Path | None = None, trained: dict[str, Path] | None = None, number_format: str | None = None
) -> Prepared:
    """Open what was prepared in a data folder, or make it.

    Args:
        data_dir: the data folder; None to keep everything in memory.
        trained: files of trained weights in place of the shipped ones.
        number_format: `fp32` or `int8` instead of the one that is faster here; nothing is kept on disk then.

    Raises:
        ModelError: if the bundled model or trained weights are missing or damaged.
    """
    trained = trained or {name: shipped(f"{name}.safetensors") for name in HEADS}
    if number_format:
        return _make(trained, number_format)
    folder = data_dir / FOLDER / _key(trained) if data_dir else None
    if folder and (found := _open(folder)):
        return found
    made = _make(trained)
    if folder:
        _keep(made, folder)
        return _open(folder) or made
    return made


def _make(trained: dict[str, Path], number_format: str | None = None) -> Prepared:
    from embeddings.network.arithmetic import arithmetic, fastest  # noqa: PLC0415 - once a data folder needs onnx
    from embeddings.network.building import build_graph  # noqa: PLC0415

    weights = open_weights()
    adapters = {name: read_adapters(path) for name, path in trained.items()}
    seconds: dict[str, float] = {}
    if number_format is None:
        number_format, seconds = fastest(weights, adapters[READER])
    graphs: dict[str, bytes | Path] = {
        name: build_graph(weights, adapters[name], heads, arithmetic(number_format, adapters[name]))
        for name, heads in HEADS.items()
    }
    return Prepared(
        UnigramTokenizer.of(weights.vocabulary),
        weights.packed("emb.word", weights.shape.vocabulary, weights.shape.hidden),
        embeddings_of(weights),
        graphs,
        {name: each.name for name, each in adapters.items()},
        number_format,
        seconds,
    )


def _keep(made: Prepared, folder: Path) -> None:
    """Write everything into a folder, which appears whole or not at all."""
    aside = folder.with_name(f".{folder.name}-{secrets.token_hex(3)}")
    try:
        aside.mkdir(parents=True)
        made.tokenizer.save(aside)
        np.save(aside / "words.npy", made.words)
        np.savez(aside / "embeddings.npz", positions=made.embeddings.positions, norm=made.embeddings.norm)
        for name, graph in made.graphs.items():
            if isinstance(graph, bytes):
                (aside / f"{name}.onnx").write_bytes(graph)
        facts = {
            "names": made.names,
            "number_format": made.number_format,
            "seconds": made.seconds,
            "checksums": {path.name: _digest(path) for path in sorted(aside.iterdir())},
        }
        (aside / _FACTS).write_text(json.dumps(facts, indent=1), "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
        _remove_others(folder)
    except OSError as error:
        log.info("the prepared network is not kept in %s (%s)", folder.parent, error.strerror or error)
        shutil.rmtree(aside, ignore_errors=True)


def _remove_others(folder: Path) -> None:
    """Remove what other versions made, and what a killed program left half made."""
    for other in folder.parent.iterdir():
        abandoned = other.name.startswith(".") and time.time() - other.stat().st_mtime > _ABANDONED_SECONDS
        if other != folder and (abandoned or not other.name.startswith(".")):
            shutil.rmtree(other, ignore_errors=True)


def _open(folder: Path) -> Prepared | None:
    """What a folder holds, if it is whole."""
    try:
        facts = json.loads((folder / _FACTS).read_text("utf-8"))
        if any(_digest(folder / name) != digest for name, digest in facts["checksums"].items()):
            log.warning("the prepared network %s is damaged and made anew", folder)
            return None
        arrays = read_arrays(folder / "embeddings.npz")
        embeddings = Embeddings(arrays["positions"], arrays["norm"])
        return Prepared(
            UnigramTokenizer.load(folder),
            map_array(folder / "words.npy"),
            embeddings,
            {name: folder / f"{name}.onnx" for name in HEADS},
            dict(facts["names"]),
            str(facts["number_format"]),
            dict(facts["seconds"]),
        )
    except FileNotFoundError:
        return None
    except Exception as error:
        log.warning("the prepared network %s cannot be read (%s) and is made anew", folder, error)
        return None


def _key(trained: dict[str, Path]) -> str:
    parts = [
        SHA256,
        str(_LAYOUT),
        onnxruntime.__version__,
        platform.machine(),
        platform.processor(),
        str(adds_in_32_bits()),
        *(_digest(path) if path.is_file() else "" for _, path in sorted(trained.items())),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

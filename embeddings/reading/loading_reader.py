"""The reader that the settings name."""

from pathlib import Path

from corpus.errors import ModelError
from embeddings.encoder.encoder import BUNDLED, Encoder, SentenceEncoder
from embeddings.reading.readings import SpanReader

NONE = "none"


def load_reader(name: str = BUNDLED, encoder: Encoder | None = None) -> SpanReader | None:
    """Load the bundled reader, another extractive question-answering model, or none.

    Args:
        name: "bundled", "none", or an id or folder that transformers can load.
        encoder: the retriever's; if it is the bundled model, the reader shares its table of words.

    Raises:
        ModelError: if there is no such model, or it cannot be loaded.
    """
    if name == NONE:
        return None
    if name != BUNDLED:
        from embeddings.reading.hub_reader import HubReader  # noqa: PLC0415 - its libraries are slow to import

        return HubReader(name)
    return read_with(None, encoder)


def read_with(weights: Path | None, encoder: Encoder | None = None) -> SpanReader:
    """The bundled reader with the weights of a file, by default those that are shipped."""
    from embeddings.encoder.bundled_encoder import load_bundled  # noqa: PLC0415
    from embeddings.encoder.encoder import fastest_dtype  # noqa: PLC0415
    from embeddings.encoder.input_module import BertInput  # noqa: PLC0415
    from embeddings.reading.bundled_reader import BundledReader  # noqa: PLC0415
    from embeddings.reading.span_network import build, read_weights, shipped_weights  # noqa: PLC0415

    trained = read_weights(weights or shipped_weights())
    shared = isinstance(encoder, SentenceEncoder) and encoder.fingerprint.startswith(f"{BUNDLED}:")
    model = encoder.model if isinstance(encoder, SentenceEncoder) and shared else load_bundled(fastest_dtype())
    module = model[0]
    if not isinstance(module, BertInput):
        raise ModelError("the bundled reader needs the bundled model")
    return BundledReader(build(module.model, trained), module.tokenizer, name=trained.facts.get("name", BUNDLED))

"""The reader that the settings name."""

from pathlib import Path

from embeddings.reading.readings import SpanReader

BUNDLED, NONE = "bundled", "none"


def load_reader(name: str = BUNDLED, data_dir: Path | None = None) -> SpanReader | None:
    """Load the bundled reader, another extractive question-answering model, or none.

    Args:
        name: "bundled", "none", or an id or folder that transformers can load.
        data_dir: the data folder, where the bundled network is kept ready to run; None to make it ready each time.

    Raises:
        ModelError: if there is no such model, or it cannot be loaded.
    """
    if name == NONE:
        return None
    if name != BUNDLED:
        from embeddings.reading.hub_reader import HubReader  # noqa: PLC0415 - its libraries are slow to import

        return HubReader(name)
    from embeddings.network.network import open_network  # noqa: PLC0415
    from embeddings.reading.bundled_reader import BundledReader  # noqa: PLC0415

    return BundledReader(open_network(data_dir))

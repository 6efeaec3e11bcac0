"""Finding the passages that answer a question."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embeddings.retriever import Retriever

__all__ = ["Retriever"]


def __getattr__(name: str) -> Any:
    """Import the retriever when it is first asked for: the libraries behind it take seconds to load."""
    if name == "Retriever":
        from embeddings.retriever import Retriever  # noqa: PLC0415

        return Retriever
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

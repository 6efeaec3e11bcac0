"""What a generation says of itself, whatever engine keeps it, and what is found when it is checked."""

from dataclasses import dataclass
from typing import Protocol


class GenerationFacts(Protocol):
    """What a generation says of itself; see `generations.Manifest`."""

    @property
    def created(self) -> str:
        """UTC, ISO 8601."""
        ...

    @property
    def fingerprint(self) -> str:
        """Of the model whose vectors it holds."""
        ...

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        ...

    @property
    def documents(self) -> int:
        """How many documents it has."""
        ...

    @property
    def passages(self) -> int:
        """How many passages it has."""
        ...

    @property
    def vectors(self) -> int:
        """How many vectors it has."""
        ...

    @property
    def versions(self) -> dict[str, str]:
        """Of the packages it was built with."""
        ...

    @property
    def shape(self) -> dict[str, int]:
        """Versions of the code that decides what stands in it."""
        ...

    @property
    def checksums(self) -> dict[str, str]:
        """Its parts and what they must be."""
        ...


class IndexGeneration(Protocol):
    """One generation of an index store, complete, published or not."""

    @property
    def id(self) -> str:
        """The name by which the store finds it again."""
        ...

    @property
    def manifest(self) -> GenerationFacts:
        """What it says of itself."""
        ...


@dataclass(frozen=True, slots=True)
class VectorCheck:
    """How a sample of vectors compares with their texts embedded anew.

    Attributes:
        problems: one sentence for each vector that is not that of its text.
        checked: vectors compared.
        least: the lowest cosine found; 1 if none was compared.
    """

    problems: tuple[str, ...]
    checked: int
    least: float

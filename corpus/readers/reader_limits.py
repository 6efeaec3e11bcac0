"""How much of a file a reader takes on before it refuses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds a hostile or broken file runs into.

    Attributes:
        pages: of a PDF.
        seconds: that reading one PDF may take.
        memory_bytes: that reading one PDF may take.
        unpacked_bytes: that the parts of a DOCX may have together.
        depth: of elements nested in an HTML page.
    """

    pages: int = 2000
    seconds: float = 120.0
    memory_bytes: int = 1_500_000_000
    unpacked_bytes: int = 200_000_000
    depth: int = 1000


DEFAULT_LIMITS = Limits()

"""How much of a file a reader takes on before it refuses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds a hostile or broken file runs into.

    Attributes:
        pages: of a PDF, slides of a presentation.
        seconds: of processor time that reading one file apart may take, recognising pictures not counted.
        memory_bytes: that reading one file apart may take.
        unpacked_bytes: that the parts of an Office file may have together.
        depth: of elements nested in an HTML page.
        cells: of all tables of one file; the rest is counted as not read.
        columns: of one table.
        attached: files inside files inside a file that are opened.
        recognised_pages: pictures of pages of one file whose text is recognised.
        recognising_seconds: that this may take for all of them together.
    """

    pages: int = 2000
    seconds: float = 120.0
    memory_bytes: int = 1_500_000_000
    unpacked_bytes: int = 200_000_000
    depth: int = 1000
    cells: int = 200_000
    columns: int = 200
    attached: int = 2
    recognised_pages: int = 300
    recognising_seconds: float = 3600.0


DEFAULT_LIMITS = Limits()

"""The library."""

from corpus.folder import DEFAULT_DOCUMENTS, read_folder, seed
from corpus.reading import Problem, Reading

__all__ = ["DEFAULT_DOCUMENTS", "Problem", "Reading", "read_folder", "seed"]

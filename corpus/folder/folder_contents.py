"""What reading the folder of documents gives: the documents, where each came from, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.article.page import Page
from corpus.models import Document


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a part of one, that could not be used, and one sentence that says why."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The file behind a document.

    Attributes:
        file: its path inside the folder of documents, with `/`, as the file system spells it.
        sha256: of the whole file (hex).
        size: of the file in bytes.
        page: what the file itself says, before any correction; None for a line of JSON.
        known: what `sources.toml` says of the document.
        key: the name under which `sources.toml` knows it, whether or not it is there.
    """

    file: str
    sha256: str
    size: int
    page: Page | None
    known: Mapping[str, str]
    key: str


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What a folder holds.

    Attributes:
        documents: sorted by id, then those of JSON-lines files in their own order.
        problems: what could not be read, in the order of the paths.
        origins: by document id.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    origins: Mapping[str, Origin] = field(default_factory=dict)

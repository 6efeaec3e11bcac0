"""The five articles and the made-up pages, for all tests of the corpus."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.folder.folder_contents import FolderContents
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Expectation:
    raw: bytes
    title: str
    published: str | None
    author: str | None
    publisher: str | None
    kept: list[str]


def expectations() -> list[tuple[str, Expectation]]:
    found = []
    for path in sorted(PAGES.rglob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        found.append((path.stem, Expectation(path.with_suffix(".txt").read_bytes(), **said)))
    return found


@pytest.fixture(scope="session")
def five() -> FolderContents:
    return read_folder(DEFAULT_DOCUMENTS)

"""Documents are never taken for one another: by odd names, doubled names, old sources, or what lay there before."""

import unicodedata
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from tests.corpus.test_adding import LINES, add, data, documents, files, library, one, put, source, text
from tests.corpus.test_archives import packed
from tests.corpus.web import PAGE, response, server

__all__ = ["data", "source"]


@pytest.mark.parametrize("name", ["C# 7.txt", "hand.jsonl"])
def test_what_has_a_number_sign_in_its_name_or_lines_is_brought_back(data: Path, name: str) -> None:
    put(data / "documents", name, LINES % (1, 1, 1, 1) if name.endswith("jsonl") else text(1))
    if name.endswith("jsonl"):
        library(data).correct("d1-1", {"title": "Tên đúng"})
    before = documents(data), files(data)
    library(data).remove(name)
    assert documents(data) == {}
    assert library(data).restore(name).action == "restored"
    assert (documents(data), files(data)) == before


def test_the_last_version_of_a_name_with_a_number_sign_is_brought_back(data: Path, source: Path) -> None:
    identity = one(data, put(source, "bc #5.txt", text(1))).documents[0].id
    library(data).correct(identity, {"publisher": "Báo Nhân Dân"})
    one(data, put(source, "bc #5.txt", text(1, "Bản mới.")))
    before = documents(data)
    library(data).remove(identity)
    library(data).restore(identity)
    assert documents(data) == before


def test_a_source_is_forgotten_with_the_document_that_came_from_it(data: Path, source: Path) -> None:
    first, second = put(source, "one/a.txt", text(1)), put(source, "two/a.txt", text(2))
    one(data, first)
    library(data).remove("a")
    one(data, second)
    assert one(data, first).file == "a-2.txt"
    assert files(data) == {"a.txt": text(2).encode(), "a-2.txt": text(1).encode()}
    library(data).remove("a-2")
    library(data).restore("a-2")
    put(source, "one/a.txt", text(3))
    assert one(data, first).file == "a-2.txt", "brought back, it is known where it came from"


def test_a_source_is_forgotten_when_its_document_was_deleted_by_hand(data: Path, source: Path) -> None:
    first, second = put(source, "one/a.txt", text(1)), put(source, "two/a.txt", text(2))
    one(data, first)
    (data / "documents" / "a.txt").unlink()
    one(data, second)
    assert one(data, first).file == "a-2.txt"
    assert files(data)["a.txt"] == text(2).encode()

"""Documents are never taken for one another: by odd names, doubled names, old sources, or what lay there before."""

import unicodedata
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from tests.corpus.intake.test_archives import packed
from tests.corpus.intake.web import response, server
from tests.corpus.library.test_adding import LINES, add, data, documents, files, library, one, put, source, text

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


def test_one_name_twice_in_an_archive_is_two_documents_known_again(data: Path, source: Path) -> None:
    names = [unicodedata.normalize(form, "kế hoạch.txt") for form in ("NFC", "NFD")]
    doubled = [(name, text(number).encode()) for number, name in enumerate([*names, "a.txt", "a.txt", "a-2.txt"])]
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = put(source, "kho.zip", packed(*doubled))
    assert [outcome.action for outcome in add(data, path)] == ["added"] * 5
    assert sorted(files(data).values()) == sorted(raw for _, raw in doubled)
    before = files(data)
    assert [outcome.action for outcome in add(data, path)] == ["unchanged"] * 5
    newer = [(name, raw + "Bản mới.\n".encode()) for name, raw in doubled]
    with pytest.warns(UserWarning, match="Duplicate name"):
        put(source, "kho.zip", packed(*newer))
    assert [outcome.action for outcome in add(data, path)] == ["replaced"] * 5
    assert files(data) == {file: raw + "Bản mới.\n".encode() for file, raw in before.items()}


def test_a_removed_document_never_takes_the_place_of_another(data: Path, source: Path) -> None:
    one(data, put(source, "one/a.txt", text(1)))
    library(data).correct("a", {"author": "Ngọc Hà"})
    library(data).remove("a")
    one(data, put(source, "two/a.txt", text(2)))
    back = library(data).restore("a")
    assert (back.file, back.documents[0].author) == ("a-2.txt", "Ngọc Hà")
    assert back.sentence == "Another document is called a.txt now: this one is brought back as a-2.txt."
    assert files(data)["a.txt"] == text(2).encode()
    assert documents(data)["a-2"] == back.documents[0]
    assert documents(data)["a"].author is None
    with pytest.raises(CorpusError, match=r"this version of a is there already as a-2\.txt"):
        library(data).restore("a")
    one(data, put(source, "two/a.txt", text(2, "Bản mới.")))
    earlier = library(data).restore("a")
    assert (earlier.file, files(data)["a.txt"]) == ("a.txt", text(2).encode())
    assert "It took the place of the version" in earlier.sentence


def test_the_version_before_of_json_lines_is_brought_back(data: Path, source: Path) -> None:
    path = put(source, "d.jsonl", LINES % (1, 1, 1, 1))
    one(data, path)
    put(source, "d.jsonl", LINES % (1, 2, 1, 2))
    assert one(data, path).action == "replaced"
    library(data).restore("d/d.jsonl")
    assert files(data)["d/d.jsonl"] == (LINES % (1, 1, 1, 1)).encode()
    with pytest.raises(CorpusError, match="in this version already"):
        library(data).restore("d/d.jsonl", library(data).history("d/d.jsonl")[0].sha256)


def test_a_removed_file_that_cannot_be_read_is_brought_back_all_the_same(data: Path) -> None:
    put(data / "documents", "b.txt", bytes(range(256)))
    library(data).remove("b.txt")
    assert files(data) == {}
    back = library(data).restore("b.txt")
    assert (back.action, back.file, back.documents) == ("restored", "b.txt", ())
    assert back.warnings[0].startswith("It cannot be read: ")
    assert files(data) == {"b.txt": bytes(range(256))}


def test_nothing_is_added_under_a_name_that_is_never_read(data: Path, source: Path) -> None:
    with server({"/tai-lieu/readme.html": response(), "/README": response(text(1).encode(), "text/plain")}) as (
        port,
        _,
    ):
        page = one(data, f"http://example.vn:{port}/tai-lieu/readme.html")
        plain = one(data, f"http://example.vn:{port}/README")
    assert (page.file, plain.file) == ("example.vn-tai-lieu-readme.html", "example.vn-README.txt")
    put(source, " readme.txt", text(2))
    path = put(
        source,
        "kho.zip",
        packed((" README.md", text(3).encode()), ("__pycache__/c.txt", text(4).encode()), (" .", b"")),
    )
    added = add(data, source)
    assert [outcome.action for outcome in added] == ["added", "added", "added", "refused"]
    assert [outcome.action for outcome in add(data, path)] == ["unchanged", "unchanged", "refused"]
    assert len(documents(data)) == 5, "every one of them is read"


def test_a_new_document_gets_no_corrections_of_one_that_was_deleted_by_hand(data: Path, source: Path) -> None:
    add(data, put(source, "a.txt", text(1)), put(source, "b.txt", text(2)))
    library(data).correct("a", {"title": "Tên của bản cũ", "url": "https://example.vn/cu"})
    library(data).correct("b", {"author": "Ngọc Hà"})
    (data / "documents" / "a.txt").unlink()
    new = one(data, put(source, "khac/a.txt", text(3)))
    assert (new.action, new.file) == ("added", "a.txt")
    assert documents(data)["a"] == new.documents[0]
    assert documents(data)["a"].url is None
    assert documents(data)["b"].author == "Ngọc Hà"


def test_what_is_no_document_is_not_removed_as_one(data: Path, source: Path) -> None:
    one(data, put(source, "a.txt", text(1)))
    said = put(
        data / "documents", "sources.toml", '["a.txt"]\ntitle = "Tên đúng"\npublished = "hôm qua"\n'
    ).read_bytes()
    with pytest.raises(CorpusError, match=r"^sources\.toml is no document$"):
        library(data).remove("sources.toml")
    assert files(data)["sources.toml"] == said


def test_a_path_that_holds_another_text_now_is_told(data: Path, source: Path) -> None:
    path = put(source, "a.txt", text(1))
    one(data, path)
    put(source, "a.txt", text(1, "Bổ sung."))
    assert one(data, path).warnings == ()
    put(source, "a.txt", text(2))
    outcome = one(data, path)
    assert outcome.action == "replaced"
    assert "It has little in common with what it replaces" in outcome.warnings[0]
    assert "danvan corpus restore a brings that back" in outcome.warnings[0]
    library(data).restore("a")
    assert files(data)["a.txt"] == text(1, "Bổ sung.").encode()


def test_corrections_outlive_a_time_when_the_file_cannot_be_read(data: Path, source: Path) -> None:
    one(data, put(source, "a.txt", text(1)))
    library(data).correct("a", {"author": "Ngọc Hà"})
    put(data / "documents", "a.txt", bytes(range(256)))
    library(data).remove("a.txt")
    library(data).restore("a.txt")
    assert one(data, put(source, "a.txt", text(1, "Bản mới."))).action == "replaced"
    assert documents(data)["a"].author == "Ngọc Hà"

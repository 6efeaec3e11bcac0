"""The folder of documents: what is read, what is named as a problem, and under which id."""

import hashlib
import json
import os
import re
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.folder.folder_contents import FolderContents
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder, seed

PAGE = "Tiêu đề bài viết số {}\n\n05:58 | 10/01/2020\n\nSáng 9/1, Ban Dân vận tổ chức hội nghị tổng kết công tác năm.\n"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sentence(reading: FolderContents, name: str) -> str:
    (problem,) = [problem for problem in reading.problems if problem.path.name == name]
    assert re.fullmatch(r"[A-Z'].+\.", problem.sentence), problem.sentence
    assert "\n" not in problem.sentence
    return problem.sentence


def test_seed_copies_once_and_never_overwrites(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "documents"
    seed(folder)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in DEFAULT_DOCUMENTS.iterdir() if path.suffix in (".txt", ".toml"))
    assert all((folder / name).read_bytes() == (DEFAULT_DOCUMENTS / name).read_bytes() for name in names)
    (folder / names[0]).unlink()
    seed(folder)
    assert not (folder / names[0]).exists()
    assert [path.name for path in folder.parent.iterdir()] == ["documents"]


def test_seed_says_when_it_cannot(tmp_path: Path) -> None:
    put(tmp_path, "file", "x")
    with pytest.raises(CorpusError, match="cannot be copied"):
        seed(tmp_path / "file" / "documents")


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="does not exist"):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="not a folder"):
        read_folder(put(tmp_path, "file.txt", "x"))


def test_good_files_are_read_and_bad_ones_named(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", PAGE.format(2))
    put(
        tmp_path,
        "sub/deep/a.md",
        "# Tiêu đề của hướng dẫn\n\n## Mục đích\n\nHướng dẫn này dành cho khối dân vận các xã, phường.\n",
    )
    put(tmp_path, "empty.txt", "")
    put(tmp_path, "binary.txt", bytes(range(256)) * 4)
    put(tmp_path, "menu.txt", "Trang chủ\nGiới thiệu\nLiên hệ\n")
    put(tmp_path, "photo.heic", b"\xff\xd8\xff")
    put(tmp_path, ".hidden.txt", PAGE.format(9))
    put(tmp_path, ".git/x.txt", PAGE.format(9))
    reading = read_folder(tmp_path)
    assert [document.id for document in reading.documents] == ["a", "b"]
    assert reading.documents[0].text == "Mục đích\n\nHướng dẫn này dành cho khối dân vận các xã, phường."
    assert reading.documents[0].title == "Tiêu đề của hướng dẫn"
    assert reading.documents[1].snapshot == hashlib.sha256((tmp_path / "b.txt").read_bytes()).hexdigest()
    assert sentence(reading, "empty.txt") == "The file is skipped: it is empty."
    assert sentence(reading, "binary.txt") == "The file is skipped: it is binary, not text."
    assert "no running text" in sentence(reading, "menu.txt")
    assert ".heic is not one of" in sentence(reading, "photo.heic")
    assert len(reading.problems) == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", PAGE).chmod(0)
    assert "cannot be read" in sentence(read_folder(tmp_path), "a.txt")


def test_a_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "cannot be read" in sentence(read_folder(tmp_path), "a.txt")


def test_ids_are_safe_unique_and_stable(tmp_path: Path) -> None:
    names = ["bài số 1.txt", "Bai So 1.txt", "x.txt", "x.md", "sub/x.txt", "😀.txt", "odd..txt"]
    for number, name in enumerate(names):
        put(tmp_path, name, PAGE.format(number))
    ids = {document.title[-1]: document.id for document in read_folder(tmp_path).documents}
    assert len(set(ids.values())) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", identifier) for identifier in ids.values())
    put(tmp_path, "zzz.txt", PAGE.format("z"))
    assert {document.title[-1]: document.id for document in read_folder(tmp_path).documents} | ids == {
        document.title[-1]: document.id for document in read_folder(tmp_path).documents
    }
    assert ids["2"] != ids["4"]
    assert "x" in ids.values()


def test_sources_give_what_the_page_does_not_say(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", PAGE.format(1))
    put(tmp_path, "b.txt", PAGE.format(2))
    put(
        tmp_path,
        "sources.toml",
        '["a.txt"]\nurl = "https://www.xa.example.vn/tin/1"\n["b.txt"]\ntitle = "Tên khác"\n'
        'published = "2021-02"\nauthor = "Ai"\n'
        'publisher = "Báo"\nfoo = "x"\n[c]\npublished = "hôm qua"\n',
    )
    reading = read_folder(tmp_path)
    first, second = reading.documents
    assert (first.url, first.publisher, first.published) == (
        "https://www.xa.example.vn/tin/1",
        "xa.example.vn",
        "2020-01-10",
    )
    assert (second.title, second.published, second.author, second.publisher) == ("Tên khác", "2021-02", "Ai", "Báo")
    assert second.url is None
    assert len(reading.problems) == 2


def test_broken_sources_are_a_problem_not_an_end(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", PAGE.format(1))
    put(tmp_path, "sources.toml", '["a.txt"\n')
    reading = read_folder(tmp_path)
    assert len(reading.documents) == 1
    assert "sources" in sentence(reading, "sources.toml")


def line(**record: object) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def test_json_lines_keep_their_order_words_and_ids(tmp_path: Path) -> None:
    put(
        tmp_path,
        "corpus.jsonl",
        line(
            _id="z1",
            title="Một",
            text="Đánh giá\nLượt truy cập: 12\n\nTin liên quan",
            date="2020-01",
            url="https://a.example/",
            publisher="X",
        )
        + line(_id="a/b c", title="", text="Hai")
        + line(_id="z1", title="Ba", text="Ba"),
    )
    put(tmp_path, "queries.jsonl", line(_id="q", text="hỏi?"))
    reading = read_folder(tmp_path)
    first, second, third = reading.documents
    assert (first.id, first.title, first.published, first.url, first.publisher) == (
        "z1",
        "Một",
        "2020-01",
        "https://a.example/",
        "X",
    )
    assert first.text == "Đánh giá\n\nLượt truy cập: 12\n\nTin liên quan"
    assert second.id == "a/b c", "an _id is kept as it is written"
    assert third.id != "z1"
    assert reading.problems == ()


def test_bad_json_lines_are_named_by_number(tmp_path: Path) -> None:
    bad = [
        b"{",
        b'["x"]',
        b'{"title": "x", "text": "y"}',
        b'{"_id": "a", "text": ""}',
        b'{"_id": "a", "text": 5}',
        b"\xff\xfe",
        b"[" * 100_000,
    ]
    bad += [b'{"_id": "d", "text": "x", "date": "hom qua"}', b'{"_id": "e", "text": "x", "date": "2020-02-31"}']
    put(tmp_path, "other.jsonl", b"\n".join((*bad, b"", line(_id="ok", title="T", text="Được").encode())))
    reading = read_folder(tmp_path)
    assert [document.id for document in reading.documents] == ["ok"]
    assert [problem.sentence.split(" is ")[0] for problem in reading.problems] == [
        f"Line {number + 1}" for number in range(len(bad))
    ]


def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    assert read_folder(tmp_path) == FolderContents((), ())


def test_a_readme_is_no_document(tmp_path: Path) -> None:
    for name in ("README", "README.md", "readme.txt", "README-vi.md", "sub/README.md"):
        put(tmp_path, name, "Các tệp trong thư mục này là văn bản mẫu.")
    put(tmp_path, "readmes.jsonl", line(_id="readmes", title="Một", text="Văn bản thật."))
    reading = read_folder(tmp_path)
    assert [document.id for document in reading.documents] == ["readmes"]
    assert reading.problems == ()


def test_a_text_of_a_line_or_two_is_kept(tmp_path: Path) -> None:
    put(tmp_path, "one.txt", "Năm 2031 là Năm dân vận xanh.\n")
    put(tmp_path, "two.txt", "Hội nghị tổng kết\n\nNgày 3/2/2031, huyện A tổ chức hội nghị tổng kết.\n")
    put(tmp_path, "menu.txt", "RSS Youtube Facebook\nTrang chủ\n")
    reading = read_folder(tmp_path)
    assert [document.text for document in reading.documents] == [
        "Năm 2031 là Năm dân vận xanh.",
        "Ngày 3/2/2031, huyện A tổ chức hội nghị tổng kết.",
    ]
    assert "no running text" in sentence(reading, "menu.txt")

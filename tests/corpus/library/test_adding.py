"""Documents added, corrected, fetched anew, removed and brought back; what is refused, and why."""

import io
import os
import tempfile
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import pytest

from corpus.errors import CorpusError
from corpus.folder.reading_folder import seed
from corpus.intake.fetching import Fetcher
from corpus.library.library import Library
from corpus.library.outcomes import Outcome
from corpus.limits import IntakeLimits
from corpus.models import Document
from tests.corpus.intake.web import PAGE, leading_to, response, server

LIMITS = IntakeLimits(private_addresses=True, fetch_seconds=5, file_bytes=100_000, archive_bytes=200_000)
HOSTS = leading_to(**{"example.vn": "127.0.0.1", "khac.vn": "127.0.0.1"})
SUBJECTS = ("thủy lợi", "trường học", "bến xe", "chợ phiên", "rừng phòng hộ", "nhà văn hóa", "đê điều", "trạm y tế")


def text(number: int, more: str = "") -> str:
    subject = SUBJECTS[number % len(SUBJECTS)]
    return (
        f"Thông báo về {subject} số {number} của huyện\n\n05:58 | 10/01/2020\n\n"
        f"Sáng {number + 1}/3, Ủy ban nhân dân xã {subject} {number} họp bàn về {subject} trong năm {number}.\n\n"
        f"Đoàn kiểm tra {subject} đề nghị các thôn gần {subject} báo cáo trước ngày {number + 2}/4. {more}\n"
    )


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data" / "documents").mkdir(parents=True)
    return tmp_path / "data"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path / "source"


def library(data: Path) -> Library:
    return Library(data / "documents", data, limits=LIMITS, fetcher=Fetcher(LIMITS, HOSTS))


def add(data: Path, *sources: Path | str, force: bool = False) -> list[Outcome]:
    return list(library(data).add([str(source) for source in sources], force=force))


def one(data: Path, source: Path | str, *, force: bool = False) -> Outcome:
    (outcome,) = add(data, source, force=force)
    return outcome


def documents(data: Path) -> dict[str, Document]:
    reading = library(data).read()
    assert reading.problems == ()
    return {document.id: document for document in reading.documents}


def files(data: Path) -> dict[str, bytes]:
    folder = data / "documents"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(outcomes: list[Outcome]) -> dict[str, tuple[str, str]]:
    return {Path(outcome.source).name: (outcome.action.value, outcome.sentence) for outcome in outcomes}


def test_a_file_is_added_as_it_is_and_told_as_it_was_understood(data: Path, source: Path) -> None:
    outcome = one(data, put(source, "thong-bao.txt", text(1)))
    (document,) = outcome.documents
    assert (outcome.action, outcome.file, document.id) == ("added", "thong-bao.txt", "thong-bao")
    assert (document.title, document.published) == ("Thông báo về trường học số 1 của huyện", "2020-01-10")
    assert outcome.page is not None
    assert [line.text for line in outcome.page.dropped] == ["05:58 | 10/01/2020"]
    assert files(data) == {"thong-bao.txt": text(1).encode()}
    assert documents(data) == {"thong-bao": document}
    (entry,) = library(data).history()
    assert (entry.action, entry.file, entry.document, entry.size) == (
        "added",
        "thong-bao.txt",
        "thong-bao",
        outcome.size,
    )
    assert library(data).snapshots.read(entry.sha256) == text(1).encode()


def test_a_dry_run_says_the_same_and_writes_nothing(data: Path, source: Path) -> None:
    put(source, "a.txt", text(1))
    put(source, "b.txt", text(2))
    put(source, "c.jpg", b"\xff\xd8\xff")
    before = sorted(data.rglob("*"))
    planned = list(library(data).add([str(source)], dry_run=True))
    assert sorted(data.rglob("*")) == before
    assert planned == add(data, source)


def test_a_folder_keeps_its_structure_and_is_known_again(data: Path, source: Path) -> None:
    folder = source / "văn bản"
    put(folder, "2020/a.txt", text(1))
    put(folder, "2021/b.md", text(2))
    put(folder, "README.md", "Không phải văn bản")
    put(folder, "sources.toml", '["2020/a.txt"]\nurl = "https://example.vn/a"\n')
    add(data, folder)
    assert set(files(data)) == {"văn bản/2020/a.txt", "văn bản/2021/b.md", "sources.toml"}
    assert documents(data)["a"].url == "https://example.vn/a"
    assert {outcome.action for outcome in add(data, folder)} == {"unchanged"}
    put(folder, "2020/a.txt", text(1, "Hết."))
    assert told(add(data, folder)) == {"a.txt": ("replaced", ""), "b.md": ("unchanged", "")}
    assert documents(data)["a"].url == "https://example.vn/a"


def test_every_kind_of_file_in_a_folder(data: Path, source: Path) -> None:
    put(source, "a.html", PAGE)
    put(source, "b.txt", text(1))
    put(source, "c.jsonl", '{"_id": "x", "title": "Một", "text": "Văn bản một."}\n{"_id": "y", "text": ""}\n')
    put(source, "d.txt", bytes(range(256)))
    put(source, "e.txt", "")
    put(source, "f", text(3))
    put(source, "g.txt", "x" * 100_001)
    said = told(add(data, source))
    assert {name: action for name, (action, _) in said.items()} == {
        "a.html": "added", "b.txt": "added", "c.jsonl": "added", "d.txt": "refused", "e.txt": "refused",
        "f": "refused", "g.txt": "refused",
    }  # fmt: skip
    assert said["d.txt"][1] == "The file is skipped: it is binary, not text."
    assert said["e.txt"][1] == "The file is skipped: it is empty."
    assert said["f"][1].startswith("The file is skipped: a file without ending is not one of ")
    assert said["g.txt"][1] == "The file is skipped: it is larger than 0.1 MB; DANVAN_MAX_FILE_MB raises the limit."


def test_a_single_file_without_a_known_ending_is_known_by_its_content(data: Path, source: Path) -> None:
    assert one(data, put(source, "trang.aspx", PAGE)).file == "trang.aspx.html"
    assert one(data, put(source, "ghi chép", text(1))).file == "ghi chép.txt"
    assert "it is a damaged picture" in one(data, put(source, "anh", b"\x89PNG\r\n\x1a\n")).sentence


def test_an_archive_is_added_and_each_bad_member_named(data: Path, source: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("tốt.txt", text(1))
        archive.writestr("sub/tốt.txt", text(2))
        archive.writestr("../../x.txt", text(3))
        archive.writestr("ảnh.png", b"\x89PNG")
        archive.writestr("rỗng.txt", b"")
    outcomes = add(data, put(source, "văn bản.zip", stream.getvalue()))
    assert [(outcome.source.rpartition("!")[2], outcome.action.value) for outcome in outcomes] == [
        ("tốt.txt", "added"), ("sub/tốt.txt", "added"), ("../../x.txt", "refused"), ("ảnh.png", "refused"),
        ("rỗng.txt", "refused"),
    ]  # fmt: skip
    assert set(files(data)) == {"văn bản/tốt.txt", "văn bản/sub/tốt-2.txt"}
    assert not (data.parent / "x.txt").exists()
    assert {outcome.action for outcome in add(data, source / "văn bản.zip") if outcome.documents} == {"unchanged"}
    broken = one(data, put(source, "hỏng.zip", stream.getvalue()[:-20]))
    assert (broken.action, broken.sentence) == ("refused", "The archive is refused: it is no whole ZIP archive.")


def test_the_same_bytes_and_the_same_text_are_added_once(data: Path, source: Path) -> None:
    one(data, put(source, "a.txt", text(1)))
    same = one(data, put(source, "other.txt", text(1)))
    assert (same.action, same.sentence) == (
        "duplicate", "The same file is there already as a; --force adds it all the same."
    )  # fmt: skip
    reset = one(data, put(source, "b.md", text(1).replace("\n\n", "\n\n\n").replace(". ", ".  ")))
    assert (reset.action, reset.sentence) == (
        "duplicate", "The same text is there already as a; --force adds it all the same."
    )  # fmt: skip
    assert list(files(data)) == ["a.txt"]
    assert one(data, source / "b.md", force=True).action == "added"
    assert set(files(data)) == {"a.txt", "b.md"}


def test_nearly_the_same_text_is_added_and_said(data: Path, source: Path) -> None:
    long = text(0) + "".join(text(number).split("\n\n", 2)[2] for number in range(1, 8))
    one(data, put(source, "a.txt", long))
    near = one(data, put(source, "b.txt", long.replace("kiểm tra", "thanh tra", 1)))
    assert near.action == "added"
    assert near.warnings[-1].startswith("It is nearly the same text as a (9")


def test_two_documents_of_one_name_from_different_folders_are_both_kept(data: Path, source: Path) -> None:
    first, second = put(source, "x/bao-cao.txt", text(1)), put(source, "y/bao-cao.txt", text(2))
    add(data, first)
    outcome = one(data, second)
    assert (outcome.action, outcome.file, outcome.documents[0].id) == ("added", "bao-cao-2.txt", "bao-cao-2")
    assert outcome.warnings == ("Another document is called bao-cao.txt: this one is kept as bao-cao-2.txt.",)
    put(source, "y/bao-cao.txt", text(2, "Sửa đổi."))
    assert one(data, second).file == "bao-cao-2.txt", "it is known where the second came from"
    assert {outcome.action for outcome in add(data, first, second)} == {"unchanged"}
    assert documents(data)["bao-cao"].title.endswith("số 1 của huyện")


def test_namesakes_in_one_command_never_replace_each_other(data: Path, source: Path) -> None:
    alike = text(1), text(1, "Bản khác.")
    paths = [put(source, f"{number}/a.txt", content) for number, content in enumerate(alike)]
    assert [outcome.file for outcome in add(data, *paths)] == ["a.txt", "a-2.txt"]


def test_a_newer_version_replaces_the_old_one_which_is_kept(data: Path, source: Path) -> None:
    one(data, put(source, "a.txt", text(1)))
    library(data).correct("a", {"title": "Tên đúng"})
    newer = one(data, put(source / "elsewhere", "a.txt", text(1, "Bổ sung.")))
    assert (newer.action, newer.documents[0].title) == ("replaced", "Tên đúng")
    assert files(data)["a.txt"] == text(1, "Bổ sung.").encode()
    back = library(data).restore("a")
    assert (back.action, back.documents[0].title) == ("restored", "Tên đúng")
    assert files(data)["a.txt"] == text(1).encode()
    assert library(data).restore("a").action == "restored"
    assert files(data)["a.txt"] == text(1, "Bổ sung.").encode(), "restoring twice is undoing the first"


def test_the_id_of_a_document_never_changes_by_what_is_added_later(data: Path, source: Path) -> None:
    add(data, put(source, "zz/a.txt", text(1)).parent)
    before = documents(data)
    add(data, put(source, "aa/a.txt", text(2)).parent, put(source, "a.txt", text(3)))
    after = documents(data)
    assert {identity: after[identity] for identity in before} == before
    assert len(after) == 3


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_with_marks_emoji_and_worse(data: Path, source: Path, form: Literal["NFC", "NFD"]) -> None:
    names = ["Kế hoạch số 5 😀.txt", "a\u202eb.txt", "x" * 200 + ".txt", " lề trái.txt", "co:lon?.txt", "\u200b.txt"]
    for number, name in enumerate(names):
        put(source, unicodedata.normalize(form, name), text(number))
    outcomes = add(data, source)
    assert {outcome.action for outcome in outcomes} == {"added"}
    for file in files(data):
        assert unicodedata.is_normalized("NFC", file)
        assert not set('\u202e\u200b:?"') & set(file)
        assert len(Path(file).name.encode()) <= 190
    assert len(documents(data)) == len(names)
    assert {outcome.action for outcome in add(data, source)} == {"unchanged"}


def test_one_name_in_two_normal_forms_is_one_name(data: Path, source: Path) -> None:
    one(data, put(source, unicodedata.normalize("NFC", "kế hoạch.txt"), text(1)))
    other = one(data, put(source, unicodedata.normalize("NFD", "kế hoạch.txt"), text(2)))
    assert (other.action, other.file) == ("added", "kế hoạch-2.txt")
    assert len(documents(data)) == 2


def test_a_name_that_is_no_utf_8(data: Path, source: Path) -> None:
    put(source, os.fsdecode("Báo cáo năm.txt".encode("cp1258", "replace")), text(1))
    put(source, os.fsdecode(b"\xff\xfe.txt"), text(2))
    assert sorted(outcome.file or "" for outcome in add(data, source)) == sorted(files(data))
    assert "source/Báo cáo năm.txt" in files(data)


def test_links_are_followed_only_where_they_stay_inside(data: Path, source: Path, tmp_path: Path) -> None:
    secret = put(tmp_path, "secret/secret.txt", text(1))
    inside = put(source, "a.txt", text(2))
    (source / "out.txt").symlink_to(secret)
    (source / "gone.txt").symlink_to(source / "nowhere")
    (source / "folder").symlink_to(secret.parent)
    (source / "in.txt").symlink_to(inside)
    (source / "loop").symlink_to(source)
    said = told(add(data, source))
    assert said["out.txt"] == ("refused", "The file is skipped: it is a link out of the folder.")
    assert said["folder"] == ("refused", "The folder is skipped: it is a link; add what it leads to by itself.")
    assert said["loop"][0] == said["gone.txt"][0] == "refused"
    assert said["in.txt"][0] == "duplicate"
    assert list(files(data)) == ["source/a.txt"]


def test_a_folder_that_holds_the_data_folder_leaves_it_out(data: Path, tmp_path: Path) -> None:
    put(tmp_path, "a.txt", text(1))
    put(data, "notes.txt", text(2))
    put(data / "documents", "lies.txt", text(3))
    left_out, added = add(data, tmp_path)
    assert left_out.sentence == "The folder is skipped: it is danvan's own data folder."
    assert added.file == f"{tmp_path.name}/a.txt"
    again = one(data, data / "documents" / "lies.txt")
    assert again.sentence == "It is the folder of documents or lies in it already; danvan reindex takes it up."
    assert "danvan's own data folder" in one(data, data / "notes.txt").sentence


def test_pipes_and_devices_are_not_waited_for(data: Path, source: Path) -> None:
    os.mkfifo(source / "pipe.txt")
    os.mkfifo(data / "documents" / "pipe.txt")
    assert told(add(data, source, "/dev/zero")) == {
        "pipe.txt": ("refused", "The file is skipped: it is not an ordinary file."),
        "zero": ("refused", "The file is skipped: it is not an ordinary file."),
    }
    assert [problem.sentence for problem in library(data).read().problems] == [
        "The file is skipped: it is not an ordinary file."
    ]


@pytest.fixture
def as_somebody() -> Iterator[Path]:
    """A folder anybody may use, and a process that is not root while the test runs."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        was = os.geteuid()
        if was == 0:
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            os.seteuid(was)


def test_what_may_not_be_read_is_one_sentence(as_somebody: Path) -> None:
    data, source = as_somebody / "data", as_somebody / "source"
    (data / "documents").mkdir(parents=True)
    put(source, "closed.txt", text(1)).chmod(0)
    put(source, "good.txt", text(2))
    put(source, "room/a.txt", text(3)).parent.chmod(0)
    said = told(add(data, source))
    assert said["closed.txt"] == ("refused", "The file cannot be read: Permission denied.")
    assert said["room"] == ("refused", "The folder cannot be read: Permission denied.")
    assert said["good.txt"][0] == "added"
    assert one(data, source / "room" / "a.txt").sentence == "It cannot be read: Permission denied."
    (source / "room").chmod(0o700)


def test_files_that_vanish_while_a_folder_is_read(data: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        put(source, f"{number}.txt", text(number))
        put(data / "documents", f"{number + 4}.txt", text(number + 4))
    opened = os.open

    def open_and_remove(path: str, *flags: int) -> int:
        if Path(path).name in ("1.txt", "5.txt"):
            Path(path).unlink(missing_ok=True)
        return opened(path, *flags)

    monkeypatch.setattr(os, "open", open_and_remove)
    said = told(add(data, source))
    monkeypatch.undo()
    assert said["1.txt"] == ("refused", "The file is skipped: it was removed while the folder was read.")
    assert len(documents(data)) == 6


def test_what_is_no_path_and_no_address(data: Path) -> None:
    assert one(data, "nowhere.txt").sentence == "There is no such file or folder."
    assert one(data, "www.example.vn/tin/1").sentence == (
        "There is no such file or folder: if it is an address, write https://www.example.vn/tin/1."
    )
    assert "only http and https" in one(data, "ftp://example.vn/a").sentence
    assert "README" not in str(files(data))


def test_a_page_is_fetched_corrected_and_fetched_anew(data: Path) -> None:
    pages = {"/tin/hoi-nghi.html": response()}
    with server(pages) as (port, _):
        address = f"http://example.vn:{port}/tin/hoi-nghi.html"
        outcome = one(data, address)
        assert (outcome.action, outcome.file, outcome.documents[0].url) == ("added", "hoi-nghi.html", address)
        assert files(data)["hoi-nghi.html"] == PAGE
        library(data).correct("hoi-nghi", {"published": "9/1/2020", "author": "Ngọc Hà"})
        assert one(data, address).action == "unchanged"
        pages["/tin/hoi-nghi.html"] = response(
            PAGE.replace(b"<body>", b"<body><nav><a href='/'>M\xe1\xbb\x9bi</a></nav>")
        )
        (same,) = library(data).refetch()
        assert (same.action, same.sentence) == ("unchanged", "Only what surrounds the text has changed.")
        changed = PAGE.replace("nhiệm vụ năm tới".encode(), "nhiệm vụ năm 2021".encode())
        pages["/tin/hoi-nghi.html"] = response(changed)
        (newer,) = library(data).refetch()
        assert (newer.action, newer.documents[0].published, newer.documents[0].author) == (
            "replaced", "2020-01-09", "Ngọc Hà"
        )  # fmt: skip
        assert "năm 2021" in documents(data)["hoi-nghi"].text
        pages["/tin/hoi-nghi.html"] = response(
            b"<html><body><h1>Bao tri</h1><p>He thong dang bao tri.</p></body></html>"
        )
        (shrunk,) = library(data).refetch(["hoi-nghi"])
        assert shrunk.action == "refused"
        assert "of the text that was there, as an error page would" in shrunk.sentence
        del pages["/tin/hoi-nghi.html"]
        (gone,) = library(data).refetch()
        assert gone.sentence == "The address is not fetched: the server answers 404 (Not Found)."
    assert files(data)["hoi-nghi.html"] == changed


def test_the_text_of_a_page_that_is_there_without_an_address_gives_it_one(data: Path, source: Path) -> None:
    with server({"/a": response(), "/b": response(PAGE.replace(b"<article>", b"<article class='x'>"))}) as (port, _):
        one(data, put(source, "luu.html", PAGE))
        learnt = one(data, f"http://example.vn:{port}/a")
        assert (learnt.action, learnt.file) == ("corrected", "luu.html")
        assert documents(data)["luu"].url == f"http://example.vn:{port}/a"
        twin = one(data, f"http://khac.vn:{port}/b")
        assert (twin.action, twin.sentence) == (
            "duplicate", "The same text is there already as luu; --force adds it all the same."
        )  # fmt: skip
    assert len(documents(data)) == 1


def test_a_document_that_changes_its_kind_keeps_its_id_and_corrections(data: Path, source: Path) -> None:
    pages = {"/van-ban": response(text(1).encode(), "text/plain")}
    with server(pages) as (port, _):
        one(data, f"http://example.vn:{port}/van-ban")
        library(data).correct("van-ban", {"author": "Ngọc Hà"})
        pages["/van-ban"] = response(PAGE)
        (moved,) = library(data).refetch()
    assert (moved.action, moved.file, moved.documents[0].id) == ("replaced", "van-ban.html", "van-ban")
    assert documents(data)["van-ban"].author == "Ngọc Hà"
    assert set(files(data)) == {"van-ban.html", "sources.toml"}
    back = library(data).restore("van-ban")
    assert (back.file, back.documents[0].author) == ("van-ban.txt", "Ngọc Hà")
    assert set(files(data)) == {"van-ban.txt", "sources.toml"}


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"title": "  Tên   mới "}, {"title": "Tên mới"}),
        ({"published": "31/1/2020"}, {"published": "2020-01-31"}),
        ({"published": "1/2020"}, {"published": "2020-01"}),
        ({"published": "2020", "publisher": "Báo Nhân Dân", "author": "Ai", "url": "https://example.vn/a"},
         {"published": "2020", "publisher": "Báo Nhân Dân", "author": "Ai", "url": "https://example.vn/a"}),
    ],
)  # fmt: skip
def test_values_are_corrected_and_corrections_taken_back(
    data: Path, source: Path, values: Mapping[str, str], kept: Mapping[str, str]
) -> None:
    one(data, put(source, "a.txt", text(1)))
    before = documents(data)["a"]
    (data / "documents" / "sources.toml").write_text('# Ghi chú của tôi.\n\n["b.txt"]\nurl = "https://b.vn/"  # đúng\n')
    library(data).correct("a", values)
    after = documents(data)["a"]
    assert {key: getattr(after, key) for key in kept} == kept
    said = files(data)["sources.toml"].decode()
    assert "# Ghi chú của tôi." in said
    assert 'url = "https://b.vn/"  # đúng' in said
    assert tomllib.loads(said)["a.txt"] == kept
    library(data).correct("a", dict.fromkeys(values, ""))
    assert documents(data)["a"] == before
    assert library(data).correct("a", {"title": ""}).action == "unchanged"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("published", "hôm qua", "published must be a date like 2020-01-31, 2020-01 or 2020, not 'hôm qua'"),
        ("published", "31/2/2020", "not '2020-02-31'"),
        ("url", "example.vn", "url must be a whole address such as https://example.vn/page, not 'example.vn'"),
        ("url", "javascript:alert(1)", "url must be a whole address"),
        ("url", "https://a:b@example.vn/", "url must be a whole address"),
        ("title", "x" * 301, "title is longer than 300 characters"),
    ],
)
def test_a_value_that_cannot_be(data: Path, source: Path, key: str, value: str, said: str) -> None:
    one(data, put(source, "a.txt", text(1)))
    with pytest.raises(CorpusError) as caught:
        library(data).correct("a", {key: value})
    assert said in str(caught.value)
    assert "sources.toml" not in files(data)


def test_unknown_documents_are_told_with_the_nearest(data: Path, source: Path) -> None:
    one(data, put(source, "hoi-nghi-tong-ket.txt", text(1)))
    for act in (library(data).remove, library(data).restore, library(data).history):
        with pytest.raises(CorpusError, match="did you mean hoi-nghi-tong-ket"):
            act("hoi-nghi-tongket")
    with pytest.raises(CorpusError, match="no earlier version of it is kept"):
        library(data).restore("hoi-nghi-tong-ket")
    with pytest.raises(CorpusError, match="no address is known of hoi-nghi-tong-ket"):
        list(library(data).refetch(["hoi-nghi-tong-ket"]))


def test_removed_and_brought_back_byte_for_byte_with_its_corrections(data: Path, source: Path) -> None:
    seed_folder = data / "documents"
    seed_folder.rmdir()
    seed(seed_folder)
    before = files(data), documents_with_problems(data)
    identity = "can-bo-tre-dan-van-chinh-quyen-2019"
    library(data).correct(identity, {"author": "Ngọc Hà"})
    corrected = documents_with_problems(data)
    removed = library(data).remove(identity)
    assert removed.action == "removed"
    assert identity not in documents_with_problems(data)
    assert f"{identity}.txt" not in files(data)["sources.toml"].decode()
    library(data).restore(identity)
    assert documents_with_problems(data) == corrected
    library(data).correct(identity, {"author": ""})
    assert documents_with_problems(data) == before[1]
    assert {name: raw for name, raw in files(data).items() if name != "sources.toml"} == {
        name: raw for name, raw in before[0].items() if name != "sources.toml"
    }


def documents_with_problems(data: Path) -> dict[str, Document]:
    return {document.id: document for document in library(data).read().documents}


def test_restore_finds_versions_by_their_beginning_and_says_which_there_are(data: Path, source: Path) -> None:
    for more in ("", "Hai.", "Ba."):
        one(data, put(source, "a.txt", text(1, more)))
    versions = [entry.sha256 for entry in library(data).history("a")]
    library(data).restore("a", versions[0][:8])
    assert files(data)["a.txt"] == text(1).encode()
    for wrong in ("zzzz", "ab", ""):
        with pytest.raises(CorpusError, match="is not one version of a: there are") as caught:
            library(data).restore("a", wrong)
        assert versions[1][:12] in str(caught.value)
    with pytest.raises(CorpusError, match="in this version already"):
        library(data).restore("a", versions[0])


def test_a_restored_document_whose_name_is_taken_gets_another(data: Path, source: Path) -> None:
    one(data, put(source, "x/a.txt", text(1)))
    library(data).remove("a")
    put(data / "documents", "a.md", text(2))
    back = library(data).restore("a.txt")
    assert (back.file, back.documents[0].id) == ("a-2.txt", "a-2")
    assert len(documents(data)) == 2


def test_a_damaged_snapshot_is_not_restored(data: Path, source: Path) -> None:
    one(data, put(source, "a.txt", text(1)))
    removed = library(data).remove("a")
    kept = library(data).snapshots
    assert kept.problems() == []
    kept.path(removed.sha256 or "").write_bytes(b"something else")
    assert kept.problems() == [f"the snapshot {(removed.sha256 or '')[:12]} is damaged: bring it back from a backup"]
    with pytest.raises(CorpusError, match="is damaged: bring it back from a backup"):
        library(data).restore("a")
    assert files(data) == {}


def test_what_was_edited_by_hand_is_kept_before_it_is_replaced_or_removed(data: Path, source: Path) -> None:
    one(data, put(source, "a.txt", text(1)))
    put(data / "documents", "a.txt", text(1, "Sửa tay."))
    one(data, put(source, "a.txt", text(1, "Bản mới.")))
    library(data).restore("a")
    assert files(data)["a.txt"] == text(1, "Sửa tay.").encode()


LINES = (
    '{"_id": "d%d-1", "title": "Một", "text": "Văn bản một của %d."}\n{"_id": "d%d-2", "text": "Văn bản hai của %d."}\n'
)


def test_json_lines_are_added_whole_corrected_one_by_one_and_removed_together(data: Path, source: Path) -> None:
    first, second = (put(source, f"{n}/corpus.jsonl", LINES % (n, n, n, n)) for n in (1, 2))
    outcomes = add(data, first, second)
    assert [outcome.file for outcome in outcomes] == ["corpus/corpus.jsonl", "corpus-2/corpus.jsonl"]
    assert {outcome.action for outcome in add(data, first, second)} == {"unchanged"}
    assert set(documents(data)) == {"d1-1", "d1-2", "d2-1", "d2-2"}
    library(data).correct("d1-2", {"title": "Tên đúng"})
    assert documents(data)["d1-2"].title == "Tên đúng"
    with pytest.raises(CorpusError, match="d1-2 is one of 2 documents in corpus/corpus"):
        library(data).remove("d1-2")
    with pytest.raises(CorpusError, match="name one of them by its id"):
        library(data).correct("corpus/corpus.jsonl", {"title": "x"})
    library(data).remove("corpus/corpus.jsonl")
    assert set(documents(data)) == {"d2-1", "d2-2"}
    library(data).restore("corpus/corpus.jsonl")
    assert documents(data)["d1-2"].title == "Tên đúng"


def test_an_unreadable_file_can_be_removed_and_mended(data: Path, source: Path) -> None:
    put(data / "documents", "a.txt", b"")
    put(data / "documents", "b.txt", bytes(range(256)))
    assert one(data, put(source, "a.txt", text(1))).action == "replaced"
    library(data).remove("b.txt")
    assert list(files(data)) == ["a.txt"]


def test_broken_sources_are_never_overwritten(data: Path, source: Path) -> None:
    one(data, put(source, "a.txt", text(1)))
    put(data / "documents", "sources.toml", '["a.txt"\ntitle = ')
    with pytest.raises(CorpusError, match=r"sources\.toml is not valid TOML"):
        library(data).correct("a", {"title": "x"})
    assert files(data)["sources.toml"] == b'["a.txt"\ntitle = '
    assert one(data, put(source, "b.txt", text(2))).action == "added"

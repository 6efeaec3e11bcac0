"""ZIP files from strangers: what is read, and the one sentence for each member that is not."""

import io
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from corpus.intake.archives import Member, read_zip
from corpus.limits import IntakeLimits

SMALL = IntakeLimits(file_bytes=3_000_000, archive_bytes=5_000_000, archive_files=20)


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def of_kind(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


def read(raw: bytes, limits: IntakeLimits = SMALL) -> dict[str, Member]:
    return {member.name: member for member in read_zip(raw, limits)}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../outside.txt", "It is skipped: its name leads out of the archive."),
        ("a/../../outside.txt", "It is skipped: its name leads out of the archive."),
        ("..\\outside.txt", "It is skipped: its name leads out of the archive."),
        ("/etc/passwd.txt", "It is skipped: its name is an absolute path."),
        ("C:\\Windows\\a.txt", "It is skipped: its name is an absolute path."),
        ("\\\\server\\share\\a.txt", "It is skipped: its name is an absolute path."),
        ("inner.zip", "It is skipped: an archive in an archive is not opened; add it by itself."),
        (of_kind("link.txt", stat.S_IFLNK), "It is skipped: it is a link, not a file."),
        (of_kind("pipe.txt", stat.S_IFIFO), "It is skipped: it is a device or a pipe, not a file."),
    ],
)
def test_a_bad_member_is_one_sentence_and_the_others_are_read(
    name: str | zipfile.ZipInfo, sentence: str, tmp_path: Path
) -> None:
    found = list(read_zip(packed(("good.txt", b"good"), (name, b"/etc/passwd"), ("sub/also.txt", b"also")), SMALL))
    assert [(member.name, member.raw) for member in found if member.raw] == [
        ("good.txt", b"good"),
        ("sub/also.txt", b"also"),
    ]
    assert [member.sentence for member in found if member.raw is None] == [sentence]


def test_what_systems_leave_in_archives_is_passed_over() -> None:
    names = ["__MACOSX/._a.txt", ".DS_Store", "sub/Thumbs.db", "README.md", ".git/config.txt", "sub/"]
    assert list(read(packed(*((name, b"x") for name in names), ("a.txt", b"x")))) == ["a.txt"]


def test_questions_beside_a_corpus_are_passed_over() -> None:
    raw = packed(("beir/corpus.jsonl", b"{}"), ("beir/queries.jsonl", b"{}"), ("other/b.jsonl", b"{}"))
    assert sorted(read(raw)) == ["beir/corpus.jsonl", "other/b.jsonl"]


def test_a_bomb_by_ratio() -> None:
    found = read(packed(("bomb.txt", b"\0" * 2_900_000), ("good.txt", b"good")))
    assert (
        found["bomb.txt"].sentence == "It is skipped: it unpacks to more than 200 times its size, as no document does."
    )
    assert found["good.txt"].raw == b"good"


def test_a_bomb_by_size_also_where_the_archive_lies_about_it() -> None:
    raw = packed(("large.txt", bytes(range(256)) * 12_000))
    sentence = "It is skipped: it unpacks to more than 3.0 MB; DANVAN_MAX_FILE_MB raises the limit."
    assert read(raw)["large.txt"].sentence == sentence
    liar = raw.replace(struct.pack("<I", 256 * 12_000), struct.pack("<I", 10))
    assert liar != raw
    assert read(liar)["large.txt"].raw is None


def test_a_bomb_by_all_members_together() -> None:
    some = random.Random(1).randbytes(2_000_000)
    found = read(packed(*((f"{number}.txt", some) for number in range(9))))
    assert [name for name, member in found.items() if member.raw] == ["0.txt", "1.txt"]
    assert found["2.txt"].sentence == (
        "It is skipped, and what comes after it too: with all before it, it unpacks to more than 5.0 MB "
        "(DANVAN_MAX_ARCHIVE_MB)."
    )
    assert len(found) == 3


def test_refused_bombs_use_up_the_archive_too() -> None:
    found = read(packed(*((f"{number}.txt", b"\0" * 2_900_000) for number in range(12))))
    assert len(found) < 7, "an archive of bombs is given up on"


@pytest.mark.parametrize("lie", [False, True])
def test_a_bomb_by_count(lie: bool) -> None:
    raw = packed(*((f"{number}.txt", b"x") for number in range(21)))
    if lie:
        end = raw.rindex(b"PK\x05\x06")
        raw = raw[: end + 8] + struct.pack("<HH", 1, 1) + raw[end + 12 :]
    with pytest.raises(UnreadableError, match="it holds more than 20 files; DANVAN_MAX_ARCHIVE_FILES raises the limit"):
        list(read_zip(raw, SMALL))


def test_a_table_of_contents_that_would_fill_the_memory() -> None:
    raw = packed(("a.txt", b"x"))
    end = raw.rindex(b"PK\x05\x06")
    raw = raw[: end + 12] + struct.pack("<I", 4_000_000_000) + raw[end + 16 :]
    with pytest.raises(UnreadableError, match="more than 20 files"):
        list(read_zip(raw, SMALL))


def test_an_encrypted_member() -> None:
    raw = bytearray(packed(("secret.txt", b"secret"), ("good.txt", b"good")))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(magic) + place
        raw[at] |= 1
    found = read(bytes(raw))
    assert found["secret.txt"].sentence == (
        "It is skipped: it is encrypted; unpack the archive with its password and add the files."
    )
    assert found["good.txt"].raw == b"good"


def test_a_damaged_member_and_one_packed_in_an_unknown_way() -> None:
    raw = bytearray(packed(("a.txt", b"some text " * 50), ("b.txt", b"other text " * 50), ("c.txt", b"good")))
    raw[raw.index(b"a.txt") + 10] ^= 0xFF
    for magic, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = raw.index(magic, raw.index(magic) + 1) + place
        raw[at : at + 2] = struct.pack("<H", 97)
    found = read(bytes(raw))
    assert found["a.txt"].sentence == "It is skipped: it is damaged."
    assert found["b.txt"].sentence == "It is skipped: it is packed in a way that is not known; pack it as plain ZIP."
    assert found["c.txt"].raw == b"good"


@pytest.mark.parametrize(
    "raw",
    [b"", b"PK", b"not an archive", packed(("a.txt", b"x" * 500))[:-30]],
    ids=["empty", "two letters", "no archive", "cut off"],
)
def test_no_archive(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match="it is no whole ZIP archive"):
        list(read_zip(raw, SMALL))


def named(raw_name: bytes, flags: int = 0, extra: bytes = b"") -> bytes:
    """An archive of one member whose name is these bytes, whatever its header says of them."""
    info = zipfile.ZipInfo("n" * len(raw_name))
    info.extra = extra
    raw = packed((info, b"x")).replace(b"n" * len(raw_name), raw_name)
    return (
        raw
        if not flags
        else raw.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00" + struct.pack("<H", flags))
    )


@pytest.mark.parametrize(
    ("raw_name", "name"),
    [
        ("Kế hoạch dân vận.txt".encode(), "Kế hoạch dân vận.txt"),
        ("Báo cáo năm.txt".encode("cp1258", "replace"), "Báo cáo năm.txt"),
        ("Công tác dân vận.txt".encode("cp1258", "replace").replace(b"?", b""), None),
        (b"plain.txt", "plain.txt"),
        (b"\xff\xfe\x81.txt", None),
    ],
)
def test_names_in_old_code_pages(raw_name: bytes, name: str | None) -> None:
    (found,) = read_zip(named(raw_name), SMALL)
    assert found.raw == b"x"
    if name is not None:
        assert found.name == name
    found.name.encode()


def test_the_unicode_name_of_info_zip_wins() -> None:
    field = b"\x01" + bytes(4) + "đúng.txt".encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    (found,) = read_zip(named(b"sai.txt", extra=extra), SMALL)
    assert found.name == "đúng.txt"


def test_any_cut_or_flipped_archive_is_read_or_refused() -> None:
    raw = packed(("a.txt", b"some text " * 9), ("sub/b.txt", b"other"))
    for place in range(len(raw)):
        for broken in (raw[:place], raw[:place] + bytes([raw[place] ^ 0x55]) + raw[place + 1 :]):
            try:
                for member in read_zip(broken, SMALL):
                    assert (member.raw is None) == bool(member.sentence)
            except UnreadableError:
                pass
